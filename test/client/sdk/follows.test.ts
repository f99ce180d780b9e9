/** What a client calls a contradiction of what was signed, and what it says that it did not check. */
import { beforeAll, describe, expect, it } from 'vitest';
import { datesMisfits } from '../../../client/sdk/dates-follow.js';
import { standingCheck } from '../../../client/sdk/follows.js';
import { waysOf } from '../../../client/sdk/replay.js';
import type { Evidence, Shown } from '../../../client/sdk/standing-check.js';
import type { Exchange, RunningClock } from '../../../domain/exchange.js';
import { MACHINES } from '../../../domain/machines/index.js';
import { opened } from '../../../domain/said.js';
import { DAY_MS, formatInstant, HOUR_MS, plusMs, type Instant } from '../../../domain/time.js';
import type { ClockAnswer } from '../../../domain/wire/http-answers.js';
import { open, say, setStage, settle, take, textOf, type Run } from '../../domain/machines/stage.js';
import { seen } from './replayed.js';

let run: Run;
let shown: Shown;
let evidence: Evidence;

const taken = async (step: string, actor: 'R' | 'Q') => {
  expect(await take(run, step, actor, await textOf(run.stage, run.stage[actor]))).toEqual(['ALLOW']);
  await settle(run.stage);
};
const look = async () => ({ shown, evidence } = await seen(run));

/** A request that was acknowledged an hour after it came. */
beforeAll(async () => {
  run = await open(await setStage('FIU_REQUEST', 5));
  await settle(run.stage);
  run.stage.gateway.world.clock.advance(HOUR_MS);
  await taken('ACKNOWLEDGE', 'Q');
  await look();
});

const summaryWith = (over: Partial<Shown['summary']>): Shown => ({ ...shown, summary: { ...shown.summary, ...over } });
const found = (one: Shown, over: Partial<Evidence> = {}) => {
  const { contradicted, unchecked } = standingCheck(one, { ...evidence, ...over });
  return contradicted.length > 0 ? 'contradicted' : unchecked.length > 0 ? 'unchecked' : 'follows';
};

describe('the state', () => {
  it('that is shown follows', () => {
    expect(standingCheck(shown, evidence)).toEqual({ contradicted: [], unchecked: [] });
  });

  it.each(MACHINES.FIU_REQUEST.states.filter((state) => state !== 'ACKNOWLEDGED'))('%s does not', (state) => {
    expect(found(summaryWith({ state }))).toBe('contradicted');
    // whatever versions it invents for steps of its own, and however late it is
    const later = { now: plusMs(evidence.now, 400 * DAY_MS) };
    expect(standingCheck(summaryWith({ state, version: 900 }), { ...evidence, ...later }).contradicted[0]).toContain(state);
  });

  it('closes by silence after an answer, once its time can have run out and no sooner', async () => {
    const before = { run, shown, evidence };
    run = await open(await setStage('FIU_REQUEST', 6));
    await settle(run.stage);
    await taken('FINAL_REPLY', 'Q');
    await look();
    const closed = summaryWith({ state: 'CLOSED', version: shown.summary.version + 1 });
    const states = (days: number) => standingCheck(closed, { ...evidence, now: plusMs(evidence.now, days * DAY_MS) }).contradicted[0] ?? '';
    expect(states(27)).toContain('it is shown as CLOSED');
    expect(states(31)).not.toContain('it is shown as CLOSED');
    ({ run, shown, evidence } = before);
  });

  it('and its sides, its channel, its newest message and its version are those that were signed', () => {
    const { requesting, requested, version } = shown.summary;
    for (const over of [
      { requesting: requested, requested: requesting },
      { profile: 'EGMONT_FIU' as const },
      { opening: evidence.steps.at(-1)!.statement },
      { last: shown.summary.opening },
      { version: version - 1 },
      { parts: [{ id: 'a', assistanceType: 'COMPANY_RECORDS' as const, coercive: false, state: 'ANSWERED' as const, expected: null }] },
      { agreements: [{ proposal: shown.summary.last, parts: [], isAccepted: true, texts: [], notBefore: null, proceedings: [] }] },
    ])
      expect(found(summaryWith(over)), Object.keys(over).join()).toBe('contradicted');
  });

  it('is unchecked where this client knows no such state, no such step, or no order of the versions', () => {
    const [first, second] = evidence.steps;
    expect(found(summaryWith({ state: 'ESCALATED_TO_MARS' }))).toBe('unchecked');
    expect(found(shown, { steps: [first!, { ...second!, steps: ['MATURE'] }] })).toBe('unchecked');
    expect(found(shown, { steps: [first!, { ...second!, version: first!.version }] })).toBe('unchecked');
  });
});

it('a delay that is told on the last day carries a time on or comes too late, and one that is told before carries it on', () => {
  const [first, second] = evidence.steps;
  const asEu: Exchange = { ...opened(evidence.opening), profile: 'EU_FIU' };
  const after = (days: number) => {
    const told = { ...second!, at: plusMs(first!.at, days * DAY_MS), version: 4, steps: ['DELAY_NOTICE'] as const };
    const ways = waysOf(asEu, [first!, second!, told], { version: 4, now: told.at });
    return new Set((ways.ok ? ways.value : []).map(({ clocks }) => clocks.find(({ code }) => code.startsWith('EU_FIU'))?.code));
  };
  expect(after(2)).toEqual(new Set(['EU_FIU_10WD']));
  expect(after(5)).toEqual(new Set(['EU_FIU_10WD', 'EU_FIU_5WD']));
  expect(after(9)).toEqual(new Set(['EU_FIU_5WD']));
});

