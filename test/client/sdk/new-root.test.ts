/** Whose root a client believes, over time: it follows the old root's word, and raises the alarm at any other change. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alarmLines, readStanding } from '../../../client/cli/alarms.js';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { createUuid } from '../../../domain/uuid.js';
import { certain } from '../../../domain/result.js';
import { createMemoryKeyStore, createOfficer, ParleyClient, readCard, type KeyStore } from '../../../client/sdk/index.js';
import { encodeBase64url } from '../../../crypto/base64url.js';
import { createSigningKey, type SigningKey } from '../../../crypto/signing-key.js';
import { signStatement } from '../../../crypto/statement.js';
import { parseDeskId, parseOfficerId } from '../../../domain/ids.js';
import { DAY_MS, formatInstant, HOUR_MS, plusMs } from '../../../domain/time.js';
import type { LiveGateway, Member } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';
import { openTwoPersons, type TwoPersons } from './two-persons.js';

const READ = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;
let gateway: LiveGateway;
let fia: Member;
let fix: Member;
let join: TwoPersons['join'];
let connect: TwoPersons['connect'];
let approveAll: TwoPersons['approveAll'];

beforeAll(async () => {
  ({ gateway, join, connect, approveAll } = await openTwoPersons());
  [fia, fix] = [await join('NG-FIA'), await join('VG-FIX')];
  for (const one of [fia, fix])
    for (const other of [fia, fix]) await one.client.pinRoot(other.client.authority, other.client.identity.root!.kid);
});
afterAll(() => gateway.running.drain());

const rootOf = ({ client }: Member) => client.identity.root!.kid;

async function newMail() {
  const sent = await fia.client.send(noteTo(fia.client, fix.client));
  await waitFor(fix.client, ({ statement }) => statement?.digest === sent.digest);
  return { item: sent.items[0]!.statement.digest, via: sent.digest, ...READ };
}

describe('a root that the old one named', () => {
  it('is followed by whoever compared the old one, and what was signed before opens still', async () => {
    const before = await newMail();
    const old = rootOf(fia);
    await fia.client.roots.change();
    expect(rootOf(fia)).not.toBe(old);
    const view = await fix.client.directory(true);
    expect(view.doubts).toEqual([]);
    expect(view.pins['NG-FIA']).toBe(rootOf(fia));
    for (const mail of [before, await newMail()]) expect((await fix.client.open(mail)).content.role).toBe('FORM');
    await fix.client.send(noteTo(fix.client, fia.client));
    // whoever was told the old one names whom it named
    await (await connect(await neverCompared())).roots.trust(fia.client.authority, old);
    // kept: another process of the same officers
    expect((await connect(fia.store)).identity.root?.kid).toBe(rootOf(fia));
    expect((await (await connect(fix.store)).directory(true)).pins['NG-FIA']).toBe(rootOf(fia));
  });

  it('is gone on with after a cut: the same new root, the same statement', async () => {
    let cut = true;
    const failing: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init);
      if (cut && String(input).endsWith('/v1/statements')) throw new TypeError('cut');
      return answer;
    };
    const client = await connect(fia.store, failing);
    await expect(client.roots.change()).rejects.toThrow();
    cut = false;
    const again = await connect(fia.store, failing);
    await again.roots.change();
    fia = { ...fia, client: again };
    expect((await fix.client.directory(true)).pins['NG-FIA']).toBe(rootOf(fia));
  });

  it('is gone on with after its entry was cut: no second root is made', async () => {
    let isCut = true;
    const failing: typeof fetch = (input, init) => {
      const isEntry = String(init?.body instanceof Uint8Array ? new TextDecoder().decode(init.body) : init?.body).includes(ENTRY_HEADER);
      return isCut && isEntry ? Promise.reject(new TypeError('cut')) : fetch(input, init);
    };
    const client = await connect(fia.store, failing);
    await expect(client.roots.change()).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
    isCut = false;
    const named = (await connect(fia.store)).identity.root!.kid;
    const again = await connect(fia.store, failing);
    await again.roots.change();
    fia = { ...fia, client: again };
    expect(rootOf(fia)).toBe(named);
    expect((await fix.client.directory(true)).pins['NG-FIA']).toBe(named);
  });

  it('is not believed where the gateway made it up, or leaves out one that was seen', async () => {
    const stranger = createSigningKey(chance);
    let lie: (answer: Listing) => Listing = (answer) => answer;
    const lying: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      return String(input).endsWith('/v1/directory') ? Response.json(lie((await response.json()) as Listing)) : response;
    };
    const client = await connect(fix.store, lying);
    const shown = async () => (await client.directory(true)).doubts.map(({ authority, isAlarm }) => [authority, isAlarm]);
    expect(await shown()).toEqual([]);
    // an earlier root, as if nothing had been said since
    lie = (answer) => ({ ...answer, roots: [], authorities: answer.authorities.map((row) => ({ ...row, root: rootIn(row.designation) })) });
    expect(await shown()).toEqual([['NG-FIA', true]]);
    await expect(client.send(noteTo(fix.client, fia.client))).rejects.toMatchObject({ what: expect.stringContaining('ALARM') as unknown });
    // a change with a byte turned round is no change
    lie = (answer) => ({ ...answer, roots: answer.roots.map((one) => `${one.slice(0, -4)}${one.slice(-4) === 'AAAA' ? 'BBBB' : 'AAAA'}`) });
    expect((await shown()).length).toBe(1);
    lie = (answer) => ({ ...answer, authorities: answer.authorities.map((row) => ({ ...row, root: stranger.kid })) });
    expect((await shown()).length).toBe(2);
  });
});

/** how every entry begins, whoever signed it */
const ENTRY_HEADER = encodeBase64url(new TextEncoder().encode('{"alg":"Ed25519","typ":"parley-entry+json","kid":"')).slice(0, -2);

