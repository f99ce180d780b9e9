/** What a restore writes: one leaf in every authority's view, so that whoever knows a newer log learns from the log itself that it went back. */
import type { Checkpoint } from '../../crypto/checkpoint.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { Chance, CommitRow } from '../../domain/ports.js';
import type { Instant } from '../../domain/time.js';
import { eventRow, ownDeed } from './bare-row.js';

export interface RestoredNews {
  readonly log: string;
  /** all that the directory knows, and the operator */
  readonly sees: readonly AuthorityId[];
  /** leaves that were restored, and the root over them */
  readonly size: Checkpoint['size'];
  /** base64url */
  readonly root: string;
}

export function restoredRow({ log, sees, size, root }: RestoredNews, now: Instant, chance: Chance): CommitRow {
  const happening = ownDeed({ log, at: now, outcome: 'DONE', correlation: 'RESTORED', statement: null });
  const sight = { action: 'RESTORED' as const, parties: sees, originators: [], basis: `SIZE ${size} ROOT ${root}` };
  return eventRow(happening, sight, { stage: 'accepted' }, chance);
}
