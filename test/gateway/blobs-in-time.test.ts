/** A volume that hangs keeps a thread for each call of its files, and a process has four: the log's own files and every signature would wait behind them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFileBlobs } from '../../adapters/blobs-files/file-blobs.js';
import { createSystemClock } from '../../adapters/clock-system.js';
import { systemChance } from '../../adapters/chance-system.js';
import type { Blobs } from '../../domain/ports.js';
import { inTime } from '../../gateway/blobs-in-time.js';
import { createMemoryBlobs } from '../support/memory-blobs.js';
import { uuidFrom } from '../support/actors.js';

const clock = createSystemClock();
/** what takes a minute takes a moment */
const hasty = { sleep: (ms: number, signal?: AbortSignal) => clock.sleep(Math.min(ms, 300), signal) };
const SILENT = /BLOBS_UNAVAILABLE: .*says nothing/;
const upload = uuidFrom(systemChance);
const bytes = new Uint8Array(5).fill(7);

let folder: string;
/** of a file that nobody writes to: who reads it waits, in a thread, as on a volume that hangs */
let silence: string;
/** Whoever waits for it goes on. */
const answer = (): void => {
  execFileSync('sh', ['-c', `timeout 5 sh -c 'echo > "$0"' "$0"`, silence]);
  rmSync(silence);
  writeFileSync(silence, '');
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-silent-'));
  mkdirSync(join(folder, 'blobs'));
  silence = join(folder, 'silence');
  execFileSync('mkfifo', [silence]);
});
afterEach(() => rmSync(folder, { recursive: true }));

it('a volume that hangs stops nothing else, is told to whoever asks, and takes the same again once it answers', async () => {
  const file = createFileBlobs(join(folder, 'blobs'), async () => void (await readFile(silence)));
  const blobs = inTime(file, hasty);
  const put = Array.from({ length: 8 }, (_, n) => blobs.putPart(upload, n, bytes));
  const asked = blobs.assertUsable();
  const ends = Promise.allSettled([...put, asked]);
  // another file, by the same threads
  writeFileSync(join(folder, 'other'), 'x');
  const other = readFile(join(folder, 'other'), 'utf8');
  const first = await Promise.race([other, clock.sleep(5_000).then(() => 'nothing')]);
  for (const end of await ends) expect(String((end as PromiseRejectedResult).reason)).toMatch(SILENT);
  expect(first).toBe('x');
  await expect(blobs.readPart(upload, 0, 0, 1)).rejects.toThrow(SILENT);
  await expect(blobs.drop(upload)).rejects.toThrow(SILENT);
  answer();
  while ((await blobs.assertUsable().catch(String)) !== undefined) await clock.sleep(10);
  expect(await Promise.all(Array.from({ length: 8 }, (_, n) => blobs.putPart(upload, n, bytes)))).toEqual(Array(8).fill(true));
  expect(await blobs.putPart(upload, 0, new Uint8Array(5))).toBe(false);
  expect(await blobs.readPart(upload, 0, 0, 5)).toEqual(bytes);
});

it('what answers at the very moment at which nobody waits any more holds nothing up afterwards', async () => {
  for (let turns = 0; turns < 20; turns += 1) {
    let isShort = true;
    const sleep: typeof clock.sleep = async (...asked) => {
      if (!isShort) return clock.sleep(...asked);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    };
    const blobs = inTime(createMemoryBlobs(), { sleep });
    await blobs.putPart(upload, 0, bytes).catch(String);
    isShort = false;
    await clock.sleep(1);
    await blobs.assertUsable();
  }
});

it('what is slow is waited for in its turn, whoever asks whether it is usable is not held up, and a fault is passed on', async () => {
  const open: (() => void)[] = [];
  const memory = createMemoryBlobs();
  const putPart: Blobs['putPart'] = (...part) => new Promise<void>((go) => open.push(go)).then(() => memory.putPart(...part));
  const blobs = inTime({ ...memory, putPart, drop: () => Promise.reject(new Error('broken')) }, clock);
  const put = Array.from({ length: 5 }, (_, n) => blobs.putPart(upload, n, bytes));
  await blobs.assertUsable();
  for (let done = 0; done < 5; done += 1) {
    expect(open.length).toBeLessThanOrEqual(2);
    open.shift()!();
    await clock.sleep(5);
  }
  expect(await Promise.all(put)).toEqual(Array(5).fill(true));
  await expect(blobs.drop(upload)).rejects.toThrow('broken');
  expect(await blobs.readPart(upload, 4, 0, 5)).toEqual(bytes);
});