interface Listing {
  readonly roots: string[];
  readonly authorities: { readonly authority: string; readonly designation: string; readonly root: string; readonly entry: string }[];
}
const rootIn = (designation: string): string =>
  (JSON.parse(Buffer.from(designation.split('.')[1]!, 'base64url').toString()) as { root: string }).root;

describe('a root that is lost', () => {
  it('is an alarm to everybody until they have compared the new one, and what was signed under the old one opens still', async () => {
    const before = await newMail();
    stolen = fia.client.identity.root!;
    expect((await fia.client.watch()).alarms).toEqual([]);
    const newcomer = await connect(await neverCompared());
    await newcomer.directory(true);
    // an officer without the root has the desk's keys: the authority's new root is made there
    const { root, sent } = await fia.client.roots.replace();
    expect(sent).toBeNull();
    expect((await fia.client.roots.replace()).root).toBe(root);
    await gateway.designate('NG-FIA', root, 'FIU');
    await approveAll();
    expect((await fia.client.roots.replace()).sent).not.toBeNull();
    expect(fia.client.identity.root?.kid).toBe(root);

    for (const client of [fix.client, newcomer]) {
      const { doubts } = await client.directory(true);
      expect(doubts).toMatchObject([{ authority: 'NG-FIA', isAlarm: true, root }]);
    }
    await expect(fix.client.send(noteTo(fix.client, fia.client))).rejects.toMatchObject({ code: 'ENTRY_NOT_BELIEVED' });
    await expect(fix.client.open(before)).rejects.toMatchObject({ code: 'ENTRY_NOT_BELIEVED' });
    // what seals nothing goes no more either
    const recipient = { authority: fix.client.authority, authorityType: 'FIU' } as const;
    const cell = { items: [before.item], recipient, purposes: ['INTELLIGENCE'], until: plusMs(clock.now(), DAY_MS) } as const;
    const { items: _items, message: _message, body: _body, ...facts } = noteTo(fix.client, fia.client);
    await expect(fix.client.askConsent({ ...facts, cell })).rejects.toMatchObject({ code: 'ENTRY_NOT_BELIEVED' });
    const grant = { items: [before.item], recipient, purposes: ['INTELLIGENCE'], until: cell.until, holder: fia.client.authority } as const;
    await expect(fix.client.grantConsent(grant)).rejects.toMatchObject({ code: 'ENTRY_NOT_BELIEVED' });
    const toThem = {
      ...grant,
      holder: fix.client.authority,
      recipient: { authority: fia.client.authority, authorityType: 'FIU' },
    } as const;
    await expect(fix.client.grantConsent(toThem)).rejects.toMatchObject({ code: 'ENTRY_NOT_BELIEVED' });
    // and an officer who only looks is told
    expect(alarmLines(await readStanding(fix.client))).toEqual([
      expect.stringMatching(/^ALARM NG-FIA: .*accept-root NG-FIA FINGERPRINT .* UTC/) as string,
    ]);
    await expect(fix.client.pinRoot('NG-FIA', root)).rejects.toMatchObject({ code: 'ROOT_CHANGED' });
    await expect(fix.client.roots.trust(fia.client.authority, root)).rejects.toMatchObject({ code: 'ROOT_CHANGED' });
    const other = createSigningKey(chance).kid;
    await expect(fix.client.roots.accept(fia.client.authority, other)).rejects.toMatchObject({ code: 'ROOT_DIFFERS' });
    await expect(fix.client.roots.accept(fix.client.authority, root)).rejects.toMatchObject({ code: 'NO_ALARM' });
    await fix.client.roots.accept(fia.client.authority, root);
    expect((await fix.client.directory(true)).doubts).toEqual([]);
    // neither the one that was lost, nor another authority's, whoever typed it
    for (const [wrong, what] of [
      [stolen.kid, /as the root of NG-FIA\.$/],
      [fix.client.identity.root!.kid, /It is the root of VG-FIX\.$/],
    ] as const)
      await expect(fix.client.roots.trust(fia.client.authority, wrong, true)).rejects.toMatchObject({
        code: 'ROOT_DIFFERS',
        what: expect.stringMatching(what) as string,
      });
    for (const mail of [before, await newMail()]) expect((await fix.client.open(mail)).content.role).toBe('FORM');
    await fix.client.send(noteTo(fix.client, fia.client));
    // the new root's entries begin anew, and are no older ones
    expect((await fia.client.watch()).alarms).toEqual([]);
  });
});

