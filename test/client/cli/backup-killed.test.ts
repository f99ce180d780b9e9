/** Backups and restores that are killed, run twice at once, or go into folders that are volumes. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileBlobs } from '../../../adapters/blobs-files/file-blobs.js';
import { systemChance } from '../../../adapters/chance-system.js';
import { openStore } from '../../../adapters/store-prisma/open-store.js';
import type { Uuid } from '../../../domain/ids.js';
import { DAY_MS } from '../../../domain/time.js';
import { loadGatewayKeys } from '../../../gateway/gateway-keys.js';
import { compiled, endOf, operatorOf } from '../../support/backup-program.js';
import { play, type Scene, wrongWith } from '../../support/backup-scene.js';
import { createPlace } from '../../support/backups.js';

const PROGRAM = compiled('gateway/main-backup.js');
/** `npm test` compiles first; a single test run by hand may find nothing compiled. */
const isCompiled = existsSync(PROGRAM);

/** A disk that does not let go of the mark of a restore, which goes last. */
const KEEPS_RESTORING = `data:text/javascript,${encodeURIComponent(`
  import fs from 'node:fs/promises';
  import { syncBuiltinESMExports } from 'node:module';
  const { rm } = fs;
  fs.rm = (path, how) => (path.endsWith('/restoring') ? Promise.reject(new Error('EIO')) : rm(path, how));
  syncBuiltinESMExports();
`)}`;

describe.skipIf(!isCompiled)(`a backup and a restore${isCompiled ? '' : ' (not compiled: npm test does)'}`, () => {
  let scene: Scene;
  let home: string;
  let archive: string;
  const { start, run } = operatorOf(
    () => scene.gateway,
    () => join(home, 'passphrase'),
  );
  const backUp = (path: string) => start(scene.place.folder, PROGRAM, 'backup', path);
  const restore = (data: string) => start(data, PROGRAM, 'restore', archive, '--accept-loss');

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'parley-killed-'));
    const place = createPlace();
    const keys = await loadGatewayKeys(join(place.folder, 'keys', 'gateway.json'), systemChance);
    scene = await play(place, { keys });
    await scene.gateway.store.close();
    archive = join(home, 'whole.tar');
    expect(await endOf(backUp(archive))).toMatchObject({ code: 0, complaint: '' });
  });
  afterAll(() => {
    scene.place.remove();
    rmSync(home, { recursive: true, force: true });
  });

  /** Nothing but the gateway's key in it. */
  function emptyPlace(name: string): string {
    const data = join(home, name);
    cpSync(join(scene.place.folder, 'keys'), join(data, 'keys'), { recursive: true });
    return data;
  }

  it('leave under the name of an archive nothing that was killed half-way, and the next backup clears it away', async () => {
    const folder = join(home, 'archives');
    mkdirSync(folder);
    const child = backUp(join(folder, 'new.tar'));
    while (readdirSync(folder).length === 0) await new Promise(setImmediate);
    child.kill('SIGKILL');
    await endOf(child);
    const [left, ...more] = readdirSync(folder);
    expect([left, more]).toEqual([expect.stringMatching(/^\.parley-backup-/), []]);
    const then = (Date.now() - DAY_MS) / 1_000;
    for (const name of ['', ...readdirSync(join(folder, left!))]) utimesSync(join(folder, left!, name), then, then);
    expect(await endOf(backUp(join(folder, 'new.tar')))).toMatchObject({ code: 0, complaint: '' });
    expect(readdirSync(folder)).toEqual(['new.tar']);
  });

  it.each(['a folder that leads elsewhere, as a volume does', 'a new volume with the file system’s own folder'])(
    'go into %s, and out of it where they fail',
    async (kind) => {
      const data = emptyPlace(`data ${kind.length}`);
      const volume = join(home, `volume ${kind.length}`);
      mkdirSync(volume);
      if (kind.startsWith('a new')) mkdirSync(join(volume, 'lost+found'));
      const before = readdirSync(volume);
      symlinkSync(volume, join(data, 'blobs'));
      expect(await run(data, PROGRAM, 'restore', archive)).toMatchObject({ code: 1, complaint: expect.stringContaining('--accept-loss') });
      expect([readdirSync(data).toSorted(), readdirSync(volume)]).toEqual([['blobs', 'keys'], before]);
      expect(await endOf(restore(data))).toMatchObject({ code: 0, complaint: '' });
      expect(readdirSync(volume)).toHaveLength(before.length + 1);
    },
  );

  it('come one at a time into one place: a second is refused while the first runs, and takes nothing from it', async () => {
    const data = emptyPlace('data');
    const first = restore(data);
    const ended = endOf(first);
    while (!existsSync(join(data, 'restoring')) && first.exitCode === null) await new Promise(setImmediate);
    first.kill('SIGSTOP');
    const second = await endOf(restore(data));
    first.kill('SIGCONT');
    expect(second).toMatchObject({ code: 1, complaint: expect.stringContaining('is held') });
    expect(await ended).toMatchObject({ code: 0, complaint: '' });
    expect(readdirSync(join(data, 'blobs'))).toHaveLength(1);
    expect(readdirSync(data).filter((name) => name.startsWith('restoring'))).toEqual([]);
  });

  it('are made again after a kill, and leave nothing of the killed one', async () => {
    const data = emptyPlace('data again');
    const child = restore(data);
    while (!existsSync(join(data, 'parley.db.restoring')) && child.exitCode === null) await new Promise(setImmediate);
    child.kill('SIGKILL');
    await endOf(child);
    expect(await endOf(restore(data))).toMatchObject({ code: 0, complaint: '' });
    expect(readdirSync(data).toSorted()).toEqual(['blobs', 'cosigned.note', 'keys', 'parley.db'].toSorted());
  });

  it('leave database and bodies where the disk fails once all has its name, and the next one says that the gateway may start', async () => {
    const data = emptyPlace('data kept');
    const place = [join(data, 'parley.db'), join(data, 'restoring')];
    const failed = await run(data, '--import', KEEPS_RESTORING, PROGRAM, 'restore', archive, '--accept-loss');
    expect([failed.code, failed.complaint, place.map(existsSync)]).toEqual([1, expect.stringContaining('EIO'), [true, true]]);
    const next = await endOf(restore(data));
    expect([next.code, next.complaint]).toEqual([1, expect.stringContaining('start the gateway')]);
    expect([place.map(existsSync), readdirSync(join(data, 'blobs')).length]).toEqual([[true, false], 1]);
    const store = await openStore(`file:${place[0]!}`);
    expect(await wrongWith(store, scene.gateway)).toEqual([]);
    const { upload } = scene.upload.submission.bodies![0] as { readonly upload: Uuid };
    const [part] = await store.parts(upload);
    expect(await createFileBlobs(join(data, 'blobs')).readPart(upload, 0, 0, part!.sizeBytes)).toHaveLength(part!.sizeBytes);
    await store.close();
  });
});
