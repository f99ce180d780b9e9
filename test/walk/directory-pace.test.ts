/** No root fills the directory, and none keeps others from being decided about while it changes its own part of it. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createAgeKey } from '../../crypto/age/keys.js';
import { encodeBase64url } from '../../crypto/base64url.js';
import { kidOf } from '../../crypto/signing-key.js';
import { DAY_MS, formatInstant, HOUR_MS, plusMs } from '../../domain/time.js';
import { entry, ORIGIN, signNow, submitted, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { toldOf } from '../support/answered.js';
import { makeRequest } from '../support/letters.js';
import { createCast, createTestGateway, enrol, type TestGateway } from '../support/test-gateway.js';

let gateway: TestGateway;
let fia: Actor;
let fix: Actor;
let efcx: Actor;

const accept = async ({ submission }: Signed, actor: Actor | null = null): Promise<string> =>
  toldOf(await gateway.walk.acceptStatement(submission, actor?.caller ?? null));
const revoke = (kid: string, reason: string, since: number | null = null): Signed => {
  const { chance, at } = gateway.desk();
  const doubt = since === null ? {} : { doubtfulSince: formatInstant(plusMs(at, since)) };
  const head = { v: 1, aud: ORIGIN, id: uuidFrom(chance), at: formatInstant(at), authority: efcx.id };
  return submitted(signNow('parley-revocation+json', { ...head, kid, reason, ...doubt }, efcx.root));
};
const enter = (seq: number, over: object = {}): Signed => {
  const { chance, at } = gateway.desk();
  return entry(efcx, at, chance, { seq, ...over });
};
/** As many fresh keys as an entry's desks hold: 64. */
function fullDesks(): { desks: object[]; kids: string[] } {
  const { chance, at } = gateway.desk();
  const [from, until] = [formatInstant(plusMs(at, -DAY_MS)), formatInstant(plusMs(at, 400 * DAY_MS))];
  const kids: string[] = [];
  const key = (): object => {
    const { publicKey } = createAgeKey('age-x25519-1', chance);
    const kid = kidOf('age-x25519-1', publicKey);
    kids.push(kid);
    return { suite: 'age-x25519-1', kid, publicKey: encodeBase64url(publicKey) };
  };
  const desks = Array.from({ length: 16 }, (_, n) => ({
    desk: `D-${n}`,
    types: [efcx.type],
    generation: 1,
    keys: [key(), key(), key(), key()],
    from,
    until,
  }));
  return { desks, kids };
}

beforeEach(async () => {
  gateway = createTestGateway(98);
  ({ fia, fix, efcx } = createCast(32));
  await enrol(gateway, [fia, fix, efcx]);
});

describe('a key', () => {
  it('is revoked once for each thing that is new: graver, or doubtful from an earlier time', async () => {
    const { kid } = efcx.desk;
    for (const [reason, since] of [['SCHEDULED'], ['LOST'], ['COMPROMISED', -HOUR_MS]] as const) {
      expect(await accept(revoke(kid, reason, since ?? null))).toBe('accepted');
      expect(await accept(revoke(kid, reason, since ?? null))).toMatch(/^CONFLICT .* is revoked already/);
      expect(await accept(revoke(kid, 'SCHEDULED'))).toMatch(/^CONFLICT .* is revoked already/);
    }
    expect(await accept(revoke(kid, 'COMPROMISED', -2 * HOUR_MS))).toBe('accepted');
  });

  it('is doubtful from an earlier time a few times and not for ever', async () => {
    const said: string[] = [];
    for (let n = 1; n <= 9; n += 1) said.push(await accept(revoke(efcx.desk.kid, 'COMPROMISED', -n * HOUR_MS)));
    expect(said.filter((one) => one === 'accepted')).toHaveLength(8);
    expect(said[8]).toMatch(/^LIMIT_REACHED one key is revoked at most 8 times/);
  });
});

describe('a root', () => {
  it('says 64 things in an hour; a compromised key waits for none, and no other authority for it', async () => {
    for (let seq = 2; seq <= 64; seq += 1) expect(await accept(enter(seq))).toBe('accepted');
    expect(await accept(enter(65))).toMatch(/^LIMIT_REACHED a root says at most 64 .* in an hour; the next one is taken after /);
    expect(await accept(revoke(efcx.auth.kid, 'LOST'))).toMatch(/^LIMIT_REACHED/);
    expect(await accept(revoke(efcx.auth.kid, 'COMPROMISED', -HOUR_MS))).toBe('accepted');
    const { chance, at } = gateway.desk();
    expect(await accept(entry(fix, at, chance, { seq: 2 }))).toBe('accepted');
    gateway.world.clock.advance(HOUR_MS);
    expect(await accept(enter(65))).toBe('accepted');
  });

  it('changes its keys sixty times over, and meanwhile every request of another is decided', async () => {
    const { desks, kids } = fullDesks();
    expect(await accept(enter(2, { desks }))).toBe('accepted');
    const requests = await Promise.all(Array.from({ length: 20 }, () => makeRequest(fia, fix, gateway.desk())));
    const ended = Promise.all(kids.map((kid) => accept(revoke(kid, 'COMPROMISED', -HOUR_MS))));
    for (const { signed } of requests) expect(await accept(signed, fia)).toBe('accepted');
    expect(new Set(await ended)).toEqual(new Set(['accepted']));
  });
});
