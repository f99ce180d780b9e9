/** Gathers what the gateway lets a party have of one exchange, and the keys that vouch for it. Nothing of it is believed yet. */
import { readAnswer, unreadable } from '../answers.js';
import { parseEpochLeaf } from '../../../crypto/epoch-leaf.js';
import { parseCheckpoint } from '../../../crypto/checkpoint.js';
import { formatVerifierKey } from '../../../crypto/note-key.js';
import { parseNote } from '../../../crypto/note.js';
import { formatTlogProof } from '../../../crypto/proof.js';
import { planConsistency, planInclusion } from '../../../crypto/merkle/prove.js';
import { decodeBase64url } from '../../../crypto/base64url.js';
import { splitEntries, TILE_WIDTH, tilePath } from '../../../crypto/tiles.js';
import type { ExchangeId } from '../../../domain/ids.js';
import type { Receipt, ReceiptBody } from '../../../domain/receipt.js';
import type { Statement } from '../../../domain/statement.js';
import { MINUTE_MS } from '../../../domain/time.js';
import { evidencePage, type EvidencePage } from '../../../domain/wire/evidence.js';
import { directoryAnswer, keyAnswer } from '../../../domain/wire/http-answers.js';
import type { ReadingPurpose } from '../../../domain/oversight.js';
import { openReading } from '../audit.js';
import { newestCheckpoint, showsNone } from '../checkpoints.js';
import type { ClientContext } from '../context.js';
import { ParleyError } from '../error.js';
import { certain } from '../../../domain/result.js';
import { readNodes } from '../log-tiles.js';
import { pagesAt } from '../pages.js';
import { receiptBodyIn, receiptOf } from '../receipt.js';
import { readStatement } from '../statements.js';
import { signerOf } from './check-statements.js';
import type { Dossier, DossierLeaf } from './dossier.js';

type Entry = EvidencePage['entries'][number];
interface Head {
  readonly note: string;
  readonly size: number;
}

const ASK_MS = 500;
/** whatever the gateway's receipts promise */
const WAIT_MS_MAX = 10 * MINUTE_MS;

/** @throws ParleyError `NOT_PROVED_YET`, `EVIDENCE_ERASED`, `ANSWER_UNREADABLE`; PolicyRefusal `NOT_FOUND` for an exchange that is not one's own */
export async function collect(
  context: ClientContext,
  exchange: ExchangeId,
  purpose: ReadingPurpose,
): Promise<{ dossier: Dossier; operator: EvidencePage['operator'] }> {
  const { entries, operator } = await readPages(context, exchange, purpose);
  const newest = await headOver(context, entries);
  const paths = await pathsFor(context, [...entries.map(({ index }) => index), newest.size - 1], newest);
  const leaves = entries.map(({ index, receipt, view }): DossierLeaf => {
    const read = receiptOf(receipt);
    return { index, receipt: read, view, data: certain(decodeBase64url(bodyOf(read).leaf)), proof: paths.get(index)! };
  });
  const epoch = { data: await entryAt(context, newest.size - 1, newest.size), proof: paths.get(newest.size - 1)! };
  const statements = new Map<string, string>();
  const items = new Map<string, string>();
  for (const { statement, items: carried } of entries) {
    if (statement !== undefined) statements.set(digestIn(statement), statement);
    for (const item of carried) items.set(digestIn(item), item);
  }
  const first = await firstOver(context, entries[0]?.index ?? 0, newest, epoch.data);
  const { origin, publicKey } = context.gateway;
  const log = formatVerifierKey({ name: origin, algorithm: 'ED25519', publicKey });
  const keys = await readKeys(context, [...statements.values(), ...items.values()]);
  return { dossier: { log, statements, items, leaves, newest: newest.note, first, epoch, ...keys }, operator };
}

/** The whole of it, page after page. */
export async function readPages(
  context: ClientContext,
  exchange: ExchangeId,
  purpose: ReadingPurpose,
): Promise<{ entries: Entry[]; operator: EvidencePage['operator'] }> {
  const entries: Entry[] = [];
  const { ticket } = await openReading(context, { report: 'EVIDENCE', exchange, purpose });
  let operator: EvidencePage['operator'] | null = null;
  for await (const page of pagesAt(context, `/v1/exchanges/${exchange}/evidence?ticket=${ticket}`, evidencePage, 'evidence')) {
    if (page.erased > 0)
      throw new ParleyError(
        'EVIDENCE_ERASED',
        'Events of this exchange were erased after their time: what is left makes no whole file.',
        'Use a file that was made before. The log keeps its proofs, and a receipt of each leaf can still be fetched.',
      );
    entries.push(...page.entries);
    ({ operator } = page);
  }
  return { entries, operator: operator! };
}

