/** A session may ask a hundred times a second, and a long poll lasts half a minute: thousands of them would look into the store all the time. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { problem } from '../../../domain/wire/problem.js';
import { openGate, requestOf, type Gate, type Session } from './gate.js';

let gate: Gate;
const sessions: Session[] = [];
const leaving = new AbortController();

beforeAll(async () => {
  gate = await openGate();
  for (const code of ['AA-MANY', 'BB-OTHER']) sessions.push(await gate.openSession(await gate.enrolMember(code, ['FIU'], ['OFFICER'])));
});
afterAll(() => gate.close());

const wait = (session: Session, seconds: number): Promise<Response> => {
  const path = `/v1/inbox?waitS=${seconds}`;
  return fetch(`${gate.running.origin}${path}`, {
    ...requestOf(gate.running.origin, { path, session }, gate.world.clock),
    signal: leaving.signal,
  });
};

it('lets so many of one authority wait at their inbox, turns the next away, and leaves others theirs', async () => {
  const [many, other] = sessions as [Session, Session];
  const waiting = Array.from({ length: 129 }, () => wait(many, 10));
  const ended = Promise.allSettled(waiting);
  const first = await Promise.race(waiting);
  expect([first.status, problem.parse(await first.json()).code]).toEqual([429, 'RATE_LIMITED']);
  expect(first.headers.get('retry-after')).toBe('1');
  // it may look, and anybody else may wait
  expect((await gate.ask({ path: '/v1/inbox', session: many })).status).toBe(200);
  expect((await gate.ask({ path: '/v1/inbox?waitS=1', session: other })).status).toBe(200);
  leaving.abort();
  await ended;
  await expect.poll(async () => (await gate.ask({ path: '/v1/inbox?waitS=1', session: many })).status).toBe(200);
});
