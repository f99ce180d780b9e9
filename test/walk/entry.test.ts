/** What an authority may say of itself: keys that are sound, named by their own bytes, and each in one role. */
import { beforeAll, describe, expect, it } from 'vitest';
import { createAgeKey } from '../../crypto/age/keys.js';
import { encodeBase64url } from '../../crypto/base64url.js';
import { createOpenpgpKey } from '../../crypto/openpgp/key.js';
import { kidOf } from '../../crypto/signing-key.js';
import { formatInstant, HOUR_MS, plusMs } from '../../domain/time.js';
import { createActor, entry, ORIGIN, signNow, submitted, uuidFrom, type Actor } from '../support/actors.js';
import { createTestGateway, enrol, type TestGateway } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

interface Row {
  readonly officers: readonly Record<string, unknown>[];
  readonly desks: readonly { readonly keys: readonly unknown[] }[];
  readonly root: object;
}
const chance = createChance(7);
let gateway: TestGateway;
let fia: Actor;
let fix: Actor;
let row: Row;
let theirs: Row;

const payloadOf = (actor: Actor): Row => {
  const { chance: letters, at } = gateway.desk();
  const compact = entry(actor, at, letters).submission.statement;
  return JSON.parse(Buffer.from(compact.split('.')[1]!, 'base64url').toString()) as Row;
};

beforeAll(async () => {
  gateway = createTestGateway(71);
  [fia, fix] = [createActor('NG-FIA', 'FIU', chance), createActor('VG-FIX', 'FIU', chance)];
  await enrol(gateway, [fia, fix]);
  [row, theirs] = [payloadOf(fia), payloadOf(fix)];
});

async function next(over: object): Promise<string> {
  const { chance: letters, at } = gateway.desk();
  const answer = await gateway.walk.acceptStatement(entry(fia, at, letters, { seq: 2, ...over }).submission, null);
  return answer.ok ? 'accepted' : `${answer.error.refusal.code}: ${answer.error.refusal.detail}`;
}
const officer = (over: object): object => ({ officers: [{ ...row.officers[0], ...over }] });

