/** The process: the only file that knows an adapter, reads the environment and hears signals. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFileBlobs } from '../adapters/blobs-files/file-blobs.js';
import { createHolidayCalendars } from '../adapters/calendar-holidays/holidays.js';
import { systemChance } from '../adapters/chance-system.js';
import { createSystemClock } from '../adapters/clock-system.js';
import { createInboxCourier } from '../adapters/courier-inbox/courier.js';
import { createFileMark } from '../adapters/mark-file/file-mark.js';
import { otherClocksOf } from '../adapters/other-clocks.js';
import { openStore } from '../adapters/store-prisma/open-store.js';
import { createHttpsWitnesses } from '../adapters/witness-https/witnesses.js';
import { poolVerifier } from '../crypto/native/node.js';
import { Failure } from '../domain/failure.js';
import type { Clock } from '../domain/ports.js';
import { parseConfig, type Config, type Secrets } from './config.js';
import { loadGatewayKeys } from './gateway-keys.js';
import { createLog } from './log.js';
import { createLogOutput, takerOf, type LogOutput } from './log-output.js';
import { assertBodies } from './main-bodies.js';
import { assertClosed, makeFolder, OTHERS, readText } from './main-folder.js';
import { EXIT_CONFIG, isConfiguration, troubleOf, wordsOf } from './main-words.js';
import { startServer, type Running } from './server.js';
import type { TlsFiles, TlsPair } from './server-tls.js';
import { createWalk } from './walk.js';

/** one stop may come several times: to all processes of a service or a terminal, and again from whoever started this one and passes it on */
const SAME_SIGNAL_MS_MAX = 2_000;

/**
 * Starts the gateway and stops it on SIGTERM, SIGINT or SIGHUP, and when the `parley serve` that started it is gone: a second signal, two seconds later, does not wait.
 * @returns null where it could not start: why stands on standard error, and the exit code is set
 */
export async function runGateway(clock: Clock): Promise<Running | null> {
  const parsed = parseConfig(process.env, readText);
  if (!parsed.ok) {
    for (const problem of parsed.error) console.error(`CONFIG_INVALID: ${problem}`);
    process.exitCode = EXIT_CONFIG;
    return null;
  }
  try {
    return await start(parsed.value.config, parsed.value.secrets, clock);
  } catch (error) {
    console.error(troubleOf(error) ?? wordsOf(error));
    process.exitCode = isConfiguration(error) ? EXIT_CONFIG : 1;
    return null;
  }
}

async function start(config: Config, secrets: Secrets, clock: Clock): Promise<Running> {
  if (existsSync(join(config.data, 'restoring')))
    throw new Failure('CONFIG_INVALID', `a restore into ${config.data} was interrupted: run it again, into an empty database`);
  // sealed bytes and the directory lie in what is made from here on: whoever made the folder, no other account reads them
  process.umask(process.umask(OTHERS) | OTHERS);
  const blobFolder = join(config.data, 'blobs');
  await makeFolder(blobFolder);
  const keys = await loadGatewayKeys(secrets.gatewayKeyFile, systemChance);
  const tls = secrets.tls && tlsFiles(secrets.tls);
  const output = createLogOutput();
  process.on('exit', () => tellLost(output));
  const log = createLog(config.logLevel, clock, output);
  const store = await openStore(
    secrets.databaseUrl,
    (doubt) => log.failure('', doubt),
    (why) => {
      // whoever supervises it starts it again: all that was acknowledged is in the database
      log.failure('', why);
      process.exit(1);
    },
  );
  const world = {
    store,
    clock,
    chance: systemChance,
    verifier: poolVerifier,
    courier: createInboxCourier(),
    calendars: createHolidayCalendars(),
    keys,
    mark: createFileMark(join(config.data, 'cosigned.note')),
    lost: createFileMark(join(config.data, 'lost.note')),
    otherClocks: otherClocksOf(store, createSystemClock()),
    ...(config.witnesses === null ? {} : { witnessing: { policy: config.witnesses, witnesses: createHttpsWitnesses(fetch) } }),
  };
  try {
    const blobs = createFileBlobs(blobFolder, await assertBodies(store, blobFolder, systemChance));
    const running = await startServer({ ...world, blobs }, { config, log, tls, version: packageVersion(), createWalk });
    // before anybody hears that it serves, and may want it to stop
    stopOnSignal(running, clock);
    log.lifecycle('listening', { port: running.port, origin: running.origin });
    return running;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Nobody asks for numbers any more: this one is said once, where it holds up nobody either. */
function tellLost(output: LogOutput): void {
  const lost = output.end();
  if (lost > 0) createLogOutput(takerOf('stderr')).write(`${lost} lines of the log are lost: standard output did not take them\n`);
}

function stopOnSignal(running: Running, clock: Clock): void {
  let stopping = false;
  let isAnother = false;
  const stop = (): void => {
    if (isAnother) process.exit(1);
    if (stopping) return;
    stopping = true;
    void clock.sleep(SAME_SIGNAL_MS_MAX).then(() => (isAnother = true));
    running.drain().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(wordsOf(error));
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop);
  // `parley serve` is gone
  process.on('disconnect', stop);
}

/** Whoever reads the key can stand in for the gateway: also where it is renewed, so that the next start does not end over it. */
function tlsFiles({ certFile, keyFile }: NonNullable<Secrets['tls']>): TlsFiles {
  assertClosed('TLS', keyFile);
  const inUse = { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  const read = (): TlsPair | null => {
    const [cert, key] = [readText(certFile), readText(keyFile)];
    if (cert === null || key === null) return null;
    assertClosed('TLS', keyFile);
    return { cert, key };
  };
  return { inUse, read };
}

/** Compiled code lies two folders below package.json. */
const packageVersion = (): string =>
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string }).version;

// a connection that a server of databases leaves open would keep what did not start
if (process.argv[1] === fileURLToPath(import.meta.url) && (await runGateway(createSystemClock())) === null) process.exit();
