import { existsSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../domain/time.js';
import { makeDraftFolder } from '../../gateway/main-drafts.js';
import { WORLD_START } from '../support/world.js';

const home = mkdtempSync(join(tmpdir(), 'parley-drafts-'));
afterAll(() => rmSync(home, { recursive: true }));

const writtenAt = (path: string, ms: number): void => utimesSync(path, ms / 1_000, ms / 1_000);

describe('the folder in which a backup works', () => {
  it('is a new one each time, beside the target and for its owner alone', async () => {
    const [one, two] = [await makeDraftFolder(home, WORLD_START), await makeDraftFolder(home, WORLD_START)];
    expect(one).not.toBe(two);
    for (const path of [one, two]) expect([dirname(path), statSync(path).mode & 0o777]).toEqual([home, 0o700]);
  });

  it('is cleared away half a day after a killed backup wrote to it last, and never while one works in it, nor anything else', async () => {
    const [killed, working] = [await makeDraftFolder(home, WORLD_START), await makeDraftFolder(home, WORLD_START)];
    const theirs = join(home, 'parley-20260101T000000Z.tar.partial');
    for (const path of [join(killed, 'database'), join(working, 'database'), theirs]) writeFileSync(path, '');
    const now = WORLD_START;
    for (const path of [join(killed, 'database'), killed, working, theirs]) writtenAt(path, now - 13 * HOUR_MS);
    writtenAt(join(working, 'database'), now - 11 * HOUR_MS);
    await makeDraftFolder(home, now);
    expect([killed, working, theirs].map((path) => existsSync(path))).toEqual([false, true, true]);
  });

  it('is made nowhere where there is no folder', async () => {
    await expect(makeDraftFolder(join(home, 'absent'), WORLD_START)).rejects.toThrow('ENOENT');
  });
});
