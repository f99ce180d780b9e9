/** A gateway whose volume of bodies is not mounted would answer readers with nothing, and put new bodies where the volume hides them. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemChance } from '../../adapters/chance-system.js';
import { loadGatewayKeys } from '../../gateway/gateway-keys.js';
import { compiled, endOf, operatorOf } from '../support/backup-program.js';
import { play } from '../support/backup-scene.js';
import { createPlace } from '../support/backups.js';

const home = mkdtempSync(join(tmpdir(), 'parley-bodies-'));
const place = createPlace();
afterAll(() => {
  place.remove();
  rmSync(home, { recursive: true });
});
const PROGRAM = compiled('gateway/main.js');
const isCompiled = existsSync(PROGRAM);

describe.skipIf(!isCompiled)(`a gateway${isCompiled ? '' : ' (not compiled: npm test does)'}`, () => {
  it('does not start where its database names bodies and their folder is empty, as a volume is that is not mounted, nor over another folder', async () => {
    const keys = await loadGatewayKeys(join(place.folder, 'keys', 'gateway.json'), systemChance);
    const { gateway } = await play(place, { keys });
    await gateway.store.close();
    const { start } = operatorOf(
      () => gateway,
      () => '',
    );
    /** Its complaint, or that it listens. */
    const began = async (): Promise<string> => {
      const child = start(place.folder, PROGRAM);
      const ended = endOf(child);
      child.stdout.on('data', (bytes: Buffer) => bytes.includes('"listening"') && child.kill('SIGKILL'));
      const { said, complaint } = await ended;
      return said.includes('"listening"') ? 'it listens' : complaint;
    };
    const [blobs, volume] = [join(place.folder, 'blobs'), join(home, 'volume')];
    renameSync(blobs, volume);
    mkdirSync(join(blobs, 'lost+found'), { recursive: true });
    expect(await began()).toMatch(/^CONFIG_INVALID: .*blobs holds nothing.*mounted/);
    rmSync(blobs, { recursive: true });
    renameSync(volume, blobs);
    expect(await began()).toBe('it listens');
    renameSync(blobs, volume);
    mkdirSync(join(blobs, 'ab'), { recursive: true });
    expect(await began()).toMatch(/^CONFIG_INVALID: .*blobs is not where the bodies of this database are: .*mounted\? All processes/);
  });
});