let stolen: SigningKey;

describe('a root that was lost and stolen, and has been replaced', () => {
  const publicOf = ({ kid, publicKey }: SigningKey) => ({ kid, publicKey: encodeBase64url(publicKey) });
  const head = (authority: string) => ({ v: 1, aud: 'parley.test/log', id: createUuid(chance), at: formatInstant(clock.now()), authority });
  /** What fix is shown where its gateway tells this of NG-FIA. */
  async function told(lie: (row: Listing['authorities'][number]) => object, roots: readonly string[]) {
    const lying: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!String(input).endsWith('/v1/directory')) return response;
      const answer = (await response.json()) as Listing;
      const authorities = answer.authorities.map((row) => (row.authority === 'NG-FIA' ? { ...row, ...lie(row) } : row));
      return Response.json({ ...answer, authorities, roots: [...answer.roots, ...roots] });
    };
    return (await connect(fix.store, lying)).directory(true);
  }
  const signed = (typ: string, payload: object) => signStatement(typ, new TextEncoder().encode(JSON.stringify(payload)), stolen);
  const entryOf = ({ entry }: Listing['authorities'][number]) =>
    JSON.parse(Buffer.from(entry.split('.')[1]!, 'base64url').toString()) as object;

  it('is not current again by a change that it signs into the root that was compared', async () => {
    const root = publicOf(fia.client.identity.root!);
    const change = await signed('parley-root+json', { ...head('NG-FIA'), old: publicOf(stolen), root, after: 1_000_000 });
    const { authorities } = (await (await fetch(`${gateway.origin}/v1/directory`)).json()) as Listing;
    const row = authorities.find(({ authority }) => authority === 'NG-FIA')!;
    const entry = await signed('parley-entry+json', { ...entryOf(row), root: publicOf(stolen), seq: 500 });
    const designated = JSON.parse(Buffer.from(row.designation.split('.')[1]!, 'base64url').toString()) as object;
    const designation = await signed('parley-designation+json', { ...designated, root: stolen.kid });
    for (const lie of [{ entry }, { entry, designation }]) {
      const { doubts, directory } = await told(() => lie, [change]);
      expect(doubts).toMatchObject([{ authority: 'NG-FIA' }]);
      expect(directory.authorities.has(fia.client.authority)).toBe(false);
    }
    expect((await told(() => ({}), [change])).directory.authorities.get(fia.client.authority)?.root).toBe(rootOf(fia));
  });
});

describe('keys that a root ended', () => {
  it('stay ended for whoever comes after another one; what it says of keys afterwards is nothing', async () => {
    const { client } = await join('EE-FIN');
    const before = client.identity.root!;
    const kids = client.identity.desks.at(-1)!.keys.map(({ kid }) => kid);
    await client.turnDeskKey();
    await client.publishEntry();
    for (const kid of kids) await client.revokeKey(kid, 'SCHEDULED');
    await client.roots.change();
    const key = client.identity.desks.at(-1)!.keys[0]!.kid;
    const head = { v: 1, aud: 'parley.test/log', id: createUuid(chance), authority: 'EE-FIN', kid: key, reason: 'LOST' };
    const late = { ...head, at: formatInstant(plusMs(clock.now(), 3 * HOUR_MS)) };
    const forged = await signStatement('parley-revocation+json', new TextEncoder().encode(JSON.stringify(late)), before);
    const lying: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!String(input).endsWith('/v1/directory')) return response;
      const answer = (await response.json()) as { revocations: string[] };
      return Response.json({ ...answer, revocations: [...answer.revocations, forged] });
    };
    const { revoked } = (await (await connect(await neverCompared(), lying)).directory(true)).directory;
    for (const kid of kids) expect(revoked.get(kid)).toMatchObject({ reason: 'SCHEDULED' });
    expect(revoked.has(key)).toBe(false);
  });
});

