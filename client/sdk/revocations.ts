/**
 * Key revocations: those that this client saw once, and those that an authority's newest entry lists. An epoch binds the entry, so that a
 * gateway which shows a directory without one of them is noticed by whoever never saw it too; the gap is an alarm.
 */
import { digestOf } from '../../crypto/statement.js';
import { newsIn, type Directory } from '../../domain/authority.js';
import type { StatementOf } from '../../domain/statement.js';
import type { Doubt } from './directory-belief.js';
import { createRecord, readRecord, type KeyStore } from './key-store.js';

type Revocation = StatementOf<'parley-revocation+json'>;

/** What one reading of the directory showed anew, in a record that is made once; `revocations/seen` is an older client's, with all of them. */
const REVOCATIONS = 'revocations/';

/** @returns compact; whoever reads them checks each by the roots of now */
export async function keptRevocations(store: KeyStore): Promise<readonly string[]> {
  const kept = new Set<string>();
  for (const name of await store.names(REVOCATIONS))
    for (const compact of ((await readRecord(store, name)) as RevocationsRecord).revocations) kept.add(compact);
  return [...kept];
}

interface RevocationsRecord {
  readonly revocations: readonly string[];
}

/** Writes only what is new, since the directory is read often. @param kept what was kept before, compact */
export async function keepRevocations(store: KeyStore, kept: readonly string[], believed: readonly Revocation[]): Promise<void> {
  const known = new Set(kept);
  const revocations = believed.map(({ compact }) => compact).filter((compact) => !known.has(compact));
  if (revocations.length > 0)
    await createRecord(store, `${REVOCATIONS}${digestOf(revocations.join())}`, { revocations } satisfies RevocationsRecord);
}

/**
 * Whose keys the gateway shows as less gravely revoked than this client knows. Another revocation of the key that says as much is none: it was
 * said again, after a restored log perhaps.
 *
 * @param shown as the gateway's own revocations make it
 * @param believed shown or kept
 */
export function withheld(shown: Pick<Directory, 'revoked'>, believed: readonly Revocation[]): Doubt[] {
  const missing = believed.filter(({ payload }) => newsIn(shown, payload) === 'GRAVER');
  return missing.map(({ payload: { authority, kid, reason } }) => ({
    authority,
    why: `the gateway no longer shows that key ${kid} was revoked (${reason}), which its root signed`,
    ...WITHHELD,
    next: 'Do not send. The key stays ended here. Tell the authority, and ask the operator why the revocation is gone.',
  }));
}

const WITHHELD = { isAlarm: true, code: 'REVOCATION_WITHHELD' } as const;

/**
 * Whose newest entry lists a revocation that is nowhere.
 *
 * @param compacts shown or kept; whether they are believed is another question
 */
export function unshown({ authorities }: Pick<Directory, 'authorities'>, compacts: readonly string[]): Doubt[] {
  const listing = [...authorities.values()].flatMap(({ entry }) => (entry?.revocations === undefined ? [] : [entry]));
  if (listing.length === 0) return [];
  const there = new Set<string>(compacts.map((compact) => digestOf(compact)));
  return listing.flatMap(({ authority, revocations = [] }) => {
    const missing = revocations.filter((digest) => !there.has(digest)).length;
    if (missing === 0) return [];
    return {
      authority,
      why: `its entry lists ${revocations.length} revocations of its keys, and the gateway does not show ${missing} of them`,
      ...WITHHELD,
      next: 'Do not send: which key ended is not known here. Ask the authority, and the operator why it is not shown.',
    };
  });
}
