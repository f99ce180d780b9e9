/** A session's requests: each nonce once, for as long as its signature passes, whatever windows turn meanwhile. */
import { beforeEach, describe, expect, it } from 'vitest';
import { signRequest } from '../../client/sdk/http-signature.js';
import { DAY_MS, plusMs, SECOND_MS, type Instant } from '../../domain/time.js';
import type { SessionRow } from '../../domain/ports.js';
import { createSignIn, type SignIn } from '../../gateway/sign-in.js';
import { createCast, createTestGateway, enrol, type TestGateway } from '../support/test-gateway.js';
import { WORLD_START } from '../support/world.js';

const GATE = 'https://gate.example';
const TARGET = '/v1/inbox';
const TEN = plusMs(WORLD_START, 10 * SECOND_MS);
const { fia } = createCast(7);
const session: SessionRow = {
  id: 's1',
  authority: fia.id,
  officer: fia.caller.officer,
  key: new Uint8Array(32).fill(5),
  until: plusMs(WORLD_START, 900 * SECOND_MS),
};

let gateway: TestGateway;
let stored: SessionRow | null;
let reads: number;
let signIn: SignIn;

beforeEach(async () => {
  gateway = createTestGateway(91);
  await enrol(gateway, [fia]);
  reads = 0;
  stored = session;
  const store = { session: () => Promise.resolve().then(() => ((reads += 1), stored)) };
  signIn = createSignIn({ store, clock: gateway.world.clock, directory: gateway.directory }, [GATE]);
});

const now = (): Instant => gateway.world.clock.now();
const at = (seconds: number): void => gateway.world.clock.advance(plusMs(WORLD_START, seconds * SECOND_MS) - now());
const asks = async (nonce: string, created = now()): Promise<boolean> => {
  const headers = signRequest({ method: 'GET', url: `${GATE}${TARGET}`, body: null, created, nonce }, session);
  const signed = { signatureInput: headers['Signature-Input']!, signature: headers['Signature']!, contentDigest: '' };
  return (await signIn.authenticate({ method: 'GET', target: TARGET, ...signed })).ok;
};

describe('a nonce', () => {
  // of the clock, seconds after the session's window opened: first use, another request's, and when it comes again
  it.each([
    [119, 121, 122],
    [59, 60, 121],
    [1, 119, 119],
    [119, 120, 178],
  ])('that was used after %i s is remembered after %i s and %i s: so long its signature may pass', async (first, other, again) => {
    expect(await asks('opens')).toBe(true);
    at(first);
    const created = plusMs(now(), 59 * SECOND_MS);
    expect(await asks('once', created)).toBe(true);
    at(other);
    expect(await asks('other')).toBe(true);
    at(again);
    expect(await asks('once', created)).toBe(false);
    expect(await asks('new')).toBe(true);
  });

  it('is used once where two come with it before anybody has read the session', async () => {
    expect((await Promise.all([asks('once'), asks('once')])).toSorted()).toEqual([false, true]);
    expect(reads).toBe(2);
  });
});

it('ends with its session', async () => {
  at(899);
  expect(await asks('last')).toBe(true);
  at(900);
  expect(await asks('late')).toBe(false);
});

it('ends with the entry that names the officer', async () => {
  const day = DAY_MS / SECOND_MS;
  stored = { ...session, until: plusMs(WORLD_START, 500 * DAY_MS) };
  at(400 * day - 1);
  expect(await asks('last')).toBe(true);
  at(400 * day);
  expect(await asks('late')).toBe(false);
});

it.each([
  ['ends with the entry, though it lists the officer for longer', { validUntil: TEN }, {}, 9],
  ['ends with the officer, though the entry goes on', {}, { until: TEN }, 9],
  ['begins with the officer', {}, { from: TEN }, 10],
] as const)('%s', async (_, ofEntry, ofOfficer, good) => {
  const { authorities, ...directory } = await gateway.directory.refresh();
  const known = authorities.get(fia.id)!;
  const officers = known.entry!.officers.map((officer) => ({ ...officer, ...ofOfficer }));
  const entry = { ...known.entry!, ...ofEntry, officers };
  const changed = { ...directory, authorities: new Map([[fia.id, { ...known, entry }]]) };
  const reader = { ...gateway.directory, current: () => Promise.resolve(changed), refresh: () => Promise.resolve(changed) };
  signIn = createSignIn({ store: { session: () => Promise.resolve(stored) }, clock: gateway.world.clock, directory: reader }, [GATE]);
  for (const seconds of [9, 10]) {
    at(seconds);
    expect(await asks(`n${seconds}`)).toBe(seconds === good);
  }
});

it('is read once a minute, and ends within one of its being ended by another process', async () => {
  for (const nonce of ['first', 'second']) expect(await asks(nonce)).toBe(true);
  at(60);
  for (const nonce of ['third', 'fourth']) expect(await asks(nonce)).toBe(true);
  expect([reads, signIn.knows('s1')]).toEqual([2, true]);
  stored = null;
  at(120);
  expect(await asks('after')).toBe(false);
  // asking for it again costs a read, and is counted before
  expect(signIn.knows('s1')).toBe(false);
});