describe('keys that a lost root ended', () => {
  it('are in no entry of the next one: whoever meets the authority under that root knows of no revocation', async () => {
    const { client } = await join('LV-FIN');
    const colleague = async (code: string) => {
      const store = createMemoryKeyStore();
      await createOfficer(
        store,
        { authority: client.authority, officer: certain(parseOfficerId(code)), root: client.identity.root!.kid },
        chance,
      );
      const { card, identity } = await connect(store);
      const desks = [certain(parseDeskId('INTAKE'))];
      const given = { roles: ['OFFICER' as const], desks, clearance: 'RESTRICTED' as const };
      await client.admitOfficer(readCard(JSON.stringify(card)), { ...given, from: clock.now(), until: plusMs(clock.now(), DAY_MS) });
      return identity;
    };
    const [robbed, stays, spied] = [await colleague('o.2'), await colleague('o.3'), await colleague('o.4')];
    const key = client.identity.desks.at(-1)!.keys[0]!.kid;
    await client.revokeKey(robbed.signing.kid, 'LOST');
    await client.revokeKey(spied.encryption.kid, 'LOST');
    await client.revokeKey(key, 'COMPROMISED', clock.now());
    const { root } = await client.roots.replace();
    await gateway.designate('LV-FIN', root, 'FIU');
    await approveAll();
    expect((await client.roots.replace()).sent).not.toBeNull();

    const { directory } = await (await connect(await neverCompared())).directory(true);
    const entry = directory.authorities.get(client.authority)?.entry;
    expect(entry?.officers.map(({ officer }) => officer).sort()).toEqual(['o.1', 'o.3']);
    expect([robbed, stays].map(({ signing }) => directory.officerKeys.has(signing.kid))).toEqual([false, true]);
    expect(entry?.desks[0]?.keys.map(({ kid }) => kid)).not.toContain(key);
    expect(client.identity.desks.at(-1)!.generation).toBe(2);
  });
});

describe('a change of root that was cut off before it arrived', () => {
  it('is dated and numbered anew where its time or its place has passed, and names the same successor', async () => {
    const { store } = await join('SE-FIN');
    const cut: typeof fetch = (input, init) =>
      String(input).endsWith('/v1/statements') ? Promise.reject(new TypeError('cut')) : fetch(input, init);
    const named = async () => {
      const { statement } = JSON.parse(new TextDecoder().decode((await store.read('roots/next'))!)) as { statement: string };
      return (JSON.parse(Buffer.from(statement.split('.')[1]!, 'base64url').toString()) as { root: { kid: string } }).root.kid;
    };
    const slow = { ...clock, now: () => plusMs(clock.now(), -48 * HOUR_MS) };
    const early = await ParleyClient.connect({ origin: gateway.origin, fetch: cut, clock: slow, chance, triesMax: 1, store });
    await expect(early.roots.change()).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
    const stale = await named();
    const client = await connect(store);
    await client.roots.change();
    expect(client.identity.root!.kid).toBe(stale);

    await expect((await connect(store, cut)).roots.change()).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
    const overtaken = await named();
    await client.publishEntry();
    await client.roots.change();
    expect(client.identity.root!.kid).toBe(overtaken);
    expect(await store.read('roots/next')).toBeNull();
  });

  it('is forgotten where the root that signed it has given way to another one', async () => {
    const { store } = await join('DK-FIN');
    const cut: typeof fetch = (input, init) =>
      String(input).endsWith('/v1/statements') ? Promise.reject(new TypeError('cut')) : fetch(input, init);
    await expect((await connect(store, cut)).roots.change()).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
    const client = await connect(store);
    const { root } = await client.roots.replace();
    await gateway.designate('DK-FIN', root, 'FIU');
    await approveAll();
    expect((await client.roots.replace()).sent).not.toBeNull();
    await client.roots.change();
    const { directory } = await client.directory(true);
    expect(directory.authorities.get(client.authority)?.root).toBe(client.identity.root!.kid);
    expect(client.identity.root!.kid).not.toBe(root);
  });
});

async function neverCompared(): Promise<KeyStore> {
  const store = createMemoryKeyStore();
  const wanted = { authority: fix.client.authority, officer: certain(parseOfficerId('o.9')), root: fix.client.identity.root!.kid };
  await createOfficer(store, wanted, chance);
  return store;
}
