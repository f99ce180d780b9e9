/** A key that ends: as scheduled, lost, or compromised, each with its own consequences; and an officer who leaves a desk unturned. */
import { beforeEach, describe, expect, it } from 'vitest';
import { certain } from '../../domain/result.js';
import { createAgeKey } from '../../crypto/age/keys.js';
import { encodeBase64url } from '../../crypto/base64url.js';
import { kidOf } from '../../crypto/signing-key.js';
import { digestOf } from '../../crypto/statement.js';
import type { AuditEvent } from '../../domain/audit-event.js';
import { parseOfficerId } from '../../domain/ids.js';
import { formatInstant, HOUR_MS, MINUTE_MS, plusMs } from '../../domain/time.js';
import { createActor, entry, ORIGIN, signNow, submitted, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { toldOf } from '../support/answered.js';
import { makeRequest } from '../support/letters.js';
import { createCast, createTestGateway, enrol, type TestGateway } from '../support/test-gateway.js';

let gateway: TestGateway;
let fia: Actor;
let fix: Actor;

const accept = async ({ submission }: Signed, actor: Actor | null = null): Promise<string> =>
  toldOf(await gateway.walk.acceptStatement(submission, actor?.caller ?? null));
const head = () => ({ v: 1, aud: ORIGIN, id: uuidFrom(gateway.desk().chance), at: formatInstant(gateway.desk().at) });
const revoke = (kid: string, reason: string, over: object = {}): Signed =>
  submitted(signNow('parley-revocation+json', { ...head(), authority: fia.id, kid, reason, ...over }, fia.root));
const doubtful = (ms: number) => ({ doubtfulSince: formatInstant(plusMs(gateway.desk().at, ms)) });
const send = async (): Promise<string> => accept((await makeRequest(fia, fix, gateway.desk())).signed, fia);
const signIn = async (): Promise<boolean> => {
  const { chance, at } = gateway.desk();
  const nonce = digestOf(`a.${encodeBase64url(chance.bytes(12))}.c`);
  const asked = { v: 1, aud: ORIGIN, authority: fia.id, officer: fia.caller.officer, at: formatInstant(at), nonce };
  return (await gateway.walk.openSession(signNow('parley-session+json', asked, fia.auth), 'session')).ok;
};

beforeEach(async () => {
  gateway = createTestGateway(97);
  ({ fia, fix } = createCast(31));
  await enrol(gateway, [fia, fix]);
});

describe('a key', () => {
  it('that ends as scheduled signs nothing more, and leaves the officer’s other keys alone', async () => {
    expect(await accept(revoke(fia.signing.kid, 'SCHEDULED'))).toBe('accepted');
    expect(await send()).toMatch(/^KEY_NOT_TRUSTED/);
    expect(await signIn()).toBe(true);
  });

  it.each(['LOST', 'COMPROMISED'])('that is %s takes the officer’s other keys with it: no session, no statement', async (reason) => {
    const over = reason === 'COMPROMISED' ? doubtful(-HOUR_MS) : {};
    expect(await accept(revoke(fia.encryption.kid, reason, over))).toBe('accepted');
    expect(await signIn()).toBe(false);
    expect(await send()).toMatch(/^KEY_NOT_TRUSTED/);
  });

  it('that is compromised says since when, and no other does', async () => {
    const { kid } = fia.signing;
    expect(await accept(revoke(kid, 'COMPROMISED'))).toMatch(/^MALFORMED doubtfulSince: owed/);
    expect(await accept(revoke(kid, 'LOST', doubtful(-HOUR_MS)))).toMatch(/^MALFORMED doubtfulSince: owed/);
    expect(await accept(revoke(kid, 'COMPROMISED', doubtful(MINUTE_MS)))).toMatch(/^MALFORMED doubtfulSince: after/);
    expect(await accept(revoke(kid, 'COMPROMISED', doubtful(0)))).toBe('accepted');
  });

  it('of a desk receives nothing more, and the officers work on', async () => {
    expect(await accept(revoke(fia.desk.kid, 'LOST'))).toBe('accepted');
    expect(await signIn()).toBe(true);
    expect(await accept((await makeRequest(fix, fia, gateway.desk())).signed, fix)).not.toBe('accepted');
  });
});

describe('an officer who leaves', () => {
  const rowOf = (actor: Actor): object => {
    const { chance, at } = gateway.desk();
    const { officers } = JSON.parse(Buffer.from(entry(actor, at, chance).submission.statement.split('.')[1]!, 'base64url').toString()) as {
      officers: object[];
    };
    return officers[0]!;
  };
  const second = (): object => {
    const officer = certain(parseOfficerId('o2'));
    const made = createActor(fia.id, 'FIU', gateway.desk().chance);
    return rowOf({ ...made, caller: { ...made.caller, officer } });
  };
  const enter = async (seq: number, officers: readonly object[], over: object = {}): Promise<AuditEvent> => {
    const { chance, at } = gateway.desk();
    expect(await accept(entry(fia, at, chance, { seq, officers, ...over }))).toBe('accepted');
    const leaf = await gateway.store.leaf((await gateway.store.leafCount()) - 1);
    return JSON.parse(Buffer.from(leaf!.views[0]!.event).toString()) as AuditEvent;
  };
  const deskOf = (generation: number): object => {
    const { chance, at } = gateway.desk();
    const { suite, publicKey } = createAgeKey('age-x25519-1', chance);
    const keys = [{ suite, kid: kidOf(suite, publicKey), publicKey: encodeBase64url(publicKey) }];
    const [from, until] = [formatInstant(at), formatInstant(plusMs(at, HOUR_MS))];
    return { desk: 'INTAKE', types: ['FIU'], generation, keys, from, until };
  };

  it('is a warning in the log as long as the keys of their desk have not turned', async () => {
    const [one, two] = [rowOf(fia), second()];
    expect((await enter(2, [one, two])).basis).toBeUndefined();
    expect((await enter(3, [one])).basis).toBe('DESK_NOT_TURNED INTAKE');
    await enter(4, [one, two]);
    expect((await enter(5, [one], { desks: [deskOf(2)] })).basis).toBeUndefined();
    // other keys of the same officer: the earlier ones may be in other hands
    await enter(6, [one, two], { desks: [deskOf(3)] });
    const desks = [deskOf(4)];
    await enter(7, [one, second()], { desks });
    expect((await enter(8, [one, second()], { desks })).basis).toBe('DESK_NOT_TURNED INTAKE');
  });

  it('leaves no warning where they sat at no desk that reads', async () => {
    const [one, auditor] = [rowOf(fia), { ...second(), roles: ['COMPLIANCE'] }];
    await enter(2, [one, auditor]);
    expect((await enter(3, [one])).basis).toBeUndefined();
  });
});
