/** Content without a desk's officers: by enough holders together, for one case, for a time, and never by one of them. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { certain } from '../../../domain/result.js';
import { ParleyClient, type KeyStore, type Seat } from '../../../client/sdk/index.js';
import type * as QuorumCases from '../../../gateway/cases/quorum.js';
import type * as OpenQuorum from '../../../crypto/open-quorum.js';
import { parseOfficerId, type Digest } from '../../../domain/ids.js';
import { DAY_MS, formatInstant, HOUR_MS, plusMs, type Instant } from '../../../domain/time.js';
import { digestOf, signStatement } from '../../../crypto/statement.js';
import { cardOf, INTAKE, newcomer as meet, seat } from './colleague.js';
import { openTown } from './live-gateway.js';
import { noteTo } from './notes.js';

const held: Uint8Array[] = [];
vi.mock('../../../crypto/open-quorum.js', async (original) => {
  const real = await original<typeof OpenQuorum>();
  const combineQuorum: typeof real.combineQuorum = async (key, shares) => {
    const combined = await real.combineQuorum(key, shares);
    held.push(...shares, ...(combined.ok ? [combined.value.secret] : []));
    return combined;
  };
  return { ...real, combineQuorum };
});

let isLax = false;
/** a gateway that lets any case be read by any request */
vi.mock('../../../gateway/cases/quorum.js', async (original) => {
  const real = await original<typeof QuorumCases>();
  const rightByQuorum: typeof real.rightByQuorum = async (access, via, gathering) => {
    const found = isLax ? await real.quorumNow(access.quorum, access.reader, gathering) : null;
    return found === null ? real.rightByQuorum(access, via, gathering) : { ok: true, value: found };
  };
  return { ...real, rightByQuorum };
});

const officer = (code: string) => certain(parseOfficerId(code));
const READ = { purpose: 'INTELLIGENCE', justification: 'SUPERVISION' } as const;
const holders = new Map<string, ParleyClient>();
const stores = new Map<string, KeyStore>();

const auditor = { roles: ['COMPLIANCE'], desks: [] } as const;

async function newcomer(code: string): Promise<ParleyClient> {
  const { client, store } = await meet(gateway, root.client, partner.client, code);
  stores.set(code, store);
  return client;
}

const admit = async (code: string, over: Partial<Seat> = {}): Promise<ParleyClient> => {
  const client = await newcomer(code);
  await root.client.admitOfficer(cardOf(client), seat({ ...auditor, ...over }));
  return client;
};
/** The same officer, whom the gateway tells something else. */
const connectAs = (code: string, told: typeof fetch): Promise<ParleyClient> =>
  ParleyClient.connect({ origin: gateway.origin, fetch: told, clock, chance, triesMax: 1, store: stores.get(code)! });
const until = () => plusMs(clock.now(), HOUR_MS);

async function newCase() {
  const sent = await partner.client.send(noteTo(partner.client, root.client));
  return { exchange: sent.exchange, item: sent.items[0]!.statement.digest, via: sent.digest };
}

const { gateway, root, partner } = await openTown({ root: ['NG-FIA', 'FIU'], partner: ['VG-FIX', 'FIU'] });

beforeAll(async () => {
  for (const code of ['c.1', 'c.2', 'c.3']) holders.set(code, await admit(code));
  await root.client.quorum.setUp({ need: 2, holders: ['c.1', 'c.2', 'c.3'].map(officer) });
});

const of = (code: string): ParleyClient => holders.get(code)!;
const ask = async (exchange: Awaited<ReturnType<typeof newCase>>['exchange'], who = 'c.1'): Promise<Digest> =>
  (await of(who).quorum.ask({ exchange, reason: 'SUPERVISORY_REVIEW', until: until() })).digest;

