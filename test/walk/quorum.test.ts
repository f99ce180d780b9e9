/** The quorum at the gateway: who may ask, who may agree, and what is read on it; each way around it is refused. */
import { beforeEach, describe, expect, it } from 'vitest';
import { certain } from '../../domain/result.js';
import { createAgeKey } from '../../crypto/age/keys.js';
import { sealFileKey } from '../../crypto/age/seal.js';
import { encodeBase64url } from '../../crypto/base64url.js';
import { kidOf } from '../../crypto/signing-key.js';
import type { AuditEvent } from '../../domain/audit-event.js';
import { parseOfficerId, type Digest } from '../../domain/ids.js';
import { DAY_MS, formatInstant, HOUR_MS, plusMs, type Instant } from '../../domain/time.js';
import { createQuorumReader } from '../../gateway/read/quorum.js';
import { createStillRead } from '../../gateway/read/still-read.js';
import { createActor, entry, ORIGIN, signNow, submitted, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { digest } from '../support/ids.js';
import { makeAccess, makeEnvelope, makeItem, makeRequest } from '../support/letters.js';
import { createCast, createTestGateway, enrol, type TestGateway } from '../support/test-gateway.js';
import { createChance, createWorld } from '../support/world.js';

type Role = Actor['caller']['roles'][number];
let gateway: TestGateway;
/** happens when facts were read */
let meanwhile: () => void;
let fia: Actor;
let fix: Actor;
let efcx: Actor;
/** c.1 to c.3 hold shares; c.4 is an officer like them and holds none */
let colleagues: readonly Actor[];
let quorum: { readonly kid: string; readonly generation: number };
let theCase: { readonly exchange: string; readonly item: Digest; readonly via: Digest };

const colleagueOf = (authority: Actor, code: string, roles: readonly Role[] = ['COMPLIANCE']): Actor => {
  const made = createActor(authority.id, 'FIU', gateway.desk().chance);
  const officer = certain(parseOfficerId(code));
  return { ...made, root: authority.root, caller: { ...made.caller, officer, roles } };
};
const rowOf = (actor: Actor): unknown => {
  const { chance, at } = gateway.desk();
  const compact = entry(actor, at, chance).submission.statement;
  const { officers } = JSON.parse(Buffer.from(compact.split('.')[1]!, 'base64url').toString()) as { officers: object[] };
  return { ...officers[0], desks: [] };
};
const deskOf = (actor: Actor): object => {
  const { chance, at } = gateway.desk();
  const compact = entry(actor, at, chance).submission.statement;
  return (JSON.parse(Buffer.from(compact.split('.')[1]!, 'base64url').toString()) as { desks: object[] }).desks[0]!;
};
const own = (actor: Actor): unknown => ({ ...(rowOf(actor) as object), desks: ['INTAKE'] });
const quorumKey = (generation: number, over: object = {}) => {
  const suite = 'age-x25519-1' as const;
  const { publicKey } = createAgeKey(suite, gateway.desk().chance);
  const holders = ['c.1', 'c.2', 'c.3'].map((officer) => ({ officer, commitment: digest(officer.replace('.', '')) }));
  return { generation, suite, kid: kidOf(suite, publicKey), publicKey: encodeBase64url(publicKey), need: 2, holders, ...over };
};

const accept = async (signed: Signed, as: Actor | null): Promise<string> => {
  const answer = await gateway.walk.acceptStatement(signed.submission, as?.caller ?? null);
  if (answer.ok) return 'accepted';
  const { code, detail, violations } = answer.error.refusal;
  return [code, ...violations.map((violation) => violation.code), detail].join(' ');
};
async function enter(seq: number, over: object): Promise<string> {
  const { chance, at } = gateway.desk();
  return accept(entry(fia, at, chance, { seq, officers: [own(fia), ...colleagues.map(rowOf)], ...over }), null);
}

const c = (n: number): Actor => colleagues[n - 1]!;
const head = () => ({ v: 1, aud: ORIGIN, id: uuidFrom(gateway.desk().chance), at: formatInstant(gateway.desk().at) });
const inAn = (ms: number): Instant => plusMs(gateway.desk().at, ms);
const ask = (who: Actor, over: object = {}): Signed => {
  const asked = { act: 'OPEN', exchange: theCase.exchange, quorum: quorum.kid, reason: 'COURT_ORDER', until: formatInstant(inAn(HOUR_MS)) };
  return submitted(signNow('parley-quorum-request+json', { ...head(), authority: who.id, ...asked, ...over }, who.signing));
};
const agree = (who: Actor, request: Digest, to: Actor, over: object = {}): Signed => {
  const { chance } = gateway.desk();
  const { kid, suite, publicKey } = to.encryption;
  const seal = encodeBase64url(sealFileKey(suite, chance.bytes(16), publicKey, chance));
  const said = { authority: who.id, request, keyCommitment: digest('k'), body: 'AAAA', kid, seal };
  return submitted(signNow('parley-quorum-share+json', { ...head(), ...said, ...over }, who.signing));
};
const read = (who: Actor, request: Digest, item = theCase.item, via = theCase.via): Signed =>
  makeAccess(who, item, via, gateway.desk(), { quorum: request });

beforeEach(async () => {
  const { store } = createWorld(83);
  meanwhile = () => undefined;
  const version: typeof store.version = async (key) => {
    const found = await store.version(key);
    meanwhile();
    return found;
  };
  gateway = createTestGateway(83, { store: { ...store, version } });
  ({ fia, fix, efcx } = createCast(17));
  await enrol(gateway, [fia, fix, efcx]);
  colleagues = ['c.1', 'c.2', 'c.3', 'c.4'].map((code) => colleagueOf(fia, code));
  const listed = quorumKey(1);
  quorum = listed;
  expect(await enter(2, { quorum: listed })).toBe('accepted');
  const { item, exchange, signed } = await makeRequest(fix, fia, gateway.desk());
  expect(await accept(signed, fix)).toBe('accepted');
  theCase = { exchange, item: item.digest, via: signed.digest };
});

async function opened(over: object = {}): Promise<Digest> {
  const request = ask(c(1), over);
  expect(await accept(request, c(1))).toBe('accepted');
  for (const holder of [c(2), c(3)]) expect(await accept(agree(holder, request.digest, c(1)), holder)).toBe('accepted');
  return request.digest;
}

describe('who asks', () => {
  it('is a holder named by the newest entry, for a case of the own authority', async () => {
    expect(await accept(ask(c(4)), c(4))).toMatch(/^ROLE_REQUIRED.*a holder/);
    expect(await accept(ask(fia), fia)).toMatch(/^ROLE_REQUIRED.*a holder/);
    expect(await accept(ask(fix), fix)).toMatch(/^KEY_NOT_TRUSTED.*no quorum key/);
    expect(await accept(ask(c(1), { authority: fix.id }), c(1))).toMatch(/^KEY_NOT_TRUSTED/);
    expect(await accept(ask(c(1), { exchange: uuidFrom(createChance(5)) }), c(1))).toMatch(/^NOT_FOUND/);
    expect(await accept(ask(c(1), { quorum: digest('another') }), c(1))).toMatch(/^KEY_NOT_TRUSTED/);
    // one that is there, of two others, looks the same as none
    const theirs = await makeRequest(fix, efcx, gateway.desk());
    expect(await accept(theirs.signed, fix)).toBe('accepted');
    expect(await accept(ask(c(1), { exchange: theirs.exchange }), c(1))).toMatch(/^NOT_FOUND no exchange/);
    expect(await accept(ask(c(1)), c(2))).toMatch(/^CALLER_MISMATCH/);
    expect(await accept(ask(c(1)), c(1))).toBe('accepted');
  });

  it('says until when, by seven days at most', async () => {
    expect(await accept(ask(c(1), { until: formatInstant(gateway.desk().at) }), c(1))).toMatch(/^MALFORMED until/);
    expect(await accept(ask(c(1), { until: formatInstant(inAn(7 * DAY_MS + 1_000)) }), c(1))).toMatch(/^MALFORMED until/);
    expect(await accept(ask(c(1), { until: formatInstant(inAn(7 * DAY_MS)) }), c(1))).toBe('accepted');
  });

  it('may ask for a desk’s secrets where they sit, and for no other’s', async () => {
    const desk = { act: 'RECOVER', desk: 'INTAKE', exchange: undefined };
    expect(await accept(ask(fia, desk), fia)).toBe('accepted');
    expect(await accept(ask(c(1), desk), c(1))).toMatch(/^ROLE_REQUIRED.*INTAKE/);
    expect(await accept(ask(fia, { ...desk, desk: 'NIGHT' }), fia)).toMatch(/^NOT_FOUND no desk/);
  });
});

describe('who agrees', () => {
  it('is another holder, once, with a share sealed to whoever asked', async () => {
    const request = ask(c(1));
    await accept(request, c(1));
    const to = request.digest;
    expect(await accept(agree(c(1), to, c(1)), c(1))).toMatch(/^ROLE_REQUIRED.*another holder/);
    expect(await accept(agree(c(4), to, c(1)), c(4))).toMatch(/^ROLE_REQUIRED.*a holder/);
    expect(await accept(agree(fix, to, c(1)), fix)).toMatch(/^NOT_FOUND/);
    expect(await accept(agree(c(2), digest('none'), c(1)), c(2))).toMatch(/^NOT_FOUND/);
    expect(await accept(agree(c(2), to, c(4)), c(2))).toMatch(/^SEALS_MISMATCH/);
    expect(await accept(agree(c(2), to, c(1), { seal: 'AAAA' }), c(2))).toMatch(/^SEALS_MISMATCH/);
    expect(await accept(agree(c(2), to, c(1), { seal: 'A' }), c(2))).toMatch(/^SEALS_MISMATCH/);
    // another's name under the own key, and the own name under another's
    expect(await accept(agree({ ...c(2), signing: c(4).signing }, to, c(1)), c(2))).toMatch(/^CALLER_MISMATCH/);
    expect(await accept(agree({ ...c(2), signing: { ...c(4).signing, kid: c(2).signing.kid } }, to, c(1)), c(2))).toMatch(
      /^SIGNATURE_INVALID/,
    );
    expect(await accept(agree(c(2), to, c(1)), c(2))).toBe('accepted');
    expect(await accept(agree(c(2), to, c(1)), c(2))).toMatch(/^CONFLICT c.2 has agreed already/);
  });

  it('comes in time, and for the key that is dealt now', async () => {
    const [late, overtaken] = [ask(c(1)), ask(c(1), { until: formatInstant(inAn(DAY_MS)) })];
    for (const request of [late, overtaken]) await accept(request, c(1));
    gateway.world.clock.advance(HOUR_MS);
    expect(await accept(agree(c(2), late.digest, c(1)), c(2))).toMatch(/^STALE/);
    expect(await enter(3, { quorum: quorumKey(2) })).toBe('accepted');
    expect(await accept(agree(c(2), overtaken.digest, c(1)), c(2))).toMatch(/^CONFLICT.*dealt anew/);
  });

  it('is counted once where two of one holder’s answers come at the same time', async () => {
    const request = ask(c(1));
    await accept(request, c(1));
    const answers = await Promise.all([1, 2].map(() => accept(agree(c(2), request.digest, c(1)), c(2))));
    expect(answers.toSorted()).toEqual([expect.stringMatching(/^CONFLICT/), 'accepted']);
  });
});

describe('what is read by the quorum', () => {
  it('is the case that was asked for, by whoever asked, while the window is open', async () => {
    const request = await opened();
    expect(await accept(read(c(1), request), c(1))).toBe('accepted');
    expect(await accept(read(c(2), request), c(2))).toMatch(/^ROLE_REQUIRED.*who asked/);
    const other = await makeRequest(fix, fia, gateway.desk());
    await accept(other.signed, fix);
    expect(await accept(read(c(1), request, other.item.digest, other.signed.digest), c(1))).toMatch(/^NOT_FOUND.*no envelope of the case/);
    gateway.world.clock.advance(HOUR_MS);
    expect(await accept(read(c(1), request), c(1))).toMatch(/^STALE/);
  });

  it('is nothing where the window ends while the reading waits to come into the log', async () => {
    const request = await opened();
    meanwhile = () => {
      meanwhile = () => undefined;
      gateway.world.clock.advance(HOUR_MS);
    };
    expect(await accept(read(c(1), request), c(1))).toMatch(/^STALE/);
  });

  it('is nothing before enough agreed, on no request, on another authority’s, or on one for a desk', async () => {
    const request = ask(c(1));
    await accept(request, c(1));
    await accept(agree(c(2), request.digest, c(1)), c(2));
    expect(await accept(read(c(1), request.digest), c(1))).toMatch(/^ROLE_REQUIRED too few holders agreed so far: 1/);
    expect(await accept(read(c(1), digest('none')), c(1))).toMatch(/^NOT_FOUND/);
    expect(await accept(read(c(1), theCase.via), c(1))).toMatch(/^NOT_FOUND/);
    expect(await accept(read(fix, request.digest), fix)).toMatch(/^NOT_FOUND/);
    const desk = ask(fia, { act: 'RECOVER', desk: 'INTAKE', exchange: undefined });
    await accept(desk, fia);
    for (const holder of [c(2), c(3)]) await accept(agree(holder, desk.digest, fia), holder);
    expect(await accept(read(fia, desk.digest), fia)).toMatch(/^NOT_FOUND/);
    // and without the quorum nobody of these roles
    expect(await accept(makeAccess(c(1), theCase.item, theCase.via, gateway.desk()), c(1))).toMatch(/^ROLE_REQUIRED/);
  });

  it('is nothing more once the key is dealt anew, since a holder left', async () => {
    const request = await opened();
    const left = colleagues;
    colleagues = colleagues.filter((one) => one !== c(3));
    expect(await enter(3, { quorum })).toMatch(/^MALFORMED quorum.holders: c.3 is no officer/);
    const holders = ['c.1', 'c.2', 'c.4'].map((officer) => ({ officer, commitment: digest(officer.replace('.', '')) }));
    expect(await enter(3, { quorum: quorumKey(2, { holders }) })).toBe('accepted');
    colleagues = left;
    expect(await accept(read(c(1), request), c(1))).toMatch(/^ROLE_REQUIRED too few/);
  });

  const revoke = (kid: string, reason: 'LOST' | 'COMPROMISED' | 'SCHEDULED'): Promise<string> => {
    const since = reason === 'COMPROMISED' ? { doubtfulSince: formatInstant(gateway.desk().at) } : {};
    const said = { ...head(), authority: fia.id, kid, reason, ...since };
    return accept(submitted(signNow('parley-revocation+json', said, fia.root)), null);
  };

  it.each(['LOST', 'COMPROMISED'] as const)('is nothing once a key that agreed is %s: it may have been in other hands', async (reason) => {
    const request = await opened();
    expect(await revoke(c(2).signing.kid, reason)).toBe('accepted');
    expect(await accept(read(c(1), request), c(1))).toMatch(/^ROLE_REQUIRED too few holders agreed so far: 1/);
  });

  it('is nothing once another key of a holder who agreed is lost, and no share is sealed to a key that ended', async () => {
    const request = await opened();
    await revoke(c(3).encryption.kid, 'LOST');
    expect(await accept(read(c(1), request), c(1))).toMatch(/^ROLE_REQUIRED too few holders agreed so far: 1/);
    const another = ask(c(1));
    await accept(another, c(1));
    await revoke(c(1).encryption.kid, 'SCHEDULED');
    expect(await accept(agree(c(2), another.digest, c(1)), c(2))).toMatch(/^SEALS_MISMATCH.*revoked/);
    await revoke(c(1).auth.kid, 'LOST');
    expect(await accept(agree(c(2), another.digest, c(1)), c(2))).toMatch(/^KEY_NOT_TRUSTED.*ask anew/);
    // and who asked is told to holders alone
    for (const word of [read(c(4), another.digest), agree(c(4), another.digest, c(1))])
      expect(await accept(word, c(4))).toMatch(/^ROLE_REQUIRED(?!.*c\.1)/);
  });

  const viewsOf = async (who: Actor): Promise<AuditEvent[]> =>
    (await gateway.store.leaves(0, 100)).flatMap(({ views }) =>
      views.filter(({ view }) => view === who.id).map(({ event }) => JSON.parse(Buffer.from(event).toString()) as AuditEvent),
    );

  it('is a leaf in the own view with the officer, and in the counterpart’s without; who asked and agreed stays at home', async () => {
    const request = await opened();
    await accept(read(c(1), request), c(1));
    const actions = (events: AuditEvent[]) => events.filter(({ action }) => action.startsWith('QUORUM')).map(({ action }) => action);
    expect(actions(await viewsOf(fia))).toEqual(['QUORUM_REQUEST', 'QUORUM_SHARE', 'QUORUM_SHARE', 'QUORUM_ACCESS']);
    expect(actions(await viewsOf(fix))).toEqual(['QUORUM_ACCESS']);
    expect((await viewsOf(fia)).at(-1)).toMatchObject({ actor: { officer: 'c.1' }, object: { exchange: theCase.exchange } });
    const theirs = (await viewsOf(fix)).at(-1)!;
    expect(theirs).toMatchObject({ actor: { authority: fia.id }, object: { exchange: theCase.exchange } });
    expect(JSON.stringify(theirs)).not.toMatch(/c\.1|COURT_ORDER|justification/);
  });

  it('goes on part by part while the window is open, and no further', async () => {
    const access = read(c(1), await opened());
    expect(await accept(access, c(1))).toBe('accepted');
    const { deps, directory, walk, world, store } = gateway;
    const { deployment } = deps.config;
    const { objection } = createStillRead({ store, library: walk.library, clock: world.clock, directory, deployment });
    expect(await objection(access.digest, c(1).caller)).toBeNull();
    world.clock.advance(HOUR_MS);
    expect(await objection(access.digest, c(1).caller)).toMatchObject({ code: 'STALE' });
  });

  it('is told to the originator of an item in any case, and of its case where the reason allows', async () => {
    const request = await opened({ reason: 'INTERNAL_INVESTIGATION' });
    await accept(read(c(1), request), c(1));
    const theirs = (await viewsOf(fix)).at(-1)!;
    expect([theirs.action, theirs.justification, theirs.object.exchange]).toEqual(['ACCESS', undefined, undefined]);
    expect((await viewsOf(fia)).at(-1)).toMatchObject({ action: 'QUORUM_ACCESS', justification: expect.any(String) as unknown });
  });
});

describe('what is shown of a request', () => {
  const readerOf = () =>
    createQuorumReader(gateway.store, gateway.walk.library, { clock: gateway.world.clock, directory: gateway.directory });
  const shown = (who: Actor, request: Digest) => readerOf().request(who.caller, request, { from: 0, limit: 10 });
  const listed = async (who: Actor) =>
    (await readerOf().page(who.caller, { from: 0, limit: 10 })).requests.map(({ statement }) => statement);

  it('are shares and items to whoever asked alone, once enough agreed, while the window is open', async () => {
    const [early, late] = [ask(c(1)), await opened()];
    expect(await accept(early, c(1))).toBe('accepted');
    expect(await accept(agree(c(2), early.digest, c(1)), c(2))).toBe('accepted');
    expect(await shown(c(1), early.digest)).toMatchObject({ isOpen: false, agreed: ['c.2'], shares: [], items: [] });
    const whole = await shown(c(1), late);
    expect([whole?.shares.length, whole?.items.map(({ item, via }) => ({ item, via }))]).toEqual([
      2,
      [{ item: theCase.item, via: theCase.via }],
    ]);
    for (const other of [c(2), c(4)]) expect(await shown(other, late)).toMatchObject({ isOpen: true, shares: [], items: [] });
    gateway.world.clock.advance(HOUR_MS);
    expect(await shown(c(1), late)).toMatchObject({ isOpen: false, shares: [], items: [] });
  });

  it('is nothing once the key that asked is good no more', async () => {
    const request = await opened();
    const said = { ...head(), authority: fia.id, kid: c(1).signing.kid, reason: 'SCHEDULED' };
    expect(await accept(submitted(signNow('parley-revocation+json', said, fia.root)), null)).toBe('accepted');
    for (const who of [c(1), c(2)]) expect(await shown(who, request)).toMatchObject({ isOpen: false, agreed: [], shares: [], items: [] });
  });

  it('leaves out what is sealed to the other party’s desks alone, which no share opens', async () => {
    await gateway.walk.deliverDue();
    const item = await makeItem(fia, [fix], 'for you alone', gateway.desk());
    const say = { from: fia, to: fix, exchange: theCase.exchange };
    const acknowledged = makeEnvelope({ ...say, message: 'ACKNOWLEDGE', body: { receivedAt: '2026-01-05T09:00:00Z' } }, gateway.desk());
    for (const word of [acknowledged, makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [item] }, gateway.desk())])
      expect(await accept(word, fia)).toBe('accepted');
    const whole = await shown(c(1), await opened());
    expect(whole?.items.map((one) => one.item)).toEqual([theCase.item]);
  });

  it('is nothing to an officer who has no part in it, who may be the one whom it is about, nor to another authority', async () => {
    const request = await opened();
    for (const who of [c(1), c(2), c(4)]) expect(await listed(who)).toEqual([request]);
    for (const who of [fia, fix]) expect([await listed(who), await shown(who, request)]).toEqual([[], null]);
  });
});

