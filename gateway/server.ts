/** The server put together from a world: the walk, its doors, its worker, and a way to stop without losing a request. */
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { setMaxListeners } from 'node:events';
import type { AddressInfo } from 'node:net';
import { encodeBase64url } from '../crypto/base64url.js';
import { formatVerifierKey } from '../crypto/note-key.js';
import { Failure } from '../domain/failure.js';
import type { Clock } from '../domain/ports.js';
import type { Walk } from './answers.js';
import { inTime } from './blobs-in-time.js';
import type { RunningWalk } from './walk.js';
import type { Config } from './config.js';
import type { Deps } from './deps.js';
import { createApp, safeHeaders } from './http/app.js';
import { createBell, type Bell } from './http/bell.js';
import { closingOf } from './http/close-within.js';
import type { Doors } from './http/doors.js';
import { createMetrics, type Metrics } from './http/metrics.js';
import { failureCodeOf } from './http/problem.js';
import { answerWith } from './http/unparsed.js';
import { within } from './within.js';
import type { Log } from './log.js';
import { createLanes } from './lanes.js';
import { createPlaces } from './places.js';
import { createAuditReader } from './read/audit-events.js';
import { createDirectoryReader, type DirectoryReader } from './read/directory.js';
import { createExplainer } from './read/explain.js';
import { createEvidenceReader } from './read/evidence.js';
import { createExchangeReader } from './read/exchanges.js';
import { createQuorumReader } from './read/quorum.js';
import { createInboxReader } from './read/inbox.js';
import { createLogReader } from './read/log.js';
import { createServed } from './read/served.js';
import { createStillRead } from './read/still-read.js';
import { createStatementReader } from './read/statements.js';
import { createEpochs } from './read/openings.js';
import { createStreamReader } from './read/streams.js';
import { createVitals } from './read/vitals.js';
import { createSignIn } from './sign-in.js';
import { createReadingTickets } from './reading-tickets.js';
import { createTickets } from './tickets.js';
import { renewalOf, type TlsFiles } from './server-tls.js';
import { createUploads } from './uploads.js';
import { createWorker, type WorkerDeps } from './worker.js';

export type World = Omit<Deps, 'config' | 'onFailure'>;

export interface ServerOptions {
  readonly config: Config;
  readonly log: Log;
  /** null: plain HTTP */
  readonly tls: TlsFiles | null;
  /** of the package */
  readonly version: string;
  readonly createWalk: (deps: Deps, directory: DirectoryReader) => RunningWalk;
}

export interface Running {
  readonly port: number;
  /** where clients reach it */
  readonly origin: string;
  /**
   * Takes no more requests, finishes those that it has begun, lets the worker end, closes the store. May be called twice.
   * @throws Failure `STORE_UNAVAILABLE` where the store says nothing: the process may end all the same
   */
  drain(): Promise<void>;
}

const REQUEST_ID_BYTES = 12;
/** an idle connection: longer than the minute that proxies keep one, so that it is not ended just as they use it */
const IDLE_MS_MAX = 75_000;
/** answers of one authority that are made at once: a page holds everybody up for some milliseconds */
const READS_OF_ONE_MAX = 8;
/** long polls of one authority at once: each looks into the store twice a second and at every ring, and thousands would leave others no turn */
const WAITS_OF_ONE_MAX = 128;
/** parts on their way to one authority: each holds pieces of a MiB for as long as its reader takes a little of it now and then */
const DOWNLOADS_OF_ONE_MAX = 32;
/** for work that was begun, once nobody waits for its answer any more: supervisors wait for half a minute in all */
const CLOSE_MS_MAX = 10_000;
const UNCLOSED =
  'it says nothing, and this process ends: all that was acknowledged is in it, and what was begun is taken up at the next start';

export async function startServer(world: World, options: ServerOptions): Promise<Running> {
  const { config, tls } = options;
  // nothing is read from a connection before this function's last synchronous part has set it
  let app: RequestListener = (_request, response) => response.destroy();
  // a missing Host is refused in our words
  const { server, renew } = tls === null ? plain() : secured(tls, world.clock);
  server.keepAliveTimeout = IDLE_MS_MAX;
  const closeWithin = closingOf(server, world.clock);
  const metrics = createMetrics(() => options.log.lost());
  const log = counting(options.log, metrics);
  const newRequestId = (): string => encodeBase64url(world.chance.bytes(REQUEST_ID_BYTES));
  answerWith(server, (request, response) => app(request, response), { log, metrics, newRequestId, headers: safeHeaders() });
  const port = await listen(server, config.port, config.host);

  const draining = new AbortController();
  // every long poll listens
  setMaxListeners(0, draining.signal);
  const stopping = new AbortController();
  const bell = createBell();
  const origins = config.publicOrigins.length > 0 ? config.publicOrigins : ownOrigins(tls === null ? 'http' : 'https', config.host, port);
  const onFailure = (error: unknown): void => log.failure('', error);
  const { doors, walk } = openDoors(world, { ...options, onFailure, metrics }, origins, bell, draining.signal);
  await walk.stand().catch((error: unknown) => {
    server.close();
    throw error;
  });
  app = createApp(doors, { log, newRequestId, version: options.version });
  const worker = createWorker(
    { walk: doors.walk, uploads: doors.uploads, clock: world.clock, bell, renew, ...toldOf(log, metrics) },
    config.pace,
  );
  const working = worker.run(stopping.signal);

  const close = async (): Promise<true> => {
    await working;
    await walk.commits.drained();
    await world.store.close();
    return true;
  };
  const drain = async (): Promise<void> => {
    log.lifecycle('draining');
    draining.abort();
    await closeWithin(config.drainMs);
    stopping.abort();
    if (!(await within(CLOSE_MS_MAX, close(), world.clock))) throw new Failure('STORE_UNAVAILABLE', UNCLOSED);
    log.lifecycle('stopped');
  };
  let drained: Promise<void> | null = null;
  return { port, origin: origins[0]!, drain: () => (drained ??= drain()) };
}

