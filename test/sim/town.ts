/** The authorities' side of the simulation: they send until they are answered, and remember every receipt. */
import { Failure } from '../../domain/failure.js';
import type { Digest } from '../../domain/ids.js';
import type { Receipt } from '../../domain/receipt.js';
import type { Result } from '../../domain/result.js';
import type { Accepted, Refused } from '../../gateway/answers.js';
import type { Actor, Signed } from '../support/actors.js';
import type { Desk } from '../support/letters.js';
import type { World } from '../support/world.js';
import type { Draw, GatewayProcess, Weather } from './process.js';
import type { Hand } from './things.js';

export interface Asked {
  readonly exchange: string;
  readonly opening: Digest;
  /** what every message of the exchange says of its channel */
  readonly over: object;
  /** whom it names as a recipient of the answer; null: nobody */
  readonly named: Actor | null;
  readonly from: Actor;
  readonly to: Actor;
  /** the question in the hands of whoever was asked */
  readonly question: Hand;
  /** with which message what is found is told */
  readonly says: 'PARTIAL_REPLY' | 'STATUS_REPLY';
  acknowledged: boolean;
}

export interface Granted {
  readonly digest: Digest;
  readonly given: Hand;
  readonly originator: Actor;
  readonly to: Actor;
}

export interface Acknowledged {
  readonly signed: Signed;
  readonly by: Actor;
  readonly receipt: string;
}

export interface Town {
  readonly world: World;
  readonly cast: readonly Actor[];
  /** each authority's second officer */
  readonly seconds: ReadonlyMap<Actor, Actor>;
  readonly draw: Draw;
  readonly weather: Weather;
  readonly processes: GatewayProcess[];
  readonly asked: Asked[];
  readonly hands: Hand[];
  readonly grants: Granted[];
  readonly acknowledged: Map<Digest, Acknowledged>;
  readonly refusals: { readonly digest: Digest; readonly receipt: Receipt; readonly codes: readonly string[] }[];
  readonly violations: string[];
  desk(): Desk;
}

const TRIES_MAX = 200;

/** @returns false where it is a failure that a client lives with; anything else is a violation */
export function isOurs(error: unknown, town: Pick<Town, 'violations'>, where: string): void {
  const lived = error instanceof Failure && error.code !== 'INVARIANT_BROKEN';
  if (!lived) town.violations.push(`${where} threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}

/** Sends the same bytes until there is an answer, now to one process and now to another. */
async function untilAnswered(town: Town, signed: Signed, by: Actor): Promise<Result<Accepted, Refused>> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const { walk } = town.processes[town.draw.below(town.processes.length)]!;
    try {
      return await walk.acceptStatement(signed.submission, by.caller);
    } catch (error) {
      isOurs(error, town, 'acceptStatement');
      await town.world.clock.sleep(20 + town.draw.below(200));
    }
  }
  throw new Error(`${signed.digest} was never answered`);
}

/** One statement; sometimes sent twice at once, sometimes once more after it was answered. */
export async function send(town: Town, signed: Signed, by: Actor): Promise<boolean> {
  const times = town.draw.oneIn(8) ? 2 : 1;
  const answers = await Promise.all(Array.from({ length: times }, () => untilAnswered(town, signed, by)));
  if (town.draw.oneIn(6)) answers.push(await untilAnswered(town, signed, by));
  for (const answer of answers) remember(town, signed, by, answer);
  return answers.some((answer) => answer.ok);
}

export function remember(town: Town, signed: Signed, by: Actor, answer: Result<Accepted, Refused>): void {
  const { digest } = signed;
  if (!answer.ok) {
    const { refusal, receipt } = answer.error;
    if (receipt === null) town.violations.push(`${digest} was refused without a receipt`);
    else town.refusals.push({ digest, receipt, codes: [refusal.code, ...refusal.violations.map((violation) => violation.code)] });
    return;
  }
  const receipt = JSON.stringify(answer.value.receipt);
  const earlier = town.acknowledged.get(digest);
  if (earlier !== undefined && earlier.receipt !== receipt) town.violations.push(`${digest} got two receipts that differ`);
  town.acknowledged.set(digest, { signed, by, receipt });
}
