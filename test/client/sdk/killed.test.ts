/** A program that is killed before any write of its key store: whoever does the same again ends with one act, not two. */
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { ParleyClient, readIdentity, type KeyStore } from '../../../client/sdk/index.js';
import { digestOfBytes } from '../../../crypto/digest.js';
import type { ExchangeId } from '../../../domain/ids.js';
import { DAY_MS, plusMs } from '../../../domain/time.js';
import { openTown, type Member } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

const { gateway, ee, ng, pl } = await openTown({ ee: ['EE-FIN', 'FIU'], ng: ['NG-FIA', 'FIU'], pl: ['PL-POL', 'LAW_ENFORCEMENT'] });

class Killed extends Error {}

/** @param left writes that it still makes */
async function mortal({ store }: Member, left: number, time: Pick<typeof clock, 'now'> = clock): Promise<ParleyClient> {
  const alive = () => {
    if (left-- <= 0) throw new Killed();
  };
  const dying: KeyStore = {
    ...store,
    write: async (name, bytes) => (alive(), store.write(name, bytes)),
    create: async (name, bytes) => (alive(), store.create(name, bytes)),
    remove: async (name) => (alive(), store.remove(name)),
  };
  return ParleyClient.connect({ origin: gateway.origin, fetch, clock: { ...clock, ...time }, chance, triesMax: 2, store: dying });
}

/**
 * Kills the act before its first write, its second …, until it is through; each time a next program does it again. What it keeps of the
 * directory it keeps now and then, so that it may get through without ever having died with something in the outbox: then all over.
 */
async function killedEverywhere(
  member: Member,
  prepare: () => Promise<(client: ParleyClient) => Promise<string>>,
  done: () => Promise<number>,
) {
  let [waited, rounds] = [0, 0];
  for (let writes = 0; ; writes++) {
    const act = await prepare();
    const before = await done();
    const first = await act(await mortal(member, writes)).catch((error: unknown) => {
      if (error instanceof Killed) return null;
      throw error;
    });
    if (first !== null && (waited > 0 || (rounds += 1) === 3)) return { writes, waited };
    if (first !== null) {
      writes = -1;
      continue;
    }
    const next = await ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, store: member.store });
    const again = await act(next).catch((error: { code?: string; inOutbox?: string | null }) => {
      expect(['WAITING', 'SENT_BEFORE']).toContain(error.code);
      return error.inOutbox ?? null;
    });
    const { sent } = await next.resend();
    if (sent.length > 0) {
      waited += 1;
      expect(sent).toHaveLength(1);
      expect(sent[0]!.digest).toBe(again);
    }
    expect((await done()) - before).toBe(1);
    expect((await next.resend()).sent).toEqual([]);
  }
}

const READ = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;
const RECIPIENT = { authority: 'PL-POL', authorityType: 'LAW_ENFORCEMENT' } as const;

/** Something of EE-FIN's that NG-FIA has opened. */
async function held() {
  const note = await ee.client.send(noteTo(ee.client, ng.client));
  await waitFor(ng.client, ({ statement }) => statement?.digest === note.digest);
  return ng.client.open({ item: note.items[0]!.statement.digest, via: note.digest, ...READ });
}
const grantOf = (items: Parameters<ParleyClient['grantConsent']>[0]['items']) => ({
  items,
  recipient: { ...RECIPIENT, authority: pl.client.authority },
  purposes: ['INTELLIGENCE' as const],
  from: clock.now(),
  until: plusMs(clock.now(), 30 * DAY_MS),
  holder: ng.client.authority,
});

const inLog = (member: Member, action: string) => async () =>
  (await member.client.auditEvents()).filter(({ event }) => event.action === action && event.outcome === 'ALLOW').length;

it('a release', async () => {
  const prepare = async () => {
    const opened = await held();
    const grant = grantOf([opened.item.digest]);
    const { consent } = await ee.client.grantConsent(grant);
    const to = { to: pl.client.authority, toType: RECIPIENT.authorityType };
    const basis = { consents: [consent] };
    return async (client: ParleyClient) =>
      (await client.release(opened, { ...to, purpose: 'INTELLIGENCE', legalBasis: 'DOMESTIC_LAW:1', until: grant.until, basis })).release;
  };
  const { writes, waited } = await killedEverywhere(ng, prepare, inLog(ng, 'RELEASE'));
  expect(writes).toBeGreaterThan(1);
  expect(waited).toBeGreaterThan(0);
}, 120_000);

