/** A session may ask a hundred times a second, and a long poll lasts half a minute: thousands of them would look into the store all the time. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inboxPage } from '../../../domain/wire/http-answers.js';
import { problem } from '../../../domain/wire/problem.js';
import { createMemoryStore } from '../../support/memory-store.js';
import { consultation, openGate, requestOf, ROLES, type Gate, type Session } from './gate.js';

const store = createMemoryStore();
let gate: Gate;
const sessions: Session[] = [];
const leaving = new AbortController();

beforeAll(async () => {
  gate = await openGate({ store });
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

it('goes on behind a whole page that shows nothing any more', async () => {
  const [sender, reader] = [
    await gate.enrolMember('CC-ONE', ['CENTRAL_AUTHORITY_MLA'], ROLES),
    await gate.enrolMember('DD-TWO', ['CENTRAL_AUTHORITY_MLA'], ROLES),
  ];
  await sender.client.pinRoot(reader.id, reader.identity.root!.kid);
  const session = await gate.openSession(reader);
  for (let n = 0; n < 3; n += 1) await sender.client.send(consultation(sender.id, reader.id));
  await expect.poll(async () => (await store.inbox(reader.id, 0, 10)).length).toBe(3);
  const inbox = store.inbox.bind(store);
  const all = (await inbox(reader.id, 0, 3)).map(({ index }) => index);
  const gone = all.slice(0, 2);
  store.inbox = async (...asked) =>
    (await inbox(...asked)).map((leaf) => (gone.includes(leaf.index) ? { ...leaf, statement: null } : leaf));
  const page = inboxPage.parse(await (await gate.ask({ path: '/v1/inbox?waitS=1&limit=1', session })).json());
  expect(page.entries.map(({ index }) => index)).toEqual(all.slice(2));
  // whoever does not wait is told where more is
  const short = inboxPage.parse(await (await gate.ask({ path: '/v1/inbox?limit=1', session })).json());
  expect([short.entries, typeof short.next]).toEqual([[], 'string']);
});
