import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPassphrase } from '../../../client/cli/passphrase.js';

const folder = mkdtempSync(join(tmpdir(), 'parley-passphrase-'));
const file = join(folder, 'passphrase');

beforeAll(() => {
  writeFileSync(file, 'four words of fiction\n');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.skipIf(process.platform === 'win32')('a file with the passphrase', () => {
  it.each([0o644, 0o604, 0o602, 0o601])('is refused where every account has a right to it, with what to type: %o', async (mode) => {
    chmodSync(file, mode);
    await expect(readPassphrase(file, false)).rejects.toMatchObject({
      code: 'PASSPHRASE_FILE_OPEN',
      next: expect.stringContaining(`chmod 600 ${file}`) as string,
    });
  });

  it.each([0o400, 0o600, 0o440, 0o660])('is read where its owner, or a group, has it: %o', async (mode) => {
    chmodSync(file, mode);
    expect(await readPassphrase(file, false)).toBe('four words of fiction');
  });
});
