/** Days that are named for one part of a request are that part's: what is said of another meets none of them (rulings 1). */
import { expect, it } from 'vitest';
import { DAY_MS } from '../../domain/time.js';
import { exchangeAnswer } from '../../domain/wire/http-answers.js';
import { readExchange } from '../../gateway/cases/exchanges.js';
import { createExchangeReader } from '../../gateway/read/exchanges.js';
import { open, say, setStage, settle, textOf } from '../domain/machines/stage.js';

const part = (id: string) => ({ id, assistanceType: 'COMPANY_RECORDS', coercive: false });
const [NEAR, FAR] = ['2026-02-20', '2026-09-01'];

async function working(seed: number) {
  const stage = await setStage('LE_REQUEST', seed);
  const run = await open(stage, { parts: [part('a'), part('b')] });
  await settle(stage);
  expect(await say(run, 'Q', 'ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' })).toEqual(['ALLOW']);
  const saying = async (message: 'POSTPONE' | 'DELAY_NOTICE', day: string, parts?: string[]) => {
    const why = await textOf(stage, stage.Q);
    const named = message === 'POSTPONE' ? { reviewDate: day } : { newDate: day };
    const body = { code: 'ONGOING_PROCEEDINGS', text: why.digest, ...named, ...(parts === undefined ? {} : { parts }) };
    expect(await say(run, 'Q', message, body, [why])).toEqual(['ALLOW']);
  };
  const dates = async (code: string) =>
    (await readExchange(run.exchange, stage.gateway.store))!.clocks
      .filter((clock) => clock.code === code)
      .map(({ statedDay, metAt, endedBy }) => [statedDay, metAt === null ? 'runs' : (endedBy ?? 'met')]);
  return { stage, run, saying, dates };
}

it('a review that was promised for one part is not done by postponing another', async () => {
  const { saying, dates } = await working(71);
  await saying('POSTPONE', NEAR, ['a']);
  await saying('POSTPONE', FAR, ['b']);
  expect(await dates('REVIEW_DATE')).toEqual([
    [NEAR, 'runs'],
    [FAR, 'runs'],
  ]);
  await saying('POSTPONE', FAR, ['a']);
  expect(await dates('REVIEW_DATE')).toEqual([
    [NEAR, 'met'],
    [FAR, 'runs'],
    [FAR, 'runs'],
  ]);
});

it('a day for several parts runs on for those of which nothing was said', async () => {
  const { run, saying, dates } = await working(72);
  await saying('DELAY_NOTICE', NEAR);
  await saying('DELAY_NOTICE', FAR, ['b']);
  expect(await dates('NEW_DATE')).toEqual([
    [NEAR, 'runs'],
    [FAR, 'runs'],
  ]);
  expect(await say(run, 'Q', 'PARTIAL_REPLY', { parts: ['a'] })).toEqual(['ALLOW']);
  expect(await dates('NEW_DATE')).toEqual([
    [NEAR, 'met'],
    [FAR, 'runs'],
  ]);
});

it('and ends with the part, whoever ends it: nobody is late in what was answered or withdrawn', async () => {
  const { stage, run, saying, dates } = await working(73);
  await saying('POSTPONE', NEAR, ['a']);
  await saying('DELAY_NOTICE', NEAR, ['b']);
  expect(await say(run, 'Q', 'FINAL_REPLY', { parts: ['a'] })).toEqual(['ALLOW']);
  expect(await dates('REVIEW_DATE')).toEqual([[NEAR, 'met']]);
  expect(await dates('NEW_DATE')).toEqual([[NEAR, 'runs']]);
  expect(await say(run, 'R', 'NO_LONGER_REQUIRED', { parts: ['b'] })).toEqual(['ALLOW']);
  expect(await dates('NEW_DATE')).toEqual([[NEAR, 'NO_LONGER_REQUIRED']]);
  stage.gateway.world.clock.advance(90 * DAY_MS);
  await settle(stage);
  expect(await dates('REVIEW_DATE')).toEqual([[NEAR, 'met']]);
});

it('whoever reads the dates sees for which part each runs, and of the whole that it is for the whole', async () => {
  const { stage, run, saying } = await working(74);
  await saying('POSTPONE', NEAR, ['a']);
  await saying('DELAY_NOTICE', FAR, ['b']);
  const { gateway, R } = stage;
  const { clock } = gateway.world;
  const world = { clock, calendars: gateway.deps.calendars, directory: gateway.directory };
  const reader = createExchangeReader(gateway.store, gateway.walk.library, () => Promise.resolve(null), world);
  const found = exchangeAnswer.parse(await reader.exchange(R.id, run.exchange, { from: 0, limit: 50 }));
  const partsOf = (clocks: readonly { readonly code: string; readonly parts?: readonly string[] | undefined }[]) =>
    clocks.slice(-3).map(({ code, parts }) => [code, parts]);
  const expected = [
    ['LE_10BD', undefined],
    ['REVIEW_DATE', ['a']],
    ['NEW_DATE', ['b']],
  ];
  expect(partsOf(found.dates)).toEqual(expected);
  expect(partsOf(found.exchange.clocks)).toEqual(expected);
});
