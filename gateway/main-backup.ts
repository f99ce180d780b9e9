/**
 * The process that takes a backup beside a gateway that serves, or brings one back where none does. Like `main.ts` it knows the adapters and
 * reads the environment, and it is a process of its own, so that what serves never waits for it.
 *
 * `node main-backup.js backup FILE`, `node main-backup.js restore FILE [--accept-loss]`
 */
import { existsSync, rmSync } from 'node:fs';
import { rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readArchive } from '../adapters/archive-tar/read.js';
import { createArchive } from '../adapters/archive-tar/write.js';
import { createFileBlobs } from '../adapters/blobs-files/file-blobs.js';
import { systemChance } from '../adapters/chance-system.js';
import { createSystemClock } from '../adapters/clock-system.js';
import { createHolidayCalendars } from '../adapters/calendar-holidays/holidays.js';
import { createInboxCourier } from '../adapters/courier-inbox/courier.js';
import { createFileMark } from '../adapters/mark-file/file-mark.js';
import { openStore } from '../adapters/store-prisma/open-store.js';
import {
  assertEmpty,
  databaseKindOf,
  draftOf,
  loadSnapshot,
  stagedFile,
  takeSnapshot,
  tracesOf,
} from '../adapters/store-prisma/snapshot/snapshot.js';
import { lockFile, lockOf } from '../adapters/store-prisma/sqlite/lock-file.js';
import { createHttpsWitnesses } from '../adapters/witness-https/witnesses.js';
import { nativeVerifier } from '../crypto/native-verifier.js';
import type { VerifierKey } from '../crypto/note-key.js';
import type { WitnessPolicy } from '../crypto/witness-policy.js';
import { Failure } from '../domain/failure.js';
import type { Store } from '../domain/ports.js';
import { backUp } from './backup/back-up.js';
import { hearWitnesses } from './backup/hear-witnesses.js';
import { mayGoOn } from './backup/may-go-on.js';
import { restore } from './backup/restore.js';
import { parseConfig, type Config, type Secrets } from './config.js';
import type { GatewayKeys } from './deps.js';
import { loadGatewayKeys } from './gateway-keys.js';
import { makeDraftFolder } from './main-drafts.js';
import { assertNamed } from './main-bodies.js';
import { emptyFolder, makeFolder, namesIn, readText, syncFolder } from './main-folder.js';
import { createDirectoryReader } from './read/directory.js';
import { EXIT_CONFIG, wordsOf } from './main-words.js';
import { createWalk } from './walk.js';

/** EX_USAGE of sysexits.h */
const EXIT_USAGE = 64;
const PAUSE_MS = 1_000;
const clock = createSystemClock();
// what the databases' own tools write is a whole copy: nobody else reads it, not even while it is made
process.umask(0o077);

/** whole copies that are on their way; who interrupts this process does not leave them lying about */
const drafts = new Set<string>();
for (const [signal, exit] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => {
    for (const path of drafts) rmSync(path, { recursive: true, force: true });
    process.exit(exit);
  });

async function main(command: string | undefined, archive: string | undefined, flags: readonly string[]): Promise<number> {
  if (archive === undefined || (command !== 'backup' && command !== 'restore')) return EXIT_USAGE;
  const parsed = parseConfig(process.env, readText);
  if (!parsed.ok) {
    for (const problem of parsed.error) console.error(`CONFIG_INVALID: ${problem}`);
    return EXIT_CONFIG;
  }
  const { config, secrets } = parsed.value;
  try {
    const keys = await logKeys(secrets);
    const key: VerifierKey = { name: config.walk.origin, algorithm: 'ED25519', publicKey: keys.publicKey };
    const done =
      command === 'backup'
        ? await takeOne(config, secrets, key, archive)
        : await bringBack(config, secrets, key, { archive, keys, acceptsLoss: flags.includes('--accept-loss') });
    console.log(JSON.stringify(done));
    return 0;
  } catch (error) {
    for (const one of error instanceof AggregateError ? (error.errors as unknown[]) : [error]) console.error(wordsOf(one));
    return 1;
  }
}

