/** What a route may ask: the walk, the queries, and the few things beside the log. No store, no adapter, no key. */
import type { Failure } from '../../domain/failure.js';
import type { Level } from '../../domain/vocabulary.js';
import type { Clock, Store } from '../../domain/ports.js';
import type { Walk } from '../answers.js';
import type { Committer } from '../committer.js';
import type { Lanes } from '../lanes.js';
import type { Places } from '../places.js';
import type { AuditReader } from '../read/audit-events.js';
import type { DirectoryReader } from '../read/directory.js';
import type { EvidenceReader } from '../read/evidence.js';
import type { Explainer } from '../read/explain.js';
import type { ExchangeReader } from '../read/exchanges.js';
import type { InboxReader } from '../read/inbox.js';
import type { LogReader } from '../read/log.js';
import type { QuorumReader } from '../read/quorum.js';
import type { StatementReader } from '../read/statements.js';
import type { ReadingTickets } from '../reading-tickets.js';
import type { StillRead } from '../read/still-read.js';
import type { StreamReader } from '../read/streams.js';
import type { Vitals } from '../read/vitals.js';
import type { SignIn } from '../sign-in.js';
import type { Tickets } from '../tickets.js';
import type { Uploads } from '../uploads.js';
import type { Bell } from './bell.js';
import type { Metrics } from './metrics.js';

export interface LogIdentity {
  readonly origin: string;
  readonly kid: string;
  /** base64url, 32 bytes */
  readonly publicKey: string;
  /** the same as a C2SP verifier key */
  readonly verifierKey: string;
  readonly proofDelayMsMax: number;
  /** nothing above it is carried */
  readonly levelMax: Level;
}

export interface HttpLimits {
  /** per officer and minute, all its sessions together */
  readonly requestsPerOfficerMax: number;
  /** per address and minute, for whoever has no session yet */
  readonly requestsPerAddressMax: number;
  /** bytes of one upload */
  readonly uploadBytesMax: number;
  /** proxies in front of us whose X-Forwarded-For is believed */
  readonly trustedProxies: number;
}

export interface Doors {
  readonly walk: Walk;
  /** statements that wait for the next commit */
  readonly waiting: () => number;
  /** what nothing may be written for (`standing.ts`); null: all is well */
  readonly trouble: () => Failure | null;
  /** why the newest commit could not be written; null: it could */
  readonly failed: () => Committer['failed'];
  readonly signIn: SignIn;
  readonly clock: Clock;
  readonly directory: DirectoryReader;
  readonly statements: StatementReader;
  readonly inbox: InboxReader;
  readonly exchanges: ExchangeReader;
  readonly quorum: QuorumReader;
  readonly evidence: EvidenceReader;
  readonly explainer: Explainer;
  readonly audit: AuditReader;
  readonly log: LogReader;
  readonly streams: StreamReader;
  readonly uploads: Uploads;
  readonly tickets: Tickets;
  readonly stillRead: StillRead;
  readonly readings: ReadingTickets;
  readonly keyrings: Pick<Store, 'putKeyring' | 'keyring' | 'countKeyrings'>;
  readonly vitals: Vitals;
  readonly metrics: Metrics;
  /** rings when something may have come into an inbox */
  readonly bell: Bell;
  /** answers that are made for one authority, a page or whatever else it reads */
  readonly reads: Lanes;
  /** of whoever waits for the bell */
  readonly waits: Places;
  /** of whoever takes the bytes of a part */
  readonly downloads: Places;
  /** aborted once the process drains */
  readonly draining: AbortSignal;
  readonly identity: LogIdentity;
  readonly limits: HttpLimits;
}