describe('a quorum', () => {
  it('shows its holders, and to each whether the own share opens', async () => {
    expect(await of('c.2').quorum.show()).toMatchObject({ need: 2, holders: ['c.1', 'c.2', 'c.3'], ownShareOpens: true, generation: 1 });
    expect(await root.client.quorum.show()).toMatchObject({ ownShareOpens: null });
    expect(await partner.client.quorum.show()).toBeNull();
    await expect(
      partner.client.quorum.ask({ exchange: (await newCase()).exchange, reason: 'ABSENCE', until: until() }),
    ).rejects.toMatchObject({
      code: 'NO_QUORUM',
    });
  });

  it('opens one case for whoever asked, once two others agreed, and not before', async () => {
    const { exchange, item, via } = await newCase();
    const other = await newCase();
    const request = await ask(exchange);
    const reading = { item, via, ...READ, quorum: request };
    await expect(of('c.1').open({ item, via, ...READ })).rejects.toMatchObject({ code: 'ROLE_REQUIRED' });
    await of('c.2').quorum.approve(request);
    await expect(of('c.1').open(reading)).rejects.toMatchObject({
      code: 'ROLE_REQUIRED',
      what: expect.stringContaining('too few') as unknown,
    });
    await expect(of('c.1').quorum.open(request, READ)).rejects.toMatchObject({ code: 'QUORUM_NOT_REACHED' });
    await of('c.3').quorum.approve(request);
    expect((await of('c.2').quorum.list()).find(({ statement }) => statement === request)).toMatchObject({
      asked: { requester: 'c.1', asks: { exchange }, reason: 'SUPERVISORY_REVIEW' },
      refused: null,
      agreed: ['c.2', 'c.3'],
      isOpen: true,
    });

    const { opened, left } = await of('c.1').quorum.open(request, READ);
    expect(left).toEqual([]);
    expect(opened.map((one) => [one.item.digest, one.content.role])).toEqual([[item, 'FORM']]);
    // nothing of the desk stays behind
    expect(of('c.1').identity.desks).toEqual([]);
    await expect(of('c.1').open({ ...reading, item: other.item, via: other.via })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(of('c.2').open(reading)).rejects.toMatchObject({ code: 'ROLE_REQUIRED' });
    await expect(of('c.2').quorum.open(request, READ)).rejects.toMatchObject({ code: 'QUORUM_NOT_REACHED' });
  });
});

/** what the gateway itself answers */
async function gatewayList(): Promise<{ statement: string; request: string }[]> {
  let seen: { requests: { statement: string; request: string }[] } = { requests: [] };
  const listening: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (String(input).includes('/v1/quorum?')) seen = (await response.clone().json()) as typeof seen;
    return response;
  };
  const store = stores.get('c.2')!;
  await (await ParleyClient.connect({ origin: gateway.origin, fetch: listening, clock, chance, triesMax: 1, store })).quorum.list();
  return seen.requests;
}

