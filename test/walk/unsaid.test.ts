/** What an officer signed stays signed: a root ends a key from now on, and never for the time before. */
import { beforeEach, describe, expect, it } from 'vitest';
import { formatInstant, HOUR_MS, MINUTE_MS, plusMs, type Instant } from '../../domain/time.js';
import { createActor, entry, ORIGIN, signNow, submitted, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { codesOf } from '../support/answered.js';
import { makeRequest } from '../support/letters.js';
import { createCast, createTestGateway, enrol, type TestGateway } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

let gateway: TestGateway;
let fia: Actor;
/** when the log took in what its officer signed */
let logged: Instant;

const say = async ({ submission }: Signed) => codesOf(await gateway.walk.acceptStatement(submission, null));
const revocation = (at: Instant, over: object = {}): Signed => {
  const head = { v: 1, aud: ORIGIN, id: uuidFrom(gateway.desk().chance), at: formatInstant(at), authority: fia.id };
  return submitted(signNow('parley-revocation+json', { ...head, kid: fia.signing.kid, reason: 'SCHEDULED', ...over }, fia.root));
};
const listed = (actor: Actor, at: Instant, change: object = {}, seq = 2): Signed => {
  const { chance } = gateway.desk();
  const first = Buffer.from(entry(actor, at, chance).submission.statement.split('.')[1]!, 'base64url').toString();
  const { officers } = JSON.parse(first) as { readonly officers: readonly object[] };
  return entry(actor, at, chance, { seq, officers: officers.map((officer) => ({ ...officer, ...change })) });
};
/** Was the key good when the log took in what it signed, as every reader's client asks? */
async function isGood(): Promise<boolean> {
  const { officerKeys, revoked } = await gateway.directory.refresh();
  const key = officerKeys.get(fia.signing.kid)!;
  return logged >= key.from && logged < key.until && logged < (revoked.get(fia.signing.kid)?.at ?? Infinity);
}

beforeEach(async () => {
  gateway = createTestGateway(97);
  const cast = createCast(31);
  ({ fia } = cast);
  await enrol(gateway, [fia, cast.fix]);
  gateway.world.clock.advance(HOUR_MS);
  const { signed } = await makeRequest(fia, cast.fix, gateway.desk());
  expect(codesOf(await gateway.walk.acceptStatement(signed.submission, fia.caller))).toEqual(['ALLOW']);
  logged = gateway.world.clock.now();
  gateway.world.clock.advance(2 * HOUR_MS);
});

describe('what was signed and logged', () => {
  const other = (): Actor => ({ ...fia, signing: createActor('NG-FIA', 'FIU', createChance(8)).signing });

  it.each([
    ['a revocation', () => revocation(plusMs(logged, -MINUTE_MS))],
    ['an entry without the key', () => listed(other(), plusMs(logged, -MINUTE_MS))],
    [
      'an entry that lists it from later on',
      () => listed(fia, gateway.world.clock.now(), { from: formatInstant(gateway.world.clock.now()) }),
    ],
    ['an entry that lists it until earlier', () => listed(fia, gateway.world.clock.now(), { until: formatInstant(logged) })],
  ])('is not unsaid by %s', async (_, word) => {
    expect(await say(word())).not.toEqual(['ALLOW']);
    expect(await isGood()).toBe(true);
  });

  it('stays good where the key ends now, or is listed on', async () => {
    // it ends nothing, so it may have been on its way for long
    expect(await say(listed(fia, plusMs(logged, MINUTE_MS)))).toEqual(['ALLOW']);
    expect(await say(revocation(plusMs(gateway.world.clock.now(), -5 * MINUTE_MS)))).toEqual(['ALLOW']);
    expect(await isGood()).toBe(true);
  });

  it('stays good where the key is listed until now, and so again later on', async () => {
    const until = formatInstant(gateway.world.clock.now());
    for (const seq of [2, 3]) {
      expect(await say(listed(fia, gateway.world.clock.now(), { until }, seq))).toEqual(['ALLOW']);
      gateway.world.clock.advance(HOUR_MS);
    }
    expect(await isGood()).toBe(true);
  });

  it('may be called doubtful for the time before', async () => {
    const doubtfulSince = formatInstant(plusMs(logged, -HOUR_MS));
    expect(await say(revocation(gateway.world.clock.now(), { reason: 'COMPROMISED', doubtfulSince }))).toEqual(['ALLOW']);
    expect(await isGood()).toBe(true);
  });
});
