import { expect, it } from 'vitest';
import { wholenessOf } from '../../../../client/sdk/report/make.js';
import { STREAM_CHECKS, type StreamCheck } from '../../../../client/sdk/stream-checks.js';
import type { StreamProof } from '../../../../client/sdk/stream.js';

const unproved = (...checks: readonly StreamCheck[]): StreamProof => ({
  epochs: null,
  checkpoint: null,
  upTo: -1,
  entries: 0,
  erased: 0,
  isComplete: false,
  misfits: checks.map((check) => ({ check, index: null, why: 'FORK: two roots of one size' })),
});

it('calls a report not proved where no checkpoint was published yet, and an alarm whatever else keeps the proof from being made', () => {
  for (const check of STREAM_CHECKS)
    expect([check, wholenessOf(unproved(check)).state]).toEqual([check, check === 'NO_CHECKPOINT' ? 'NOT_PROVED' : 'MISFIT']);
  expect(wholenessOf(unproved('NO_CHECKPOINT', 'CHECKPOINT')).state).toBe('MISFIT');
});
