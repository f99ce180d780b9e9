/** What a restore writes: one leaf in every authority's view, so that whoever knows a newer log learns from the log itself that it went back. */
import type { Checkpoint } from '../../crypto/checkpoint.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { Chance, CommitRow } from '../../domain/ports.js';
import type { Instant } from '../../domain/time.js';
import { leafViews } from '../audit/events.js';
import { bareRow } from './bare-row.js';

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
  const outcome = 'DONE' as const;
  const happening = {
    log,
    at: now,
    outcome,
    correlation: 'RESTORED',
    actor: { authority: 'GATEWAY' as const, officer: null, role: null },
    statement: null,
    policy: null,
    rules: [],
    codes: [],
  };
  const sight = { action: 'RESTORED' as const, parties: sees, originators: [], basis: `SIZE ${size} ROOT ${root}` };
  const { data, views } = leafViews(happening, sight, chance);
  return bareRow({ data, views, statement: null, stage: 'accepted', outcome, at: now, version: 0, mailbox: null });
}
