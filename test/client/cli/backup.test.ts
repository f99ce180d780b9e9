/** `parley backup` and `parley restore` as an operator runs them: processes of their own, over a gateway's folder. */
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemChance } from '../../../adapters/chance-system.js';
import { openStore } from '../../../adapters/store-prisma/open-store.js';
import { encodeBase64url } from '../../../crypto/base64url.js';
import { formatVerifierKey } from '../../../crypto/note-key.js';
import { loadGatewayKeys } from '../../../gateway/gateway-keys.js';
import { play, send, wrongWith, type Scene } from '../../support/backup-scene.js';
import { compiled, operatorOf } from '../../support/backup-program.js';
import { createPlace } from '../../support/backups.js';
import { witnessSigner } from '../sdk/log-faces.js';

const PROGRAM = compiled('client/cli/main.js');
/** `npm test` compiles first; a single test run by hand may find nothing compiled. */
const isCompiled = existsSync(PROGRAM);
const COMMANDS_MS = 240_000;
/** a folder that a restore was interrupted in: no gateway starts beside it */
const RESTORING = 'restoring';

describe.skipIf(!isCompiled)(`an operator’s backup${isCompiled ? '' : ' (not compiled: npm test does)'}`, () => {
  let scene: Scene;
  let home: string;
  const path = (name: string): string => join(home, name);

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'parley-operator-'));
    writeFileSync(path('passphrase'), 'four words of fiction\n', { mode: 0o600 });
    const place = createPlace();
    const keys = await loadGatewayKeys(join(place.folder, 'keys', 'gateway.json'), systemChance);
    scene = await play(place, { keys });
  });
  afterAll(() => {
    scene.place.remove();
    rmSync(home, { recursive: true, force: true });
  });

  const parley = (data: string, ...words: readonly string[]) => run(data, PROGRAM, '--json', ...words);
  /** what the command starts, without the half of the time that the command itself takes */
  const restoreAlone = (data: string, archive: string) =>
    run(data, compiled('gateway/main-backup.js'), 'restore', archive, '--accept-loss');

  const { start, run } = operatorOf(
    () => scene.gateway,
    () => path('passphrase'),
  );

  /** Nothing has its name where a witness remembers more, and where none answers only by the operator's word. */
  async function asksWitnesses(archive: string, target: string): Promise<void> {
    const key = formatVerifierKey(witnessSigner(1).key);
    const witness = createServer((_request, response) => {
      response.writeHead(409, { 'Content-Type': 'text/x.tlog.size' }).end('9999\n');
    });
    await new Promise<void>((listening) => witness.listen(0, '127.0.0.1', listening));
    const { port } = witness.address() as AddressInfo;
    writeFileSync(path('witnesses'), `witness w1 ${key} http://127.0.0.1:${port}\nquorum 1\n`);
    const witnessed = (...flags: string[]) =>
      run({ data: target, witnesses: path('witnesses') }, compiled('gateway/main-backup.js'), 'restore', archive, ...flags);
    const behind = await witnessed('--accept-loss');
    expect([behind.code, behind.complaint]).toEqual([1, expect.stringContaining('LOG_BEHIND: w1: it cosigned 9999 leaves')]);
    await new Promise((closed) => witness.close(closed));
    const unheard = await witnessed();
    expect([unheard.code, unheard.complaint]).toEqual([1, expect.stringMatching(/WITNESS_UNAVAILABLE: w1: .*--accept-loss/)]);
    expect(readdirSync(target)).toEqual(['keys']);
    // into another place, so that what follows finds this one empty
    const other = path('unwitnessed');
    cpSync(target, other, { recursive: true });
    const accepted = await run({ data: other, witnesses: path('witnesses') }, PROGRAM, 'restore', archive, '--accept-loss');
    expect([accepted.code, accepted.said]).toEqual([0, expect.stringContaining('A witness did not answer, and is asked again')]);
    rmSync(other, { recursive: true });
  }

  /** The command alone, stopped as soon as the key lies where the gateway reads it. */
  async function stopsWithTheKey(archive: string, sealedKey: string, target: string, signal: NodeJS.Signals): Promise<void> {
    const child = start(target, PROGRAM, 'restore', archive, '--key', sealedKey, '--accept-loss');
    const closed = once(child, 'close');
    while (!existsSync(join(target, 'keys', 'gateway.json')) && child.exitCode === null) await new Promise(setImmediate);
    child.kill(signal);
    await closed;
    expect(existsSync(target)).toBe(false);
  }

  it(
    'is taken while the gateway serves, for its owner alone, and brought back where nothing stands in the way, or not at all',
    async () => {
      const { gateway, place } = scene;
      const [archive, sealedKey, target] = [path('archive.tar'), path('gateway.key'), path('data')];
      const last = await send(gateway);
      const made = await parley(place.folder, 'backup', '--out', archive, '--key-out', sealedKey);
      expect(made).toMatchObject({ code: 0, complaint: '' });
      const copied = JSON.parse(made.said) as { size: number; root: string; parts: number; archive: string };
      expect(copied).toMatchObject({ size: await gateway.store.leafCount(), parts: 1, archive });
      expect([archive, sealedKey].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
      expect(readFileSync(sealedKey, 'utf8')).not.toContain(encodeBase64url(gateway.keys.seed));
      // of the place of a volume that is not mounted it says so, and not that bodies are lost
      const [bodies, volume] = ['blobs', 'volume'].map((name) => join(place.folder, name)) as [string, string];
      writeFileSync(join(bodies, 'id'), `${await gateway.store.bodyFolder('this one')}\n`);
      renameSync(bodies, volume);
      mkdirSync(bodies);
      const unmounted = await run(place.folder, compiled('gateway/main-backup.js'), 'backup', path('other.tar'));
      expect([unmounted.code, unmounted.complaint]).toEqual([1, expect.stringMatching(/BLOBS_UNAVAILABLE: .*Is its volume mounted/)]);
      rmdirSync(bodies);
      renameSync(volume, bodies);
      // of a backup that fails, no key is left in the way of the next try
      const failed = await parley(place.folder, 'backup', '--out', archive, '--key-out', path('other.key'));
      expect(failed).toMatchObject({ code: 1, complaint: expect.stringContaining(archive) });
      expect(readdirSync(home).toSorted()).toEqual(['archive.tar', 'gateway.key', 'passphrase']);

      const careless = await parley(target, 'restore', archive, '--key', sealedKey);
      expect([careless.code, careless.complaint]).toEqual([1, expect.stringContaining('--accept-loss')]);
      expect(careless.complaint).not.toContain('NOT_DONE');
      expect(existsSync(target)).toBe(false);
      for (const signal of ['SIGTERM', 'SIGINT'] as const) await stopsWithTheKey(archive, sealedKey, target, signal);
      // a key that was brought back by hand stays
      cpSync(join(place.folder, 'keys'), join(target, 'keys'), { recursive: true });
      expect((await parley(target, 'restore', archive, '--key', sealedKey)).code).toBe(1);
      expect(readdirSync(join(target, 'keys'))).toEqual(['gateway.json']);
      await asksWitnesses(archive, target);

      // the database cannot have its name: the bodies lose theirs again
      mkdirSync(join(target, 'parley.db.restored'));
      expect((await restoreAlone(target, archive)).code).toBe(1);
      expect(readdirSync(target).toSorted()).toEqual(['cosigned.note', 'keys', 'parley.db.restored']);
      rmdirSync(join(target, 'parley.db.restored'));

      const back = await parley(target, 'restore', archive, '--accept-loss');
      expect(back).toMatchObject({ code: 0, complaint: '' });
      expect(JSON.parse(back.said)).toMatchObject({ size: copied.size, root: copied.root, parts: 1 });
      expect(readdirSync(target).toSorted()).toEqual(expect.arrayContaining(['blobs', 'keys', 'parley.db']));
      expect(existsSync(join(target, RESTORING))).toBe(false);
      const store = await openStore(`file:${join(target, 'parley.db')}`);
      expect([await store.leafCount(), (await store.statement(last))?.digest]).toEqual([copied.size + 1, last]);
      expect(await wrongWith(store, gateway)).toEqual([]);
      await store.close();

      // stopped before any name was given: it stays, for as long as the database does
      mkdirSync(join(target, RESTORING));
      const again = await restoreAlone(target, archive);
      expect([again.code, again.complaint]).toEqual([1, expect.stringContaining('is there already')]);
      expect(existsSync(join(target, RESTORING))).toBe(true);

      // stopped when all had its name: the next one says so, and the gateway starts
      writeFileSync(join(target, 'blobs', 'verified'), '');
      const whole = await restoreAlone(target, archive);
      expect([whole.code, whole.complaint]).toEqual([1, expect.stringContaining('start the gateway')]);
      expect(readdirSync(target).filter((name) => [RESTORING, 'parley.db.restoring'].includes(name))).toEqual([]);
      expect([readdirSync(join(target, 'blobs')).length, existsSync(join(target, 'parley.db'))]).toEqual([1, true]);

      // stopped between bodies and database: the bodies are nobody's
      mkdirSync(join(target, RESTORING));
      writeFileSync(join(target, 'blobs', 'verified'), '');
      for (const name of readdirSync(target)) if (name.startsWith('parley.db')) rmSync(join(target, name));
      writeFileSync(join(target, 'parley.db.restored'), 'half');
      expect(await restoreAlone(target, archive)).toMatchObject({ code: 0, complaint: '' });
      expect(readdirSync(target).filter((name) => /restor/.test(name))).toEqual([]);
      expect(readdirSync(join(target, 'blobs'))).toHaveLength(1);
      // bodies without that folder are somebody's
      for (const name of readdirSync(target)) if (name.startsWith('parley.db')) rmSync(join(target, name));
      expect((await restoreAlone(target, archive)).complaint).toContain('is not empty');
      await gateway.store.close();
    },
    COMMANDS_MS,
  );
});
