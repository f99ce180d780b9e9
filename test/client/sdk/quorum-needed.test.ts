/** A desk generation that the quorum alone opens: it is recovered before anything is dealt anew, or given up by whoever says so. */
import { beforeAll, describe, expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { createOfficerIdentity, writeIdentity } from '../../../client/sdk/identity.js';
import { certain } from '../../../domain/result.js';
import { ParleyClient, type KeyStore, type Seat } from '../../../client/sdk/index.js';
import { parseOfficerId } from '../../../domain/ids.js';
import { HOUR_MS, plusMs } from '../../../domain/time.js';
import { cardOf, INTAKE, newcomer as meet, seat } from './colleague.js';
import { openTown } from './live-gateway.js';
import { noteTo } from './notes.js';

const officer = (code: string) => certain(parseOfficerId(code));
const READ = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;
const DESK: Partial<Seat> = { roles: ['OFFICER'], desks: [INTAKE] };
let root: ParleyClient;
let store: KeyStore;
let mail: { item: string; via: string };
const holders = new Map<string, ParleyClient>();

const connect = (of: KeyStore, by = fetch) =>
  ParleyClient.connect({ origin: gateway.origin, fetch: by, clock, chance, triesMax: 2, store: of });
const newcomer = async (code: string) => (await meet(gateway, root, partner.client, code)).client;
async function admit(code: string, over: Partial<Seat> = {}): Promise<ParleyClient> {
  const client = await newcomer(code);
  await root.admitOfficer(cardOf(client), seat({ roles: ['COMPLIANCE'], desks: [], ...over }));
  holders.set(code, client);
  return client;
}
const facts = (...codes: string[]) => ({ need: 2, holders: codes.map(officer) });
const NEEDED = { code: 'QUORUM_NEEDED', what: expect.stringContaining('INTAKE.1:') as unknown };

const forgetTurns = async (): Promise<void> => {
  for (const name of await store.names('desks/')) await store.remove(name);
};

const { gateway, owner, partner } = await openTown({ owner: ['NG-FIA', 'FIU'], partner: ['VG-FIX', 'FIU'] });

beforeAll(async () => {
  ({ client: root, store } = owner);
  for (const code of ['c.1', 'c.2', 'c.3']) await admit(code);
  await root.quorum.setUp(facts('c.1', 'c.2', 'c.3'));
  const sent = await partner.client.send(noteTo(partner.client, root));
  mail = { item: sent.items[0]!.statement.digest, via: sent.digest };
  await root.turnDeskKey();
  // as where a root was lost, and an officer goes on who came after the desk’s first keys
  const { encryption } = createOfficerIdentity(root, chance);
  await forgetTurns();
  await writeIdentity(store, { ...root.identity, encryption, desks: root.identity.desks.slice(-1) });
  root = await connect(store);
  await root.publishEntry();
});

describe('what the quorum alone opens', () => {
  it('is lost by no dealing: a holder with other keys is admitted, the rest waits', async () => {
    const { kid } = (await root.quorum.show())!;
    expect(await (await admit('c.3')).quorum.show()).toMatchObject({ kid, generation: 1, ownShareOpens: false });
    await expect(root.quorum.setUp(facts('c.1', 'c.2', 'c.3'))).rejects.toMatchObject(NEEDED);
    await expect(root.dismissOfficer(officer('c.3'))).rejects.toMatchObject(NEEDED);
    expect((await root.officers()).map((one) => String(one.officer))).toContain('c.3');
    expect(root.identity.desks.map(({ generation }) => generation)).toEqual([2]);
  });

  it('comes back by the quorum as it was dealt, and then it is dealt anew', async () => {
    const found = await admit('o.2', DESK);
    const { digest: request } = await found.quorum.ask({ desk: INTAKE, reason: 'KEY_LOST', until: plusMs(clock.now(), HOUR_MS) });
    for (const code of ['c.1', 'c.2']) await holders.get(code)!.quorum.approve(request);
    expect(await found.quorum.recover(request)).toMatchObject({ recovered: ['INTAKE.2', 'INTAKE.1'], missing: [], notShared: null });
    expect((await found.open({ ...mail, ...READ } as Parameters<ParleyClient['open']>[0])).content.role).toBe('FORM');
    // the officer has it now, and can wrap it to any other quorum
    await root.quorum.setUp(facts('c.1', 'c.2', 'c.3'));
    expect(await holders.get('c.3')!.quorum.show()).toMatchObject({ generation: 2, ownShareOpens: true });
    expect((await root.fetchKeyrings()).fetched).toEqual(['INTAKE.1']);
  });
});

describe('whoever says so', () => {
  it('deals anew all the same', async () => {
    const { identity } = root;
    const context = Reflect.get(root, 'context') as { identity: typeof identity };
    await root.shareDesks();
    // gone from here, and from the only colleague
    context.identity = { ...identity, encryption: createOfficerIdentity(root, chance).encryption, desks: identity.desks.slice(-1) };
    await forgetTurns();
    await writeIdentity(store, context.identity);
    await root.publishEntry();
    await root.dismissOfficer(officer('o.2'));
    await expect(root.quorum.setUp(facts('c.1', 'c.2', 'c.3'))).rejects.toMatchObject(NEEDED);
    await root.quorum.setUp({ ...facts('c.1', 'c.2', 'c.3'), givesUp: true });
    expect(await root.quorum.show()).toMatchObject({ generation: 3 });
    expect(await root.dismissOfficer(officer('c.3'))).toMatchObject({ quorumEnded: true });
  });
});

describe('a dealing that ended, and that a key store need not have seen', () => {
  it('is counted on from, by what the gateway says of it within reason', async () => {
    await admit('c.4');
    let told = /above 3,/;
    const lying: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (response.ok || !String(input).endsWith('/v1/statements')) return response;
      return new Response((await response.text()).replace(told, 'above 400000,'), { status: response.status });
    };
    // as one that was set up anew: it knows of no entry but the newest, which lists no quorum
    const setUp = async () => {
      for (const name of await store.names('entries/NG-FIA')) await store.remove(name);
      return (await connect(store, lying)).quorum.setUp(facts('c.1', 'c.2', 'c.4'));
    };
    await expect(setUp()).rejects.toMatchObject({ code: 'MALFORMED', what: expect.stringContaining('above 400000') as unknown });
    told = /never/;
    await setUp();
    expect(await holders.get('c.4')!.quorum.show()).toMatchObject({ generation: 4, ownShareOpens: true });
  });
});