describe('a lying gateway', () => {
  it('gets no share of a request that no colleague made, and passes off no share as another’s', async () => {
    const { exchange } = await newCase();
    const request = await ask(exchange);
    for (const code of ['c.2', 'c.3']) await of(code).quorum.approve(request);
    const another = await ask(exchange);
    let change: (answer: Record<string, unknown>) => object = (answer) => answer;
    const lying: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!String(input).includes('/v1/quorum/')) return response;
      return Response.json(change((await response.json()) as Record<string, unknown>));
    };
    const connect = (code: string) => connectAs(code, lying);
    const [asking, holding] = [await connect('c.1'), await connect('c.2')];

    let seen: Record<string, unknown> = {};
    change = (answer) => (seen = answer);
    expect((await asking.quorum.open(request, READ)).left).toEqual([]);
    const shares = seen['shares'] as string[];
    for (const lie of [{ shares: shares.slice(1) }, { shares: [shares[0], shares[0]] }, { shares: [shares[0], 'x'] }]) {
      change = (answer) => ({ ...answer, ...lie });
      await expect(asking.quorum.open(request, READ)).rejects.toMatchObject({ code: 'QUORUM_NOT_REACHED' });
    }
    // beside those that hold, one that nobody signed who may keeps nothing from opening: a stranger’s, a colleague’s name under a stranger’s key
    const said = JSON.parse(Buffer.from(shares[0]!.split('.')[1]!, 'base64url').toString()) as object;
    const forged = await signStatement('parley-quorum-share+json', said, partner.client.identity.signing);
    const { kid } = of('c.2').identity.signing;
    const named = await signStatement('parley-quorum-share+json', said, { ...partner.client.identity.signing, kid });
    for (const lie of [
      [forged, ...shares],
      [named, ...shares],
      [...shares, forged],
    ]) {
      change = (answer) => ({ ...answer, shares: lie });
      expect((await asking.quorum.open(request, READ)).opened).toHaveLength(1);
    }
    for (const lie of [
      [shares[0], forged],
      [shares[0], named],
    ]) {
      change = (answer) => ({ ...answer, shares: lie });
      await expect(asking.quorum.open(request, READ)).rejects.toMatchObject({ code: 'QUORUM_NOT_REACHED' });
    }
    // shares of one request answer no other
    change = (answer) => ({ ...answer, shares });
    await expect(asking.quorum.open(another, READ)).rejects.toMatchObject({ code: 'QUORUM_NOT_REACHED' });
    // the gateway's word for who asks is not listened to
    change = (answer) => ({ ...answer, requester: 'c.3' });
    expect(await holding.quorum.request(another)).toMatchObject({ requester: 'c.1', asks: { exchange } });
    // another request under this name
    change = (answer) => ({ ...answer, request: seen['request'] });
    for (const act of [
      () => asking.quorum.open(another, READ),
      () => holding.quorum.request(another),
      () => holding.quorum.approve(another),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'QUORUM_REQUEST_REFUSED' });
  });

  it('has no other case opened by it, and what was put together is wiped, whatever comes in between', async () => {
    const [asked, other] = [await newCase(), await newCase()];
    const request = await ask(asked.exchange);
    for (const code of ['c.2', 'c.3']) await of(code).quorum.approve(request);
    let isCut = false;
    let lie: (items: object[]) => object = (items) => ({ items });
    const lying: typeof fetch = async (input, init) => {
      if (isCut && String(input).includes('/v1/keyrings/INTAKE')) throw new TypeError('cut');
      const response = await fetch(input, init);
      if (!String(input).includes(`/v1/quorum/${request}`)) return response;
      const answer = (await response.json()) as { items: object[] };
      return Response.json({ ...answer, ...lie(answer.items) });
    };
    const client = await connectAs('c.1', lying);
    const wiped = () => held.length > 0 && held.splice(0).every((bytes) => bytes.every((byte) => byte === 0));
    held.length = 0;
    expect((await client.quorum.open(request, READ)).opened).toHaveLength(1);
    expect(wiped()).toBe(true);
    lie = (items) => ({ items: [...items, { ...items[0], item: other.item, via: other.via }] });
    isLax = true;
    const { opened, left } = await client.quorum.open(request, READ);
    isLax = false;
    expect(opened.map(({ item }) => item.digest)).toEqual([asked.item]);
    expect(left).toEqual([{ item: other.item, code: 'QUORUM_CASE' }]);
    expect(wiped()).toBe(true);
    isCut = true;
    await expect(client.quorum.open(request, READ)).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
    expect(wiped()).toBe(true);
  });

  it('is not believed in a request that is dated ahead, to be answered later than it may, or ends before it begins', async () => {
    const real = await ask((await newCase()).exchange);
    const told = (await gatewayList()).find(({ statement }) => statement === real)!;
    const said = JSON.parse(Buffer.from(told.request.split('.')[1]!, 'base64url').toString()) as object;
    const refused = async (at: Instant, end: Instant) => {
      const payload = { ...said, at: formatInstant(at), until: formatInstant(end) };
      const request = await signStatement('parley-quorum-request+json', payload, of('c.1').identity.signing);
      const lying: typeof fetch = async (input, init) =>
        String(input).includes('/v1/quorum?')
          ? Response.json({ requests: [{ ...told, statement: digestOf(request), request }] })
          : fetch(input, init);
      const client = await connectAs('c.2', lying);
      return (await client.quorum.list())[0]!.refused;
    };
    const after = (ms: number) => plusMs(clock.now(), ms);
    expect(await refused(after(0), after(HOUR_MS))).toBeNull();
    expect(await refused(after(2 * HOUR_MS), after(3 * DAY_MS))).toContain('ahead');
    expect(await refused(after(0), after(8 * DAY_MS))).toContain('longer');
    expect(await refused(after(-HOUR_MS), after(-2 * HOUR_MS))).toContain('before it begins');
  });

  it('lists requests as they were signed, whatever it says of them', async () => {
    const { exchange } = await newCase();
    const [request, other] = [await ask(exchange), await ask(exchange, 'c.3')];
    const told = (await gatewayList()).find(({ statement }) => statement === other)!;
    const lying: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!String(input).includes('/v1/quorum?')) return response;
      const { requests } = (await response.json()) as { requests: { statement: string }[] };
      const lie = (one: { statement: string }) => ({
        ...one,
        requester: 'c.9',
        ...(one.statement === other ? {} : { request: told.request }),
      });
      return Response.json({ requests: requests.map(lie) });
    };
    const client = await connectAs('c.2', lying);
    const listed = await client.quorum.list();
    expect(listed.find(({ statement }) => statement === other)).toMatchObject({ asked: { requester: 'c.3' }, refused: null });
    expect(listed.find(({ statement }) => statement === request)).toMatchObject({ asked: null, refused: 'the gateway shows another one' });
  });

  it('keeps no shares, others, or of another key: none is used', async () => {
    const { exchange } = await newCase();
    const request = await ask(exchange);
    let told: (ring: Record<string, unknown>) => unknown = (ring) => ring;
    const lying: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!String(input).includes('/v1/keyrings/QUORUM')) return response;
      const [head, payload, signature] = (await response.text()).split('.');
      const ring = told(JSON.parse(Buffer.from(payload!, 'base64url').toString()) as Record<string, unknown>);
      return new Response([head, Buffer.from(JSON.stringify(ring)).toString('base64url'), signature].join('.'));
    };
    const client = await connectAs('c.2', lying);
    type Share = Record<string, unknown>;
    const change = (over: (share: Share, n: number, all: Share[]) => Share) => (ring: Record<string, unknown>) => ({
      ...ring,
      shares: (ring['shares'] as Share[]).map(over),
    });
    const lies: (typeof told)[] = [
      () => 'x',
      (ring) => ({ ...ring, quorum: 'A'.repeat(43) }),
      (ring) => ({ ...ring, aud: 'parley.test/other' }),
      change((share) => ({ ...share, officer: 'c.9' })),
      change((share, n, all) => ({ ...all[(n + 1) % 3], officer: share['officer'] })),
      change((share, n, all) => ({ ...share, body: all[(n + 1) % 3]!['body'] })),
      change((share, n, all) => ({ ...share, keyCommitment: all[(n + 1) % 3]!['keyCommitment'] })),
    ];
    for (const lie of lies) {
      told = lie;
      await expect(client.quorum.approve(request)).rejects.toMatchObject({ code: 'QUORUM_SHARE_MISSING' });
      expect(await client.quorum.show()).toMatchObject({ ownShareOpens: false });
    }
    told = (ring) => ring;
    expect(await client.quorum.show()).toMatchObject({ ownShareOpens: true });
  });
});