/** @throws Failure where there is none yet: a new one would not be this log's */
async function logKeys({ gatewayKeyFile }: Secrets): Promise<GatewayKeys> {
  if (!existsSync(gatewayKeyFile))
    throw new Failure('CONFIG_INVALID', `the gateway’s key is not at ${gatewayKeyFile}: bring its file back first (parley restore --key)`);
  return loadGatewayKeys(gatewayKeyFile, systemChance);
}

async function takeOne(config: Config, { databaseUrl }: Secrets, key: VerifierKey, archive: string) {
  const folder = await draftFolderOf(archive);
  drafts.add(folder);
  try {
    const file = join(folder, 'database');
    const snapshot = await takeSnapshot(databaseUrl, file, process.env);
    try {
      const sink = await createArchive(archive, join(folder, 'archive'));
      const bodies = join(config.data, 'blobs');
      const stands = await snapshot.bodyFolder();
      const blobs = createFileBlobs(bodies, stands === null ? undefined : () => assertNamed(bodies, stands, 'BLOBS_UNAVAILABLE'));
      return await backUp({ snapshot, file, blobs, sink, key, now: clock.now(), pause: () => clock.sleep(PAUSE_MS) });
    } finally {
      await snapshot.close();
    }
  } finally {
    await removeAll([folder]);
  }
}

/** Beside the archive, where there must be room for a second copy of the database anyway. */
async function draftFolderOf(archive: string): Promise<string> {
  try {
    return await makeDraftFolder(dirname(archive), clock.now());
  } catch (cause) {
    throw new Failure('CONFIG_INVALID', `no archive can be made at ${archive}: ${(cause as NodeJS.ErrnoException).code}`, { cause });
  }
}

interface Asked {
  readonly archive: string;
  readonly keys: GatewayKeys;
  readonly acceptsLoss: boolean;
}

/** One at a time: a second would take what the first has put there for what an interrupted one left. */
async function bringBack(config: Config, secrets: Secrets, key: VerifierKey, asked: Asked) {
  // beside this folder no gateway starts (main.ts): it goes when all is verified, or when the place is as empty as it was
  const staging = join(config.data, 'restoring');
  await makeFolder(config.data);
  const unlock = await lockFile(staging);
  drafts.add(lockOf(staging));
  try {
    return await bringBackTo(staging, config, secrets, key, asked);
  } finally {
    await removeAll([lockOf(staging)]);
    unlock();
  }
}

async function bringBackTo(
  staging: string,
  config: Config,
  { databaseUrl }: Secrets,
  key: VerifierKey,
  { archive, keys, acceptsLoss }: Asked,
) {
  const blobFolder = join(config.data, 'blobs');
  const file = stagedFile(databaseUrl, staging);
  await vacate(blobFolder, staging, file, databaseUrl);
  const isOurs = !existsSync(blobFolder);
  const mark = createFileMark(join(config.data, 'cosigned.note'));
  const memory = { mark, witnesses: witnessesOf(config, keys), acceptsLoss };
  let silent: readonly string[] = [];
  const staged = tracesOf(file);
  await makeFolder(staging);
  await syncFolder(config.data);
  // what an interrupted restore left behind is nobody's
  await removeAll(staged);
  for (const path of [...staged, draftOf(databaseUrl)]) if (path !== null) drafts.add(path);
  await makeFolder(dirname(file));
  await makeFolder(blobFolder);
  try {
    const restored = await restore({
      entries: readArchive(archive),
      key,
      operator: config.walk.operator.authority,
      database: databaseKindOf(databaseUrl),
      file,
      blobs: createFileBlobs(blobFolder),
      load: async (from) => {
        const loaded = await loadSnapshot(databaseUrl, from, process.env);
        return { ...loaded, keep: () => keepBoth(blobFolder, loaded.keep) };
      },
      openStore,
      mayGoOn: async (store) => void (silent = await mayGoOn(store, memory, config.walk)),
      clock,
      chance: systemChance,
    });
    await finish(blobFolder, staging, file);
    return { ...restored, silent };
  } catch (error) {
    await removeAll(staged);
    if (await isEmpty(databaseUrl)) await leave(blobFolder, isOurs, staging);
    throw error;
  }
}

