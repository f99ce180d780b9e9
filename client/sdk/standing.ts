/** How an exchange stands and which dates run, as the gateway shows it, and whether that follows from what was signed (docs/decisions/0036). */
import { actorOf, possibleRows } from '../../domain/exchange.js';
import type { ExchangeId } from '../../domain/ids.js';
import type { Step } from '../../domain/machine.js';
import { saidIn } from '../../domain/said.js';
import type { ClockAnswer, ExchangeSummary } from '../../domain/wire/http-answers.js';
import { readAuthority } from './codes.js';
import type { ClientContext } from './context.js';
import { readStanding } from './exchanges.js';
import { standingCheck, unchecked } from './follows.js';
import { readAllMessages, readConsents, type ConsentWord, type SignedMessage } from './messages.js';
import type { SignedStep } from './replay.js';
import type { Shown, StandingCheck } from './standing-check.js';

/** What was said in it, each with who signed it. */
interface Said {
  readonly messages: readonly SignedMessage[];
  /** answers to a request for consent, and ends of grants; else none */
  readonly consents: readonly ConsentWord[];
}

export interface CheckedStanding extends Shown, Said {
  readonly check: StandingCheck;
}

/** while it is looked at somebody may go on in it */
const LOOKS_MAX = 3;

/**
 * Reads all that was said in it, and opens nothing.
 *
 * @throws ReadingRefused `RECEIPT`, `CONSENT_WITHHELD`
 */
export async function readChecked(context: ClientContext, exchange: ExchangeId): Promise<CheckedStanding> {
  let before = await readStanding(context, exchange);
  for (let look = 1; ; look += 1) {
    const { messages, isWhole } = await readAllMessages(context, exchange);
    const isAsking = messages[0]?.envelope.payload.exchangeType === 'CONSENT_REQUEST';
    const said = { messages, consents: isAsking ? await readConsents(context, exchange) : [] };
    const after = await readStanding(context, exchange);
    const shown = { summary: after.exchange, dates: after.dates };
    if (after.exchange.version === before.exchange.version)
      return { ...shown, ...said, check: await checkOf(context, shown, said, isWhole, after.consents?.length ?? 0) };
    if (look === LOOKS_MAX) return { ...shown, ...said, check: unchecked('it goes on while it is looked at') };
    before = after;
  }
}

async function checkOf(
  { clock, directory }: ClientContext,
  shown: Shown,
  { messages, consents: words }: Said,
  isWhole: boolean,
  consents: number,
): Promise<StandingCheck> {
  if (!isWhole) return unchecked('there is a message that this client cannot read');
  const opening = messages[0]?.envelope;
  const doubted = [...messages, ...words].find(({ why, logged }) => why !== null || logged === null);
  if (opening === undefined || doubted !== undefined || words.length < consents)
    return unchecked('not all that is shown of what was said in it is verified');
  const { requested } = shown.summary;
  const entry = (await directory()).directory.authorities.get(readAuthority(requested))?.entry ?? null;
  const steps = [...messages.map((message) => messageStep(message, opening.payload.from)), ...words.flatMap(consentSteps)];
  return standingCheck(shown, { opening, steps: steps.toSorted((a, b) => a.version - b.version), entry, now: clock.now() });
}

const messageStep = ({ envelope, logged }: SignedMessage, asker: string): SignedStep => ({
  ...{ statement: envelope.digest, at: logged!.at, version: logged!.version },
  actor: envelope.payload.from === asker ? 'R' : 'Q',
  steps: [envelope.payload.message],
  said: saidIn(envelope),
});

/** How much of what was asked a grant leaves, or the end of one, the gateway counts: both ways are taken. */
const CONSENT_STEPS: Readonly<Record<ConsentWord['statement']['typ'], readonly Step[]>> = {
  'parley-consent+json': ['GRANT', 'PARTIAL_GRANT'],
  'parley-consent-refusal+json': ['REFUSE_CONSENT'],
  'parley-consent-revocation+json': ['REVOKE', 'PARTIAL_REVOKE'],
};

/** The end of a grant that changes nothing for the request moved no version. */
function consentSteps({ statement, logged }: ConsentWord): readonly SignedStep[] {
  const { at, version } = logged!;
  return version === 0 ? [] : [{ statement: statement.digest, at, version, actor: 'Q', steps: CONSENT_STEPS[statement.typ], said: null }];
}

export interface PossibleStep {
  readonly step: Step;
  /** the rules refuse it before the other side was consulted */
  readonly isAfterConsultation: boolean;
}

export interface WhatNext extends Said {
  readonly summary: ExchangeSummary;
  /** in the order of the exchange type's table; the rules of the channel are asked when a step is taken */
  readonly possible: readonly PossibleStep[];
  /** dates that nothing has met yet, of both sides */
  readonly owed: readonly ClockAnswer[];
  /** whether state and dates follow from what was signed */
  readonly check: StandingCheck;
}

export async function readWhatNext(context: ClientContext, exchange: ExchangeId): Promise<WhatNext> {
  const { identity } = context;
  const { dates, ...checked } = await readChecked(context, exchange);
  const { type, state, requesting, requested } = checked.summary;
  const actor = actorOf({ requesting: readAuthority(requesting), requested: readAuthority(requested) }, identity.authority);
  const rows = actor === null ? [] : possibleRows(type, state, actor);
  const possible = new Map(rows.map(({ step, consultation }) => [step, { step, isAfterConsultation: consultation === 'OWED' }]));
  return { ...checked, possible: [...possible.values()], owed: dates.filter(({ metAt }) => metAt === null) };
}