describe('a gateway that shows an authority an older entry of its own', () => {
  it('gets nothing sealed to keys of officers who have others since: no share, no desk’s secrets, no copy of what is sent', async () => {
    const request = await ask((await newCase()).exchange);
    const sitting = await admit('o.8', { roles: ['OFFICER', 'SUPERVISOR'], desks: [INTAKE] });
    await sitting.fetchKeyrings();
    await of('c.2').directory(true);
    const listing = async () =>
      (await (await fetch(`${gateway.origin}/v1/directory`)).json()) as { authorities: { authority: string; entry: string }[] };
    const old = (await listing()).authorities;
    await admit('o.9', { roles: ['OFFICER'], desks: [INTAKE] });
    const lying: typeof fetch = async (input, init) =>
      String(input).endsWith('/v1/directory') ? Response.json({ ...(await listing()), authorities: old }) : fetch(input, init);
    const hasty = { ...clock, sleep: () => Promise.resolve() };
    const connect = (code: string) =>
      ParleyClient.connect({ origin: gateway.origin, fetch: lying, clock: hasty, chance, triesMax: 1, store: stores.get(code)! });
    const [holding, desk] = [await connect('c.2'), await connect('o.8')];
    const unbound = { code: 'ENTRY_NOT_BOUND', what: expect.stringContaining('NG-FIA') as unknown };
    await expect(holding.quorum.approve(request)).rejects.toMatchObject(unbound);
    await expect(desk.shareDesks()).rejects.toMatchObject(unbound);
    await expect(desk.send(noteTo(desk, partner.client))).rejects.toMatchObject(unbound);
    await of('c.2').quorum.approve(request);
    expect(await sitting.shareDesks()).toEqual(['INTAKE.1']);
  });
});

