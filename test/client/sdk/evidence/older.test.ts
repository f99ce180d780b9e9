/** A file that says of itself that it is of an older version: nothing of it was checked, and a forged one says so as easily. */
import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { signManifest } from '../../../../client/sdk/evidence/file.js';
import { writeZip } from '../../../../client/sdk/evidence/zip-write.js';
import { EVIDENCE_VERSION } from '../../../../domain/wire/evidence.js';
import { createActor } from '../../../support/actors.js';
import { createChance } from '../../../support/world.js';
import { createTerminal } from '../../cli/terminal.js';

it('is not to be relied on, whoever it says made it', async () => {
  const terminal = createTerminal();
  const stranger = createActor('XX-NONE', 'FIU', createChance(1));
  const forged = { v: EVIDENCE_VERSION - 1, authority: 'VG-FIX', at: '2026-11-01T00:00:00Z' };
  const parts: Uint8Array[] = [];
  for await (const part of writeZip(await signManifest(forged, stranger.signing))) parts.push(part);
  writeFileSync(terminal.path('older.zip'), Buffer.concat(parts));
  const verified = terminal.parley('nobody', 'verify', terminal.path('older.zip'), '--root', 'A'.repeat(43));
  await expect(verified).rejects.toMatchObject({
    code: 'VERSION_OLDER',
    what: expect.stringMatching(/it says of itself.*VG-FIX/) as string,
    next: expect.stringMatching(/^Nothing in it was checked.*do not rely on it/) as string,
  });
});
