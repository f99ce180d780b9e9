/**
 * Does what the gateway shows of an exchange follow from what was signed in it? Only what cannot be is called a contradiction; what this client cannot
 * tell, because its tables are of another day or something is not verified, is called that (docs/decisions/0036).
 */
import type { Exchange } from '../../domain/exchange.js';
import { MACHINES } from '../../domain/machines/index.js';
import { opened } from '../../domain/said.js';
import type { ExchangeSummary } from '../../domain/wire/http-answers.js';
import { datesMisfits } from './dates-follow.js';
import { waysOf } from './replay.js';
import type { Evidence, Shown, StandingCheck } from './standing-check.js';

export const unchecked = (why: string): StandingCheck => ({ contradicted: [], unchecked: [why] });
const contradicted = (why: string): StandingCheck => ({ contradicted: [why], unchecked: [] });

export function standingCheck(shown: Shown, evidence: Evidence): StandingCheck {
  const { summary } = shown;
  const beside = frameMisfit(summary, evidence);
  if (beside !== null) return contradicted(beside);
  if (!MACHINES[summary.type].states.includes(summary.state)) return unchecked(`this client does not know the state ${summary.state}`);
  const ways = waysOf(opened(evidence.opening), evidence.steps, { version: summary.version, now: evidence.now });
  if (!ways.ok) return unchecked(ways.error);
  const standing = ways.value.filter(({ state }) => state === summary.state);
  if (standing.length === 0) {
    const states = [...new Set(ways.value.map(({ state }) => state))];
    return contradicted(`it is shown as ${summary.state}, and from what was signed in it follows ${states.join(' or ')}`);
  }
  const fitting = standing.filter((way) => partsOf(way) === partsOf(summary) && termsOf(way) === termsOf(summary));
  if (fitting.length === 0) return contradicted('how its parts stand, or which conditions were accepted, is not what was signed');
  return datesMisfits(shown, fitting, evidence);
}

/** What the opening says, and which message is the newest. */
function frameMisfit(summary: ExchangeSummary, { opening, steps }: Evidence): string | null {
  const { payload } = opening;
  const isIts =
    summary.opening === opening.digest &&
    ([summary.type, summary.profile] as string[]).join() === [payload.exchangeType, payload.profile].join() &&
    [summary.requesting, summary.requestingType].join() === [payload.from, payload.fromType].join() &&
    [summary.requested, summary.requestedType].join() === [payload.to, payload.toType].join();
  if (!isIts) return 'its sides, its type or its channel are not those of the message that opened it';
  const newest = steps.findLast(({ said }) => said !== null);
  if (summary.last !== newest?.statement) return `${summary.last} is called its newest message, and is not the last one that is shown`;
  const { version } = steps.at(-1)!;
  return summary.version < version ? `version ${summary.version} is shown, and the log signed version ${version}` : null;
}

const partsOf = ({ parts }: Pick<ExchangeSummary, 'parts'> | Pick<Exchange, 'parts'>): string =>
  JSON.stringify(parts.map(({ id, state, expected }) => [id, state, expected]));
const termsOf = ({ agreements }: Pick<ExchangeSummary, 'agreements'> | Pick<Exchange, 'agreements'>): string =>
  JSON.stringify(agreements.map(({ proposal, parts, isAccepted }) => [proposal, parts, isAccepted]));