/** As it was. Not beside a database that is kept, or that nobody could empty: it names these bodies, and the next restore looks at both. */
async function leave(blobFolder: string, isOurs: boolean, staging: string): Promise<void> {
  await emptyFolder(blobFolder);
  if (isOurs) await rmdir(blobFolder);
  await removeAll([staging]);
}

const witnessesOf = (config: Config, keys: GatewayKeys) => {
  const { witnesses: policy } = config;
  return policy === null ? null : (store: Store) => hearWitnesses(walkOver(store, config, policy, keys), policy);
};

/** Asks witnesses and does nothing else. */
const walkOver = (store: Store, { walk, data }: Config, policy: WitnessPolicy, keys: GatewayKeys) =>
  createWalk(
    {
      store,
      keys,
      clock,
      config: walk,
      blobs: createFileBlobs(join(data, 'blobs')),
      chance: systemChance,
      verifier: nativeVerifier,
      courier: createInboxCourier(),
      calendars: createHolidayCalendars(),
      // nothing is due to it
      onFailure: () => undefined,
      witnessing: { policy, witnesses: createHttpsWitnesses(fetch) },
    },
    createDirectoryReader(store, clock),
  );

/** lies among the bodies from when all is verified until the restore is over */
const VERIFIED = 'verified';

/**
 * Takes away what an interrupted restore left: no gateway has run beside `restoring`.
 * @throws Failure where anything else is there, or where that restore had come to its end: then the gateway may start
 */
async function vacate(blobFolder: string, staging: string, file: string, databaseUrl: string): Promise<void> {
  const isInterrupted = existsSync(staging);
  const isFull = (await namesIn(blobFolder)).length > 0;
  if (isFull && !isInterrupted) throw new Failure('CONFIG_INVALID', `${blobFolder} is not empty: restore into a new place`);
  const occupied = await assertEmpty(databaseUrl).then(
    () => null,
    (error: unknown) => (error instanceof Failure && error.code === 'CONFIG_INVALID' ? error : Promise.reject(error as Error)),
  );
  if (occupied !== null && isInterrupted && existsSync(join(blobFolder, VERIFIED))) {
    await finish(blobFolder, staging, file);
    throw new Failure(
      'CONFIG_INVALID',
      'the restore before this one had everything in its place: start the gateway; of this archive nothing was read',
    );
  }
  if (occupied !== null) throw occupied;
  await emptyFolder(blobFolder);
}

/** In this order, so that whoever is interrupted here is finished by the next. */
const finish = (blobFolder: string, staging: string, file: string): Promise<void> =>
  removeAll([...tracesOf(file), staging, join(blobFolder, VERIFIED)]);

const isEmpty = (databaseUrl: string): Promise<boolean> =>
  assertEmpty(databaseUrl).then(
    () => true,
    // nor where nobody knows
    () => false,
  );

async function removeAll(paths: readonly string[]): Promise<void> {
  for (const path of paths) await rm(path, { recursive: true, force: true });
}

/** Bodies first: a database that names what is not there would be worse than none. */
async function keepBoth(blobFolder: string, keepDatabase: () => Promise<void>): Promise<void> {
  await writeFile(join(blobFolder, VERIFIED), '');
  for (const path of [blobFolder, dirname(blobFolder)]) await syncFolder(path);
  await keepDatabase();
  await syncFolder(dirname(blobFolder));
}

process.exitCode = await main(process.argv[2], process.argv[3], process.argv.slice(4));
