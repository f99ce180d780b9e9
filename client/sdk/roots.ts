/**
 * Whose root is believed, over time. A root that the old one named is followed; any other change is an alarm until somebody has compared
 * the new fingerprint and accepted it. The gateway only carries the statements.
 */
import { decodeBase64url } from '../../crypto/base64url.js';
import { kidOf, parseSigningPublicKey, SIGNING_SUITE } from '../../crypto/signing-key.js';
import { parseKeyId, type AuthorityId, type KeyId } from '../../domain/ids.js';
import { no, ok, type Result } from '../../domain/result.js';
import { lineFrom, type FormerRoot } from '../../domain/roots.js';
import type { StatementOf } from '../../domain/statement.js';
import type { Instant } from '../../domain/time.js';
import { certain } from './ids.js';
import { readRecord, writeRecord, type KeyStore } from './key-store.js';
import { isSignedBy, readStatementOf } from './statements.js';

/** The last root that this client saw of each authority, compared or not. */
const SEEN = 'roots/seen';
/** Roots that were compared once and gave way to another that was compared: what was signed under them opens still. */
const FORMER = 'roots/former';

export type RootChange = StatementOf<'parley-root+json'>;
type Seen = Readonly<Record<string, string>>;
type Former = Readonly<Record<string, readonly FormerRoot[]>>;

export const readSeen = async (store: KeyStore): Promise<Seen> => ((await readRecord(store, SEEN)) as Seen | null) ?? {};
export const readFormer = async (store: KeyStore): Promise<Former> => ((await readRecord(store, FORMER)) as Former | null) ?? {};

/** Writes only what is new, since the directory is read often. */
export async function keepSeen(store: KeyStore, before: Seen, now: Seen): Promise<void> {
  const news = Object.entries(now).some(([authority, root]) => before[authority] !== root);
  if (news) await writeRecord(store, SEEN, { ...before, ...now });
}

/** Those that their own old root signed, whose two keys are what their ids name. */
export async function believedChanges(compacts: readonly string[]): Promise<readonly RootChange[]> {
  const believed: RootChange[] = [];
  for (const compact of compacts) {
    const change = readStatementOf('parley-root+json', compact);
    if (!change.ok) continue;
    const { old, root } = change.value.payload;
    const keys = [old, root].map(({ kid, publicKey }) => {
      const bytes = decodeBase64url(publicKey);
      return bytes.ok && kidOf(SIGNING_SUITE, bytes.value) === kid && parseSigningPublicKey(bytes.value).ok ? bytes.value : null;
    });
    const [before, after] = keys;
    if (before && after && change.value.kid === old.kid && (await isSignedBy(compact, before))) believed.push(change.value);
  }
  return believed;
}

/** The root at the end of the line that begins with this one. */
export const endOfLine = (authority: AuthorityId, root: KeyId, changes: readonly RootChange[]): KeyId =>
  lineFrom(
    authority,
    root,
    changes.map(({ payload }) => payload),
  ).at(-1)!.kid;

/**
 * Is the root that the gateway shows the one that follows from what this client knew?
 *
 * @param known compared, or else seen before; undefined: first contact
 * @param current end of the line of the designated root
 * @returns why not: an alarm
 */
export function followsFrom(
  authority: AuthorityId,
  known: string | undefined,
  current: KeyId,
  changes: readonly RootChange[],
): Result<null, string> {
  if (known === undefined || endOfLine(authority, certain(parseKeyId(known)), changes) === current) return ok(null);
  return no(`its root was ${known}, which named no other; the gateway shows ${current}`);
}

/**
 * Keeps the root that gives way, so that what it vouched for opens still, and nothing that it signs afterwards counts.
 *
 * @param next compared now: it is no former one
 */
export async function keepFormer(store: KeyStore, authority: string, root: KeyId, next: string, at: Instant): Promise<void> {
  const former = await readFormer(store);
  const others = (former[authority] ?? []).filter((one) => one.root !== root && one.root !== next);
  await writeRecord(store, FORMER, { ...former, [authority]: [...others, { root, at }] satisfies readonly FormerRoot[] });
}
