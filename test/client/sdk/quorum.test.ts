/** Content without a desk's officers: by enough holders together, for one case, for a time, and never by one of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { certain } from '../../../client/sdk/ids.js';
import { createMemoryKeyStore, createOfficer, ParleyClient, readCard, type Seat } from '../../../client/sdk/index.js';
import { parseDeskId, parseOfficerId, type Digest } from '../../../domain/ids.js';
import { DAY_MS, HOUR_MS, plusMs } from '../../../domain/time.js';
import { openGateway, type LiveGateway, type Member } from './live-gateway.js';
import { noteTo } from './notes.js';

const INTAKE = certain(parseDeskId('INTAKE'));
const officer = (code: string) => certain(parseOfficerId(code));
const READ = { purpose: 'INTELLIGENCE', justification: 'SUPERVISION' } as const;
let gateway: LiveGateway;
let root: Member;
let partner: Member;
const holders = new Map<string, ParleyClient>();

const seat = (over: Partial<Seat> = {}): Seat => ({
  roles: ['COMPLIANCE'],
  desks: [],
  clearance: 'RESTRICTED',
  from: clock.now(),
  until: plusMs(clock.now(), 300 * DAY_MS),
  ...over,
});

async function newcomer(code: string): Promise<ParleyClient> {
  const store = createMemoryKeyStore();
  const { authority, identity } = root.client;
  await createOfficer(store, { authority, officer: officer(code), root: identity.root!.kid }, chance);
  const client = await ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, triesMax: 2, store });
  await client.pinRoot(partner.client.authority, partner.client.identity.root!.kid);
  return client;
}
const admit = async (code: string, over: Partial<Seat> = {}): Promise<ParleyClient> => {
  const client = await newcomer(code);
  await root.client.admitOfficer(readCard(JSON.stringify(client.card)), seat(over));
  return client;
};
const until = () => plusMs(clock.now(), HOUR_MS);

async function newCase() {
  const sent = await partner.client.send(noteTo(partner.client, root.client));
  return { exchange: sent.exchange, item: sent.items[0]!.statement.digest, via: sent.digest };
}

beforeAll(async () => {
  gateway = await openGateway();
  root = await gateway.join('NG-FIA', 'FIU');
  partner = await gateway.join('VG-FIX', 'FIU');
  await gateway.compareAll();
  for (const code of ['c.1', 'c.2', 'c.3']) holders.set(code, await admit(code));
  await root.client.quorum.setUp({ need: 2, holders: ['c.1', 'c.2', 'c.3'].map(officer) });
});
afterAll(() => gateway.running.drain());

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
      requester: 'c.1',
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
