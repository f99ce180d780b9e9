/**
 * Opening by the quorum: the shares of the holders who agreed are put together in the asking officer's client, open the desk's secrets for
 * this one case or this one desk, and are forgotten. Whoever put a key together could have kept it: it is turned afterwards.
 */
import { combineQuorum } from '../../crypto/open-quorum.js';
import type { DeskSecret } from '../../crypto/open.js';
import type { DeskId, Digest } from '../../domain/ids.js';
import type { JUSTIFICATIONS, Purpose } from '../../domain/vocabulary.js';
import { quorumAnswer, type Quorum, type QuorumAnswer } from '../../domain/wire/quorum.js';
import { readAnswer } from './answers.js';
import type { ClientContext } from './context.js';
import { verifySigner } from './directory.js';
import { ParleyError } from './error.js';
import { keepDesks, type DeskGeneration, type Identity } from './identity.js';
import { askFor, isOfEntries, nameOf, openPart, parseKeyring, shareAfter } from './keyring.js';
import { openItem, type Opened } from './open.js';
import { pagesOf } from './pages.js';
import { answerName, isTrueShare, openShare } from './quorum-ring.js';
import { believedRequest } from './quorum-request.js';
import { readStatementOf } from './statements.js';

export interface QuorumReading {
  readonly purpose: Purpose;
  readonly justification: (typeof JUSTIFICATIONS)[number];
}

export interface QuorumOpened {
  readonly opened: readonly Opened[];
  /** what did not open, with the code that says why */
  readonly left: readonly { readonly item: Digest; readonly code: string }[];
}

type Believed = Awaited<ReturnType<typeof believedRequest>>;

/**
 * Reads what the case holds, each item by an access of its own that cites the request. The desk's secrets stay in memory.
 *
 * @throws ParleyError `QUORUM_NOT_REACHED`, `QUORUM_SHARE_REFUSED`, `QUORUM_REQUEST_REFUSED`
 */
export async function openByQuorum(context: ClientContext, digest: Digest, reading: QuorumReading): Promise<QuorumOpened> {
  const believed = await believedRequest(context, digest);
  const { payload } = believed.request;
  if (payload.act !== 'OPEN') throw notFor('a desk’s secrets', 'parley quorum recover');
  const items = await itemsOf(context, digest, believed.answer);
  const desks = await withSecret(context, believed, (secret) => desksFor(context, items, secret));
  const opening = { ...context, identity: { ...context.identity, desks } };
  const opened: Opened[] = [];
  const left: { item: Digest; code: string }[] = [];
  try {
    for (const { item, via } of items) {
      try {
        opened.push(await openItem(opening, { item, via, ...reading, quorum: digest, exchange: payload.exchange }));
      } catch (error) {
        if (!(error instanceof ParleyError)) throw error;
        left.push({ item, code: error.code });
      }
    }
  } finally {
    for (const { keys } of desks) for (const { secret } of keys) secret.fill(0);
  }
  return { opened, left };
}

/**
 * Gets a desk's secrets back for an officer who sits there and for whom no colleague can wrap them, all generations that were wrapped to
 * this quorum, and shares them with who sits there.
 *
 * @param keep takes the identity with them, before they are shared
 * @returns `missing` is the newest generation where nobody had wrapped it to the quorum
 */
export async function recoverByQuorum(context: ClientContext, digest: Digest, keep: (identity: Identity) => void) {
  const believed = await believedRequest(context, digest);
  const { payload } = believed.request;
  if (payload.act !== 'RECOVER') throw notFor('a case', 'parley quorum open');
  const newest = believed.entry.desks.find(({ desk }) => desk === payload.desk);
  if (newest === undefined) throw notFor('a desk that the newest entry no longer lists', 'parley quorum ask');
  const found = await withSecret(context, believed, async (secret) => {
    const rings: DeskGeneration[] = [];
    for (let generation = newest.generation; generation > 0; generation--) {
      const ring = await openRing(context, { desk: payload.desk, generation }, secret);
      if (ring !== null) rings.push(ring);
    }
    return rings;
  });
  const isListed = ({ generation, keys }: DeskGeneration): boolean =>
    generation !== newest.generation || newest.keys.every(({ kid }) => keys.some((key) => key.kid === kid));
  const view = await context.directory();
  const held = new Set(context.identity.desks.filter((ring) => isOfEntries(ring, view, believed.entry)).map(nameOf));
  const recovered = found.filter((ring) => isListed(ring) && !held.has(nameOf(ring)));
  const identity = await keepDesks(context.store, context.identity, recovered);
  keep(identity);
  const sharing = await shareAfter({ ...context, identity });
  const missing = identity.desks.some((ring) => nameOf(ring) === nameOf(newest) && isOfEntries(ring, view, believed.entry))
    ? []
    : [nameOf(newest)];
  return { ...sharing, recovered: recovered.map(nameOf), missing };
}

