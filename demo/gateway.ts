/** The gateway of a story: the server with the movable clock, as a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createFolder } from '../client/durable-file.js';
import { StoryFailed } from './actor.js';

export interface GatewayFacts {
  readonly folder: string;
  /** 0: a free one */
  readonly port: number;
  readonly operator: { readonly authority: string; readonly publicKey: string };
  /** where its clock starts, RFC 3339; null: it is system time */
  readonly at: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface Gateway {
  readonly origin: string;
  readonly logFile: string;
  /** Moves its time, forward only. @returns what its clock said when it answered, RFC 3339 */
  moveTo(at: string): Promise<string>;
  /** resolves when it has ended, by itself or because it was told to */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL('../testing/main.js', import.meta.url));
const CHECKPOINT_MS = '500';
const DRAIN_MS = '2000';

const running = new Set<() => Promise<void>>();
const held = new Map<string, Server>();

/** where the gateway listens */
const LOOPBACK = '127.0.0.1';
/** Where nobody does: whoever comes while the gateway starts, and has not taken its port yet, is kept away by it. Not every machine has it. */
const GUARD = '::1';
const NO_IPV6 = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

/** Whatever this process started, however far it got. */
export async function stopGateways(): Promise<void> {
  await Promise.all([...running].map((stop) => stop()));
}

/** @throws StoryFailed where the port is taken or the server does not start */
export async function startGateway(facts: GatewayFacts): Promise<Gateway> {
  await createFolder(facts.folder);
  await letGo(LOOPBACK, facts.port);
  const logFile = join(facts.folder, 'gateway.log');
  // over the channel nothing is said: that it is cut tells the gateway that this process is gone, however it ended
  const child = spawn(process.execPath, [PROGRAM], { env: environmentOf(facts), stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = (): Promise<void> => {
    child.kill('SIGTERM');
    return ended;
  };
  running.add(stop);
  void ended.then(() => running.delete(stop));
  const { origin, testClock } = await untilReady(child, logFile).finally(() => letGo(GUARD, facts.port));
  return {
    origin,
    logFile,
    ended,
    moveTo: (at) => moveClock(testClock, at),
    stop,
  };
}

function environmentOf({ folder, port, operator, at, environment }: GatewayFacts): NodeJS.ProcessEnv {
  // what an operator set for a real gateway is not for this one
  const kept = Object.entries(environment).filter(([name]) => !name.startsWith('PARLEY_'));
  return {
    ...Object.fromEntries(kept),
    PARLEY_ORIGIN: 'demo.parley.example',
    PARLEY_OPERATOR_AUTHORITY: operator.authority,
    PARLEY_OPERATOR_ROOT: operator.publicKey,
    PARLEY_PORT: String(port),
    PARLEY_DATA: folder,
    PARLEY_CHECKPOINT_MS: CHECKPOINT_MS,
    PARLEY_DRAIN_MS: DRAIN_MS,
    // a whole directory lives behind this one address
    PARLEY_RATE_PER_ADDRESS: '0',
    PARLEY_TEST_CLOCK: '1',
    ...(at === null ? {} : { PARLEY_TEST_CLOCK_AT: at }),
  };
}

/** Its log goes to a file; two lines of it say where it listens. */
async function untilReady(child: ChildProcess, logFile: string): Promise<{ origin: string; testClock: string }> {
  const log = createWriteStream(logFile, { mode: 0o600 });
  // on a full disk the lines are lost, and nothing else
  log.on('error', () => undefined);
  let origin: string | null = null;
  let testClock: string | null = null;
  const complaints: string[] = [];
  return new Promise((resolve, reject) => {
    const read = (line: string): void => {
      log.write(`${line}\n`);
      const said = saidIn(line);
      if (said === null) complaints.push(line);
      if (said?.event === 'listening') origin = said.origin ?? null;
      testClock = said?.testClock ?? testClock;
      if (origin !== null && testClock !== null) resolve({ origin, testClock });
    };
    for (const stream of [child.stdout, child.stderr]) if (stream !== null) createInterface({ input: stream }).on('line', read);
    child.once('exit', (code) =>
      reject(new StoryFailed(`the gateway ended (${code ?? 'signal'}) before it listened: ${complaints.join(' ')}`)),
    );
  });
}

function saidIn(line: string): { readonly event?: string; readonly origin?: string; readonly testClock?: string } | null {
  try {
    return JSON.parse(line) as object;
  } catch {
    return null;
  }
}

async function moveClock(testClock: string, at: string): Promise<string> {
  const response = await fetch(testClock, { method: 'POST', body: JSON.stringify({ at }) });
  const answer = (await response.json()) as { readonly at: string };
  if (!response.ok) throw new StoryFailed(`the gateway's clock stands at ${answer.at} and does not go to ${at}`);
  return answer.at;
}

/** Whether anybody listens there. @throws StoryFailed that says what to do */
export async function requireFree(port: number): Promise<void> {
  await holdPort(port);
  for (const host of [LOOPBACK, GUARD]) await letGo(host, port);
}

/** Keeps others from a port until the gateway that is to have it listens. @throws StoryFailed that says what to do */
export async function holdPort(port: number): Promise<void> {
  await hold(LOOPBACK, port);
  await hold(GUARD, port).catch(async (error: unknown) => {
    await letGo(LOOPBACK, port);
    throw error;
  });
}

function hold(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (host === GUARD && NO_IPV6.has(code ?? '')) return resolve();
      const why =
        code === 'EADDRINUSE'
          ? `port ${port} is taken: end what listens there, or choose another with PARLEY_PORT=…`
          : `port ${port} cannot be listened on (${code ?? message}): choose another with PARLEY_PORT=…`;
      reject(new StoryFailed(why));
    });
    server.listen(port, host, () => {
      held.set(`${host} ${port}`, server);
      resolve();
    });
  });
}

function letGo(host: string, port: number): Promise<void> {
  const server = held.get(`${host} ${port}`);
  held.delete(`${host} ${port}`);
  return new Promise((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
}
