import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readArchive } from '../../../adapters/archive-tar/read.js';
import { createArchive } from '../../../adapters/archive-tar/write.js';

const home = mkdtempSync(join(tmpdir(), 'parley-archive-'));
afterAll(() => rmSync(home, { recursive: true }));

it('has its name with what was written for it, however another of that name goes on beside it', async () => {
  const path = join(home, 'archive.tar');
  const first = await createArchive(path, join(home, 'a'));
  await first.add('word', new TextEncoder().encode('whole'));
  const second = await createArchive(path, join(home, 'b'));
  await second.add('word', new TextEncoder().encode('half'));
  await first.finish();
  await expect(second.finish()).rejects.toThrow('is there already');
  const said: string[] = [];
  for await (const entry of readArchive(path)) said.push(new TextDecoder().decode(await entry.bytes()));
  expect(said).toEqual(['whole']);
});

it('is a file: a folder is none, nor a pipe or a device, and nothing waits for one', async () => {
  const entriesOf = async (path: string): Promise<void> => {
    for await (const entry of readArchive(path)) throw new Error(entry.name);
  };
  for (const path of [home, '/dev/null'])
    await expect(entriesOf(path)).rejects.toThrow(`CONFIG_INVALID: there is no archive at ${path}, but`);
  await expect(entriesOf(join(home, 'none'))).rejects.toThrow(/^CONFIG_INVALID: there is no archive at .*none: ENOENT$/);
});
