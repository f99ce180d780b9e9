import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInstalled } from '../../tools/ready/adopt.mjs';
import { cleanEnvironment } from '../../tools/ready/child.mjs';
import { isAbandoned, withLock } from '../../tools/ready/lock.mjs';
import { tooOld } from '../../tools/ready/node-version.mjs';
import { installStamp, isFresh, schemaStamp, sourceStamp, writeStamp } from '../../tools/ready/stamp.mjs';

const machine = { platform: 'linux', arch: 'x64', abi: '115' };
const locked = { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } };
const foreign = { 'node_modules/b-darwin': { version: '1.0.0', integrity: 'sha512-b', optional: true, os: ['darwin'] } };
const native = { 'node_modules/b-linux': { version: '1.0.0', integrity: 'sha512-c', optional: true, os: ['linux'], cpu: ['x64'] } };
let root = '';
const write = (path: string, value: unknown) => {
  const file = join(root, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'parley-ready-'));
  write('package.json', { scripts: {}, dependencies: { a: '1.0.0' } });
  write('package-lock.json', { packages: { '': {}, ...locked, ...foreign, ...native } });
  write('node_modules/.package-lock.json', { packages: { ...locked, ...native } });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the Node that runs this', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('is new enough at %s', (version) => expect(tooOld(version)).toBeNull());
  it.each(['20.18.9', '18.20.0'])('is told what is needed at %s', (version) => expect(tooOld(version)).toContain('20.19'));
});

describe('the stamp of an installation', () => {
  it('stays while nothing changes, also when a script is added to package.json', () => {
    const before = installStamp(root, machine);
    write('package.json', { scripts: { more: 'x' }, dependencies: { a: '1.0.0' } });
    expect(installStamp(root, machine)).toBe(before);
  });

  it.each([
    ['lockfile', () => write('package-lock.json', { packages: {} }), machine],
    ['dependency', () => write('package.json', { dependencies: { a: '1.0.1' } }), machine],
    ['packages that npm itself changed', () => write('node_modules/.package-lock.json', { packages: {} }), machine],
    ['processor', () => undefined, { ...machine, arch: 'arm64' }],
    ['Node ABI', () => undefined, { ...machine, abi: '127' }],
    ['platform', () => undefined, { ...machine, platform: 'darwin' }],
  ])('changes with the %s', (_what, change, on) => {
    const before = installStamp(root, machine);
    change();
    expect(installStamp(root, on)).not.toBe(before);
  });

  it('is fresh only where it was written', () => {
    const file = join(root, 'dist/.ready/x');
    expect(isFresh(file, 'a')).toBe(false);
    writeStamp(file, 'a');
    expect(isFresh(file, 'a')).toBe(true);
    expect(isFresh(file, 'b')).toBe(false);
  });
});

describe('packages that somebody installed already', () => {
  const here = { platform: 'linux', arch: 'x64' } as const;
  it('are taken as they are, without those for another platform', () => expect(isInstalled(root, here)).toBe(true));

  it('are not taken when one for this platform was left out', () => {
    write('node_modules/.package-lock.json', { packages: locked });
    expect(isInstalled(root, here)).toBe(false);
  });

  it('are not taken at another version', () => {
    write('node_modules/.package-lock.json', { packages: { ...native, 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } } });
    expect(isInstalled(root, here)).toBe(false);
  });

  it('are not there on an empty machine', () => {
    rmSync(join(root, 'node_modules'), { recursive: true });
    expect(isInstalled(root, here)).toBe(false);
  });
});

describe('what was generated and compiled', () => {
  it('is stale once a schema says something else', () => {
    write('prisma/models.prisma', 'model A {}');
    const before = schemaStamp(root);
    write('prisma/models.prisma', 'model B {}');
    expect(schemaStamp(root)).not.toBe(before);
  });

  it('is stale once a source was saved, appeared or went', () => {
    const file = write('domain/a.ts', 'export {}');
    const stamps = [sourceStamp(root, ['domain', 'absent'])];
    utimesSync(file, 1, 1);
    stamps.push(sourceStamp(root, ['domain', 'absent']));
    write('domain/deep/b.ts', 'export {}');
    stamps.push(sourceStamp(root, ['domain', 'absent']));
    rmSync(file);
    stamps.push(sourceStamp(root, ['domain', 'absent']));
    expect(new Set(stamps).size).toBe(4);
  });
});

