/**
 * Whose root is believed, over time. A root that the old one named is followed; any other change is an alarm until somebody has compared
 * the new fingerprint and accepted it. The gateway only carries the statements.
 */
import { decodeBase64url } from '../../crypto/base64url.js';
import { kidOf, parseSigningPublicKey, SIGNING_SUITE } from '../../crypto/signing-key.js';
import { parseAuthorityId, parseKeyId, type AuthorityId, type KeyId } from '../../domain/ids.js';
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

/** The way from the root that was compared to the one that is pinned, that one left out: it named what followed. */
const FOLLOWED = 'roots/followed';
/** Roots that were compared, or that a compared one led to. */
const PINS = 'pins';

export type Pins = Readonly<Record<string, string>>;
export type RootChange = StatementOf<'parley-root+json'>;
type Seen = Readonly<Record<string, string>>;
type Followed = Readonly<Record<string, readonly KeyId[]>>;
type Former = Readonly<Record<string, readonly FormerRoot[]>>;

export const readSeen = async (store: KeyStore): Promise<Seen> => ((await readRecord(store, SEEN)) as Seen | null) ?? {};
export const readPins = async (store: KeyStore): Promise<Pins> => ((await readRecord(store, PINS)) as Pins | null) ?? {};
export const writePins = (store: KeyStore, pins: Pins): Promise<void> => writeRecord(store, PINS, pins);
const readFollowed = async (store: KeyStore): Promise<Followed> => ((await readRecord(store, FOLLOWED)) as Followed | null) ?? {};
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
 * A compared root that named another one is as good as compared, and so is every root on the way from it.
 *
 * @param pins what was compared, or followed so far
 * @param roots the root of now, by authority, each at the end of its pin's line
 * @returns the pins of now; durable
 */
export async function followPins(store: KeyStore, pins: Pins, roots: Pins, changes: readonly RootChange[]): Promise<Pins> {
  const moved = Object.entries(roots).filter(([authority, root]) => pins[authority] !== undefined && pins[authority] !== root);
  if (moved.length === 0) return pins;
  const payloads = changes.map(({ payload }) => payload);
  const [followed, former] = [{ ...(await readFollowed(store)) }, { ...(await readFormer(store)) }];
  for (const [authority, root] of moved) {
    const [id, pin] = [certain(parseAuthorityId(authority)), certain(parseKeyId(pins[authority]!))];
    const way = lineFrom(id, pin, payloads).map(({ kid }) => kid);
    followed[authority] = [...new Set([...(followed[authority] ?? []), ...way])].filter((one) => one !== root);
    // named by a compared one, whatever gave way to what before
    const named = new Set<string>(way.slice(1));
    former[authority] = (former[authority] ?? []).filter((one) => !named.has(one.root));
  }
  await writeRecord(store, FOLLOWED, followed);
  await writeRecord(store, FORMER, former);
  const now = { ...pins, ...Object.fromEntries(moved) };
  await writeRecord(store, PINS, now);
  return now;
}

/**
 * Ends the line of what is pinned: what its roots vouched for opens still, and nothing that any of them signs afterwards counts. Where
 * another root of that very line was compared, there is nothing to end.
 *
 * @param next compared now: it is no former one
 */
export async function endPinnedLine(store: KeyStore, authority: string, pinned: KeyId, next: string, at: Instant): Promise<void> {
  const followed = await readFollowed(store);
  const line = [...(followed[authority] ?? []), pinned];
  const { [authority]: _ended, ...others } = followed;
  if (!line.some((root) => root === next)) {
    const former = await readFormer(store);
    const earlier = (former[authority] ?? []).filter(({ root }) => !line.includes(root) && root !== next);
    const ended = line.map((root): FormerRoot => ({ root, at }));
    await writeRecord(store, FORMER, { ...former, [authority]: [...earlier, ...ended] } satisfies Former);
  }
  await writeRecord(store, FOLLOWED, others);
}
