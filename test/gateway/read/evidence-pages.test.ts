/** However much was said in an exchange, and however often its items were read: each page of its evidence costs what it shows. */
import { expect, it } from 'vitest';
import { certain } from '../../../domain/result.js';
import { parseUuid } from '../../../domain/ids.js';
import { positionOf } from '../../../gateway/read/cursor.js';
import { createEvidenceReader } from '../../../gateway/read/evidence.js';
import { answered, codesOf } from '../../support/answered.js';
import { makeAccess, makeAnswer, makeEnvelope, makeItem, makeLabel, makeUse } from '../../support/letters.js';
import { walkConfig } from '../../support/test-gateway.js';

const READINGS = 6;

async function readOften(seed: number) {
  const scene = await answered(seed);
  const { accept, fia, fix, found, reply, desk, store, walk, operator, request } = scene;
  for (let n = 0; n < READINGS; n += 1) {
    expect(codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeUse(fia, found.digest, desk()), fia))).toEqual(['ALLOW']);
  }
  expect(codesOf(await accept(makeLabel(fix, found, desk()), fix))).toEqual(['ALLOW']);
  const readerOver = (library: typeof walk.library) =>
    createEvidenceReader(store, library, (leaf) => walk.receiptOf(leaf), walkConfig(operator).operator);
  const evidence = readerOver(walk.library);
  const asked: string[] = [];
  const linked = store.linked.bind(store);
  store.linked = (kind, ...rest) => (asked.push(kind), linked(kind, ...rest));
  const titles = store.titles.bind(store);
  store.titles = (kind, ...rest) => (asked.push(kind), titles(kind, ...rest));
  const links = store.links.bind(store);
  store.links = (kind, ...rest) => (asked.push(kind), links(kind, ...rest));
  const id = certain(parseUuid(request.exchange));
  const page = async (from: number, limit: number, reader = evidence) => (await reader.page(fia.id, id, from, limit))!;
  return { ...scene, asked, page, readerOver };
}

const placeOf = (next: string | undefined): number => positionOf(next)!;

it('what belongs is collected once, and pages that follow go on where the last one stopped', async () => {
  const { asked, page } = await readOften(841);
  const whole = await page(0, 200);
  expect(whole.next).toBeUndefined();
  const first = await page(0, 3);
  asked.length = 0;
  const entries = [...first.entries];
  for (let next = first.next; next !== undefined;) {
    const more = await page(placeOf(next), 3);
    entries.push(...more.entries);
    next = more.next;
  }
  expect(entries).toEqual(whole.entries);
  // what belongs was known; who may see a change of label is asked for the one that there is
  expect(asked.filter((kind) => kind === 'exchange' || kind === 'consent' || kind === 'release')).toEqual([]);
});

it('readings and uses stand in it, and none of them is looked for', async () => {
  const { asked, page } = await readOften(842);
  const { entries } = await page(0, 200);
  const actions = entries.map(({ view }) => (JSON.parse(view.event) as { action: string }).action);
  expect(actions.filter((action) => action === 'ACCESS')).toHaveLength(READINGS);
  expect(actions.filter((action) => action === 'USE')).toHaveLength(READINGS);
  expect(asked.filter((kind) => kind === 'access' || kind === 'use')).toEqual([]);
});

it('what was said of its items is asked for all of them at once', async () => {
  const { asked, page, accept, fia, fix, say, desk } = await readOften(846);
  const questions = async (): Promise<string[]> => {
    asked.length = 0;
    await page(0, 200);
    // where each came from is known once it was looked for
    return asked.filter((kind) => kind !== 'item').sort();
  };
  const before = await questions();
  const items = await Promise.all(['one', 'two', 'three', 'four'].map((text) => makeItem(fix, [fia, fix], text, desk())));
  expect(codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items }, desk()), fix))).toEqual(['ALLOW']);
  expect(await questions()).toEqual(before);
});

it('what is said after the first page is found by the next', async () => {
  const { page, accept, fix, say, desk } = await readOften(843);
  const { entries, next } = await page(0, 3);
  const later = await makeAnswer({ ...say, message: 'INTERIM_REPLY' }, desk());
  expect(codesOf(await accept(later, fix))).toEqual(['ALLOW']);
  const rest = await page(placeOf(next), 200);
  expect([...entries, ...rest.entries].map(({ statement }) => statement)).toContain(later.submission.statement);
});

it('a page looks at 2,000 leaves at most, however few of them belong', async () => {
  const { page, store } = await readOften(844);
  const size = await store.leafCount();
  const foreign = { ...(await store.leaf(size - 1))!, statement: null, views: [], erased: [] };
  let looked = 0;
  const leaves = store.leaves.bind(store);
  store.leafCount = () => Promise.resolve(size + 5_000);
  store.leaves = async (from, to) => {
    looked += to - from;
    const real = await leaves(from, Math.min(to, size));
    return [...real, ...Array.from({ length: to - from - real.length }, (_, n) => ({ ...foreign, index: from + real.length + n }))];
  };
  const { next } = await page(0, 200);
  // read by the hundred, from the first leaf that can belong
  expect(looked).toBeLessThan(2_500);
  expect(placeOf(next)).toBeLessThan(2_500);
});

it('a page ends where its statements come to a mebibyte, and the next goes on there', async () => {
  const { page, readerOver, walk } = await readOften(845);
  const whole = await page(0, 200);
  const heavy = readerOver({
    ...walk.library,
    async volume(digest) {
      const volume = await walk.library.volume(digest);
      return volume && { ...volume, submission: { ...volume.submission, statement: 's'.repeat(512 * 1024) } };
    },
  });
  const first = await page(0, 200, heavy);
  expect(first.entries.filter(({ statement }) => statement !== undefined)).toHaveLength(2);
  const entries = [...first.entries];
  for (let next = first.next; next !== undefined;) {
    const more = await page(placeOf(next), 200, heavy);
    entries.push(...more.entries);
    next = more.next;
  }
  expect(entries.map(({ index }) => index)).toEqual(whole.entries.map(({ index }) => index));
});
