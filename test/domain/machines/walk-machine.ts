/** Walks one exchange type over (state, step, actor) through the real walk, and compares with what was written down by hand. */
import { MESSAGES, SYSTEM_STEPS, type ExchangeType } from '../../../domain/vocabulary.js';
import { DAY_MS } from '../../../domain/time.js';
import type { Item } from '../../support/letters.js';
import { isLeafOnly } from '../../support/watched.js';
import { movesOf, type Expected, type ExpectedMove } from './expected/expected.js';
import { disclosed, formalRequest, open, setStage, settle, stateOf, take, textOf, type Answer, type Run, type Stage } from './stage.js';

export interface Proof {
  readonly type: ExchangeType;
  readonly states: number;
  readonly allowed: number;
  readonly refused: number;
  /** LAPSE: moved by a clock of the profile */
  readonly lapsed: number;
  /** rows for LAPSE that no clock of the profile takes yet */
  readonly waiting: readonly string[];
  readonly mismatches: readonly string[];
}

/** Which of all conceivable attempts are made. */
export interface Budget {
  isTried(at: number, kind: 'allowed' | 'refused'): boolean;
  /** how long to wait in each state for what lapses */
  readonly waitDays: number;
}

export const EVERYTHING: Budget = { isTried: () => true, waitDays: 120 };

const CONSULTED: ReadonlySet<string> = new Set(['VIEWS_SUBMITTED', 'CONDITIONS_ACCEPTED', 'CONDITIONS_DECLINED']);
/** What the gateway's clock does, and a grant's end, are no attempts of a party in the exchange. */
const NO_ATTEMPT: ReadonlySet<string> = new Set(['DELIVERY_RECEIPT', 'LAPSE', 'REVOKE', 'PARTIAL_REVOKE']);

type Path = readonly ExpectedMove[];

/** The shortest way from the draft to each state; the gateway's timers are no way to go. */
function paths(moves: readonly ExpectedMove[], start: readonly [string, Path] = ['DRAFT', []]): ReadonlyMap<string, Path> {
  const found = new Map<string, Path>([start]);
  for (const [state, path] of found)
    for (const move of moves)
      if (move.state === state && !move.afterConsultation && move.step !== 'LAPSE' && !found.has(move.to))
        found.set(move.to, [...path, move]);
  return found;
}

export async function walkMachine(
  type: Exclude<ExchangeType, 'MATCH_QUERY'>,
  expected: Expected,
  seed: number,
  budget: Budget,
): Promise<Proof> {
  const moves = movesOf(expected);
  const stage = await setStage(type, seed);
  // before anything is counted
  for (const actor of ['R', 'Q'] as const) await formalRequest(stage, actor);
  await disclosed(stage);
  const shortest = paths(moves);
  const mismatches: string[] = [];
  const tally = { allowed: 0, refused: 0, at: 0 };
  for (const state of Object.keys(expected)) {
    const path = pathTo(state, moves, shortest);
    if (path === null) continue;
    mismatches.push(
      ...(await proveAllowed(stage, state, path, moves, tally, budget)),
      ...(await proveRefused(stage, state, path, moves, tally, budget)),
    );
  }
  const { lapsed, waiting, wrong } = await proveLapses(type, expected, moves, shortest, seed, budget.waitDays);
  const { allowed, refused } = tally;
  return { type, states: Object.keys(expected).length, allowed, refused, lapsed, waiting, mismatches: [...mismatches, ...wrong] };
}

/** A state that only a timer or a consulted step leads to is reached by that step. */
function pathTo(state: string, moves: readonly ExpectedMove[], shortest: ReadonlyMap<string, Path>): Path | null {
  const plain = shortest.get(state);
  if (plain !== undefined) return plain;
  const last = moves.find((move) => move.to === state && move.afterConsultation);
  const before = last === undefined ? undefined : consultedPath(last.state, moves, shortest);
  return before === undefined || last === undefined ? null : [...before, last];
}

/** A way to the state on which the other side was heard. */
function consultedPath(state: string, moves: readonly ExpectedMove[], shortest: ReadonlyMap<string, Path>): Path | undefined {
  const heard = moves.filter((move) => CONSULTED.has(move.step));
  for (const answer of heard) {
    const before = shortest.get(answer.state);
    if (before === undefined) continue;
    const after = paths(moves, [answer.to, [...before, answer]]).get(state);
    if (after !== undefined) return after;
  }
  return undefined;
}

const isHeard = (path: Path): boolean => path.some(({ step }) => CONSULTED.has(step));

interface Tally {
  allowed: number;
  refused: number;
  /** attempts thought of so far, made or not */
  at: number;
}

/** @throws where a step on the way is refused: then the mismatch is that step's */
async function drive(stage: Stage, path: Path): Promise<Run> {
  const run = await open(stage);
  for (const { step, actor, to } of path.slice(1)) {
    if (actor === 'S') await settle(stage);
    else await taken(run, step, actor);
    const { state } = await stateOf(run);
    if (state !== to) throw new Error(`${step} of ${actor} on the way: ${state}, not ${to}`);
    if (state !== 'SUBMITTED') await settle(stage);
  }
  return run;
}

async function taken(run: Run, step: string, actor: 'R' | 'Q'): Promise<void> {
  const { stage } = run;
  const answer = await take(run, step, actor, await textOf(stage, stage[actor]));
  if (answer[0] !== 'ALLOW') throw new Error(`${step} of ${actor} on the way: ${answer.join(', ')}`);
}