describe('an entry’s quorum', () => {
  const holder = (officer: string) => ({ officer, commitment: digest(officer.replace('.', '')) });
  it.each([
    ['names a holder twice', 3, { holders: ['c.1', 'c.1', 'c.2'].map(holder) }, 'quorum.holders: one officer twice'],
    ['names a stranger', 3, { holders: ['c.1', 'c.2', 'c.9'].map(holder) }, 'quorum.holders: c.9 is no officer'],
    ['needs all of its holders', 3, { need: 3 }, 'quorum.need'],
    ['is another key under the same generation', 2, {}, 'quorum.generation'],
    ['falls back to an earlier generation', 1, {}, 'quorum.generation'],
  ])('is refused where it %s', async (_, generation, over, why) => {
    expect(await enter(3, { quorum: quorumKey(2) })).toBe('accepted');
    expect(await enter(4, { quorum: quorumKey(generation, over) })).toContain(`MALFORMED ${why}`);
  });

  it('is refused where the same key is said to be dealt otherwise, is no sound key, or has another role', async () => {
    for (const otherwise of [{ holders: ['c.1', 'c.2', 'c.4'].map(holder) }, { generation: 2 }])
      expect(await enter(3, { quorum: { ...quorum, ...otherwise } })).toContain('MALFORMED quorum: a key that was dealt');
    const zero = encodeBase64url(new Uint8Array(32));
    const weak = { publicKey: zero, kid: kidOf('age-x25519-1', new Uint8Array(32)) };
    expect(await enter(3, { quorum: quorumKey(2, weak) })).toMatch(/^KEY_NOT_TRUSTED.*not a sound/);
    const { kid, publicKey } = fia.desk;
    expect(await enter(3, { quorum: quorumKey(2, { kid, publicKey: encodeBase64url(publicKey) }) })).toMatch(
      /^KEY_NOT_TRUSTED one key in two/,
    );
    const [desk] = ['QUORUM'].map((name) => ({ ...deskOf(fia), desk: name }));
    expect(await enter(3, { quorum, desks: [desk] })).toContain('MALFORMED desks: no desk is called QUORUM');
  });

  it('is left out by an entry that ends no rule: neither comes the key back with fewer needed, nor an old generation', async () => {
    const listed = quorumKey(2, { need: 3, holders: ['c.1', 'c.2', 'c.3', 'c.4'].map(holder) });
    expect(await enter(3, { quorum: listed })).toBe('accepted');
    expect(await enter(4, {})).toBe('accepted');
    expect(await enter(5, { quorum: { ...listed, need: 2 } })).toContain('MALFORMED quorum: a key that was dealt');
    expect(await enter(5, { quorum })).toContain('MALFORMED quorum: a key that was dealt');
    expect(await enter(5, { quorum: quorumKey(2) })).toContain('MALFORMED quorum.generation');
    expect(await enter(5, { quorum: listed })).toBe('accepted');
  });

  it('is nobody else’s key, in whatever role', async () => {
    const { chance, at } = gateway.desk();
    const listed = quorumKey(2);
    expect(await enter(3, { quorum: listed })).toBe('accepted');
    const { suite, kid, publicKey } = listed;
    const theirs = entry(fix, at, chance, { seq: 2, desks: [{ ...deskOf(fix), keys: [{ suite, kid, publicKey }] }] });
    expect(await accept(theirs, null)).toMatch(/^KEY_NOT_TRUSTED.*listed in another role already/);
  });
});
