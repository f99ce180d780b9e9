/** The newest checkpoint that may be relied on, with the epoch leaf that it ends with: the newest witnessed one, where witnesses are asked for. */
import { verifyCheckpoint } from '../../crypto/checkpoint.js';
import { WITNESS_SKEW_MS_MAX } from '../../crypto/cosignature.js';
import type { TreeHead } from '../../crypto/merkle.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { Instant } from '../../domain/time.js';
import { isLogAlarm, logTrustOf, newestCheckpoint, readRemembered, showsNone } from './checkpoints.js';
import type { ClientContext } from './context.js';
import { readRecord, writeRecord } from './key-store.js';

export interface TrustedTree extends TreeHead {
  readonly note: string;
  readonly witnesses: readonly string[];
  /**
   * by when as many witnesses as are asked for had seen it, or later; where none are, when this client first did: nobody else vouches
   * for its age
   */
  readonly seenAt: Instant;
  /** why a newer one, which the gateway shows, may not be relied on; null where this is the newest */
  readonly behind: string | null;
}

const SIGHTS = 'sights';

/** @returns an error beginning with `FORK:` or `ROLLBACK:` where the log contradicts itself */
export async function trustedTree(context: ClientContext): Promise<Result<TrustedTree, string>> {
  const note = await newestNote(context);
  if (!note.ok) return note;
  const trust = logTrustOf(context.gateway);
  const verified = verifyCheckpoint(note.value.note, trust);
  if (!verified.ok) return verified;
  const { checkpoint, cosignatures } = verified.value;
  const latest = context.clock.now() + WITNESS_SKEW_MS_MAX;
  const witnessed = cosignatures.flatMap(({ at }) => (at > latest ? [] : [at])).sort((a, b) => b - a);
  // the quorum's last: fewer witnesses than are asked for cannot make an old epoch look new
  const seenAt = trust.quorum === 0 ? await firstSight(context, checkpoint.size) : witnessed[trust.quorum - 1];
  if (seenAt === undefined) return no('its witnesses’ times lie ahead of this clock');
  const witnesses = cosignatures.map(({ witness }) => witness);
  return ok({ size: checkpoint.size, root: checkpoint.root, witnesses, seenAt, ...note.value });
}

/** The newest that was ever seen, whatever is shown now; where the newest has not been witnessed yet, the newest one that was. */
async function newestNote(context: ClientContext): Promise<Result<Pick<TrustedTree, 'note' | 'behind'>, string>> {
  const newest = await newestCheckpoint(context);
  const remembered = await readRemembered(context.store);
  if (newest.ok)
    return ok({ note: remembered !== null && remembered.size > newest.value.size ? remembered.note : newest.value.note, behind: null });
  return remembered === null || showsNone(newest.error) || isLogAlarm(newest.error)
    ? newest
    : ok({ note: remembered.note, behind: newest.error });
}

/** An older epoch, or the same again, does not become newer by being shown. */
async function firstSight({ store, clock }: ClientContext, size: number): Promise<Instant> {
  const last = (await readRecord(store, SIGHTS)) as { readonly size: number; readonly at: Instant } | null;
  if (last !== null && size <= last.size) return last.at;
  const at = clock.now();
  await writeRecord(store, SIGHTS, { size, at });
  return at;
}
