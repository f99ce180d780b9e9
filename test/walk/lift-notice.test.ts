/** A provisional measure, taken on a formal request, is not lifted behind the back of whoever asked for it (UNCAC 55(8)). */
import { expect, it } from 'vitest';
import { readExchange } from '../../gateway/cases/exchanges.js';
import { ownViewOf } from '../../gateway/read/views.js';
import { DAY_MS } from '../../domain/time.js';
import { open, say, setStage, settle, textOf } from '../domain/machines/stage.js';

async function executed(seed: number) {
  const stage = await setStage('FORMAL_MLA_REQUEST', seed);
  const run = await open(stage);
  await settle(stage);
  for (const [message, body] of [
    ['ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' }],
    ['FINAL_REPLY', {}],
  ] as const)
    expect(await say(run, 'Q', message, body)).toEqual(['ALLOW']);
  const notice = async () =>
    say(run, 'Q', 'PROVISIONAL_MEASURE_LIFT_NOTICE', { ground: 'INSUFFICIENT_EVIDENCE' }, [await textOf(stage, stage.Q)]);
  const lift = (body: object = {}) => say(run, 'Q', 'MEASURE_LIFTED', body, []);
  const clocks = async () => (await readExchange(run.exchange, stage.gateway.store))!.clocks.filter(({ kind }) => kind === 'REASONS');
  return { stage, run, notice, lift, clocks };
}

it('is lifted once whoever asked for it gave its reasons, long after the request was executed', async () => {
  const { stage, run, notice, lift, clocks } = await executed(41);
  expect(await lift()).toEqual(['REFUSAL_WITHOUT_CONSULTATION']);
  expect(await say(run, 'Q', 'PROVISIONAL_MEASURE_LIFT_NOTICE', { ground: 'DE_MINIMIS' }, [])).toEqual(['MISSING_FIELD']);
  expect(await notice()).toEqual(['ALLOW']);
  expect(await lift()).toEqual(['REFUSAL_WITHOUT_CONSULTATION']);
  expect(await say(run, 'R', 'MEASURE_REASONS', {}, [await textOf(stage, stage.R)])).toEqual(['ALLOW']);
  expect(await clocks()).toMatchObject([{ code: 'LIFT_REASONS_10BD', owes: 'R', metAt: expect.any(Number) as number }]);
  expect(await lift()).toEqual(['ALLOW']);
  expect(await lift()).toEqual(['REFUSAL_WITHOUT_CONSULTATION']);
});

it('is lifted where it says nothing in time, and where a court leaves no time to ask; the log says why', async () => {
  const { stage, run, notice, lift } = await executed(42);
  const { store } = stage.gateway;
  const logged = async () => {
    const { last } = (await readExchange(run.exchange, store))!;
    return JSON.parse(ownViewOf((await store.leafOf(last, 'accepted'))!, stage.R.id)!.event) as object;
  };
  expect(await lift({ withoutNotice: 'ORDERED_AT_ONCE' })).toEqual(['ALLOW']);
  expect(await logged()).toMatchObject({ details: ['ORDERED_AT_ONCE'] });
  expect(await notice()).toEqual(['ALLOW']);
  expect(await logged()).toMatchObject({ details: ['INSUFFICIENT_EVIDENCE'] });
  stage.gateway.world.clock.advance(25 * DAY_MS);
  expect(await lift()).toEqual(['ALLOW']);
});

it('is lifted so while another part of the request is asked about, or was refused with the rest', async () => {
  const stage = await setStage('FORMAL_MLA_REQUEST', 43);
  const parts = ['a', 'b'].map((id) => ({ id, assistanceType: 'FREEZING', coercive: true }));
  const run = await open(stage, { parts });
  await settle(stage);
  const text = () => textOf(stage, stage.Q);
  const says = async (message: 'PRE_REFUSAL_CONSULTATION' | 'REFUSE', of: object) => {
    const why = await text();
    return say(run, 'Q', message, { codes: ['ESSENTIAL_INTERESTS'], text: why.digest, ...of }, [why]);
  };
  const tells = async () => say(run, 'Q', 'PROVISIONAL_MEASURE_LIFT_NOTICE', { ground: 'DE_MINIMIS' }, [await text()]);
  await say(run, 'Q', 'ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' });
  expect(await say(run, 'Q', 'FINAL_REPLY', { parts: ['a'] })).toEqual(['ALLOW']);
  expect(await say(run, 'Q', 'CLARIFICATION_REQUEST', {})).toEqual(['ALLOW']);
  expect(await tells()).toEqual(['ALLOW']);
  expect(await say(run, 'R', 'MEASURE_REASONS', {})).toEqual(['ALLOW']);
  expect(await say(run, 'R', 'CLARIFICATION_REPLY', {})).toEqual(['ALLOW']);
  expect(await says('PRE_REFUSAL_CONSULTATION', { parts: ['b'] })).toEqual(['ALLOW']);
  expect(await say(run, 'Q', 'MEASURE_LIFTED', {}, [])).toEqual(['ALLOW']);
});
