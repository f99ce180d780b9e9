import { describe, expect, it } from 'vitest';
import {
  beginsAt,
  createDirectory,
  currentOfficer,
  currentReceivingKeys,
  endedAt,
  doubtAt,
  hasType,
  isLockedOut,
  listsOfficerKey,
  mayWrap,
  namesGeneration,
  newsIn,
  presumes,
  sitsAt,
} from '../../domain/authority.js';
import { seatIn, seatsOf } from '../../domain/seats.js';
import { plusMs } from '../../domain/time.js';
import type { Seat } from '../../domain/vocabulary.js';
import { parseDeskId, parseKeyId, parseOfficerId } from '../../domain/ids.js';
import type { DesignationPayload, EntryPayload, RevocationPayload } from '../../domain/wire/directory.js';
import { designated, FIA, FIX, LATER, LONG_AGO, NOW, PROS } from '../support/facts.js';
import { digest, instant, uuid } from '../support/ids.js';

const sure = <T>(parsed: { ok: true; value: T } | { ok: false }): T => {
  if (!parsed.ok) throw new Error('bad id');
  return parsed.value;
};
const kid = (name: string) => sure(parseKeyId(digest(name)));
const head = { v: 1 as const, aud: 'parley.example/test', id: uuid(1), at: LONG_AGO };
const FAR = instant('2027-01-01T00:00:00Z');
const desk = sure(parseDeskId('INTAKE'));
const officer = (name: string, over: Partial<EntryPayload['officers'][number]> = {}): EntryPayload['officers'][number] => ({
  officer: sure(parseOfficerId(name)),
  roles: ['OFFICER'],
  desks: [desk],
  clearance: 'RESTRICTED',
  signing: { kid: kid(`${name}-sign`), publicKey: 'AA' },
  auth: { kid: kid(`${name}-auth`), publicKey: 'AA' },
  encryption: { suite: 'age-pq-1', kid: kid(`${name}-enc`), publicKey: 'AA' },
  from: LONG_AGO,
  until: LATER,
  ...over,
});
const deskOf = (over: Partial<EntryPayload['desks'][number]> = {}): EntryPayload['desks'][number] => ({
  desk,
  types: ['FIU'],
  generation: 1,
  keys: [{ suite: 'age-pq-1', kid: kid('desk1'), publicKey: 'AA' }],
  from: LONG_AGO,
  until: LATER,
  ...over,
});
const entry = (over: Partial<EntryPayload> = {}): EntryPayload => ({
  ...designated(FIA, ['FIU']).entry!,
  officers: [officer('o1')],
  desks: [deskOf()],
  presumedConsent: ['EGMONT_FIU'],
  validUntil: FAR,
  ...over,
});
const designation = (authority: typeof FIA, over: Partial<DesignationPayload> = {}): DesignationPayload => ({
  ...head,
  operator: PROS,
  authority,
  root: kid('root'),
  types: ['FIU'],
  status: 'ACTIVE',
  ...over,
});
const revocation = (name: string): RevocationPayload => ({ ...head, authority: FIA, kid: kid(name), reason: 'LOST' });
const logged = <T>(payload: T) => ({ payload, digest: digest('d') });
const directory = (entries: EntryPayload[], revocations: RevocationPayload[] = [], designations = [designation(FIA)]) =>
  createDirectory(7, designations.map(logged), entries.map(logged), revocations.map(logged));

describe('the directory', () => {
  it('holds whom the operator designated, with the newest designation and the first slot', () => {
    const built = directory([], [], [designation(FIA), designation(FIX), designation(FIA, { status: 'SUSPENDED' })]);
    expect(built.version).toBe(7);
    expect(built.authorities.get(FIA)).toMatchObject({ slot: 0, standing: 'SUSPENDED', entry: null });
    expect(built.authorities.get(FIX)).toMatchObject({ slot: 1 });
  });

  it('takes no entry of a stranger, nor one under another root than the designated', () => {
    const built = directory([entry({ authority: PROS }), entry({ root: { kid: kid('forged'), publicKey: 'AA' } })]);
    expect(built.authorities.get(FIA)?.entry).toBeNull();
    expect(built.officerKeys.size).toBe(0);
  });
});

