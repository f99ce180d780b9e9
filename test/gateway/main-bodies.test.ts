import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createFileBlobs } from '../../adapters/blobs-files/file-blobs.js';
import { systemChance } from '../../adapters/chance-system.js';
import { assertBodies } from '../../gateway/main-bodies.js';
import { NOW } from '../contract/store-rows.js';
import { uuidFrom } from '../support/actors.js';
import { createMemoryStore } from '../support/memory-store.js';

const home = mkdtempSync(join(tmpdir(), 'parley-bodies-'));
afterAll(() => rmSync(home, { recursive: true }));

let store: ReturnType<typeof createMemoryStore>;
let [one, two] = ['', ''];
beforeEach(() => {
  store = createMemoryStore();
  [one, two] = ['one', 'two'].map((name) => join(mkdtempSync(join(home, 'data-')), name)) as [string, string];
  for (const folder of [one, two]) mkdirSync(folder);
});
const starts = (folder: string): Promise<string> =>
  assertBodies(store, folder, systemChance).then(
    () => 'it starts',
    (error: unknown) => String(error),
  );

async function addPart(): Promise<void> {
  const id = uuidFrom(systemChance);
  await store.putUpload({ id, owner: 'NG-FIA' as never, sizeBytes: 1, createdAt: NOW, claimedBy: null });
  await store.putPart(id, { n: 0, sizeBytes: 1, leafHash: new Uint8Array(32) });
}

describe('a folder of bodies', () => {
  it.skipIf(process.getuid?.() === 0)('is one that this account may write in (skipped for root, who may everywhere)', async () => {
    expect(await starts(one)).toBe('it starts');
    chmodSync(one, 0o500);
    expect(await starts(one)).toMatch(/EACCES/);
    chmodSync(one, 0o700);
  });

  it('is named on the first start, and no other is taken for it, though neither holds a body yet', async () => {
    expect([await starts(one), await starts(one)]).toEqual(['it starts', 'it starts']);
    const name = readFileSync(join(one, 'id'), 'utf8').trim();
    expect(await starts(two)).toMatch(new RegExp(`CONFIG_INVALID: ${two} is not where .*/id says nothing\\. .* name is ${name}$`));
    expect(readdirSync(two)).toEqual([]);
    store = createMemoryStore();
    expect(await starts(two)).toBe('it starts');
    expect(await starts(one)).toContain(`says ${name}. Is its volume`);
    // a copy goes with its database
    cpSync(two, one, { recursive: true });
    expect(await starts(one)).toBe('it starts');
  });

  it('is one, however many processes start at once', async () => {
    expect(await Promise.all([one, one, one].map(starts))).toEqual(Array(3).fill('it starts'));
    expect(readdirSync(one)).toEqual(['id']);
    store = createMemoryStore();
    const both = await Promise.all([mkdtempSync(join(home, 'a-')), mkdtempSync(join(home, 'b-'))].map(starts));
    expect(both.filter((said) => said === 'it starts')).toHaveLength(1);
    expect(both.filter((said) => said.includes('CONFIG_INVALID'))).toHaveLength(1);
  });

  it('takes nothing in, misses nothing and removes nothing once its volume is gone, and goes on when that is back', async () => {
    const blobs = createFileBlobs(one, await assertBodies(store, one, systemChance));
    const [kept, other] = [uuidFrom(systemChance), uuidFrom(systemChance)];
    const bytes = new Uint8Array(5);
    await blobs.putPart(kept, 0, bytes);
    renameSync(one, two + '.volume');
    // what lies below a volume: its parts would be acknowledged, and hidden when the volume comes back
    mkdirSync(one);
    const works = [
      () => blobs.putPart(other, 0, bytes),
      () => blobs.readPart(kept, 0, 0, 5),
      () => blobs.drop(kept),
      () => blobs.assertUsable(),
    ];
    for (const work of works)
      await expect(work()).rejects.toThrow(
        /^BLOBS_UNAVAILABLE: .* is not where the bodies of this database are: .* says nothing\. Is its volume/,
      );
    expect(readdirSync(one)).toEqual([]);
    rmSync(one, { recursive: true });
    await expect(blobs.assertUsable()).rejects.toThrow('BLOBS_UNAVAILABLE: assertUsable: ENOENT');
    renameSync(two + '.volume', one);
    await blobs.assertUsable();
    expect(await blobs.putPart(other, 0, bytes)).toBe(true);
    expect(await blobs.readPart(kept, 0, 0, 5)).toEqual(bytes);
    await blobs.drop(kept);
    expect(await blobs.readPart(kept, 0, 0, 5)).toBeNull();
  });

  it('of a database of before is not an empty one', async () => {
    await addPart();
    expect(await starts(one)).toMatch(/CONFIG_INVALID: .*holds nothing.*mounted/);
    expect(existsSync(join(one, 'id'))).toBe(false);
    mkdirSync(join(one, 'ab'));
    expect(await starts(one)).toBe('it starts');
  });
});
