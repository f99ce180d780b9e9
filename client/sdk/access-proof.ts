/**
 * The reader's share in everybody's completeness: its own reading must stand in the stream of each originator, in an epoch map that
 * the originator opens as well. A gateway that hands out content and leaves the reading out of the originator's stream is noticed here.
 */
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import { verifyOlderEpochLeaf, type EpochLeaf } from '../../crypto/epoch-leaf.js';
import { streamSlot, verifyOpening } from '../../crypto/epoch-map.js';
import { headAfter } from '../../crypto/streams.js';
import { isViewSet, leafData, viewHash } from '../../crypto/views.js';
import { parseAuthorityId } from '../../domain/ids.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { ReceiptBody } from '../../domain/receipt.js';
import type { ProofAnswer } from '../../domain/wire/http-answers.js';
import { shownEvent } from '../../domain/wire/audit.js';
import { parseJsonStrict } from '../../domain/wire/strict-json.js';
import { accessProof, type AccessProof } from '../../domain/wire/streams.js';
import { hashOf, understood } from './answers.js';
import { isLogAlarm } from './checkpoints.js';
import type { ClientContext } from './context.js';
import { ParleyError } from './error.js';
import { slotOf } from './slots.js';
import { trustedTree, type TrustedTree } from './trusted-epoch.js';

export type AccessCheck =
  /** the leaf stands in the log */
  | 'INCLUSION'
  /** no checkpoint that may be relied on, or two that contradict each other */
  | 'CHECKPOINT'
  /** one's own view of the leaf tells of this very act */
  | 'OWN_VIEW'
  /** the leaf has a view for each originator, which tells of this very reading */
  | 'ORIGINATOR_VIEW'
  /** that view stands in the originator's stream */
  | 'ORIGINATOR_STREAM'
  /** the originator's slot is the one that it had before */
  | 'ORIGINATOR_SLOT';

export interface AccessGap {
  readonly check: AccessCheck;
  /** null where it is about none in particular */
  readonly originator: string | null;
  readonly why: string;
  /** the log contradicts itself: it does not become right by waiting */
  readonly isFinal: boolean;
}

const gap = (check: AccessCheck, originator: string | null, why: string, isFinal = false): Result<never, AccessGap> =>
  no({ check, originator, why, isFinal });

const utf8 = new TextEncoder();

/**
 * @param body of the access's receipt
 * @param proof of inclusion of the same leaf, verified before
 * @param originators of the item, but for the reader itself
 */
export async function proveInStreams(
  context: ClientContext,
  body: ReceiptBody,
  proof: ProofAnswer,
  originators: readonly string[],
): Promise<Result<null, AccessGap>> {
  const others = othersOf(proof, body);
  if (others === null || proof.view === undefined) return gap('OWN_VIEW', null, NOT_ITS_LEAF);
  if (originators.length === 0 && others.size === 0) return ok(null);
  const tree = await trustedTree(context);
  if (!tree.ok) return gap('CHECKPOINT', null, tree.error, isLogAlarm(tree.error));
  const answer = await readAccessProof(context, body.index, tree.value.size);
  if (answer === null) return gap('ORIGINATOR_STREAM', originators[0] ?? null, 'no epoch binds the reading yet');
  const epoch = epochOf(answer, body.index, tree.value);
  if (!epoch.ok) return gap('CHECKPOINT', null, epoch.error);

  const shown = new Map(answer.streams.map((stream) => [stream.authority, stream]));
  for (const originator of originators)
    if (!shown.has(originator)) return gap('ORIGINATOR_VIEW', originator, 'the reading has no view for this originator');
  for (const stream of answer.streams) {
    const held = await checkStream(context, stream, epoch.value);
    if (!held.ok) return held;
    if (!others.delete(stream.viewHash)) return gap('ORIGINATOR_VIEW', stream.authority, 'another view than one of this leaf');
    if (!tellsTheSame(stream, proof.view.event)) return gap('ORIGINATOR_VIEW', stream.authority, 'what it is told is not this reading');
  }
  return others.size === 0 ? ok(null) : gap('ORIGINATOR_STREAM', null, 'a view of the leaf stands in no stream that was shown');
}

export const NOT_ITS_LEAF = 'the gateway shows no view of one’s own of the leaf that tells of it';

/**
 * The bare hashes of the other authorities' views, checked against the leaf that the receipt names.
 *
 * @returns null where they do not fit, or one's own view tells of another act: the receipt of what nobody logged could name an older leaf
 */