describe('a seat in a network', () => {
  const said = (networks: readonly Seat[] | undefined, designated?: readonly Seat[]) => {
    const more = designated === undefined ? {} : { networks: [...designated] };
    const built = directory([entry(networks === undefined ? {} : { networks: [...networks] })], [], [designation(FIA, more)]);
    return built.authorities.get(FIA)!;
  };
  const seat = (as: Seat['seat'], network: Seat['network'] = 'CARIN'): Seat => ({ network, seat: as });

  it('is the one that the entry claims, where the designation says nothing of networks, and none where it claims none', () => {
    expect(seatIn(said([seat('OBSERVER')]), 'CARIN')).toBe('OBSERVER');
    expect(seatIn(said([seat('MEMBER')]), 'GLOBE')).toBeNull();
    for (const nobody of [said(undefined), { ...said([seat('MEMBER')]), entry: null }, null]) expect(seatIn(nobody, 'CARIN')).toBeNull();
  });

  it('counts as far as the designation names it too, as the lesser of the two', () => {
    expect(seatsOf(said([seat('MEMBER'), seat('MEMBER', 'GLOBE')], [seat('MEMBER')]))).toEqual([seat('MEMBER')]);
    expect(seatIn(said([seat('MEMBER')], []), 'CARIN')).toBeNull();
    expect(seatIn(said(undefined, [seat('MEMBER')]), 'CARIN')).toBeNull();
    expect(seatIn(said([seat('MEMBER')], [seat('OBSERVER')]), 'CARIN')).toBe('OBSERVER');
    expect(seatIn(said([seat('ASSOCIATE')], [seat('MEMBER')]), 'CARIN')).toBe('ASSOCIATE');
  });
});

describe('an officer’s key', () => {
  const endOf = (built: ReturnType<typeof directory>, name: string) => built.officerKeys.get(kid(name))?.until;

  it('ended when the entry was signed that no longer lists it, unless it had ended before', () => {
    const left = directory([entry({ officers: [officer('o1'), officer('o2')] }), entry({ seq: 2, at: NOW, officers: [officer('o1')] })]);
    expect(endOf(left, 'o1-sign')).toBe(LATER);
    expect(endOf(left, 'o2-sign')).toBe(NOW);
    const earlier = directory([entry({ officers: [officer('o2', { until: NOW })] }), entry({ seq: 2, at: LATER })]);
    expect(endOf(earlier, 'o2-sign')).toBe(NOW);
  });

  it('is not ended by the entry of another authority that claims the same key', () => {
    const both = [designation(FIA), designation(FIX)];
    const claimed = entry({ authority: FIX, officers: [officer('o2')] });
    const built = directory([entry({ officers: [officer('o2')] }), claimed, entry({ seq: 2, at: NOW })], [], both);
    expect(built.officerKeys.get(kid('o2-sign'))).toMatchObject({ authority: FIX, until: LATER });
  });

  it('signs while it is in the newest entry, in time and not revoked', () => {
    const built = directory([entry()]);
    expect(currentOfficer(built, kid('o1-sign'), 'signing', NOW)).toMatchObject({ authority: FIA, officer: 'o1', use: 'signing' });
    expect(currentOfficer(built, kid('o1-auth'), 'auth', LONG_AGO)).not.toBeNull();
  });

  it.each([
    ['unknown', directory([entry()]), 'o9-sign', NOW],
    ['meant for something else', directory([entry()]), 'o1-auth', NOW],
    ['revoked', directory([entry()], [revocation('o1-sign')]), 'o1-sign', NOW],
    ['not begun', directory([entry({ officers: [officer('o1', { from: LATER })] })]), 'o1-sign', NOW],
    ['ended', directory([entry()]), 'o1-sign', LATER],
    ['dropped from the newest entry', directory([entry(), entry({ seq: 2, officers: [officer('o2')] })]), 'o1-sign', NOW],
    ['of an entry that has ended', directory([entry({ validUntil: NOW })]), 'o1-sign', NOW],
  ])('does not sign where it is %s', (_, built, name, now) => {
    expect(currentOfficer(built, kid(name), 'signing', now)).toBeNull();
  });

  it('is told from when on it counts where only that is still to come', () => {
    const built = directory([entry()]);
    const before = plusMs(LONG_AGO, -1);
    expect(beginsAt(built, kid('o1-sign'), 'signing', before)).toBe(LONG_AGO);
    expect(beginsAt(built, kid('o1-sign'), 'signing', NOW)).toBeNull();
    expect(beginsAt(built, kid('o1-auth'), 'signing', before)).toBeNull();
    expect(beginsAt(built, kid('o9-sign'), 'signing', before)).toBeNull();
  });

  it('is told until when it counted where time alone ended that', () => {
    const built = directory([entry()]);
    expect(endedAt(built, kid('o1-sign'), 'signing', LATER)).toBe(LATER);
    expect(endedAt(directory([entry({ validUntil: NOW })]), kid('o1-sign'), 'signing', LATER)).toBe(NOW);
    expect(endedAt(built, kid('o1-sign'), 'signing', NOW)).toBeNull();
    expect(endedAt(built, kid('o1-auth'), 'signing', LATER)).toBeNull();
    expect(endedAt(built, kid('o9-sign'), 'signing', LATER)).toBeNull();
    expect(endedAt(directory([entry()], [revocation('o1-sign')]), kid('o1-sign'), 'signing', LATER)).toBeNull();
    const dropped = directory([entry(), entry({ seq: 2, officers: [officer('o2')] })]);
    expect(endedAt(dropped, kid('o1-sign'), 'signing', LATER)).toBeNull();
  });
});

