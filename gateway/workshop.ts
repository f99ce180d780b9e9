/** Everything that a step may reach: what the world gave, and what the walk keeps between two statements. */
import type { Caller } from '../domain/caller.js';
import type { AuthorityId, Digest } from '../domain/ids.js';
import type { Refusal } from '../domain/refusal.js';
import type { Instant } from '../domain/time.js';
import type { ReceiptMaker } from './audit/receipts.js';
import type { Committer } from './committer.js';
import type { Deps } from './deps.js';
import type { Author, ParsedSubmission } from './parsed.js';
import type { Sight } from './plan.js';
import type { DirectoryReader } from './read/directory.js';
import type { Library } from './read/library.js';
import type { Speaker } from './rows/refusal-row.js';
import type { Standing } from './standing.js';
import type { Turns } from './turns.js';

/** How often something is decided, or written, anew because what it rested on moved. Each round another row won. */
export const ROUNDS_MAX = 8;

export interface Workshop extends Deps {
  readonly directory: DirectoryReader;
  readonly library: Library;
  readonly receipts: ReceiptMaker;
  readonly committer: Committer;
  readonly strangers: Strangers;
  readonly standing: Standing;
  readonly turns: Turns;
  /** name of a witness → number of the checkpoint that this process has its signature of */
  readonly witnessed: Map<string, number>;
  /** by authority, on which calendar and under which designation this process has seen its dates counted */
  readonly recounted: Map<AuthorityId, string>;
}

/** Strangers that the walk turned away. */
export interface Strangers {
  /** not yet in a leaf */
  count: number;
  /** when the last leaf of theirs was written; null: never */
  writtenAt: Instant | null;
}

/** What somebody tried, as far as it got. `speaker` is null for a stranger. */
export interface Attempt {
  readonly speaker: Speaker | null;
  /** null where its bytes are not in their one spelling */
  readonly statement: Digest | null;
  readonly sight: Sight;
  /** joins what it led to, where no statement does */
  readonly correlation?: string;
}

/** A no before it is said. `author` is null where no signature was verified. */
export interface Denial {
  readonly why: Refusal;
  readonly attempt: Attempt;
  readonly author: Author | null;
}

/** One submission on its way through the steps. */
export interface Given {
  readonly parsed: ParsedSubmission;
  readonly caller: Caller | null;
  readonly attempt: Attempt;
}