/** Checkpoints are never on the way of a message: what has just happened is covered within the delay that its receipt promises. */
async function headOver(context: ClientContext, entries: readonly Entry[]): Promise<Head> {
  const last = entries.at(-1);
  const promisedMs = last === undefined ? 0 : Math.min(WAIT_MS_MAX, bodyOf(receiptOf(last.receipt)).proofDelayMsMax);
  for (let waitedMs = 0; ; waitedMs += ASK_MS) {
    const trusted = await newestCheckpoint(context);
    if (!trusted.ok && !showsNone(trusted.error))
      throw new ParleyError(
        'CHECKPOINT_UNTRUSTED',
        `The newest checkpoint is not believed: ${trusted.error}.`,
        'Ask the operator and the witnesses.',
      );
    if (trusted.ok && trusted.value.size > (last?.index ?? -1)) return { note: trusted.value.note, size: trusted.value.size };
    if (waitedMs >= promisedMs)
      throw new ParleyError(
        'NOT_PROVED_YET',
        'No checkpoint covers the whole exchange yet, though the time that was promised has passed, or ten minutes.',
        'Tell the operator; try again later.',
      );
    await context.clock.sleep(ASK_MS);
  }
}

/** @returns a C2SP tlog-proof of each leaf */
async function pathsFor({ door }: ClientContext, indexes: readonly number[], { size, note }: Head): Promise<Map<number, string>> {
  const plans = indexes.map((index) => ({ index, plan: planInclusion(index, size) }));
  const nodes = await readNodes(
    door,
    plans.flatMap(({ plan }) => plan.nodes),
    size,
  );
  if (!nodes.ok) throw unreadable(nodes.error);
  let at = 0;
  return new Map(
    plans.map(({ index, plan }) => [
      index,
      formatTlogProof({ index, path: plan.finish(nodes.value.slice(at, (at += plan.nodes.length))), note }),
    ]),
  );
}

async function entryAt({ door }: ClientContext, index: number, size: number): Promise<Uint8Array> {
  const tile = Math.floor(index / TILE_WIDTH);
  const path = tilePath({ level: 'entries', index: tile, width: Math.min(TILE_WIDTH, size - tile * TILE_WIDTH) });
  const entries = splitEntries((await door.ask({ method: 'GET', path: `/${path}`, signed: false })).bytes);
  return (entries.ok ? entries.value[index % TILE_WIDTH] : undefined) ?? Promise.reject(unreadable(path));
}

/** The first checkpoint that covers a leaf, by halving: numbers rise with sizes. Null where it is the newest. */
async function firstOver({ door }: ClientContext, index: number, newest: Head, epochLeaf: Uint8Array): Promise<Dossier['first']> {
  const epoch = parseEpochLeaf(epochLeaf);
  if (!epoch.ok) throw unreadable(epoch.error);
  const noteAt = async (n: number): Promise<Head> => {
    const { bytes } = await door.ask({ method: 'GET', path: `/v1/checkpoint/${n}`, signed: false });
    const note = new TextDecoder().decode(bytes);
    const parsed = parseNote(note);
    const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
    if (!checkpoint.ok) throw unreadable(checkpoint.error);
    return { note, size: checkpoint.value.size };
  };
  let [from, to, found] = [1, epoch.value.n, newest];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const head = await noteAt(middle);
    if (head.size > index) [to, found] = [middle, head];
    else from = middle + 1;
  }
  if (found.size >= newest.size) return null;
  const plan = planConsistency(found.size, newest.size);
  const nodes = await readNodes(door, plan.nodes, newest.size);
  if (!nodes.ok) throw unreadable(nodes.error);
  return { note: found.note, consistency: plan.finish(nodes.value) };
}

/** For each signer: the operator's designation of its authority, the entries by which its root lists the key, and what it revoked. */
async function readKeys(
  context: ClientContext,
  compacts: readonly string[],
): Promise<Pick<Dossier, 'designations' | 'entries' | 'roots' | 'revocations'>> {
  const { door, identity } = context;
  const listing = readAnswer(directoryAnswer, await door.get('/v1/directory', false), 'directory');
  const kids = new Set<string>([identity.signing.kid]);
  const authorities = new Set<string>([identity.authority]);
  for (const compact of compacts) {
    const read = statementIn(compact);
    kids.add(read.kid);
    authorities.add(read.typ === 'parley-item+json' ? read.payload.issuer : (signerOf(read) ?? ''));
  }
  const rows = listing.authorities.filter(({ authority }) => authorities.has(authority));
  const entries = rows.flatMap(({ entry }) => (entry === null ? [] : [entry]));
  for (const kid of kids) {
    entries.push(...readAnswer(keyAnswer, await door.get(`/v1/directory/keys/${kid}`, false), 'key').entries);
  }
  const signed = (compacts: readonly string[]): ReadonlyMap<string, string> => {
    const read = compacts.map((compact) => statementIn(compact));
    const own = read.filter(({ payload }) => 'authority' in payload && authorities.has(payload.authority));
    return new Map(own.map(({ digest, compact }) => [digest, compact]));
  };
  const { revocations, roots } = listing;
  return {
    designations: signed(rows.map(({ designation }) => designation)),
    entries: signed(entries),
    roots: signed(roots),
    revocations: signed(revocations),
  };
}

const bodyOf = ({ body }: Receipt): ReceiptBody => {
  const read = receiptBodyIn(body);
  if (read !== null) return read;
  throw unreadable('receipt');
};
const digestIn = (compact: string): string => statementIn(compact).digest;
const statementIn = (compact: string): Statement => {
  const read = readStatement(compact);
  if (read.ok) return read.value;
  throw unreadable('statement');
};