describe('an entry', () => {
  it('is refused where one key has two roles', async () => {
    const own = row.officers[0]!;
    for (const over of [{ auth: own.signing }, { encryption: row.desks[0]!.keys[0] }, { signing: row.root }])
      expect(await next(officer(over))).toBe('KEY_NOT_TRUSTED: one key in two roles');
    expect(await next({ officers: [own, { ...own, officer: 'o2' }] })).toBe('KEY_NOT_TRUSTED: one key in two roles');
  });

  it('is refused where it lists an officer twice', async () => {
    expect(await next({ officers: [...row.officers, ...row.officers] })).toBe('KEY_NOT_TRUSTED: one officer listed twice');
  });

  it('is refused where a key already has another role, here or at another authority', async () => {
    const [own, other] = [row.officers[0]!, theirs.officers[0]!];
    for (const over of [
      officer({ signing: own.auth, auth: own.signing }),
      officer({ officer: 'o2' }),
      officer({ signing: other.signing }),
      officer({ signing: theirs.root }),
      officer({ encryption: theirs.desks[0]!.keys[0] }),
      { desks: [{ ...row.desks[0], keys: theirs.desks[0]!.keys }] },
    ])
      expect(await next(over)).toMatch(/^KEY_NOT_TRUSTED: .* is listed in another role already$/);
  });

  it('is refused where an encryption key is not sound, or not the one of its name', async () => {
    const suite = 'age-pq-1';
    const zero = new Uint8Array(1216).fill(255);
    const { publicKey } = createAgeKey(suite, chance);
    const named = (bytes: Uint8Array, kid = kidOf(suite, bytes)) => ({ encryption: { suite, kid, publicKey: encodeBase64url(bytes) } });
    for (const over of [named(zero), named(publicKey, fix.desk.kid), named(publicKey.subarray(32))])
      expect(await next(officer(over))).toMatch(/^KEY_NOT_TRUSTED: .* is not a sound age-pq-1 key of that name$/);
    const { encryption: _left, ...without } = row.officers[0]!;
    expect(await next({ officers: [without] })).toMatch(/^MALFORMED/);
  });

  it('is refused where an OpenPGP key begins later, and says so', async () => {
    const { at } = gateway.desk();
    const { kid, publicKey } = await createOpenpgpKey('NG-FIA', plusMs(at, HOUR_MS));
    const keys = [...row.desks[0]!.keys, { suite: 'openpgp-4', kid, publicKey: encodeBase64url(publicKey) }];
    expect(await next({ desks: [{ ...row.desks[0], keys }] })).toMatch(/^KEY_NOT_TRUSTED: .* begins later than .* set the clock/);
  });

  it('is taken with one officer more, with keys of their own', async () => {
    const second = payloadOf(createActor('NG-FIA', 'FIU', chance)).officers[0]!;
    expect(await next({ officers: [...row.officers, { ...second, officer: 'o2' }] })).toBe('accepted');
  });

  it.each([
    ['a duty desk that it does not list', { contact: { dutyDesk: 'NIGHT' } }, 'contact.dutyDesk: no desk of this entry'],
    [
      'the duty desk of a type that it does not list',
      { byType: [{ type: 'FIU', contact: { dutyDesk: 'X' } }] },
      'contact.dutyDesk: no desk',
    ],
    ['what holds for a type that it is not', { byType: [{ type: 'COURT' }] }, 'byType: the entry is not COURT'],
    ['two answers for one type', { byType: [{ type: 'FIU' }, { type: 'FIU' }] }, 'byType: one type twice'],
    [
      'an office that is hardly ever open',
      { calendar: { weekend: ['MON'], officeHours: { opens: '00:00', closes: '00:59' } } },
      'calendar.officeHours: open for less than an hour',
    ],
    ['a confirmation that is yet to come', { lastConfirmedAt: '2199-01-01T00:00:00Z' }, 'lastConfirmedAt: after the entry itself'],
  ])('is refused where it declares %s', async (_, over, why) => {
    expect(await next({ seq: 3, ...over })).toContain(`MALFORMED: ${why}`);
  });

  it('is refused where a body that is no FIU says how its FIU is built', async () => {
    const { chance: letters, at } = gateway.desk();
    const police = createActor('NG-EFCX', 'LAW_ENFORCEMENT', chance);
    await enrol(gateway, [police]);
    const answer = await gateway.walk.acceptStatement(entry(police, at, letters, { seq: 2, law: { fiuModel: 'HYBRID' } }).submission, null);
    expect(answer).toMatchObject({ ok: false, error: { refusal: { code: 'MALFORMED', detail: 'law.fiuModel: the entry is no FIU' } } });
  });

  it('is taken with all that it declares, its duty desk among its desks', async () => {
    expect(await next({ seq: 3, contact: { dutyDesk: 'INTAKE' }, law: { fiuModel: 'HYBRID' }, byType: [{ type: 'FIU' }] })).toBe(
      'accepted',
    );
  });

  it('moves its authority to no other State', async () => {
    expect(await next({ seq: 4, territory: 'ZA' })).toMatch(/^MALFORMED: territory: /);
    expect(await next({ seq: 4 })).toBe('accepted');
  });

  it('is taken where the office is open for one hour of one day', async () => {
    const weekend = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI'];
    expect(await next({ seq: 5, calendar: { weekend, officeHours: { opens: '23:30', closes: '23:59' } } })).toContain('MALFORMED');
    expect(await next({ seq: 5, calendar: { weekend, officeHours: { opens: '00:00', closes: '01:00' } } })).toBe('accepted');
  });
});

describe('an entry that lists key revocations', () => {
  it('is refused where one of them is none of its authority’s: readers would look for it in vain', async () => {
    const { chance: letters, at } = gateway.desk();
    const revoke = async (actor: Actor): Promise<string> => {
      const head = { v: 1, aud: ORIGIN, id: uuidFrom(letters), at: formatInstant(at), authority: actor.id };
      const said = submitted(signNow('parley-revocation+json', { ...head, kid: actor.auth.kid, reason: 'SCHEDULED' }, actor.root));
      expect((await gateway.walk.acceptStatement(said.submission, null)).ok).toBe(true);
      return said.digest;
    };
    const [own, other] = [await revoke(fia), await revoke(fix)];
    expect(await next({ seq: 6, revocations: [own, other] })).toBe(
      `MALFORMED: revocations: ${other} is no key revocation of NG-FIA that stands in this log`,
    );
    expect(await next({ seq: 6, revocations: [own] })).toBe('accepted');
  });
});
