/** A root that goes from one officer to another: what happens where somebody slips, or is cut off, or where the root is lost instead. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemChance } from '../../../client/cli/clock-system.js';
import type { KeyStore, ParleyClient } from '../../../client/sdk/index.js';
import { createSigningKey } from '../../../crypto/signing-key.js';
import { certain } from '../../../domain/result.js';
import { parseDeskId } from '../../../domain/ids.js';
import { cardOf, INTAKE, newcomer, seat, type Colleague } from './colleague.js';
import { factsOf, type Member } from './live-gateway.js';
import { noteTo } from './notes.js';
import { openTwoPersons, type TwoPersons } from './two-persons.js';

let persons: TwoPersons;
let partner: Member;

beforeAll(async () => {
  persons = await openTwoPersons();
  partner = await persons.join('VG-FIX');
});
afterAll(() => persons.gateway.running.drain());

/** An authority whose founder compared the partner's root alone, as who makes a root does, and an officer beside the founder. */
async function twoOfficers(code: string): Promise<{ founder: Member; next: Colleague }> {
  const founder = await persons.join(code);
  await founder.client.pinRoot(partner.client.authority, partner.client.identity.root!.kid);
  await partner.client.pinRoot(founder.client.authority, founder.client.identity.root!.kid);
  const next = await newcomer(persons.gateway, founder.client, partner.client, 'o.2');
  await founder.client.admitOfficer(cardOf(next.client), seat());
  await next.client.fetchKeyrings();
  return { founder, next };
}

async function goes(from: ParleyClient, to: ParleyClient): Promise<void> {
  const { root } = await to.roots.take();
  await from.roots.hand(root);
  expect((await to.roots.take()).sent).not.toBeNull();
}

/** No statement gets through. */
const unsaid: typeof fetch = (input, init) =>
  String(input).endsWith('/v1/statements') ? Promise.reject(new TypeError('cut')) : fetch(input, init);

const shown = async (client: ParleyClient) => (await client.directory(true)).directory.authorities.get(client.authority)!;

it('whoever founded the authority acts on as an officer, and may have the root back', async () => {
  const { founder, next } = await twoOfficers('NG-FIA');
  const { lastConfirmedAt } = (await shown(next.client)).entry!;
  await goes(founder.client, next.client);
  // nobody looked whether it holds
  expect((await shown(next.client)).entry).toMatchObject({ root: { kid: next.client.identity.root!.kid }, lastConfirmedAt });
  const again = await persons.connect(founder.store);
  await again.send(noteTo(again, partner.client));
  await next.client.turnDeskKey();
  expect((await again.fetchKeyrings()).missing).toEqual([]);
  await goes(next.client, again);
  expect((await partner.client.directory(true)).doubts).toEqual([]);
  for (const client of [again, next.client]) expect((await client.watch()).alarms).toEqual([]);
});