describe('two commands at once', () => {
  it('take the lock one after the other, and the waiting one is told', async () => {
    const lock = join(root, 'dist/.ready/lock');
    const told: string[] = [];
    const steps: string[] = [];
    const work = (name: string) => async () => {
      steps.push(`${name} in`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      steps.push(`${name} out`);
    };
    const first = withLock(lock, work('first'));
    await withLock(lock, work('second'), () => told.push('second waits'));
    await first;
    expect(steps).toEqual(['first in', 'first out', 'second in', 'second out']);
    expect(told).toEqual(['second waits']);
  });

  it('find the lock abandoned once its holder died here or has long been silent anywhere', () => {
    const pidMax = 2 ** 22;
    const heldBy = (pid: number, host: string) => write('lock', { pids: [pid], host });
    const inSeconds = (seconds: number) => Date.now() + seconds * 1000;
    expect(isAbandoned(heldBy(process.pid, hostname()))).toBe(false);
    expect(isAbandoned(heldBy(pidMax + 1, hostname()))).toBe(true);
    expect(isAbandoned(heldBy(pidMax + 1, 'elsewhere'), inSeconds(10))).toBe(false);
    expect(isAbandoned(heldBy(pidMax + 1, 'elsewhere'), inSeconds(60))).toBe(true);
    expect(isAbandoned(join(root, 'absent'))).toBe(false);
  });

  it('respect a lock whose holder was killed while its installer still runs', () => {
    const file = write('lock', { pids: [2 ** 22 + 1, process.pid], host: hostname() });
    expect(isAbandoned(file)).toBe(false);
    expect(isAbandoned(file, Date.now() + 3_600_000)).toBe(true);
  });

  it('wait a while, not for ever, for a lock that says nothing they understand', () => {
    const file = write('lock', 'not json');
    expect(isAbandoned(file)).toBe(false);
    expect(isAbandoned(file, Date.now() + 60_000)).toBe(true);
    expect(isAbandoned(write('lock', { pid: 1 }), Date.now() + 60_000)).toBe(true);
  });

  it('record in the lock whom they started', async () => {
    const lock = join(root, 'lock');
    await withLock(lock, (record: (pids: number[]) => void) => {
      record([4711]);
      expect(JSON.parse(readFileSync(lock, 'utf8'))).toEqual({ pids: [process.pid, 4711], host: hostname() });
      return Promise.resolve();
    });
    expect(existsSync(lock)).toBe(false);
  });

  it('leave it to the work to say that nothing can be written there, as on a full disk', async () => {
    const lock = join(root, 'dist/.ready/lock');
    const work = (record: (pids: number[]) => void) => {
      rmSync(join(root, 'dist'), { recursive: true });
      record([4711]);
      return Promise.reject(new Error('no space left on device'));
    };
    await expect(withLock(lock, work)).rejects.toThrow('no space left on device');
  });

  it('take over from a holder that was killed', async () => {
    const lock = write('lock', { pids: [2 ** 22 + 1], host: hostname() });
    await expect(withLock(lock, () => Promise.resolve('done'))).resolves.toBe('done');
  });

  it('let a lock go when the work throws', async () => {
    const lock = join(root, 'lock');
    await expect(withLock(lock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(withLock(lock, () => Promise.resolve('done'))).resolves.toBe('done');
  });
});

describe('the environment of a set-up step', () => {
  it('leaves out what would leave something out, in any case of letters', () => {
    const env = {
      NODE_ENV: 'production',
      NPM_CONFIG_OMIT: 'dev',
      npm_config_production: 'true',
      npm_config_ignore_scripts: 'true',
      PATH: '/bin',
    };
    expect(cleanEnvironment(env)).toEqual({ PATH: '/bin' });
  });
});