const notFor = (what: string, command: string): ParleyError =>
  new ParleyError('QUORUM_REQUEST_REFUSED', `The request asks for ${what}.`, `Use: ${command}`);

/** The quorum's secret for one use: it and the shares are wiped, whatever becomes of that. */
async function withSecret<T>(context: ClientContext, believed: Believed, use: (secret: DeskSecret) => Promise<T>): Promise<T> {
  const shares = new Map<string, Uint8Array>();
  let secret: DeskSecret | null = null;
  try {
    await gatherShares(context, believed, shares);
    secret = await combined(believed.quorum, [...shares.values()].slice(0, believed.quorum.need));
    return await use(secret);
  } finally {
    for (const bytes of [...shares.values(), ...(secret === null ? [] : [secret.secret])]) bytes.fill(0);
  }
}

/** Each share is a holder's signed word for this request, and the very one that was dealt to them. */
async function gatherShares(
  context: ClientContext,
  { view, quorum, answer, request, requester }: Believed,
  shares: Map<string, Uint8Array>,
): Promise<void> {
  const { identity, clock } = context;
  if (requester.officer !== identity.officer) throw notReached('another officer asked');
  for (const compact of answer.shares) {
    const share = readStatementOf('parley-quorum-share+json', compact);
    if (!share.ok || share.value.payload.request !== request.digest) continue;
    const signer = await verifySigner(share.value, identity.authority, view, clock.now());
    if (!signer.ok || signer.value.officer === identity.officer) continue;
    const { officer } = signer.value;
    const opened = await openShare(context, answerName(request.digest, officer), share.value.payload, request.digest);
    if (!opened.ok) continue;
    if (isTrueShare(quorum, officer, opened.value) && !shares.has(officer)) shares.set(officer, opened.value);
    else opened.value.fill(0);
  }
  if (shares.size < quorum.need) throw notReached(`${shares.size} of ${quorum.need} shares hold`);
}

async function combined(quorum: Quorum, shares: readonly Uint8Array[]): Promise<DeskSecret> {
  const secret = await combineQuorum(quorum, shares);
  if (secret.ok) return secret.value;
  throw new ParleyError(
    'QUORUM_SHARE_REFUSED',
    `The shares do not fit: ${secret.error}.`,
    'Whoever holds the root deals anew: parley quorum set-up',
  );
}

const notReached = (why: string): ParleyError =>
  new ParleyError('QUORUM_NOT_REACHED', `It does not open: ${why}.`, 'See who agreed: parley quorum list');

type Item = QuorumAnswer['items'][number];

async function itemsOf({ door }: ClientContext, digest: Digest, first: QuorumAnswer): Promise<readonly Item[]> {
  const items: Item[] = [];
  const ask = async (after?: string) =>
    after === undefined ? first : readAnswer(quorumAnswer, await door.get(`/v1/quorum/${digest}?limit=200&after=${after}`), 'quorum');
  for await (const page of pagesOf(ask)) items.push(...page.items);
  return items;
}

/** The generations that the case's items are sealed to, and no others. */
async function desksFor(context: ClientContext, items: readonly Item[], secret: DeskSecret): Promise<DeskGeneration[]> {
  const wanted = new Map(items.map(({ desk, generation }) => [nameOf({ desk, generation }), { desk, generation }]));
  const rings = await Promise.all([...wanted.values()].map((one) => openRing(context, one, secret)));
  return rings.flatMap((ring) => ring ?? []);
}

/**
 * One generation out of its keyring. Who wrapped it matters nothing here: a key that is not the one a seal names opens nothing.
 *
 * @returns null where there is none, or it is not wrapped to this quorum key
 */
async function openRing(
  context: ClientContext,
  wanted: { readonly desk: DeskId; readonly generation: number },
  secret: DeskSecret,
): Promise<DeskGeneration | null> {
  const bytes = await askFor(context, nameOf(wanted));
  const read = bytes === null ? null : parseKeyring(new TextDecoder().decode(bytes));
  if (!read?.ok) return null;
  const { ring } = read.value;
  if (ring.quorum?.kid !== secret.kid || nameOf(ring) !== nameOf(wanted)) return null;
  const keys = await openPart(ring, ring.quorum, context.identity.authority, secret);
  return keys.ok ? { desk: ring.desk, generation: ring.generation, from: ring.from, until: ring.until, keys: keys.value } : null;
}
