/** Whoever asks for two hundred pages at once waits for its own pages, and nobody else does. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createMemoryStore } from '../../support/memory-store.js';
import { openGate, requestOf, type Gate, type Session } from './gate.js';

const store = createMemoryStore();
let gate: Gate;
let many: Session;
let other: Session;
let working = 0;
let most = 0;
let begun = 0;
let open: () => void;
let opened: Promise<void>;

beforeAll(async () => {
  const titles = store.titles.bind(store);
  store.titles = async (kind, key, ...page) => {
    if (key === 'AA-MANY') {
      begun += 1;
      most = Math.max(most, (working += 1));
      await opened;
      working -= 1;
    }
    return titles(kind, key, ...page);
  };
  gate = await openGate({ store });
  const session = async (code: string) => gate.openSession(await gate.enrolMember(code, ['FIU'], ['OFFICER']));
  [many, other] = [await session('AA-MANY'), await session('BB-OTHER')];
});
beforeEach(() => {
  [most, begun] = [0, 0];
  opened = new Promise((resolve) => (open = resolve));
});
afterAll(() => gate.close());

const path = '/v1/exchanges';

it('makes eight answers of one authority at once, and the others in their turn', async () => {
  const asked = Array.from({ length: 40 }, () => gate.ask({ path, session: many }));
  await expect.poll(() => working).toBeGreaterThanOrEqual(8);
  expect((await gate.ask({ path, session: other })).status).toBe(200);
  open();
  expect(new Set((await Promise.all(asked)).map(({ status }) => status))).toEqual(new Set([200]));
  expect(most).toBe(8);
});

it('makes none for who has gone meanwhile', async () => {
  const leaving = new AbortController();
  const asked = Array.from({ length: 40 }, () =>
    fetch(`${gate.running.origin}${path}`, {
      ...requestOf(gate.running.origin, { path, session: many }, gate.world.clock),
      signal: leaving.signal,
    }),
  );
  const ended = Promise.allSettled(asked);
  await expect.poll(() => working).toBe(8);
  // the last of them has come: it was asked behind the others
  expect((await gate.ask({ path: '/v1/log' })).status).toBe(200);
  leaving.abort();
  await ended;
  // behind what they closed
  for (let n = 0; n < 3; n += 1) expect((await gate.ask({ path: '/v1/log' })).status).toBe(200);
  open();
  expect((await gate.ask({ path, session: many })).status).toBe(200);
  expect(begun).toBe(9);
});
