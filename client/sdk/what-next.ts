/** How an exchange stands for whoever asks, on the gateway's word of its state: what this side may do now, and what is owed by whom. */
import { actorOf, possibleRows } from '../../domain/exchange.js';
import type { ExchangeId } from '../../domain/ids.js';
import type { Step } from '../../domain/machine.js';
import { exchangeAnswer, type ClockAnswer, type ExchangeSummary } from '../../domain/wire/http-answers.js';
import { readAnswer, unreadable } from './answers.js';
import { readAuthority } from './codes.js';
import type { ClientContext } from './context.js';

export interface PossibleStep {
  readonly step: Step;
  /** the rules refuse it before the other side was consulted */
  readonly isAfterConsultation: boolean;
}

export interface WhatNext {
  readonly summary: ExchangeSummary;
  /** in the order of the exchange type's table; the rules of the channel are asked when a step is taken */
  readonly possible: readonly PossibleStep[];
  /** dates that nothing has met yet, of both sides */
  readonly owed: readonly ClockAnswer[];
}

/** Its summary and dates; of its envelopes the first. */
export async function readStanding({ door }: Pick<ClientContext, 'door'>, exchange: ExchangeId) {
  const answer = readAnswer(exchangeAnswer, await door.get(`/v1/exchanges/${exchange}?limit=1`), 'exchange');
  if (answer.exchange.id !== exchange) throw unreadable('another exchange than was asked for');
  return answer;
}

export async function readWhatNext(context: ClientContext, exchange: ExchangeId): Promise<WhatNext> {
  const { identity } = context;
  const { exchange: summary, dates } = await readStanding(context, exchange);
  const { type, state, requesting, requested } = summary;
  const actor = actorOf({ requesting: readAuthority(requesting), requested: readAuthority(requested) }, identity.authority);
  const rows = actor === null ? [] : possibleRows(type, state, actor);
  const possible = new Map(rows.map(({ step, consultation }) => [step, { step, isAfterConsultation: consultation === 'OWED' }]));
  return { summary, possible: [...possible.values()], owed: dates.filter(({ metAt }) => metAt === null) };
}