async function proveAllowed(stage: Stage, state: string, path: Path, moves: readonly ExpectedMove[], tally: Tally, budget: Budget) {
  const wrong: string[] = [];
  for (const move of moves.filter((one) => one.state === state && one.step !== 'LAPSE')) {
    tally.at += 1;
    if (!budget.isTried(tally.at, 'allowed')) continue;
    const found = await attempt(stage, move, path, moves);
    if (found === null) tally.allowed += 1;
    else wrong.push(`${stage.type} ${state}: ${move.step} of ${move.actor} should lead to ${move.to}: ${found}`);
  }
  return wrong;
}

/** @returns null where it went as expected */
async function attempt(stage: Stage, move: ExpectedMove, path: Path, moves: readonly ExpectedMove[]): Promise<string | null> {
  const way = move.afterConsultation && !move.isExcused && !isHeard(path) ? consultedPath(move.state, moves, paths(moves)) : path;
  if (way === undefined) return 'no way on which the other side was heard';
  try {
    if (move.state === 'DRAFT') return (await stateOf(await open(stage))).state === move.to ? null : 'not opened';
    const run = await drive(stage, way);
    if (move.actor === 'S') await settle(stage);
    else {
      const answer = await take(run, move.step, move.actor, await textOf(stage, stage[move.actor]), move.isExcused);
      if (answer[0] !== 'ALLOW') return answer.join(', ');
    }
    const { state } = await stateOf(run);
    return state === move.to ? null : state;
  } catch (error) {
    return (error as Error).message;
  }
}

const STEPS = [...MESSAGES, ...SYSTEM_STEPS].filter((step) => !NO_ATTEMPT.has(step));

/** Every other step of either side is refused, and leaves a leaf and nothing else. */
async function proveRefused(stage: Stage, state: string, path: Path, moves: readonly ExpectedMove[], tally: Tally, budget: Budget) {
  const wrong: string[] = [];
  const run = state === 'DRAFT' ? null : await drive(stage, path).catch((error: Error) => error);
  if (run instanceof Error) return [`${stage.type} ${state} is not reached: ${run.message}`];
  const texts = { R: await textOf(stage, stage.R), Q: await textOf(stage, stage.Q) };
  for (const step of STEPS)
    for (const actor of ['R', 'Q'] as const) {
      const move = moves.find((one) => one.state === state && one.step === step && one.actor === actor);
      const isOpenToAll = move !== undefined && (!move.afterConsultation || isHeard(path));
      if (isOpenToAll || isElsewhere(stage, step) || (state === 'DRAFT' && step === 'SUBMIT')) continue;
      tally.at += 1;
      if (!budget.isTried(tally.at, 'refused')) continue;
      const found = await refuses(run ?? (await nowhere(stage)), step, actor, texts[actor], move !== undefined);
      if (found === null) tally.refused += 1;
      else wrong.push(`${stage.type} ${state}: ${step} of ${actor} should be refused: ${found}`);
    }
  return wrong;
}

/** Consent is granted where consent was asked. */
const isElsewhere = ({ type }: Stage, step: string): boolean =>
  type !== 'CONSENT_REQUEST' && (SYSTEM_STEPS as readonly string[]).includes(step);

/** An exchange that nobody opened. */
async function nowhere(stage: Stage): Promise<Run> {
  const run = await open(stage);
  const last = run.exchange.at(-1) === '0' ? '1' : '0';
  return { ...run, exchange: `${run.exchange.slice(0, -1)}${last}` as Run['exchange'], opening: run.exchange as unknown as Run['opening'] };
}

async function refuses(run: Run, step: string, actor: 'R' | 'Q', text: Item, byLaw: boolean): Promise<string | null> {
  const { stage } = run;
  const before = await stateOf(run);
  const [rows, writes] = [stage.watch.rows.length, stage.watch.writes.length];
  const answer: Answer = await take(run, step, actor, text);
  const after = await stateOf(run);
  if (answer[0] === 'ALLOW') return `accepted, and led to ${after.state}`;
  if (byLaw && !answer.includes('REFUSAL_WITHOUT_CONSULTATION')) return `for another reason: ${answer.join(', ')}`;
  if (before.state !== after.state || before.version !== after.version) return `moved to ${after.state}`;
  const written = stage.watch.rows.slice(rows);
  return written.length === 1 && written.every(isLeafOnly) && stage.watch.writes.length === writes
    ? null
    : `${written.length} rows, not one leaf`;
}

/** Time passes in each state, on a gateway of its own: what moves then was written down, and nothing else moves. */
async function proveLapses(
  type: Exclude<ExchangeType, 'MATCH_QUERY'>,
  expected: Expected,
  moves: readonly ExpectedMove[],
  shortest: ReadonlyMap<string, Path>,
  seed: number,
  waitDays: number,
) {
  const proof = { lapsed: 0, waiting: [] as string[], wrong: [] as string[] };
  for (const state of Object.keys(expected)) {
    const path = pathTo(state, moves, shortest);
    const lapse = moves.find((move) => move.state === state && move.step === 'LAPSE');
    if (waitDays === 0 || path === null || path.length < 2 || state === 'SUBMITTED') continue;
    const stage = await setStage(type, seed);
    const run = await drive(stage, path).catch(() => null);
    if (run === null) continue;
    const chain = await afterWaiting(run, waitDays);
    if (chain === state && lapse !== undefined) proof.waiting.push(state);
    else if (chain !== state && lapse === undefined) proof.wrong.push(`${type} ${state}: time alone leads to ${chain}`);
    else if (lapse !== undefined) proof.lapsed += 1;
  }
  return proof;
}

async function afterWaiting(run: Run, waitDays: number): Promise<string> {
  const before = (await stateOf(run)).state;
  for (let day = 0; day < waitDays; day += 1) {
    run.stage.gateway.world.clock.advance(DAY_MS);
    await settle(run.stage);
    const { state } = await stateOf(run);
    if (state !== before) return state;
  }
  return before;
}