describe('a date', () => {
  const days = () => shown.dates.find(({ code }) => code === 'BVI_21D')!;
  const dated = (change: Partial<ClockAnswer>): Shown => ({
    ...shown,
    dates: shown.dates.map((date) => (date === days() ? { ...date, ...change } : date)),
  });
  const later = (text: string, ms: number) => formatInstant(plusMs(Date.parse(text) as Instant, ms));

  it.each([
    ['begun by something else', () => ({ startedBy: 'REOPEN' })],
    ['begun before it was sent', () => ({ startedAt: later(days().startedAt, -DAY_MS) })],
    ['begun after it was acknowledged', () => ({ startedAt: later(days().startedAt, 2 * HOUR_MS) })],
    ['owed by the other side', () => ({ owes: shown.summary.requesting })],
    ['called law', () => ({ binding: 'law' as const })],
    ['of another length', () => ({ amount: 22, due: later(days().due, DAY_MS) })],
    ['counted in business days', () => ({ unit: 'BUSINESS_DAYS' as const })],
    ['met by nothing', () => ({ metAt: days().startedAt })],
    ['overdue too soon', () => ({ isOverdue: true })],
    ['due too soon', () => ({ due: later(days().startedAt, HOUR_MS), isOverdue: true })],
    ['due a day later than its days give', () => ({ due: later(days().due, DAY_MS) })],
    ['standing still in times to come', () => ({ suspensions: [{ from: '2020-01-01T00:00:00.000Z', to: '2999-01-01T00:00:00.000Z' }] })],
  ] as const)('is a contradiction where it is %s', (_what, change) => {
    expect(found(dated(change()))).toBe('contradicted');
  });

  it('that was met is no open one', () => {
    const ack = shown.dates.find(({ kind }) => kind === 'ACK')!;
    const openAgain = { ...shown, dates: shown.dates.map((date) => (date === ack ? { ...date, metAt: null } : date)) };
    expect(standingCheck(openAgain, evidence).contradicted).toEqual([`${ack.code}: what was signed has met it`]);
  });

  it('is unchecked where it is none of this client’s tables, or one of them is missing', () => {
    expect(found(dated({ code: 'MARS_40D' }))).toBe('unchecked');
    expect(found({ ...shown, dates: [] })).toBe('unchecked');
  });

  it('is unchecked where it was counted by an entry that this client has not seen, and differs', () => {
    expect(found(dated({ due: later(days().due, DAY_MS), calendar: 'test 1; entry 7' }))).toBe('unchecked');
    expect(found(dated({ calendar: 'test 1; entry 7' }))).toBe('follows');
  });

  it('that the law gives stands still for a question that was signed, and for nothing else', async () => {
    await taken('CLARIFICATION_REQUEST', 'Q');
    await look();
    const ways = waysOf(opened(evidence.opening), evidence.steps, { version: shown.summary.version, now: evidence.now });
    const way = (ways.ok ? ways.value : []).find(({ state }) => state === shown.summary.state)!;
    const asLaw = ({ clocks, ...rest }: Exchange): Exchange => ({
      ...rest,
      clocks: clocks.map((clock): RunningClock => ({ ...clock, binding: 'law' })),
    });
    const misfits = (suspensions: ClockAnswer['suspensions']) => {
      const dates = dated({ suspensions }).dates.map((date): ClockAnswer => ({ ...date, binding: 'law' }));
      return datesMisfits({ ...shown, dates }, [asLaw(way)], evidence).contradicted;
    };
    const asked = evidence.steps.at(-1)!.at;
    const since = (at: Instant) => [{ from: formatInstant(at), to: null }];
    expect(misfits(since(asked))).toEqual([]);
    for (const other of [[], since(plusMs(asked, -60_000)), [...since(asked), ...since(asked)]])
      expect(misfits(other)).toEqual(['BVI_21D: nothing that was signed stops a time of the law then']);
  });

  it('that a message named is that day', async () => {
    await taken('CLARIFICATION_REPLY', 'R');
    const text = await textOf(run.stage, run.stage.Q);
    const body = { code: 'WORKLOAD', text: text.digest, newDate: '2026-12-31' };
    expect(await say(run, 'Q', 'DELAY_NOTICE', body, [text])).toEqual(['ALLOW']);
    await look();
    expect(standingCheck(shown, evidence)).toEqual({ contradicted: [], unchecked: [] });
    const moved = shown.dates.map((date) => (date.code === 'NEW_DATE' ? { ...date, due: later(date.due, 3 * DAY_MS) } : date));
    expect(standingCheck({ ...shown, dates: moved }, evidence).contradicted[0]).toMatch(
      /^NEW_DATE: .* is not the day that the message named$/,
    );
  });
});
