/** Another root: named by the old one where it is at hand, compared and accepted anew where it is not. */
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import { createSigningKey, signingKeyOf, type SigningKey } from '../../crypto/signing-key.js';
import type { AuthorityId, KeyId } from '../../domain/ids.js';
import { authorityIn } from './addressing.js';
import type { ClientContext } from './context.js';
import { pinOwnRoot, pinRoot } from './directory.js';
import { publishEntry } from './enrol.js';
import { keptEntry } from './directory-belief.js';
import { factsOf, type OfficerRow } from './entry.js';
import { ParleyError, PolicyRefusal } from './error.js';
import { handRoot, takeRoot } from './handed-root.js';
import { certain } from '../../domain/result.js';
import type { EntryPayload } from '../../domain/wire/directory.js';
import { createGeneration, currentDesk, keepDesks, writeIdentity, type DeskGeneration, type Identity } from './identity.js';
import { createRecord, firstRecord, readRecord, writeRecord } from './key-store.js';
import { wordFor, type PublicRoot } from './root-word.js';
import { readStatementOf } from './statements.js';
import { submissionOf, submit, type Sent } from './submit.js';

const NEXT = 'roots/next';
const LOST = 'roots/lost';

/** Kept until the new root has signed an entry: whoever is cut off meanwhile calls it again, and goes on with the same key. */
interface NextRoot {
  readonly seed: string;
  readonly statement: string;
}

/**
 * Makes another root, has the old one name it, and publishes the next entry under it. The old one is overwritten in this key store.
 * Called again after a cut or a refusal it goes on with the same new root.
 *
 * @throws ParleyError `ROOT_NOT_HERE`, `ENTRY_MISSING`; PolicyRefusal where the gateway does not take it
 */
async function changeRoot(context: ClientContext): Promise<{ readonly identity: Identity; readonly sent: Sent }> {
  const { store } = context;
  const next = (await keptNext(context)) ?? (await firstNext(context));
  const root = rootIn(next);
  const sent = await hand(context, next, root);
  const identity = { ...(await keepDesks(store, context.identity)), root };
  await writeIdentity(store, identity);
  await publishEntry({ ...context, identity });
  await store.remove(NEXT);
  return { identity, sent };
}

const statementIn = ({ statement }: NextRoot) => certain(readStatementOf('parley-root+json', statement));
const rootIn = ({ seed }: Pick<NextRoot, 'seed'>): SigningKey => signingKeyOf(certain(decodeBase64url(seed)));

async function keptNext({ store, identity }: ClientContext): Promise<NextRoot | null> {
  const kept = (await readRecord(store, NEXT)) as NextRoot | null;
  return kept !== null && isOfRoot(kept, identity) ? kept : null;
}

/** Of two programs over this key store that change the root at once, both go on with the one that is kept: the other would be nobody's. */
async function firstNext(context: ClientContext): Promise<NextRoot> {
  const { store, chance } = context;
  const next = await naming(context, createSigningKey(chance));
  if (await createRecord(store, NEXT, next)) return next;
  const kept = await keptNext(context);
  if (kept !== null) return kept;
  // of a change that another one overtook
  await store.remove(NEXT);
  return firstNext(context);
}

/** Said by the root that is here, or of it: a root that gave way to another one names no successor any more. */
function isOfRoot(next: NextRoot, { root }: Identity): boolean {
  const { old, root: successor } = statementIn(next).payload;
  return root?.kid === old.kid || root?.kid === successor.kid;
}

/** The same bytes get the same receipt; what the gateway never took is said anew where its time or its place has passed. */
async function hand(context: ClientContext, next: NextRoot, root: SigningKey): Promise<Sent> {
  const say = (one: NextRoot) => submit(context, statementIn(one), submissionOf(statementIn(one)));
  try {
    return await say(next);
  } catch (error) {
    if (!(error instanceof PolicyRefusal && (error.code === 'STALE' || error.code === 'CONFLICT'))) throw error;
    const again = await naming(context, root);
    await writeRecord(context.store, NEXT, again);
    return say(again);
  }
}

