import { expect, it } from 'vitest';
import { wholenessOf } from '../../../../client/sdk/report/make.js';
import { STREAM_CHECKS, type StreamCheck } from '../../../../client/sdk/stream-checks.js';
import type { StreamProof } from '../../../../client/sdk/stream.js';
import { WITHDRAWN } from '../../../../client/sdk/checkpoints.js';

const unproved = (why: string, ...checks: readonly StreamCheck[]): StreamProof => ({
  epochs: null,
  checkpoint: null,
  upTo: -1,
  entries: 0,
  erased: 0,
  isComplete: false,
  misfits: checks.map((check) => ({ check, index: null, why })),
});
const stateOf = (why: string, ...checks: readonly StreamCheck[]) => wholenessOf(unproved(why, ...checks)).state;

it('calls a report not proved where no checkpoint was published yet, and an alarm whatever else keeps the proof from being made', () => {
  for (const check of STREAM_CHECKS)
    expect([check, stateOf('FORK: two roots of one size', check)]).toEqual([check, check === 'NO_CHECKPOINT' ? 'NOT_PROVED' : 'MISFIT']);
  expect(stateOf('ROLLBACK: there is no more of it', 'NO_CHECKPOINT', 'CHECKPOINT')).toBe('MISFIT');
});

it('calls it not proved where the checkpoint contradicts nothing, and too few witnesses have seen it', () => {
  expect(stateOf('0 of the 2 witnesses that are asked for have seen this checkpoint', 'CHECKPOINT')).toBe('NOT_PROVED');
  expect(stateOf('0 of the 2 witnesses that are asked for have seen this checkpoint', 'CHECKPOINT', 'EVENT_HIDDEN')).toBe('MISFIT');
  // a gateway that has shown one, and shows none any more
  expect(stateOf(WITHDRAWN, 'CHECKPOINT')).toBe('MISFIT');
});