interface Listening {
  readonly server: Server;
  readonly renew: () => void;
}

const plain = (): Listening => ({ server: createHttpServer({ requireHostHeader: false }), renew: () => undefined });

function secured(tls: TlsFiles, clock: Clock): Listening {
  const server = createHttpsServer({ ...tls.inUse, requireHostHeader: false });
  return { server, renew: renewalOf(tls, (pair) => server.setSecureContext(pair), clock) };
}

type DoorOptions = Pick<ServerOptions, 'config' | 'createWalk'> & Pick<Deps, 'onFailure'> & Pick<Doors, 'metrics'>;

/** Everything that routes may ask, over one world. */
function openDoors(
  world: World,
  { config, createWalk, onFailure, metrics }: DoorOptions,
  origins: readonly string[],
  bell: Bell,
  draining: AbortSignal,
): { readonly doors: Doors; readonly walk: RunningWalk } {
  const { store, clock, chance, calendars, keys, witnessing } = world;
  const blobs = inTime(world.blobs, clock);
  const directory = createDirectoryReader(store, clock);
  const deps: Deps = { ...world, blobs, config: config.walk, onFailure };
  const walk = createWalk(deps, directory);
  const { library } = walk;
  const receiptFor: Walk['receiptFor'] = (statement, stage) => walk.receiptFor(statement, stage);
  const log = createLogReader(store, createServed(store, witnessing?.policy ?? null));
  const asking = { store, library, clock, calendars, directory, deployment: config.walk.deployment };
  const doors: Doors = {
    walk: announced(walk, bell),
    waiting: () => walk.commits.waiting,
    trouble: () => walk.trouble,
    failed: () => walk.commits.failed,
    signIn: createSignIn({ store, clock, directory }, origins),
    clock,
    directory,
    statements: createStatementReader(store, library, receiptFor),
    inbox: createInboxReader(store, library, (leaf) => walk.receiptOf(leaf)),
    exchanges: createExchangeReader(store, library, receiptFor, { clock, calendars, directory }),
    quorum: createQuorumReader(store, library, { clock, directory }),
    evidence: createEvidenceReader(store, library, (leaf) => walk.receiptOf(leaf), config.walk.operator),
    explainer: createExplainer(asking),
    audit: createAuditReader(store),
    log,
    streams: createStreamReader({ store, epochs: createEpochs(store, keys.secret), secret: keys.secret }),
    uploads: createUploads({ store, blobs, clock, chance }),
    tickets: createTickets(keys.secret, clock),
    stillRead: createStillRead(asking),
    readings: createReadingTickets(keys.secret, clock),
    keyrings: store,
    vitals: createVitals({ store, blobs }, log, clock),
    metrics,
    bell,
    reads: createLanes(READS_OF_ONE_MAX),
    waits: createPlaces(WAITS_OF_ONE_MAX),
    downloads: createPlaces(DOWNLOADS_OF_ONE_MAX),
    draining,
    identity: identityOf(config, keys),
    limits: config.limits,
  };
  return { doors, walk };
}

function identityOf(
  { walk: { origin, proofDelayMsMax, deployment } }: ServerOptions['config'],
  { kid, publicKey }: World['keys'],
): Doors['identity'] {
  const verifierKey = formatVerifierKey({ name: origin, algorithm: 'ED25519', publicKey });
  return { origin, kid, publicKey: encodeBase64url(publicKey), verifierKey, proofDelayMsMax, levelMax: deployment.levelMax };
}

/** What the log tells the operator, an alert can count. */
const counting = (log: Log, metrics: Metrics): Log => ({
  ...log,
  failure(requestId, error, times) {
    metrics.failure(failureCodeOf(error));
    log.failure(requestId, error, times);
  },
});

const toldOf = (log: Log, metrics: Metrics): Pick<WorkerDeps, 'onFailure' | 'onOver'> => ({
  onFailure: (error, times, isKnown) =>
    isKnown ? metrics.failure(failureCodeOf(error)) : log.failure('', error, times > 1 ? times : undefined),
  onOver: (error, times) => log.over(error, times),
});

/** Rings for those who wait: something may have come. */
const announced = (walk: Walk, bell: Bell): Walk => ({
  ...walk,
  async acceptStatement(submission, caller) {
    const answered = await walk.acceptStatement(submission, caller);
    if (answered.ok) bell.ring();
    return answered;
  },
});

const ownOrigins = (scheme: string, host: string, port: number): readonly string[] =>
  host === '127.0.0.1' || host === 'localhost'
    ? [`${scheme}://127.0.0.1:${port}`, `${scheme}://localhost:${port}`]
    : [`${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`];

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