describe('receiving keys', () => {
  const keys = (over: Partial<EntryPayload>, now = NOW, revocations: RevocationPayload[] = []) =>
    currentReceivingKeys(directory([entry(over)], revocations), FIA, 'FIU', now).map((key) => key.kid);

  it('are those of the desks that serve the type now', () => {
    expect(keys({})).toEqual([kid('desk1')]);
    expect(keys({ desks: [deskOf({ types: ['COURT'] })] })).toEqual([]);
    expect(keys({ desks: [deskOf({ from: LATER })] })).toEqual([]);
    expect(keys({ desks: [deskOf({ until: NOW })] })).toEqual([]);
    expect(keys({}, NOW, [revocation('desk1')])).toEqual([]);
  });

  it('are none without a current entry', () => {
    expect(keys({ validUntil: NOW })).toEqual([]);
    expect(currentReceivingKeys(directory([]), FIA, 'FIU', NOW)).toEqual([]);
    expect(currentReceivingKeys(directory([]), PROS, 'FIU', NOW)).toEqual([]);
  });

  it('are those that the authority’s own root signed, whoever else lists bytes of its own under their id', () => {
    const stolen = deskOf({ keys: [{ suite: 'age-pq-1', kid: kid('desk1'), publicKey: 'BB' }] });
    const theirs = entry({ authority: FIX, desks: [stolen] });
    const built = directory([entry(), theirs], [], [designation(FIA), designation(FIX)]);
    expect(currentReceivingKeys(built, FIA, 'FIU', NOW)).toMatchObject([{ authority: FIA, kid: kid('desk1'), publicKey: 'AA' }]);
  });
});

describe('a desk', () => {
  const other = sure(parseDeskId('OTHER'));

  it('seats whoever is listed there and handles exchanges', () => {
    expect(sitsAt(officer('o1'), desk)).toBe(true);
    expect(sitsAt(officer('o1'), other)).toBe(false);
    expect(sitsAt(officer('o1', { roles: ['COMPLIANCE', 'OPERATOR'] }), desk)).toBe(false);
    expect(sitsAt(officer('o1', { roles: ['COMPLIANCE', 'OFFICER'] }), desk)).toBe(true);
  });

  it('has its keys wrapped by whoever sits there, and by a SUPERVISOR', () => {
    expect(mayWrap(officer('o1'), desk)).toBe(true);
    expect(mayWrap(officer('o1'), other)).toBe(false);
    expect(mayWrap(officer('o1', { roles: ['SUPERVISOR'], desks: [] }), desk)).toBe(true);
  });
});

describe('an authority', () => {
  it('acts as a type only where the operator and its own entry both say so', () => {
    const fia = designated(FIA, ['FIU']);
    expect(hasType(fia, 'FIU')).toBe(true);
    expect(hasType({ ...fia, designatedTypes: [] }, 'FIU')).toBe(false);
    expect(hasType({ ...fia, entry: { ...fia.entry!, types: ['COURT'] } }, 'FIU')).toBe(false);
    expect(hasType({ ...fia, entry: null }, 'FIU')).toBe(false);
  });

  it('presumes consent on the profiles that it lists, and on none without an entry', () => {
    const fia = { ...designated(FIA, ['FIU']), entry: entry() };
    expect(presumes(fia, 'EGMONT_FIU')).toBe(true);
    expect(presumes(fia, 'BVI_BILATERAL_FIU')).toBe(false);
    expect(presumes({ ...fia, entry: null }, 'EGMONT_FIU')).toBe(false);
  });
});

