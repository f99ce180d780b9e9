/** The newest checkpoint that may be relied on, with the epoch leaf that it ends with: the newest witnessed one, where witnesses are asked for. */
import { verifyCheckpoint } from '../../crypto/checkpoint.js';
import type { TreeHead } from '../../crypto/merkle.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { Instant } from '../../domain/time.js';
import { isLogAlarm, logTrustOf, newestCheckpoint, readRemembered } from './checkpoints.js';
import type { ClientContext } from './context.js';
import { PolicyRefusal } from './error.js';
import { readRecord, writeRecord } from './key-store.js';

export interface TrustedTree extends TreeHead {
  readonly note: string;
  readonly witnesses: readonly string[];
  /** when the last witness that counts saw it; without witnesses, when this client first did: nobody else vouches for its age */
  readonly seenAt: Instant;
}

const SIGHTS = 'sights';

/** @returns an error beginning with `FORK:` or `ROLLBACK:` where the log contradicts itself */
export async function trustedTree(context: ClientContext): Promise<Result<TrustedTree, string>> {
  const note = await newestNote(context);
  if (!note.ok) return note;
  const verified = verifyCheckpoint(note.value, logTrustOf(context.gateway));
  if (!verified.ok) return verified;
  const { checkpoint, cosignatures } = verified.value;
  const witnessed = cosignatures.map(({ at }) => at).sort((a, b) => b - a);
  const seenAt = witnessed[0] ?? (await firstSight(context, checkpoint.size));
  const witnesses = cosignatures.map(({ witness }) => witness);
  return ok({ size: checkpoint.size, root: checkpoint.root, note: note.value, witnesses, seenAt });
}

/** Where the newest has not been witnessed yet, the newest one that was. */
async function newestNote(context: ClientContext): Promise<Result<string, string>> {
  try {
    const newest = await newestCheckpoint(context);
    if (newest.ok) return ok(newest.value.note);
    const remembered = isLogAlarm(newest.error) ? null : await readRemembered(context.store);
    return remembered === null ? newest : ok(remembered.note);
  } catch (error) {
    if (error instanceof PolicyRefusal && error.status === 404) return no('no checkpoint has been published yet');
    throw error;
  }
}

async function firstSight({ store, clock }: ClientContext, size: number): Promise<Instant> {
  const last = (await readRecord(store, SIGHTS)) as { readonly size: number; readonly at: Instant } | null;
  if (last?.size === size) return last.at;
  const at = clock.now();
  await writeRecord(store, SIGHTS, { size, at });
  return at;
}
