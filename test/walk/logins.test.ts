/** A login is good once, and what remembers that goes when its request is too old to come again. */
import { expect, it } from 'vitest';
import { encodeBase64url } from '../../crypto/base64url.js';
import { digestOf } from '../../crypto/statement.js';
import type { Store } from '../../domain/ports.js';
import { refusal } from '../../domain/refusal.js';
import { DAY_MS, formatInstant, HOUR_MS, MINUTE_MS, plusMs } from '../../domain/time.js';
import { designation, entry, ORIGIN, signNow } from '../support/actors.js';
import { createCast, createTestGateway, enrol } from '../support/test-gateway.js';
import { createWorld } from '../support/world.js';

it('refuses a login that comes again, and keeps nothing of it past a day', async () => {
  const { store: kept } = createWorld(57);
  const logins: string[] = [];
  const commitBatch: Store['commitBatch'] = (rows, now) => {
    logins.push(...rows.flatMap(({ bumps }) => bumps.filter((key) => key.startsWith('login:'))));
    return kept.commitBatch(rows, now);
  };
  const gateway = createTestGateway(57, { store: { ...kept, commitBatch } });
  const { fia } = createCast(7);
  await enrol(gateway, [fia]);
  const { walk, world, desk } = gateway;
  const { chance, at } = desk();
  const nonce = digestOf(`a.${encodeBase64url(chance.bytes(12))}.c`);
  const asked = { v: 1, aud: ORIGIN, authority: fia.id, officer: fia.caller.officer, at: formatInstant(at), nonce };
  const request = signNow('parley-session+json', asked, fia.auth);
  const opens = async (): Promise<boolean> => (await walk.openSession(request, 'session')).ok;
  const left = async (): Promise<number> => kept.version(logins[0]!);

  expect([await opens(), await opens()]).toEqual([true, false]);
  world.clock.advance(DAY_MS - HOUR_MS);
  await walk.takeAway();
  expect([await left(), await opens()]).toEqual([1, false]);
  world.clock.advance(2 * HOUR_MS);
  await walk.takeAway();
  expect([await left(), await opens()]).toEqual([0, false]);
});

it('tells whoever signs by a wrong clock what time it is', async () => {
  const gateway = createTestGateway(58);
  const { fia } = createCast(7);
  await enrol(gateway, [fia]);
  const { at } = gateway.desk();
  for (const byMs of [-DAY_MS, DAY_MS, -2 * MINUTE_MS, 2 * MINUTE_MS]) {
    const dated = formatInstant(plusMs(at, byMs));
    const asked = { v: 1, aud: ORIGIN, authority: fia.id, officer: fia.caller.officer, at: dated, nonce: digestOf('a.b.c') };
    const opened = await gateway.walk.openSession(signNow('parley-session+json', asked, fia.auth), 'session');
    expect(opened).toMatchObject({ ok: false, error: { code: 'STALE' } });
    for (const time of [dated, formatInstant(at)])
      expect(opened).toMatchObject({ error: { detail: expect.stringContaining(time) as string } });
  }
});

it('is nobody’s who does not prove to be that officer, here and now: it leaves nothing, and all are told the same', async () => {
  const gateway = createTestGateway(59);
  const { fia, fix } = createCast(7);
  await enrol(gateway, [fia, fix]);
  const { walk, store, desk } = gateway;
  const { at } = desk();
  const asked = { v: 1, aud: ORIGIN, authority: fia.id, officer: fia.caller.officer, at: formatInstant(at), nonce: digestOf('a.b.c') };
  const before = await store.leafCount();
  for (const [over, key] of [
    [{}, { ...fix.auth, kid: fia.auth.kid }],
    [{}, fix.auth],
    [{}, fia.signing],
    [{ authority: fix.id }, fia.auth],
    [{ officer: 'o2' }, fia.auth],
    [{ aud: 'parley.example/other' }, fia.auth],
  ] as const) {
    const opened = await walk.openSession(signNow('parley-session+json', { ...asked, ...over }, key), 'session');
    expect(opened).toEqual({ ok: false, error: refusal('NOT_CALLER', 'the session request was not accepted') });
  }
  expect(await store.leafCount()).toBe(before);
  expect((await walk.openSession(signNow('parley-session+json', asked, fia.auth), 'session')).ok).toBe(true);
});

it('waits for the day from which the officer’s keys count, and says so to whoever has them', async () => {
  const gateway = createTestGateway(60);
  const { walk, world, operator, store, desk } = gateway;
  const { fia } = createCast(7);
  const { chance, at } = desk();
  const begins = formatInstant(plusMs(at, HOUR_MS));
  const listed = entry(fia, at, chance).submission.statement.split('.')[1]!;
  const { officers } = JSON.parse(Buffer.from(listed, 'base64url').toString()) as { officers: object[] };
  await walk.acceptStatement(designation(operator, fia, at, chance).submission, null);
  const later = entry(fia, at, chance, { officers: officers.map((one) => ({ ...one, from: begins })) });
  expect((await walk.acceptStatement(later.submission, null)).ok).toBe(true);
  const opens = async () => {
    const asked = { v: 1, aud: ORIGIN, authority: fia.id, officer: fia.caller.officer, at: formatInstant(world.clock.now()) };
    const nonce = digestOf(`a.${encodeBase64url(chance.bytes(12))}.c`);
    return walk.openSession(signNow('parley-session+json', { ...asked, nonce }, fia.auth), 'session');
  };
  const before = await store.leafCount();
  expect(await opens()).toMatchObject({ ok: false, error: { code: 'NOT_CALLER', detail: expect.stringContaining(begins) as string } });
  expect(await store.leafCount()).toBe(before);
  world.clock.advance(HOUR_MS);
  expect((await opens()).ok).toBe(true);
});

it('tells whoever’s keys have ended by time alone since when, and what lists them anew', async () => {
  const gateway = createTestGateway(61);
  const { walk, world, store, directory } = gateway;
  const { fia, fix } = createCast(7);
  await enrol(gateway, [fia, fix]);
  const asks = (key: Parameters<typeof signNow>[2]) => {
    const asked = { v: 1, aud: ORIGIN, authority: fia.id, officer: fia.caller.officer, at: formatInstant(world.clock.now()) };
    return walk.openSession(signNow('parley-session+json', { ...asked, nonce: digestOf('a.b.c') }, key), 'session');
  };
  const ends = (await directory.current()).authorities.get(fia.id)!.entry!.officers[0]!.until;
  world.clock.advance(ends - world.clock.now());
  const before = await store.leafCount();
  const opened = await asks(fia.auth);
  expect(opened).toMatchObject({ ok: false, error: { code: 'NOT_CALLER' } });
  for (const words of [formatInstant(ends), 'parley entry confirm', `parley officer prolong ${fia.caller.officer}`])
    expect(opened).toMatchObject({ error: { detail: expect.stringContaining(words) as string } });
  // to whoever does not have the key, nothing of it
  expect(await asks({ ...fix.auth, kid: fia.auth.kid })).toEqual({
    ok: false,
    error: refusal('NOT_CALLER', 'the session request was not accepted'),
  });
  expect(await store.leafCount()).toBe(before);
});
