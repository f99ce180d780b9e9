import { expect, it } from 'vitest';
import { Failure } from '../../domain/failure.js';
import { receiptText } from '../../domain/receipt.js';
import { refusal } from '../../domain/refusal.js';
import { digest } from '../support/ids.js';

it('writes the text of a receipt with its members in one order and without spaces', () => {
  const body = {
    proofDelayMsMax: 60_000,
    at: '2026-03-02T10:00:00.000Z',
    version: 3,
    leaf: digest('leaf'),
    index: 7,
    outcome: 'ALLOW',
    stage: 'accepted',
    statement: digest('s'),
    log: 'parley.example/test',
    v: 1,
  } as const;
  expect(receiptText(body)).toBe(
    `{"v":1,"log":"parley.example/test","statement":"${digest('s')}","stage":"accepted","outcome":"ALLOW","index":7,"leaf":"${digest('leaf')}","version":3,"at":"2026-03-02T10:00:00.000Z","proofDelayMsMax":60000}`,
  );
});

it('makes a refusal a value that names no violation unless the law refused', () => {
  expect(refusal('NOT_FOUND', 'no such exchange')).toEqual({ code: 'NOT_FOUND', detail: 'no such exchange', violations: [] });
});

it('makes a failure an exception that carries its cause', () => {
  const failure = new Failure('STORE_UNAVAILABLE', 'ids only', { cause: 'why' });
  expect(failure).toMatchObject({ name: 'Failure', code: 'STORE_UNAVAILABLE', message: 'STORE_UNAVAILABLE: ids only', cause: 'why' });
});
