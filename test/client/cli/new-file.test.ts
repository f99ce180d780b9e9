/** What a person filled in is not written over by the command that made it, and nothing is done for a file that cannot be made. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { writeNew } from '../../../client/cli/new-file.js';
import { complaintOf } from '../../../client/cli/output.js';
import { disclosureTo } from './disclosure.js';
import { openTerminal } from './terminal.js';

const REFUSED = { code: 'FILE_EXISTS' };
let item: string;
let exchange: string;

/** @returns a file that is there already */
function kept(name: string): string {
  const path = terminal.path(name);
  writeFileSync(path, 'mine');
  return path;
}
const refuses = async (name: string, profile: string, ...words: string[]): Promise<void> => {
  const path = kept(name);
  await expect(terminal.shows(profile, ...words, '--out', path)).rejects.toMatchObject(REFUSED);
  expect(readFileSync(path, 'utf8')).toBe('mine');
};
const readings = async (): Promise<number> =>
  JSON.stringify(await terminal.parley<object>('ee-fin', 'audit', '--events')).split('"ACCESS"').length - 1;

const { terminal } = await openTerminal({ 'CH-FIN': 'FIU', 'EE-FIN': 'FIU', 'GG-FIU': 'FIU' });

beforeAll(async () => {
  const draft = terminal.write('sent.json', disclosureTo('EE-FIN'));
  const sent = await terminal.parley<{ exchange: string; items: { item: string }[] }>('ch-fin', 'send', draft);
  [item, exchange] = [sent.items[0]!.item, sent.exchange];
  await vi.waitFor(async () => expect(JSON.stringify(await terminal.parley('ee-fin', 'inbox', '--all'))).toContain(item), 5_000);
});

describe('a file that is there', () => {
  it('is left alone by compose, promote, explain and reconcile', async () => {
    await refuses('draft.json', 'ch-fin', 'compose', 'SPONTANEOUS', '--to', 'EE-FIN');
    const fresh = terminal.path('fresh.json');
    await terminal.shows('ch-fin', 'compose', 'SPONTANEOUS', '--to', 'EE-FIN', '--out', fresh);
    expect(statSync(fresh).mode & 0o777).toBe(0o600);
    await refuses('formal.json', 'ch-fin', 'promote', exchange, '--to-profile', 'FORMAL_MLA');
    await refuses('ask.json', 'ee-fin', 'explain', 'release', '--item', item, '--to', 'GG-FIU', '--purpose', 'INTELLIGENCE');
    await refuses('other.json', 'ee-fin', 'reconcile', 'export', '--with', 'CH-FIN');
  });

  it('stops an opening before the reading is stated', async () => {
    await terminal.parley('ee-fin', 'open', item);
    const before = await readings();
    expect(before).toBe(1);
    await refuses('opened', 'ee-fin', 'open', item);
    expect(await readings()).toBe(before);
  });

  it('that nobody could make stops it too, and what to do is said', async () => {
    const before = await readings();
    const [file, secret] = [kept('plain'), 'x'.repeat(4_000)];
    for (const [path, code] of [
      [terminal.path('no/such/folder'), 'ENOENT'],
      [`${file}/below`, 'ENOTDIR'],
      [terminal.path(secret), 'ENAMETOOLONG'],
    ] as const) {
      const error: unknown = await terminal.shows('ee-fin', 'open', item, '--out', path).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code });
      expect(complaintOf(error)).toMatchObject({ code: 'FILE_UNUSABLE', next: expect.stringMatching(/\w.*\.$/) as string });
      expect(JSON.stringify(complaintOf(error)).length).toBeLessThan(600);
    }
    expect(await readings()).toBe(before);
  });

  it('stops a new officer before any key is made', async () => {
    const words = ['officer', 'new', '--authority', 'CH-FIN', '--officer', 'o.2', '--root', 'A'.repeat(43)];
    await refuses('card.json', 'new', ...words);
    expect(existsSync(terminal.path('new'))).toBe(false);
  });
});

describe('a file that is being written', () => {
  it('is an empty one under its name until it is whole: whoever is killed leaves nothing that looks whole', async () => {
    const path = terminal.path('growing');
    const sizes: number[] = [];
    async function* parts() {
      for (let part = 0; part < 3; part++) {
        yield new Uint8Array(300_000);
        sizes.push((await stat(path)).size);
      }
    }
    expect(await writeNew(path, parts())).toBe(900_000);
    expect([sizes, statSync(path).size, statSync(path).mode & 0o777]).toEqual([[0, 0, 0], 900_000, 0o600]);
    await expect(writeNew(path, 'other')).rejects.toMatchObject(REFUSED);
    expect(readdirSync(terminal.path('.')).filter((name) => name.startsWith('growing'))).toEqual(['growing']);
  });
});

describe('a file that cannot be written to its end', () => {
  const module = fileURLToPath(new URL('../../../dist/client/cli/new-file.js', import.meta.url));
  const writing = (path: string, bytes: string): string => `
    const { writeNew } = await import(${JSON.stringify(module)});
    const bytes = new Uint8Array(10_000);
    await writeNew(${JSON.stringify(path)}, ${bytes}).then(() => console.log('WRITTEN'), ({ code, path }) => console.log(code, path));`;

  // the system takes the bytes up to there, and says how many, before it says that it takes no more: as on a full disk
  it.each(['bytes', '(async function* () { yield bytes; })()'])('is none, and fails by its name: %s', (bytes) => {
    const path = terminal.path('half');
    const words = ['-c', 'ulimit -f 8; exec "$0" --input-type=module -e "$1"', process.execPath, writing(path, bytes)];
    const { stdout, stderr } = spawnSync('sh', words, { encoding: 'utf8' });
    expect([stdout, stderr, existsSync(path)]).toEqual([`EFBIG ${path}\n`, '', false]);
  });
});