describe('the command for whoever has the old root', () => {
  it('takes no root from where it is the one that it names', async () => {
    const { founder, next } = await twoOfficers('EE-FIN');
    await goes(founder.client, next.client);
    const root = next.client.identity.root!;
    await expect(next.client.roots.hand(root)).rejects.toMatchObject({ code: 'ROOT_IS_HERE' });
    expect(next.client.identity.root?.kid).toBe(root.kid);
    expect((await persons.connect(next.store)).identity.root?.kid).toBe(root.kid);
  });

  it('lets go of no root for one that gave way before: nobody could go on from there', async () => {
    const { founder, next } = await twoOfficers('NG-LET');
    const gone = founder.client.identity.root!;
    await goes(founder.client, next.client);
    await expect(next.client.roots.hand(gone)).rejects.toThrow();
    expect((await persons.connect(next.store)).identity.root?.kid).toBe(next.client.identity.root!.kid);
  });

  it('says that one was named for that one alone, and to a client that was there before too', async () => {
    const { founder, next } = await twoOfficers('NG-SAY');
    const { root } = await next.client.roots.take();
    let isCut = true;
    const deaf: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init);
      return isCut && String(input).endsWith('/v1/statements') ? Promise.reject(new TypeError('cut')) : answer;
    };
    const client = await persons.connect(founder.store, deaf);
    await expect(client.roots.hand(root)).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
    isCut = false;
    expect((await client.resend()).sent).toHaveLength(1);
    await expect(client.roots.hand(createSigningKey(systemChance))).rejects.toThrow();
    expect(client.identity.root).not.toBeNull();
    expect(await client.roots.hand(root)).toBeNull();
    expect(client.identity.root).toBeNull();
  });

  it('waits for a desk’s keys that were made and never listed: the colleague’s next ones would have their number', async () => {
    const { founder, next } = await twoOfficers('SE-FIN');
    const { root } = await next.client.roots.take();
    await expect((await persons.connect(founder.store, unsaid)).turnDeskKey()).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
    const again = await persons.connect(founder.store);
    await expect(again.roots.hand(root)).rejects.toMatchObject({ code: 'ENTRY_DIFFERS' });
    expect(again.identity.root).not.toBeNull();
    await again.turnDeskKey();
    expect(await again.roots.hand(root)).not.toBeNull();
  });

  it('names no second root while its word for another one may have arrived, and the same one as often as it takes', async () => {
    const { founder, next } = await twoOfficers('CH-FIN');
    const { root } = await next.client.roots.take();
    const other = createSigningKey(systemChance);
    await expect((await persons.connect(founder.store, unsaid)).roots.hand(root)).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
    const again = await persons.connect(founder.store);
    for (const act of [() => again.roots.hand(other), () => again.roots.change()])
      await expect(act()).rejects.toMatchObject({ code: 'WAITING', what: expect.stringContaining(root.kid) as string });
    expect(await again.roots.hand(root)).not.toBeNull();
    expect((await next.client.roots.take()).sent).not.toBeNull();
  });

  it('ends what was cut off, wherever the root has gone since', async () => {
    const { founder, next } = await twoOfficers('LV-FIN');
    const { root } = await next.client.roots.take();
    const deaf: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init);
      return String(input).endsWith('/v1/statements') ? Promise.reject(new TypeError('cut')) : answer;
    };
    await expect((await persons.connect(founder.store, deaf)).roots.hand(root)).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
    await next.client.roots.take();
    await next.client.roots.change();
    const again = await persons.connect(founder.store);
    expect(await again.roots.hand(root)).toBeNull();
    expect((await persons.connect(founder.store)).identity.root).toBeNull();
  });
});

/** A key store whose program is killed before the write of this number. */
function dying(store: KeyStore, writes: number): KeyStore {
  let left = writes;
  const once = <A extends unknown[], R>(act: (...args: A) => Promise<R>) => {
    return (...args: A): Promise<R> => (left-- > 0 ? act(...args) : Promise.reject(new Error('killed')));
  };
  return { ...store, write: once(store.write), create: once(store.create), remove: once(store.remove) };
}

/** As often as it takes, each time one write further. @returns how often it was killed */
async function throughKills(store: KeyStore, act: (client: ParleyClient) => Promise<unknown>): Promise<number> {
  for (let writes = 0; ; writes += 1) {
    try {
      await act(await persons.connect(dying(store, writes)));
      return writes;
    } catch (error) {
      if (!(error instanceof Error && error.message === 'killed')) throw error;
    }
  }
}

it('a root arrives whichever write either side is killed before, and lies in one key store then', async () => {
  const { founder, next } = await twoOfficers('LT-FIN');
  let [from, to] = [founder.store, next.store];
  for (let round = 0; round < 2; round += 1) {
    const { root } = await (await persons.connect(to)).roots.take();
    expect(await throughKills(from, (client) => client.roots.hand(root))).toBeGreaterThan(2);
    expect(await throughKills(to, (client) => client.roots.take())).toBeGreaterThan(2);
    const [old, now] = [await persons.connect(from), await persons.connect(to)];
    expect([old.identity.root, now.identity.root?.kid, (await shown(now)).root]).toEqual([null, root.kid, root.kid]);
    expect((await shown(now)).entry?.root.kid).toBe(root.kid);
    await now.publishEntry();
    [from, to] = [to, from];
  }
  expect((await partner.client.directory(true)).doubts).toEqual([]);
});