export function othersOf({ view }: ProofAnswer, body: ReceiptBody): Set<string> | null {
  const salt = view === undefined ? null : decodeBase64url(view.salt);
  if (view === undefined || salt === null || !salt.ok || salt.value.length !== 32) return null;
  const hashes = [viewHash(salt.value, utf8.encode(view.event)), ...view.others.map(hashOf)];
  const json = parseJsonStrict(utf8.encode(view.event));
  const event = shownEvent.safeParse(json.ok ? json.value : null);
  const isOfIt = event.data?.object.statement === body.statement;
  return isOfIt && isViewSet(hashes) && encodeBase64url(leafData(hashes)) === body.leaf ? new Set(view.others) : null;
}

/** Of these each view has its own, or less; all else the views of one reading have in common, and none is so long that it is cut. */
const ITS_OWN: ReadonlySet<string> = new Set(['view', 'action', 'actor', 'object', 'justification']);
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
/** Does it say nothing else, though it may say less? */
const isWithin = (theirs: Readonly<Record<string, unknown>>, mine: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(theirs).every((name) => isSame(theirs[name], mine[name]));

/** Is the originator's view of the leaf the one that is shown, and does it tell of the same act as one's own? */
function tellsTheSame({ authority, viewHash: bound, view }: AccessProof['streams'][number], own: string): boolean {
  const salt = view === undefined ? null : decodeBase64url(view.salt);
  if (view === undefined || !salt?.ok || encodeBase64url(viewHash(salt.value, utf8.encode(view.event))) !== bound) return false;
  const [theirs, mine] = [view.event, own].map((event) => shownEvent.safeParse(JSON.parse(event)).data);
  if (theirs === undefined || mine === undefined) return false;
  return (
    theirs['view'] === authority &&
    // to others a quorum's reading may look like any other
    [mine.action, 'ACCESS'].includes(theirs.action) &&
    theirs.object.item === mine.object.item &&
    theirs.object.statement === mine.object.statement &&
    isWithin(theirs.actor, mine.actor) &&
    isWithin(theirs.object, mine.object) &&
    (theirs.justification === undefined || theirs.justification === mine.justification) &&
    Object.keys({ ...mine, ...theirs }).every((name) => ITS_OWN.has(name) || isSame(theirs[name], mine[name]))
  );
}

async function readAccessProof({ door }: ClientContext, index: number, size: number): Promise<AccessProof | null> {
  try {
    return understood(accessProof, await door.get(`/v1/streams/access/${index}?size=${size}`));
  } catch (error) {
    // whatever a gateway says instead of a proof, it owes one
    if (error instanceof ParleyError && error.code !== 'GATEWAY_UNREACHABLE') return null;
    throw error;
  }
}

function epochOf({ leaf }: AccessProof, index: number, tree: TrustedTree): Result<EpochLeaf, string> {
  const data = decodeBase64url(leaf.data);
  const epoch = data.ok ? verifyOlderEpochLeaf(data.value, leaf.index, leaf.path.map(hashOf), tree) : data;
  if (!epoch.ok) return epoch;
  return epoch.value.n === leaf.n && index <= epoch.value.upTo ? epoch : no('an epoch that does not cover the reading');
}

async function checkStream(
  context: ClientContext,
  stream: AccessProof['streams'][number],
  epoch: EpochLeaf,
): Promise<Result<null, AccessGap>> {
  const authority = parseAuthorityId(stream.authority);
  const slot = authority.ok ? await slotOf(context.store, await context.directory(), authority.value) : authority;
  if (!authority.ok || !slot.ok) return gap('ORIGINATOR_SLOT', stream.authority, slot.ok ? 'no authority' : slot.error);
  if (slot.value !== stream.slot) return gap('ORIGINATOR_SLOT', stream.authority, `slot ${stream.slot} is not its own (${slot.value})`);
  const { position, of, news, before, path } = stream;
  const head = headAfter({ viewHash: hashOf(stream.viewHash), position, of, path: news.map(hashOf), before: hashOf(before) });
  const value = head === null ? null : streamSlot(hashOf(stream.salt), authority.value, head);
  const isBound = value !== null && verifyOpening({ slot: 2 * slot.value, path: path.map(hashOf) }, value, epoch);
  return isBound ? ok(null) : gap('ORIGINATOR_STREAM', stream.authority, 'the epoch’s map binds a stream without the reading');
}