describe('a revocation', () => {
  const revoked = (...said: Partial<RevocationPayload>[]) =>
    directory(
      [entry({ officers: [officer('o1'), officer('o2')] })],
      said.map((over) => ({ ...revocation('o1-sign'), ...over })),
    );
  const good = (known: ReturnType<typeof revoked>, use: 'signing' | 'auth' | 'encryption', name = 'o1') =>
    currentOfficer(known, kid(`${name}-${{ signing: 'sign', auth: 'auth', encryption: 'enc' }[use]}`), use, NOW) !== null;

  it('ends the one key where it was scheduled, and every key of the officer where it was lost or compromised', () => {
    const scheduled = revoked({ reason: 'SCHEDULED' });
    expect([good(scheduled, 'signing'), good(scheduled, 'auth'), good(scheduled, 'encryption')]).toEqual([false, true, true]);
    for (const reason of ['LOST', 'COMPROMISED'] as const) {
      const lost = revoked({ reason });
      expect([good(lost, 'signing'), good(lost, 'auth'), good(lost, 'encryption'), good(lost, 'auth', 'o2')]).toEqual([
        false,
        false,
        false,
        true,
      ]);
      expect(isLockedOut(lost, officer('o1'))).toBe(true);
    }
    expect(isLockedOut(scheduled, officer('o1'))).toBe(false);
  });

  it('marks what the key signed since it was doubtful, and nothing before', () => {
    const known = revoked({ reason: 'COMPROMISED', at: LATER, doubtfulSince: NOW });
    expect([doubtAt(known, kid('o1-sign'), LONG_AGO), doubtAt(known, kid('o1-sign'), NOW), doubtAt(known, kid('o2-sign'), NOW)]).toEqual([
      null,
      NOW,
      null,
    ]);
    expect(doubtAt(revoked({ reason: 'LOST' }), kid('o1-sign'), LATER)).toBeNull();
  });

  it('said twice counts with the earlier end, the graver reason and the earlier doubt', () => {
    const one = { at: LATER, reason: 'SCHEDULED' as const };
    const two = { at: NOW, reason: 'COMPROMISED' as const, doubtfulSince: NOW };
    const three = { at: LATER, reason: 'LOST' as const };
    const four = { at: LATER, reason: 'COMPROMISED' as const, doubtfulSince: LONG_AGO };
    for (const said of [
      [one, two, three],
      [three, two, one],
    ])
      expect(revoked(...said).revoked.get(kid('o1-sign'))).toEqual({ at: NOW, reason: 'COMPROMISED', doubtfulSince: NOW });
    expect(revoked(two, four).revoked.get(kid('o1-sign'))?.doubtfulSince).toBe(LONG_AGO);
    expect(revoked(one, three).revoked.get(kid('o1-sign'))).toEqual({ at: LATER, reason: 'LOST', doubtfulSince: null });
  });

  it('is news where it is the first, graver, of an earlier end or of an earlier doubt, and else none', () => {
    const known = revoked({ reason: 'COMPROMISED', at: NOW, doubtfulSince: NOW });
    const said = (over: Partial<RevocationPayload>): RevocationPayload => ({
      ...head,
      authority: FIA,
      kid: kid('o1-sign'),
      reason: 'COMPROMISED',
      at: LATER,
      ...over,
    });
    expect(newsIn(known, said({ kid: kid('o2-sign') }))).toBe('GRAVER');
    expect(newsIn(revoked({ reason: 'LOST' }), said({ doubtfulSince: NOW }))).toBe('GRAVER');
    expect(newsIn(known, said({ at: LONG_AGO, doubtfulSince: NOW }))).toBe('EARLIER');
    expect(newsIn(known, said({ doubtfulSince: LONG_AGO }))).toBe('EARLIER');
    expect(newsIn(known, said({ doubtfulSince: LATER }))).toBeNull();
    expect(newsIn(known, said({ reason: 'LOST' }))).toBeNull();
  });
});