it('a consent', async () => {
  const prepare = async () => {
    const grant = grantOf([(await held()).item.digest]);
    return async (client: ParleyClient) => (await client.grantConsent(grant)).consent;
  };
  const { waited } = await killedEverywhere(ee, prepare, inLog(ee, 'CONSENT_GRANT'));
  expect(waited).toBeGreaterThan(0);
}, 120_000);

it('an answer', async () => {
  let exchange: ExchangeId;
  const prepare = async () => {
    const note = await ee.client.send(noteTo(ee.client, ng.client));
    await waitFor(ng.client, ({ statement }) => statement?.digest === note.digest);
    ({ exchange } = note);
    return async (client: ParleyClient) => (await client.acknowledge(exchange)).digest;
  };
  const { waited } = await killedEverywhere(ng, prepare, async () => (await ng.client.messages(exchange)).length);
  expect(waited).toBeGreaterThan(0);
}, 120_000);

it('a draft with a file', async () => {
  let n = 0;
  const prepare = async () => {
    const draft = noteTo(ee.client, ng.client);
    const bytes = new Uint8Array(1_500_000).fill((n += 1));
    const file = { sizeBytes: bytes.length, open: () => Readable.from([bytes]) };
    const content = { role: 'FILE' as const, name: '../../annex', mediaType: 'text/plain', file, resume: `annex-${n}` };
    const items = [...draft.items, { ...draft.items[0]!, content }];
    const once = digestOfBytes(new TextEncoder().encode(`draft ${n}`));
    return async (client: ParleyClient) => (await client.send({ ...draft, items, once })).digest;
  };
  const { waited } = await killedEverywhere(ee, prepare, async () => (await ee.client.exchanges()).length);
  expect(waited).toBeGreaterThan(0);
  expect(await ee.store.names('uploads/')).toEqual([]);
  expect(await ee.store.names('parts/')).toEqual([]);
}, 120_000);

/** Of each item, what its originator was told opened it at NG-FIA. */
async function sealsTold(): Promise<Map<string, readonly string[]>> {
  const told = new Map<string, readonly string[]>();
  for await (const { statement } of ee.client.inbox())
    if (statement?.typ === 'parley-deletion+json') told.set(statement.payload.item, statement.payload.seals);
  return told;
}
const sealOf = ({ seal }: Awaited<ReturnType<typeof held>>): string => digestOfBytes(seal.bytes);

it('a deletion, whose certificate names what opened the item here', async () => {
  const seals = new Map<string, readonly string[]>();
  const prepare = async () => {
    const opened = await held();
    const { digest: item } = opened.item;
    seals.set(item, [sealOf(opened)]);
    return async (client: ParleyClient) => (await client.erase(item, false)).digest;
  };
  const { waited } = await killedEverywhere(ng, prepare, inLog(ng, 'DELETE'));
  expect(waited).toBeGreaterThan(0);
  await expect.poll(sealsTold, { timeout: 10_000 }).toEqual(seals);
  const left = [...(await ng.store.names('held/')), ...(await ng.store.names('erased/'))];
  expect(left.filter((name) => seals.has(name.split('/')[1]!))).toEqual([]);
}, 120_000);

it('a deletion that is handed in so late that it is refused, and certified anew', async () => {
  for (let [writes, isKilled] = [0, true]; isKilled; writes++) {
    const opened = await held();
    const { digest: item } = opened.item;
    let now = clock.now;
    const client = await mortal(ng, writes, { now: () => now() });
    now = () => plusMs(clock.now(), -DAY_MS);
    isKilled = await client.erase(item, false).then(
      () => false,
      (error: unknown) => error instanceof Killed,
    );
    for (const { error } of (await ng.client.resend()).refused) expect(error.code).toBe('STALE');
    await ng.client.erase(item, false);
    await expect.poll(async () => (await sealsTold()).get(item), { timeout: 10_000 }).toEqual([sealOf(opened)]);
  }
}, 120_000);

it('a turn of the desk’s keys, which is taken up: no keyring goes to a generation that no entry lists', async () => {
  const generations = async () => (await readIdentity(ee.store)).desks.length;
  const before = await generations();
  for (let writes = 0; (await generations()) === before; writes++)
    await expect((await mortal(ee, writes)).turnDeskKey()).rejects.toThrow(Killed);
  const next = await ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, store: ee.store });
  await next.turnDeskKey();
  const { desks } = (await next.directory(true)).directory.authorities.get(next.authority)!.entry!;
  expect([await generations(), desks[0]!.generation]).toEqual([before + 1, before + 1]);
});
