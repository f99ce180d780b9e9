/**
 * Whose root is believed, over time. A root that the old one named is followed; any other change is an alarm until somebody has compared
 * the new fingerprint and accepted it. The gateway only carries the statements.
 */
import { decodeBase64url } from '../../crypto/base64url.js';
import { kidOf, parseSigningPublicKey, SIGNING_SUITE } from '../../crypto/signing-key.js';
import { parseAuthorityId, parseKeyId, type AuthorityId, type KeyId } from '../../domain/ids.js';
import { certain, no, ok, type Result } from '../../domain/result.js';
import { lineFrom, type FormerRoot } from '../../domain/roots.js';
import type { StatementOf } from '../../domain/statement.js';
import type { Instant } from '../../domain/time.js';
import { createRecord, readRecord, type KeyStore } from './key-store.js';
import { isSignedBy, readStatementOf } from './statements.js';

/** What this client knows of the root of one authority. */
export interface KnownRoot {
  /** the last one that it saw, compared or not */
  readonly seen?: KeyId;
  /** one that was compared, or that a compared one led to */
  readonly pin?: KeyId;
  /** the way from the root that was compared to the pinned one, that one left out: it named what followed */
  readonly followed?: readonly KeyId[];
  /** roots that were compared once and gave way to another that was compared: what was signed under them opens still */
  readonly former?: readonly FormerRoot[];
}

export type Pins = Readonly<Record<string, string>>;
export type KnownRoots = ReadonlyMap<string, KnownRoot>;
export type RootChange = StatementOf<'parley-root+json'>;

/**
 * `roots/NG-FIA_1`, `_2` …: each thing that was learnt makes the next record, and none is ever replaced or removed. So of two programs over
 * one key store one makes it, and the other looks at what the first one learnt before it judges again.
 */
const ROOTS = 'roots/';
const NUMBERED = /^roots\/(.+)_(\d+)$/;
/** Of an older client: one thing of all authorities in each. */
const OLDER = { seen: 'roots/seen', pin: 'pins', followed: 'roots/followed', former: 'roots/former' } as const;

/** @param prefix of the authority's code */
export async function readRoots(store: KeyStore, prefix = ''): Promise<KnownRoots> {
  const known = new Map<string, KnownRoot>();
  for (const [member, name] of Object.entries(OLDER))
    for (const [authority, value] of Object.entries((await readRecord(store, name)) ?? {}))
      known.set(authority, { ...known.get(authority), [member]: value as unknown });
  for (const [authority, n] of await newest(store, prefix))
    known.set(authority, (await readRecord(store, nameOf(authority, n))) as KnownRoot);
  return known;
}

const nameOf = (authority: string, n: number): string => `${ROOTS}${authority}_${n}`;

/** By authority the number of its last record. */
async function newest(store: KeyStore, prefix: string): Promise<ReadonlyMap<string, number>> {
  const numbers = new Map<string, number>();
  for (const name of await store.names(`${ROOTS}${prefix}`)) {
    const [, authority, n] = NUMBERED.exec(name) ?? [];
    if (authority !== undefined) numbers.set(authority, Math.max(numbers.get(authority) ?? 0, Number(n)));
  }
  return numbers;
}

/** @param change is given what is known by now, perhaps several times; `null`: there is nothing to change */
export async function changeRoot(store: KeyStore, authority: string, change: (known: KnownRoot) => KnownRoot | null): Promise<void> {
  for (;;) {
    // in this order: where the record of the next number is there by then, it is not made
    const n = (await newest(store, `${authority}_`)).get(authority) ?? 0;
    const changed = change((await readRoots(store, `${authority}_`)).get(authority) ?? {});
    if (changed === null || (await createRecord(store, nameOf(authority, n + 1), changed))) return;
  }
}

const pinsOf = (roots: KnownRoots): Pins =>
  Object.fromEntries([...roots].flatMap(([authority, { pin }]) => (pin === undefined ? [] : [[authority, pin]])));
export const readPins = async (store: KeyStore): Promise<Pins> => pinsOf(await readRoots(store));

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
    if (before && after && (await isSignedBy(compact, before))) believed.push(change.value);
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
 * Keeps the roots that a directory shows. A compared root that named another one is as good as compared, and so is every root on the way
 * from it.
 *
 * @param known what they were judged by; where another program learnt something meanwhile, the next reading judges by that
 * @param roots of now, by authority, each at the end of its pin's line
 * @returns the pins of now; durable
 */
export async function keepRoots(
  store: KeyStore,
  known: KnownRoots,
  roots: Readonly<Record<string, KeyId>>,
  changes: readonly RootChange[],
): Promise<Pins> {
  const pins: Record<string, string> = { ...pinsOf(known) };
  for (const [authority, root] of Object.entries(roots)) {
    const judged = known.get(authority) ?? {};
    if (judged.pin !== undefined) pins[authority] = root;
    if (judged.seen === root && (judged.pin ?? root) === root) continue;
    await changeRoot(store, authority, (now) =>
      now.seen === judged.seen && now.pin === judged.pin ? { ...followed(now, authority, root, changes), seen: root } : null,
    );
  }
  return pins;
}

function followed(known: KnownRoot, authority: string, root: KeyId, changes: readonly RootChange[]): KnownRoot {
  if (known.pin === undefined || known.pin === root) return known;
  const payloads = changes.map(({ payload }) => payload);
  const way = lineFrom(certain(parseAuthorityId(authority)), known.pin, payloads).map(({ kid }) => kid);
  // named by a compared one, whatever gave way to what before
  const named = new Set<string>(way.slice(1));
  return {
    pin: root,
    followed: [...new Set([...(known.followed ?? []), ...way])].filter((one) => one !== root),
    former: (known.former ?? []).filter((one) => !named.has(one.root)),
  };
}

/**
 * What is known once another root than the pinned one was compared. It ends the line of that one: what its roots vouched for opens still, and
 * nothing that any of them signs afterwards counts. Where it is a root of that very line, there is nothing to end.
 */
export function withOtherPin({ followed = [], former = [] }: KnownRoot, pin: KeyId, next: KeyId, at: Instant): KnownRoot {
  const line = [...followed, pin];
  const earlier = former.filter(({ root }) => !line.includes(root) && root !== next);
  const ended = line.map((root): FormerRoot => ({ root, at }));
  return { pin: next, seen: next, former: line.includes(next) ? former : [...earlier, ...ended] };
}
