/** A file that is opened: nothing lies there before it is proved, what it may be used for is said, and a full disk is no altered body. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileStage } from '../../../client/cli/commands/open.js';
import { contentOf, type Stage } from '../../../client/sdk/content.js';
import { openGateway, type LiveGateway } from '../sdk/live-gateway.js';
import { disclosureTo } from './disclosure.js';
import { createTerminal, type Terminal } from './terminal.js';

const home = mkdtempSync(join(tmpdir(), 'parley-stage-'));
let gateway: LiveGateway;
let terminal: Terminal;

beforeAll(async () => {
  gateway = await openGateway();
  terminal = createTerminal(gateway);
  await terminal.enrol({ 'NG-FIA': 'FIU', 'VG-FIX': 'FIU' });
});
afterAll(async () => {
  await gateway.running.drain();
  rmSync(home, { recursive: true });
});

describe('where a file goes', () => {
  it('is made when the first bytes come, for its owner alone, and holds nothing of what is discarded', async () => {
    const path = join(home, 'copy');
    const stage = fileStage(path);
    expect(readdirSync(home)).toEqual([]);
    await stage.discard();
    expect(readdirSync(home)).toEqual([]);
    await stage.write(new Uint8Array([1, 2]));
    expect(existsSync(path)).toBe(false);
    await stage.keep();
    expect([readdirSync(home), [...readFileSync(path)], statSync(path).mode & 0o777]).toEqual([['copy'], [1, 2], 0o600]);
  });

  it('is whose end is proved first; another one to the same path is told so, and takes nothing of it away', async () => {
    const path = join(home, 'annex');
    const [first, second, later] = [fileStage(path), fileStage(path), fileStage(path)];
    await first.write(new Uint8Array([1]));
    await second.write(new Uint8Array([2, 2, 2]));
    await first.keep();
    await later.write(new Uint8Array([3]));
    for (const stage of [second, later]) {
      await expect(stage.keep()).rejects.toMatchObject({ code: 'FILE_EXISTS' });
      await stage.discard();
    }
    expect([[...readFileSync(path)], readdirSync(home).sort()]).toEqual([[1], ['annex', 'copy']]);
  });

  it('is not whatever a killed one left in its way, and nothing of that stays', async () => {
    const path = join(home, 'again');
    const [elsewhere, cutOff] = [join(home, 'elsewhere'), `${path}.unproved`];
    writeFileSync(elsewhere, 'mine', { mode: 0o644 });
    symlinkSync(elsewhere, cutOff);
    writeFileSync(`${path}.aBcDeFgHiJk_.unproved`, 'half');
    const stage = fileStage(path);
    await stage.write(new Uint8Array([1]));
    await stage.keep();
    expect([readFileSync(elsewhere, 'utf8'), [...readFileSync(path)], statSync(path).mode & 0o777]).toEqual(['mine', [1], 0o600]);
    expect(readdirSync(home).sort()).toEqual(['again', 'annex', 'copy', 'elsewhere']);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('keeps nothing of a body whose program is stopped by %s in the middle', async (signal) => {
    const folder = join(home, signal);
    mkdirSync(folder);
    const program = `
      const { fileStage } = await import(${JSON.stringify(new URL('../../../dist/client/cli/commands/open.js', import.meta.url).href)});
      await fileStage(${JSON.stringify(join(folder, 'body'))}).write(new Uint8Array([1, 2]));
      console.log('written');
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    expect(readdirSync(folder)).toHaveLength(1);
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([null, signal]);
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  it.each(['write', 'keep'])('may be full at %s: that is said, nothing of the body is called altered, and nothing stays', async (at) => {
    const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
    let discarded = 0;
    const done = () => Promise.resolve();
    const stage: Stage = { write: done, keep: done, discard: async () => void (discarded += 1), [at]: () => Promise.reject(full) };
    const item = { payload: { itemRole: 'FILE' } } as Parameters<typeof contentOf>[0];
    async function* body() {
      yield await Promise.resolve(new Uint8Array(1));
    }
    await expect(contentOf(item, body(), stage, {} as never)).rejects.toBe(full);
    expect(discarded).toBe(1);
  });

  it('holds nothing either where the file cannot have its name', async () => {
    const path = join(home, 'folder');
    const stage = fileStage(path);
    await stage.write(new Uint8Array([1]));
    mkdirSync(path);
    await expect(stage.keep()).rejects.toMatchObject({ code: 'FILE_EXISTS' });
    await stage.discard();
    expect(readdirSync(home).filter((name) => name.startsWith('folder'))).toEqual(['folder']);
  });
});

it('a file that is poured out comes with its label beside it', async () => {
  const path = join(home, 'annex.txt');
  writeFileSync(path, 'an annex');
  const draft = terminal.write('note.json', { ...disclosureTo('VG-FIX'), attachments: [{ path }] });
  const { items } = await terminal.parley<{ items: { item: string; itemRole: string }[] }>('ng-fia', 'send', draft);
  const { item } = items.find(({ itemRole }) => itemRole === 'FILE')!;
  await terminal.parley('vg-fix', 'inbox', '--wait', '5');
  terminal.asides.length = 0;
  expect(await terminal.shows('vg-fix', 'open', item)).toBe(String(new TextEncoder().encode('an annex')));
  expect(terminal.asides.join('')).toMatch(/From NG-FIA\..*TLP:.*Originators: NG-FIA\./s);
});

it.each([
  ['TEXT', 'Report'],
  ['FORM', 'Report'],
  ['FILE', '--out'],
])('a small body that unfolds without end fills no memory: %s', async (itemRole, next) => {
  let pieces = 0;
  async function* body() {
    for (; pieces < 200; pieces++) yield await Promise.resolve(new Uint8Array(1024 * 1024));
  }
  const item = { payload: { itemRole, size: 600_000 } } as Parameters<typeof contentOf>[0];
  const refusal = { code: 'TOO_LARGE', next: expect.stringContaining(next) as string };
  await expect(contentOf(item, body(), undefined, {} as never)).rejects.toMatchObject(refusal);
  expect(pieces).toBe(64);
});

it('OpenPGP, which is opened whole, is not begun where it is larger than a client seals', async () => {
  const written: Uint8Array[] = [];
  const stage: Stage = {
    write: (bytes) => Promise.resolve(void written.push(bytes)),
    keep: () => Promise.resolve(),
    discard: () => Promise.resolve(),
  };
  const content = (size: number, format: string) =>
    contentOf({ payload: { itemRole: 'FILE', format, size } } as Parameters<typeof contentOf>[0], one(), stage, {} as never);
  async function* one() {
    yield await Promise.resolve(Uint8Array.of(1));
  }
  const most = 64 * 1024 * 1024 + 4096;
  await content(most, 'openpgp');
  await content(most + 1, 'age');
  expect(written).toHaveLength(2);
  await expect(content(most + 1, 'openpgp')).rejects.toMatchObject({ code: 'TOO_LARGE', next: 'Ask its sender for it in parts.' });
  expect(written).toHaveLength(2);
});