describe('at the edges', () => {
  it('an officer’s key is good from its first moment to before its last, and no longer than its entry', () => {
    const good = (over: Partial<EntryPayload['officers'][number]>, whole: Partial<EntryPayload> = {}) =>
      currentOfficer(directory([entry({ officers: [officer('o1', over)], ...whole })]), kid('o1-sign'), 'signing', NOW) !== null;
    expect([good({ from: NOW }), good({ until: NOW }), good({}, { validUntil: NOW })]).toEqual([true, false, false]);
  });

  it('a desk’s keys likewise', () => {
    const keys = (over: Partial<EntryPayload['desks'][number]>) =>
      currentReceivingKeys(directory([entry({ desks: [deskOf(over)] })]), FIA, 'FIU', NOW).length;
    expect([keys({ from: NOW }), keys({ until: NOW })]).toEqual([1, 0]);
  });

  it('a key that was dropped when it ended anyway is left as it was', () => {
    const built = directory([entry({ officers: [officer('o2', { until: NOW })] }), entry({ seq: 2, at: NOW })]);
    expect(built.officerKeys.get(kid('o2-sign'))?.until).toBe(NOW);
  });
});

describe('an officer whom no entry of now lists', () => {
  it('is none, even before the entry that leaves them out is dated', () => {
    const left = directory([entry({ officers: [officer('o1'), officer('o2')] }), entry({ seq: 2, at: LATER })]);
    expect(left.officerKeys.get(kid('o2-sign'))?.until).toBe(LATER);
    expect(currentOfficer(left, kid('o2-sign'), 'signing', NOW)).toBeNull();
  });

  it('is none where the root was replaced and the new one has signed nothing, and ended then unless before', () => {
    const anew = [designation(FIA), designation(FIA, { root: kid('other'), at: LATER })];
    const officers = [officer('o1', { until: FAR }), officer('o2', { until: NOW })];
    const built = directory([entry({ officers, root: { kid: kid('root'), publicKey: 'AA' } })], [], anew);
    expect(built.authorities.get(FIA)?.entry).toBeNull();
    expect(currentOfficer(built, kid('o1-sign'), 'signing', NOW)).toBeNull();
    expect(['o1-sign', 'o2-enc'].map((name) => built.officerKeys.get(kid(name))?.until)).toEqual([LATER, NOW]);
  });
});

describe('any key of an officer', () => {
  it.each(['sign', 'auth', 'enc'])('that is lost (%s) locks them out, and is listed by their entry', (use) => {
    const built = directory([entry()], [revocation(`o1-${use}`)]);
    expect(isLockedOut(built, officer('o1'))).toBe(true);
    expect(listsOfficerKey(entry(), kid(`o1-${use}`))).toBe(true);
    expect(listsOfficerKey(entry(), kid(`o2-${use}`))).toBe(false);
  });

  it('stands in the directory with what its entry says of it', () => {
    const built = directory([entry({ officers: [officer('o1', { roles: ['SUPERVISOR'], clearance: 'OFFICIAL' })] })]);
    for (const [name, use] of [
      ['o1-sign', 'signing'],
      ['o1-auth', 'auth'],
      ['o1-enc', 'encryption'],
    ] as const)
      expect(built.officerKeys.get(kid(name))).toEqual({
        ...{ authority: FIA, officer: 'o1', use, publicKey: 'AA' },
        ...{ roles: ['SUPERVISOR'], clearance: 'OFFICIAL', from: LONG_AGO, until: LATER },
      });
    expect(built.receivingKeys.get(kid('desk1'))).toEqual({
      ...{ authority: FIA, desk, generation: 1, suite: 'age-pq-1', publicKey: 'AA', from: LONG_AGO, until: LATER },
    });
  });
});

describe('whoever comes after another body', () => {
  it('is who its newest designation says, and nobody where it says nothing', () => {
    expect([...directory([]).successors]).toEqual([]);
    const named = [designation(FIA), designation(FIX, { succeeds: [FIA] })];
    expect([...directory([], [], named).successors]).toEqual([[FIA, FIX]]);
    expect([...directory([], [], [...named, designation(FIX)]).successors]).toEqual([]);
  });
});

it('names the generations of desks that an entry of the authority ever listed, and no others', () => {
  const newer = entry({ seq: 2, desks: [deskOf({ generation: 2, keys: [{ suite: 'age-pq-1', kid: kid('desk2'), publicKey: 'AA' }] })] });
  const known = directory([entry(), newer], [], [designation(FIA)]);
  const names = (authority: typeof FIA, name: string, generation: number) =>
    namesGeneration(known, { authority, desk: sure(parseDeskId(name)), generation });
  expect([names(FIA, 'INTAKE', 1), names(FIA, 'INTAKE', 2)]).toEqual([true, true]);
  expect([names(FIA, 'INTAKE', 3), names(FIA, 'OTHER', 1), names(FIX, 'INTAKE', 1)]).toEqual([false, false, false]);
});
