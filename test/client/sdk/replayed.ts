/** An exchange that a gateway in memory has, as a client would see it: what was signed in it, and what the gateway shows of it. */
import { possibleSteps } from '../../../domain/exchange.js';
import type { Calendars } from '../../../domain/ports.js';
import { saidIn } from '../../../domain/said.js';
import type { StatementOf } from '../../../domain/statement.js';
import { HOUR_MS } from '../../../domain/time.js';
import { standingCheck } from '../../../client/sdk/follows.js';
import type { SignedStep } from '../../../client/sdk/replay.js';
import type { Evidence, Shown, StandingCheck } from '../../../client/sdk/standing-check.js';
import { consentsSaid } from '../../../gateway/cases/consents-said.js';
import { readExchange } from '../../../gateway/cases/exchanges.js';
import { createExchangeReader } from '../../../gateway/read/exchanges.js';
import { designation, entry } from '../../support/actors.js';
import { settle, take, textOf, type Run } from '../../domain/machines/stage.js';

type Envelope = StatementOf<'parley-envelope+json'>;

const CONSENT_STEPS = {
  'parley-consent+json': ['GRANT', 'PARTIAL_GRANT'],
  'parley-consent-refusal+json': ['REFUSE_CONSENT'],
  'parley-consent-revocation+json': ['REVOKE', 'PARTIAL_REVOKE'],
} as const;

export async function seen(
  { stage, exchange }: Run,
  calendars: Calendars = stage.gateway.deps.calendars,
): Promise<{ readonly shown: Shown; readonly evidence: Evidence }> {
  const { gateway, R, Q } = stage;
  const { store, walk, world } = gateway;
  const { library } = walk;
  const dates = { clock: world.clock, calendars, directory: gateway.directory };
  const page = { limit: 200, from: 0 };
  const found = (await createExchangeReader(store, library, () => Promise.resolve(null), dates).exchange(R.id, exchange, page))!;
  const stepOf = async ({ stored, statement }: Awaited<ReturnType<typeof consentsSaid>>[number]): Promise<SignedStep> => {
    const { at, version } = (await store.leafOf(stored.digest, 'accepted'))!;
    const frame = { statement: stored.digest, at, version, actor: stored.author === R.id ? ('R' as const) : ('Q' as const) };
    return statement.typ === 'parley-envelope+json'
      ? { ...frame, steps: [statement.payload.message], said: saidIn(statement) }
      : { ...frame, steps: CONSENT_STEPS[statement.typ as keyof typeof CONSENT_STEPS], said: null };
  };
  const volumes = await library.linkedOf('exchange', exchange, 'parley-envelope+json');
  const whole = await Promise.all(volumes.map(({ statement }) => library.volume(statement.digest)));
  const words = await consentsSaid((await readExchange(exchange, store))!, library);
  const steps = (await Promise.all([...whole.map((one) => one!), ...words].map(stepOf))).filter(({ version }) => version > 0);
  const opening = whole[0]!.statement as Envelope;
  const current = (await gateway.directory.current()).authorities.get(Q.id)!;
  return {
    shown: { summary: found.exchange, dates: found.dates },
    evidence: { opening, steps: steps.toSorted((a, b) => a.version - b.version), entry: current.entry, now: world.clock.now() },
  };
}

export async function checked(run: Run): Promise<StandingCheck> {
  const { shown, evidence } = await seen(run);
  return standingCheck(shown, evidence);
}

/** They end it, or say nothing that matters here: taken seldom, so that a walk gets somewhere. */
const SELDOM: ReadonlySet<string> = new Set([
  ...['NO_LONGER_REQUIRED', 'CLOSE', 'VERIFY_WITH_SOURCE', 'ESCALATE', 'EXTERNAL_LEG', 'FEEDBACK', 'FEEDBACK_REQUEST'],
  ...['FINAL_REPLY', 'NEGATIVE_REPLY', 'NOT_PURSUED', 'STATUS_REQUEST', 'STATUS_REPLY', 'ORAL_CONFIRMATION', 'UNDECIPHERABLE'],
]);
const HOURS = [1, 30, 24 * 6, 24 * 16, 24 * 40];

type Pick = (below: number) => number;

/** mulberry32 */
export function picking(seed: number): Pick {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** One thing that may happen: somebody goes on, time passes, what is due is carried, a calendar or a standing changes. */
export async function happens(run: Run, pick: Pick): Promise<string> {
  const { stage } = run;
  const kind = pick(12);
  if (kind === 0) {
    const hours = HOURS[pick(HOURS.length)]!;
    stage.gateway.world.clock.advance(hours * HOUR_MS);
    return `${hours} hours`;
  }
  if (kind === 1) return redeclares(run, pick);
  if (kind === 2) return suspends(run, pick);
  if (kind > 5) return goesOn(run, pick);
  await settle(stage);
  return 'settled';
}

async function redeclares({ stage: { gateway, Q } }: Run, pick: Pick): Promise<string> {
  const { chance, at } = gateway.desk();
  const before = (await gateway.directory.current()).authorities.get(Q.id)!.entry!;
  const calendar = { weekend: ['FRI', 'SAT'], closingDays: ['2026-03-18'], officeHours: { opens: '08:00', closes: '15:30' } };
  const zone = ['UTC', 'Pacific/Apia', 'America/Los_Angeles'][pick(3)]!;
  const over = { seq: before.seq + 1, timeZone: zone, ...(pick(2) === 0 ? { calendar } : {}) };
  await sure(gateway.walk.acceptStatement(entry(Q, at, chance, over).submission, null));
  await gateway.walk.recountClocks();
  return `an entry in ${zone}`;
}

async function suspends({ stage: { gateway, R, Q } }: Run, pick: Pick): Promise<string> {
  const { chance, at } = gateway.desk();
  const who = pick(2) === 0 ? R : Q;
  const isActive = (await gateway.directory.current()).authorities.get(who.id)!.standing === 'ACTIVE';
  const over = isActive ? { status: 'SUSPENDED', reason: 'SECURITY_AT_RISK' } : {};
  await sure(gateway.walk.acceptStatement(designation(gateway.operator, who, at, chance, over).submission, null));
  await gateway.walk.recountClocks();
  return `${who.id} ${isActive ? 'suspended' : 'back'}`;
}

async function goesOn(run: Run, pick: Pick): Promise<string> {
  const { stage, exchange } = run;
  const { state } = (await readExchange(exchange, stage.gateway.store))!;
  const actor = pick(2) === 0 ? ('R' as const) : ('Q' as const);
  const all = possibleSteps(stage.type, state, actor);
  const often = all.filter((one) => !SELDOM.has(one));
  const steps = often.length > 0 && pick(5) > 0 ? often : all;
  if (steps.length === 0) return 'nothing';
  const step = steps[pick(steps.length)]!;
  const answer = await take(run, step, actor, await textOf(stage, stage[actor]));
  return `${step} of ${actor} in ${state}: ${answer.join(', ')}`;
}

async function sure(answered: ReturnType<Run['stage']['gateway']['walk']['acceptStatement']>): Promise<void> {
  const answer = await answered;
  if (!answer.ok) throw new Error(JSON.stringify(answer.error.refusal));
}