/** Kept before anything leaves. */
const naming = async (context: ClientContext, root: SigningKey): Promise<NextRoot> => ({
  seed: encodeBase64url(root.seed),
  statement: (await wordFor(context, root)).compact,
});

/** A root for an authority that has lost its own: kept until the operator's two persons have designated it. */
interface LostRoot {
  readonly seed: string;
  /** the last entry that this client believed: its officers go on */
  readonly entry: string;
}

/**
 * Where the old root is lost: makes one here and tells its fingerprint, for the operator to compare and designate; called again once it is
 * designated, publishes an entry under it with the officers as they were, but for those with a revoked key; a desk with one, or
 * whose newest keys are not here, is turned. Everybody else sees an alarm until they have compared it.
 *
 * @returns `sent` null as long as it is not designated
 * @throws ParleyError `NO_DESK_KEY`, `ENTRY_MISSING`
 */
async function replaceRoot(
  context: ClientContext,
): Promise<{ readonly identity: Identity; readonly root: KeyId; readonly sent: Sent | null }> {
  const { identity, store } = context;
  const kept = (await readRecord(store, LOST)) as LostRoot | null;
  const { doubts, pins } = await context.directory(true);
  const shown = doubts.find(({ authority, isAlarm }) => authority === identity.authority && isAlarm);
  // compared here before a cut, it is no alarm any more
  const isDesignated = kept !== null && [shown?.root, pins[identity.authority], identity.root?.kid].includes(rootIn(kept).kid);
  if (!isDesignated) return { identity, root: rootIn(await prepareLost(context, kept)).kid, sent: null };
  const root = rootIn(kept);
  const { payload } = certain(readStatementOf('parley-entry+json', kept.entry));
  // whoever made the old root compared it with nobody: what it vouched for, and what it revoked, is kept like that of a compared one
  if (pins[identity.authority] === undefined) await pinRoot(store, identity.authority, payload.root.kid);
  await pinRoot(store, identity.authority, root.kid, context.clock.now());
  await writeIdentity(store, { ...identity, root });
  // whoever meets the authority under the new root does not know what the old one revoked
  const { revoked } = (await context.directory(true)).directory;
  const turned = { ...context, identity: await turnLost({ ...context, identity: { ...identity, root } }, payload.desks, revoked) };
  const ended = new Set<string>(revoked.keys());
  const going = (colleagues: readonly OfficerRow[]) =>
    colleagues.filter(({ signing, auth, encryption }) => ![signing, auth, encryption].some(({ kid }) => ended.has(kid)));
  const sent = await publishEntry(turned, factsOf(payload, identity.officer), going, { before: payload });
  await store.remove(LOST);
  return { identity: turned.identity, root: root.kid, sent };
}

/**
 * Another generation of each desk of which a key was revoked, or the newest keys are not here: else the entry would drop it, or have everybody
 * seal to older ones. One that was made before a cut is taken up. @returns the identity, kept
 */
async function turnLost(
  { identity, store, chance, clock }: ClientContext,
  listed: EntryPayload['desks'],
  revoked: Pick<ReadonlyMap<KeyId, unknown>, 'has'>,
): Promise<Identity> {
  const made: DeskGeneration[] = [];
  for (const { desk, generation, keys } of listed) {
    const held = identity.desks.findLast((one) => one.desk === desk) ?? { generation: 0, keys: [] };
    const isListed = keys.every(({ kid }) => held.keys.some((one) => one.kid === kid));
    if ((isListed || held.generation > generation) && !held.keys.some(({ kid }) => revoked.has(kid))) continue;
    const [number, suites] = [Math.max(generation, held.generation) + 1, keys.map(({ suite }) => suite)];
    made.push(await createGeneration(identity.authority, desk, number, suites, chance, clock.now()));
  }
  return keepDesks(store, { ...identity, desks: [...identity.desks, ...made] });
}

