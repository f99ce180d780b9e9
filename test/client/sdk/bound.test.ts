/** To whom anything is sealed: each of them is looked at in the map that binds it for everybody, and oneself too. */
import { expect, it } from 'vitest';
import { boundView, boundWithOwn } from '../../../client/sdk/bound.js';
import type { ClientContext } from '../../../client/sdk/context.js';
import { encodeBase64url } from '../../../crypto/base64url.js';
import { formatEpochLeaf } from '../../../crypto/epoch-leaf.js';
import { createEpochMap, entrySlot } from '../../../crypto/epoch-map.js';
import { leafHash } from '../../../crypto/merkle.js';
import { decodeDigest, encodeDigest } from '../../../crypto/merkle/digests.js';
import { createTree } from '../../../crypto/merkle/tree.js';
import { parseAuthorityId, parseDigest } from '../../../domain/ids.js';
import { certain } from '../../../domain/result.js';
import { MINUTE_MS, plusMs } from '../../../domain/time.js';
import { leaves, noteOf, NOW, openLog, witnessSigner } from './log-faces.js';

const [OWN, FIRST, SECOND] = ['CH-FIN', 'EE-FIN', 'LV-FIN'].map((id) => certain(parseAuthorityId(id))) as [never, never, never];
const SLOTS: ReadonlyMap<string, number> = new Map([OWN, FIRST, SECOND].map((authority, slot) => [authority, slot]));
const entry = (of: string, n = 1) => certain(parseDigest(encodeDigest(new Uint8Array(32).fill(16 * SLOTS.get(of)! + n))));

/** A log whose epochs bind the entries that everybody sees, and a gateway that shows this client what the test says. */
function openTown(by: readonly number[] = []) {
  const { shown, context } = openLog({ witnesses: [witnessSigner(1).key], quorum: by.length });
  const town = {
    by,
    isFalse: false,
    now: NOW,
    entries: new Map<string, string>(),
    bound: new Map<string, string>(),
    older: 0,
    data: shown.data,
  };
  for (const map of [town.bound, town.entries]) for (const of of SLOTS.keys()) map.set(of, entry(of));
  const maps: { readonly index: number; readonly n: number; readonly bound: ReadonlyMap<string, string> }[] = [];
  const mapOf = (bound: ReadonlyMap<string, string>) =>
    createEpochMap([...SLOTS.keys()].flatMap((of) => [null, entrySlot(of as never, decodeDigest(certain(parseDigest(bound.get(of)!))))]));
  const publish = (): void => {
    const [n, before] = [maps.length + 1, [...town.data, ...leaves(3, `e${maps.length}`)]];
    const map = mapOf(town.bound);
    town.data = [...before, formatEpochLeaf({ n, upTo: before.length - 1, slots: map.slots, mapRoot: map.root })];
    maps.push({ index: before.length, n, bound: new Map(town.bound) });
    Object.assign(shown, { data: town.data, note: noteOf(town.data, town.by) });
  };
  const get = (path: string) => {
    const of = path.split('/')[3]!;
    const size = Number(/size=(\d+)/.exec(path)![1]);
    const { index, n, bound } = maps.at(-1 - town.older)!;
    const opening = mapOf(bound).open(2 * SLOTS.get(of)! + 1);
    const texts = (hashes: readonly Uint8Array[]) => hashes.map((hash) => encodeDigest(hash));
    const inLog = texts(createTree(town.data.slice(0, size).map(leafHash)).path(index));
    const told = town.isFalse ? town.entries.get(of)! : bound.get(of)!;
    const leaf = { n, index, data: encodeBase64url(town.data[index]!), path: inLog };
    return Promise.resolve({ openings: [{ leaf, opening: { slot: opening.slot, entry: told, path: texts(opening.path) } }] });
  };
  const directory = () => {
    const authorities = new Map([...town.entries].map(([id, entryDigest]) => [id, { id, entryDigest, root: 'r', entry: null }]));
    return Promise.resolve({ directory: { authorities }, slots: SLOTS });
  };
  const clock = { now: () => town.now, sleep: () => Promise.resolve() };
  const identity = { authority: OWN, root: { kid: 'r' } };
  const asking = { ...context, door: { ...context.door, get }, clock, identity, directory } as unknown as ClientContext;
  publish();
  return { town, publish, context: asking };
}

const codeOf = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'SEALED',
    ({ code, what }: { code: string; what: string }) => `${code} ${/entry of (\S+):/.exec(what)?.[1]}`,
  );

it('seals to those whose entries the newest epoch binds', async () => {
  const { context } = openTown();
  expect(await codeOf(boundView(context, FIRST, SECOND))).toBe('SEALED');
  expect(await codeOf(boundWithOwn(context, FIRST))).toBe('SEALED');
});

it.each([
  ['the first', FIRST],
  ['the second, though the first is bound', SECOND],
])('seals to nobody where another entry is shown of %s', async (_which, of: string) => {
  const { context, town } = openTown();
  town.entries.set(of, entry(of, 2));
  expect(await codeOf(boundView(context, FIRST, SECOND))).toBe(`ENTRY_NOT_BOUND ${of}`);
});

it('does not seal for itself to an entry of its own that is none', async () => {
  const { context, town } = openTown();
  town.entries.set(OWN, entry(OWN, 2));
  expect(await codeOf(boundWithOwn(context, FIRST))).toBe(`ENTRY_NOT_BOUND ${OWN}`);
});

it('believes for a minute what it looked at, and nothing else beside it', async () => {
  const { context, town, publish } = openTown();
  expect(await codeOf(boundView(context, FIRST))).toBe('SEALED');
  town.entries.set(FIRST, entry(FIRST, 2));
  expect(await codeOf(boundView(context, FIRST))).toBe(`ENTRY_NOT_BOUND ${FIRST}`);
  town.entries.set(FIRST, entry(FIRST));
  town.bound.set(FIRST, entry(FIRST, 3));
  publish();
  town.now = plusMs(NOW, MINUTE_MS);
  expect(await codeOf(boundView(context, FIRST))).toBe(`ENTRY_NOT_BOUND ${FIRST}`);
});

it('takes no older epoch for the newest, which binds what was turned since', async () => {
  const { context, town, publish } = openTown();
  town.bound.set(FIRST, entry(FIRST, 2));
  publish();
  town.older = 1;
  expect(await codeOf(boundView(context, FIRST))).toBe(`ENTRY_NOT_BOUND ${FIRST}`);
  Object.assign(town, { older: 0 });
  town.entries.set(FIRST, entry(FIRST, 2));
  expect(await codeOf(boundView(context, FIRST))).toBe('SEALED');
});

it('says that witnesses are missing where a newer epoch could bind the entry, and not where an opening is false', async () => {
  const { context, town, publish } = openTown([1]);
  expect(await codeOf(boundView(context, SECOND))).toBe('SEALED');
  Object.assign(town, { by: [], older: 1 });
  for (const map of [town.bound, town.entries]) map.set(FIRST, entry(FIRST, 2));
  publish();
  expect(await codeOf(boundView(context, FIRST))).toBe(`CHECKPOINT_NOT_TRUSTED ${FIRST}`);
  town.isFalse = true;
  expect(await codeOf(boundView(context, FIRST))).toBe(`ENTRY_NOT_BOUND ${FIRST}`);
});