/** A program that is killed where it would forget what it made the root of. */
const keeping = (store: KeyStore, kept: string): KeyStore => ({
  ...store,
  remove: (name) => (name === kept ? Promise.reject(new Error('killed')) : store.remove(name)),
});

it('whoever was cut off, and went on by the root that was here by then, may have it back later', async () => {
  const { founder, next } = await twoOfficers('LU-FIN');
  await founder.client.roots.hand((await next.client.roots.take()).root);
  await expect((await persons.connect(keeping(next.store, 'roots/taken'))).roots.take()).rejects.toThrow('killed');
  const again = await persons.connect(next.store);
  await again.publishEntry();
  const back = await persons.connect(founder.store);
  await goes(again, back);
  await goes(back, again);
});

describe('a lost root', () => {
  async function replaced(code: string, client: ParleyClient): Promise<void> {
    const { root } = await client.roots.replace();
    await persons.gateway.designate(code, root, 'FIU');
    await persons.approveAll();
    expect((await client.roots.replace()).sent).not.toBeNull();
  }
  const generations = async (client: ParleyClient) =>
    (await shown(client)).entry!.desks.map(({ desk, generation }) => `${desk}.${generation}`).sort();
  const kidsOf = async (client: ParleyClient) => (await shown(client)).entry!.desks.flatMap(({ keys }) => keys.map(({ kid }) => kid));

  it('made anew by an officer without the newest keys has other ones, which open here, and drops no desk', async () => {
    const { founder, next } = await twoOfficers('FI-FIN');
    await founder.client.addDesk(certain(parseDeskId('FORMAL')), ['age-pq-1']);
    await founder.client.publishEntry(factsOf('FI-FIN', 'FIU'));
    await founder.client.turnDeskKey();
    const before = await kidsOf(founder.client);
    expect(await generations(founder.client)).toEqual(['FORMAL.2', `${INTAKE}.2`]);

    await replaced('FI-FIN', next.client);
    expect(await generations(next.client)).toEqual(['FORMAL.3', `${INTAKE}.3`]);
    const held = new Set<string>(next.client.identity.desks.flatMap(({ keys }) => keys.map(({ kid }) => kid)));
    for (const kid of await kidsOf(next.client)) expect([before.includes(kid), held.has(kid)]).toEqual([false, true]);
  });

  it('that was found again and is lost later goes on from the entry of then: who was dismissed meanwhile stays dismissed', async () => {
    const { founder, next } = await twoOfficers('PL-FIN');
    const leaver = await newcomer(persons.gateway, founder.client, partner.client, 'o.3');
    await founder.client.admitOfficer(cardOf(leaver.client), seat());
    await next.client.roots.replace();
    await founder.client.dismissOfficer(leaver.client.identity.officer);
    await replaced('PL-FIN', next.client);
    expect((await shown(next.client)).entry?.officers.map(({ officer }) => String(officer)).sort()).toEqual(['o.1', 'o.2']);
    expect(await generations(next.client)).toEqual([`${INTAKE}.3`]);
  });

  it('is made anew whichever write its officer is killed before', async () => {
    const { founder, next } = await twoOfficers('IS-FIN');
    await founder.client.turnDeskKey();
    const { root } = await next.client.roots.replace();
    await persons.gateway.designate('IS-FIN', root, 'FIU');
    await persons.approveAll();
    expect(await throughKills(next.store, (client) => client.roots.replace())).toBeGreaterThan(4);
    const now = await persons.connect(next.store);
    expect([now.identity.root?.kid, (await shown(now)).entry?.root.kid, await generations(now)]).toEqual([root, root, [`${INTAKE}.3`]]);
    const held = new Set<string>(now.identity.desks.flatMap(({ keys }) => keys.map(({ kid }) => kid)));
    expect((await kidsOf(now)).every((kid) => held.has(kid))).toBe(true);
  });

  it('is made anew a second time, though the first was cut off and its root gave way in good order', async () => {
    const { next } = await twoOfficers('HR-FIN');
    const { root } = await next.client.roots.replace();
    await persons.gateway.designate('HR-FIN', root, 'FIU');
    await persons.approveAll();
    await expect((await persons.connect(keeping(next.store, 'roots/lost'))).roots.replace()).rejects.toThrow('killed');
    const again = await persons.connect(next.store);
    await again.roots.change();
    await replaced('HR-FIN', again);
    expect((await again.watch()).alarms).toEqual([]);
  });

  it('made anew by an officer who has them leaves the keys as they are', async () => {
    const { founder, next } = await twoOfficers('DK-FIN');
    const before = await kidsOf(founder.client);
    await replaced('DK-FIN', next.client);
    expect(await kidsOf(next.client)).toEqual(before);
  });

  it('that turns up again keeps its officer from nothing, once the new one was compared', async () => {
    const { founder, next } = await twoOfficers('MT-FIN');
    await replaced('MT-FIN', next.client);
    await next.client.turnDeskKey();
    const found = await persons.connect(founder.store);
    await expect(found.fetchKeyrings()).rejects.toMatchObject({ code: 'ENTRY_NOT_BELIEVED' });
    await found.roots.accept(found.authority, next.client.identity.root!.kid);
    expect((await found.fetchKeyrings()).fetched).toEqual([`${INTAKE}.2`]);
    expect((await found.watch()).alarms).toEqual([]);
    await expect(found.publishEntry()).rejects.toMatchObject({ code: 'KEY_NOT_TRUSTED' });
    // keys that its root can list no more would stand before the colleague’s next ones
    await expect(found.turnDeskKey()).rejects.toMatchObject({ code: 'ROOT_NOT_HERE' });
    expect((await persons.connect(founder.store)).identity.desks.map(({ generation }) => generation)).toEqual([1, 2]);
  });

  it('leaves keys that were made and never listed, and a colleague’s of the same number are fetched beside them', async () => {
    const { founder, next } = await twoOfficers('NO-FIN');
    const third = await newcomer(persons.gateway, founder.client, partner.client, 'o.3');
    await founder.client.admitOfficer(cardOf(third.client), seat());
    await expect((await persons.connect(founder.store, unsaid)).turnDeskKey()).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
    await replaced('NO-FIN', next.client);
    await next.client.turnDeskKey();
    const listed = await kidsOf(next.client);

    const found = await persons.connect(founder.store);
    await found.roots.accept(found.authority, next.client.identity.root!.kid);
    await expect(found.roots.take()).rejects.toMatchObject({ code: 'ENTRY_DIFFERS', what: expect.stringMatching(/other keys/) as string });
    await expect(found.shareDesks()).resolves.not.toContain(`${INTAKE}.2`);
    expect(await found.fetchKeyrings()).toMatchObject({ fetched: [`${INTAKE}.2`], missing: [] });
    expect((await (await persons.connect(founder.store)).fetchKeyrings()).fetched).toEqual([]);
    const held = (await persons.connect(founder.store)).identity.desks.flatMap(({ keys }) => keys.map(({ kid }) => String(kid)));
    expect(held).toEqual(expect.arrayContaining(listed.map(String)));

    await goes(next.client, await persons.connect(founder.store));
    expect(await kidsOf(next.client)).toEqual(listed);
    await third.client.roots.accept(third.client.authority, (await shown(next.client)).root);
    expect((await third.client.fetchKeyrings()).missing).toEqual([]);
  });
});
