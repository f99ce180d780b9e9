/** Several programs, or several acts of one, over one key store: what one of them keeps is not written over by another. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFileKeyStore, openFileKeyStore } from '../../client/cli/file-key-store.js';
import { keepEntry, keptEntries, keptEntry, seenEntries } from '../../client/sdk/directory-belief.js';
import { pinRoot, type DirectoryView } from '../../client/sdk/directory.js';
import type { Door } from '../../client/sdk/door.js';
import { meetGateway } from '../../client/sdk/enrol.js';
import { changeHolding, keepHolding, keepResealed, readHolding } from '../../client/sdk/holding.js';
import { certain } from '../../domain/result.js';
import { writeRecord, type KeyStore } from '../../client/sdk/key-store.js';
import { keepSigned, readSigned } from '../../client/sdk/own-entries.js';
import { keepRevocations, keptRevocations } from '../../client/sdk/revocations.js';
import { readPins } from '../../client/sdk/roots.js';
import { slotOf } from '../../client/sdk/slots.js';
import { readStatementOf } from '../../client/sdk/statements.js';
import type { Sent } from '../../client/sdk/submit.js';
import { encodeBase64url } from '../../crypto/base64url.js';
import { digestOfBytes } from '../../crypto/digest.js';
import { createSigningKey } from '../../crypto/signing-key.js';
import { parseAuthorityId, parseKeyId } from '../../domain/ids.js';
import { join as joined, type Label } from '../../domain/label.js';
import { lineFrom } from '../../domain/roots.js';
import { plusMs } from '../../domain/time.js';
import { entry } from '../support/actors.js';
import { makeItem } from '../support/letters.js';
import { createCast } from '../support/test-gateway.js';
import { createWorld } from '../support/world.js';

const passphrase = 'two programs, one folder';
const { chance, clock } = createWorld(5);
const desk = { chance, at: clock.now() };
const { fia, fix } = createCast(7);
let folder: string;
let one: KeyStore;
let other: KeyStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-kept-'));
  one = await createFileKeyStore(folder, passphrase, 1);
  other = await openFileKeyStore(folder, passphrase);
});
afterEach(() => rm(folder, { recursive: true }));

const authority = (n: number) => certain(parseAuthorityId(`NG-FIU${n}`));
const showing = (slots: readonly (readonly [string, number])[]) => ({ slots: new Map(slots) }) as unknown as DirectoryView;

it('pins each slot that either of two programs saw first', async () => {
  const view = showing(Array.from({ length: 12 }, (_, n) => [authority(n), n]));
  const pinned = await Promise.all(Array.from({ length: 12 }, (_, n) => slotOf(n % 2 === 0 ? one : other, view, authority(n))));
  expect(pinned.filter(({ ok }) => ok)).toHaveLength(12);
  // each is held to it from now on, whichever program asks
  const moved = showing(Array.from({ length: 12 }, (_, n) => [authority(n), n + 20]));
  for (let n = 0; n < 12; n += 1)
    for (const store of [one, other])
      expect(await slotOf(store, moved, authority(n))).toEqual({
        ok: false,
        error: `${authority(n)} had slot ${n} before and now has ${n + 20}`,
      });
});

it('gives one slot to one authority, and holds to what an older client pinned', async () => {
  await writeRecord(one, 'slots', { 'NG-OLD': 90 });
  const [a, b, old] = [authority(1), authority(2), certain(parseAuthorityId('NG-OLD'))];
  const view = showing([
    [a, 3],
    [b, 3],
    [old, 90],
  ]);
  const both = await Promise.all([slotOf(one, view, a), slotOf(other, view, b)]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await slotOf(other, view, old)).toEqual({ ok: true, value: 90 });
  expect(await slotOf(one, showing([[old, 91]]), old)).toMatchObject({ ok: false });
  expect(await slotOf(one, showing([[authority(9), 90]]), authority(9))).toEqual({ ok: false, error: 'slot 90 is NG-OLD’s' });
});

const entryOf = (seq: number) => certain(readStatementOf('parley-entry+json', entry(fia, desk.at, chance, { seq }).submission.statement));

it('keeps each entry that either of two programs signed', async () => {
  const entries = Array.from({ length: 8 }, (_, n) => entryOf(n + 1));
  await writeRecord(one, 'signed', { entries: [{ digest: 'of-an-older-client', seq: 1, index: 1 }] });
  await Promise.all(
    entries.map((signed, n) => keepSigned(n % 2 === 0 ? one : other, signed, { receiptBody: { index: n } } as unknown as Sent)),
  );
  const kept = new Set((await readSigned(one)).map(({ digest }) => digest));
  expect(kept).toEqual(new Set(['of-an-older-client', ...entries.map(({ digest }) => digest)]));
});

const rootOf = (n: number) => certain(parseKeyId(digestOfBytes(new Uint8Array([n]))));

it('keeps each root that either of two programs compared, and what an older client compared', async () => {
  await writeRecord(one, 'pins', { 'NG-OLD': rootOf(90) });
  await writeRecord(one, 'roots/seen', { 'NG-OLD': rootOf(90) });
  await Promise.all(Array.from({ length: 12 }, (_, n) => pinRoot(n % 2 === 0 ? one : other, authority(n), rootOf(n))));
  const compared = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [authority(n), rootOf(n)]));
  for (const store of [one, other]) expect(await readPins(store)).toEqual({ ...compared, 'NG-OLD': rootOf(90) });
  await expect(pinRoot(other, 'NG-OLD', rootOf(91))).rejects.toMatchObject({ code: 'ROOT_CHANGED' });
});

it('holds two programs that compare two roots of one authority at once to one of them', async () => {
  for (let n = 0; n < 6; n += 1) {
    const both = await Promise.allSettled([pinRoot(one, authority(n), rootOf(1)), pinRoot(other, authority(n), rootOf(2))]);
    expect(both.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { code: 'ROOT_CHANGED' } }]);
    const winner = both.findIndex(({ status }) => status === 'fulfilled');
    expect((await readPins(one))[authority(n)]).toBe(rootOf(winner + 1));
  }
});

it('holds two programs that meet a gateway at once to one key', async () => {
  const showing = (): Door => {
    const { publicKey } = createSigningKey(chance);
    const key = { kid: rootOf(1), publicKey: encodeBase64url(publicKey) };
    const said = { verifierKey: 'v', time: '2026-11-01T09:00:00.000Z', size: 1, proofDelayMsMax: 1, witnessed: false };
    const answer = { origin: 'parley.test/log', key, ...said };
    return { get: () => Promise.resolve(answer) } as unknown as Door;
  };
  const both = await Promise.allSettled([meetGateway(showing(), one), meetGateway(showing(), other)]);
  expect(both.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { code: 'GATEWAY_KEY_CHANGED' } }]);
});

type Seen = Parameters<typeof keepRevocations>[2];
it('keeps each entry and each revocation that either of two programs saw', async () => {
  const entries = Array.from({ length: 8 }, (_, n) => entryOf(n + 1));
  const revocation = (n: number) => ({ compact: `e${n}`, digest: rootOf(n) }) as unknown as Seen[number];
  await writeRecord(one, `entries/${fia.id}`, { entries: [entries[0]!.compact] });
  await writeRecord(one, 'revocations/seen', { revocations: ['e0'] });
  const stores = (n: number) => (n % 2 === 0 ? one : other);
  await Promise.all(entries.map((seen, n) => keepEntry(stores(n), seen)));
  await Promise.all(entries.map((_, n) => keepRevocations(stores(n), [], [revocation(n)])));
  for (const store of [one, other]) {
    const kept = await Promise.all(entries.map(({ digest }) => keptEntry(store, fia.id, digest)));
    expect(kept).toEqual(entries.map(({ compact }) => compact));
    expect([...(await keptRevocations(store))].sort()).toEqual(entries.map((_, n) => `e${n}`));
  }
});

it('keeps what one reading shows at once, and reads it where few files may be open', async () => {
  const revocations = Array.from({ length: 40 }, (_, n) => ({ compact: `e${n}`, digest: rootOf(n) })) as unknown as Seen;
  let [open, most, made] = [0, 0, 0];
  const counted: KeyStore = {
    ...one,
    create: (name, bytes) => ((made += 1), one.create(name, bytes)),
    async read(name) {
      most = Math.max(most, (open += 1));
      return one.read(name).finally(() => (open -= 1));
    },
  };
  await keepRevocations(counted, [], revocations);
  expect(made).toBe(1);
  for (let n = 40; n < 60; n += 1) await keepRevocations(one, [], [{ compact: `e${n}`, digest: rootOf(n) }] as unknown as Seen);
  for (let n = 0; n < 20; n += 1) await keepEntry(one, entryOf(n + 1));
  expect(await keptRevocations(counted)).toHaveLength(60);
  expect(await seenEntries(counted, fia.id)).toHaveLength(20);
  expect(most).toBeLessThan(5);
});

it('keeps what it saw of one authority in one record, and whoever reads meanwhile misses none', async () => {
  const entries = Array.from({ length: 10 }, (_, n) => entryOf(n + 1));
  await keepEntry(one, entries[0]!);
  const seen = Promise.all(Array.from({ length: 20 }, () => seenEntries(other, fia.id)));
  await Promise.all(entries.slice(1, 9).map((each, n) => keepEntry(n % 2 === 0 ? one : other, each)));
  for (const read of await seen) expect(read.map(({ digest }) => digest)).toContain(entries[0]!.digest);
  await keepEntry(one, entries[9]!);
  expect(await one.names(`entries/${fia.id}_`)).toHaveLength(1);
  expect(new Set((await seenEntries(one, fia.id)).map(({ digest }) => digest))).toEqual(new Set(entries.map(({ digest }) => digest)));
  // said again it changes nothing
  await keepEntry(other, entries[3]!);
  expect(await seenEntries(one, fia.id)).toHaveLength(10);
});

it('reads entries of one number, as a log that was restored has them, in the order in which they were signed', async () => {
  const signed = Array.from({ length: 6 }, (_, n) =>
    certain(readStatementOf('parley-entry+json', entry(fia, plusMs(desk.at, n), chance, { seq: 1 }).submission.statement)),
  );
  for (const seen of signed) await keepEntry(one, seen);
  const terms = lineFrom(fia.id, signed[0]!.payload.root.kid, []);
  expect((await keptEntries(one, fia.id, terms)).map(({ digest }) => digest)).toEqual(signed.map(({ digest }) => digest));
});

it('keeps each change of label of several acts of one program, and the seal that was made meanwhile', async () => {
  const { compact } = await makeItem(fia, [fia, fix], 'what is held', desk);
  const item = certain(readStatementOf('parley-item+json', compact));
  const [kid, newer] = [fia.desk.kid, fix.desk.kid].map((text) => certain(parseKeyId(text)));
  const seal = { kid: kid!, bytes: new Uint8Array(9) };
  await keepHolding(one, { item, label: item.payload.label, labelEpoch: 0, labelAt: desk.at, via: item.digest, seal });
  const caveats = (['NO_EXPORT', 'CONTACT_SOURCE_BEFORE_ACTION'] as const).map((code) => ({ code, by: fia.id }));
  const labels = caveats.map((caveat) => ({ ...item.payload.label, caveats: [caveat] }) as Label);
  await Promise.all([
    ...labels.map((label) => changeHolding(one, item.digest, { originator: fia.id, change: 'ADD', label })),
    keepResealed(one, item.digest, { via: item.digest, seal: { ...seal, kid: newer! } }),
  ]);
  const held = await readHolding(one, item.digest);
  expect(held.label).toEqual(labels.reduce(joined, item.payload.label));
  expect(held.seal.kid).toBe(newer);
});