describe('an officer who lost their keys', () => {
  it('gets the desk’s secrets back by the quorum where no colleague has them, and reads on', async () => {
    const desk: Partial<Seat> = { roles: ['OFFICER'], desks: [INTAKE] };
    const lost = await newcomer('o.7');
    await root.client.admitOfficer(cardOf(lost), seat(desk));
    const { item, via } = await newCase();
    // the same pseudonym, other keys; whoever could wrap is away
    const found = await newcomer('o.7');
    await root.client.admitOfficer(cardOf(found), seat(desk));
    const { digest: request } = await found.quorum.ask({ desk: INTAKE, reason: 'KEY_LOST', until: until() });
    for (const code of ['c.1', 'c.2']) await of(code).quorum.approve(request);
    await expect(found.quorum.open(request, READ)).rejects.toMatchObject({ code: 'QUORUM_REQUEST_REFUSED' });
    const { recovered, missing } = await found.quorum.recover(request);
    expect([recovered, missing]).toEqual([['INTAKE.1'], []]);
    expect((await found.open({ item, via, ...READ })).content.role).toBe('FORM');
    expect((await found.quorum.recover(request)).recovered).toEqual([]);
    await expect(found.quorum.ask({ exchange: (await newCase()).exchange, reason: 'ABSENCE', until: until() })).rejects.toMatchObject({
      code: 'ROLE_REQUIRED',
    });
  });
});

describe('a holder who leaves or has other keys', () => {
  it('ends the dealing: the others hold shares of a new key, and an earlier request is answered no more', async () => {
    holders.set('c.4', await admit('c.4'));
    await root.client.quorum.setUp({ need: 2, holders: ['c.1', 'c.2', 'c.3', 'c.4'].map(officer) });
    const before = await ask((await newCase()).exchange);
    await root.client.dismissOfficer(officer('c.4'));
    expect(await of('c.2').quorum.show()).toMatchObject({ generation: 3, holders: ['c.1', 'c.2', 'c.3'], ownShareOpens: true });
    await expect(of('c.2').quorum.approve(before)).rejects.toMatchObject({ code: 'QUORUM_REQUEST_REFUSED' });
    // what was received before opens with the new key as well: the root's holder wrapped it
    const { exchange } = await newCase();
    const request = await ask(exchange);
    for (const code of ['c.2', 'c.3']) await of(code).quorum.approve(request);
    expect((await of('c.1').quorum.open(request, READ)).opened).toHaveLength(1);

    holders.set('c.3', await admit('c.3'));
    expect(await of('c.3').quorum.show()).toMatchObject({ generation: 4, ownShareOpens: true });
  });

  it('is dismissed even where too few are left: then there is no quorum, until it is dealt to others', async () => {
    const { exchange } = await newCase();
    const before = await ask(exchange);
    expect(await root.client.dismissOfficer(officer('c.3'))).toMatchObject({ quorumEnded: true });
    expect(await of('c.2').quorum.show()).toBeNull();
    await expect(of('c.2').quorum.approve(before)).rejects.toMatchObject({ code: 'NO_QUORUM' });
    holders.set('c.5', await admit('c.5'));
    await root.client.quorum.setUp({ need: 2, holders: ['c.1', 'c.2', 'c.5'].map(officer) });
    expect(await of('c.5').quorum.show()).toMatchObject({ generation: 5, ownShareOpens: true });
  });

  it('is dealt to officers of the entry alone, by whoever holds the root', async () => {
    const facts = (need: number, ...codes: string[]) => ({ need, holders: codes.map(officer) });
    await expect(of('c.1').quorum.setUp(facts(2, 'c.1', 'c.2', 'c.3'))).rejects.toMatchObject({ code: 'ROOT_NOT_HERE' });
    await expect(root.client.quorum.setUp(facts(2, 'c.1', 'c.2', 'c.9'))).rejects.toMatchObject({ code: 'NO_SUCH_OFFICER' });
    for (const unfit of [facts(1, 'c.1', 'c.2', 'c.3'), facts(3, 'c.1', 'c.2', 'c.3'), facts(2, 'c.1', 'c.2', 'c.2')])
      await expect(root.client.quorum.setUp(unfit)).rejects.toMatchObject({ code: 'QUORUM_UNFIT' });
  });
});