/** @param kept of an earlier call: its root stays, and goes on from the newest entry until it is designated. One that gave way never returns */
async function prepareLost(context: ClientContext, kept: LostRoot | null): Promise<LostRoot> {
  const { identity, store, chance } = context;
  // whoever sits at no desk could publish no entry
  currentDesk(identity);
  const { authorities, roots } = (await context.directory(true)).directory;
  const digest = authorities.get(identity.authority)?.entryDigest;
  const entry = digest === undefined || digest === null ? null : await keptEntry(store, identity.authority, digest);
  if (kept !== null && !roots.has(rootIn(kept).kid)) {
    if (entry !== null) await writeRecord(store, LOST, { ...kept, entry } satisfies LostRoot);
    return kept;
  }
  if (entry === null) throw new ParleyError('ENTRY_MISSING', 'No entry of this authority is known here.', 'Enrol anew: parley enrol');
  if (kept !== null) await store.remove(LOST);
  const lost = { seed: encodeBase64url(createSigningKey(chance).seed), entry };
  // of two programs that begin at once, the fingerprint that one of them told would be of no key
  return firstRecord(store, LOST, lost);
}

/**
 * Ends an alarm: somebody compared the new fingerprint with the authority by another way, and it is what the gateway shows.
 *
 * @throws ParleyError `NO_ALARM`, `ROOT_DIFFERS`
 */
async function acceptRoot(context: ClientContext, authority: AuthorityId, root: KeyId): Promise<void> {
  const alarm = (await context.directory(true)).doubts.find((doubt) => doubt.authority === authority && doubt.root !== undefined);
  if (alarm === undefined)
    throw new ParleyError('NO_ALARM', `The root of ${authority} is the one that was known.`, 'Nothing is to be accepted.');
  if (alarm.root !== root)
    throw new ParleyError(
      'ROOT_DIFFERS',
      `The gateway shows ${alarm.root}, not what you compared.`,
      'Do not go on: tell the authority and the operator.',
    );
  if (authority === context.identity.authority) await pinOwnRoot(context.store, context.identity);
  await pinRoot(context.store, authority, root, context.clock.now());
  await context.directory(true);
}

/**
 * Somebody compared a root by another way. It is held against what the gateway shows at once: a slip of the pen, or a directory that lies,
 * would else be met by whoever wants to write. A root that named the one of now is as good.
 *
 * @throws ParleyError `NO_SUCH_AUTHORITY`, `ROOT_DIFFERS`; `ROOT_CHANGED` where another one was compared before and `replace` is false
 */
async function trustRoot(context: ClientContext, authority: AuthorityId, root: KeyId, replace: boolean): Promise<void> {
  const view = await context.directory(true);
  const alarm = view.doubts.find((doubt) => doubt.authority === authority && doubt.root !== undefined);
  const shown = alarm?.root ?? authorityIn(view, authority).root;
  const term = view.directory.roots.get(root);
  if (root !== shown && !(term?.authority === authority && term.replacedAt === null)) {
    const whose = term === undefined || term.authority === authority ? '' : ` It is the root of ${term.authority}.`;
    throw new ParleyError(
      'ROOT_DIFFERS',
      `You gave ${root}; the gateway shows ${shown} as the root of ${authority}.${whose}`,
      `Look again at what ${authority} told you. If you gave just that, do not go on: tell the authority and the operator.`,
    );
  }
  if (replace && authority === context.identity.authority) await pinOwnRoot(context.store, context.identity);
  await pinRoot(context.store, authority, root, replace ? context.clock.now() : null);
  await context.directory(true);
}

/** What a client does about roots, as one thing that it has. @param keep takes the identity that comes out: the next act must have it */
export const rootActs = (context: () => ClientContext, keep: (identity: Identity) => void) => ({
  trust: (authority: AuthorityId, root: KeyId, replace = false) => trustRoot(context(), authority, root, replace),
  accept: (authority: AuthorityId, root: KeyId) => acceptRoot(context(), authority, root),
  async change(): Promise<Sent> {
    const { identity, sent } = await changeRoot(context());
    keep(identity);
    return sent;
  },
  async hand(root: PublicRoot): Promise<Sent | null> {
    const { identity, sent } = await handRoot(context(), root);
    keep(identity);
    return sent;
  },
  async take() {
    const { identity, ...taken } = await takeRoot(context());
    keep(identity);
    return taken;
  },
  async replace() {
    const { identity, ...replaced } = await replaceRoot(context());
    keep(identity);
    return replaced;
  },
});
