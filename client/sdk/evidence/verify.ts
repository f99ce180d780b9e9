/**
 * Checks a file of evidence with what the verifier brings and nothing else: no network, no store, no clock. The order is from outside to
 * inside, and the first thing that is wrong ends it.
 */
import type { LogTrust } from '../../../crypto/checkpoint.js';
import { parseVerifierKey, type VerifierKey } from '../../../crypto/note-key.js';
import { encodeDigest } from '../../../crypto/merkle/digests.js';
import type { EvidenceManifest } from '../../../domain/wire/evidence.js';
import { formatInstant } from '../../../domain/time.js';
import { checkBelonging } from './belonging.js';
import { checkCheckpoints, checkLeaf, type CheckedLog } from './check-log.js';
import {
  checkItem,
  checkOrder,
  checkReferences,
  checkStatement,
  isDelivery,
  type CheckedItem,
  type CheckedStatement,
} from './check-statements.js';
import { EVIDENCE_CODES, EvidenceWrong, wrong, type EvidenceCode } from './codes.js';
import { dossierOf, type Dossier, type ReadLeaf } from './dossier.js';
import { checkMaker, loadFile, type Loaded } from './file.js';
import type { Directory } from './keys.js';
import { kindOf, memberName, README, TIMELINE_HTML, TIMELINE_TEXT } from './layout.js';
import { readmeText } from './readme.js';
import { vouchedDirectory, type GivenRoots } from './vouching.js';
import { restingRemarks } from './resting.js';
import { timelineHtml, timelineText } from './timeline.js';
import type { ReadAt } from './zip-read.js';

/** What the verifier got by another way than the file. */
export interface EvidenceTrust {
  /** fingerprint of the root of the authority that made the file */
  readonly root: string;
  /** of others, and former ones, by authority; absent ones are believed on the operator's designation */
  readonly roots?: GivenRoots;
  /** the log's key; absent: as the maker had pinned it */
  readonly log?: VerifierKey;
  readonly witnesses?: readonly VerifierKey[];
  /** how many of them must have seen the newest checkpoint */
  readonly quorum?: number;
}

export interface EvidenceReport {
  /** null: the check did not get that far */
  readonly about: { readonly authority: string; readonly exchange: string; readonly log: string; readonly madeAt: string } | null;
  /** item by item, what was checked and held */
  readonly checks: readonly { readonly check: string; readonly about: string; readonly held: string }[];
  /** what holds and should still be known: a doubtful key, no witness, whose word something rests on */
  readonly remarks: readonly string[];
  /** the first thing that is wrong; null: nothing is */
  readonly wrong: { readonly code: EvidenceCode; readonly meaning: string; readonly where: string; readonly detail: string } | null;
}

type Note = (check: string, about: string, held: string) => void;
interface Notebook {
  about: EvidenceReport['about'];
  readonly checks: { check: string; about: string; held: string }[];
  readonly remarks: string[];
}

/** @throws only what reading the file throws */
export async function verifyEvidenceFile(file: ReadAt, trust: EvidenceTrust): Promise<EvidenceReport> {
  const book: Notebook = { about: null, checks: [], remarks: [] };
  try {
    await checkAll(file, trust, book);
    return { ...book, wrong: null };
  } catch (error) {
    if (!(error instanceof EvidenceWrong)) throw error;
    const { code, where, detail } = error;
    return { ...book, wrong: { code, meaning: EVIDENCE_CODES[code], where, detail } };
  }
}

async function checkAll(file: ReadAt, trust: EvidenceTrust, book: Notebook): Promise<void> {
  const note: Note = (check, about, held) => void book.checks.push({ check, about, held });
  const loaded = await loadFile(file);
  const { manifest } = loaded;
  book.about = { authority: manifest.authority, exchange: manifest.exchange, log: manifest.aud, madeAt: formatInstant(manifest.at) };
  note('file', 'layout', `${manifest.members.length} members, each with the digest that the manifest names`);
  const dossier = dossierOf(loaded.members);
  const directory = await checkDirectory(dossier, manifest, trust, book, note);
  note('manifest', manifest.authority, `signed by its officer ${await checkMaker(loaded, directory)}`);
  const log = logTrustIn(dossier, manifest, trust, book);
  const checked = checkCheckpoints(dossier, log);
  noteCheckpoints(checked, trust, book, note);
  const head = { note: dossier.newest, checkpoint: checked.newest.checkpoint };
  const leaves: ReadLeaf[] = [];
  for (const leaf of dossier.leaves) {
    const read = await checkLeaf(leaf, manifest, log, head);
    leaves.push(read);
    note(
      'leaf',
      `#${leaf.index} ${read.body.stage} ${read.body.outcome} ${read.event.action}`,
      'receipt signed, included, own view hashed into it',
    );
  }
  const { statements, items } = await checkSigned(dossier, leaves, directory, manifest, note);
  checkReferences(dossier, statements, leaves, manifest);
  checkBelonging(statements, items, leaves, manifest);
  checkOrder(statements, leaves, manifest);
  note(
    'order',
    'exchange',
    'all of it is of this exchange; what each statement rests on is here; envelopes and versions follow one another',
  );
  checkBodies(loaded, items, note);
  checkTexts(loaded, dossier, leaves, note);
  book.remarks.push(...doubts(statements, items), ...datedByAuthor(statements), ...restingRemarks(statements, items));
}

async function checkDirectory(
  dossier: Dossier,
  manifest: EvidenceManifest,
  trust: EvidenceTrust,
  book: Notebook,
  note: Note,
): Promise<Directory> {
  const roots = new Map(trust.roots ?? []).set(manifest.authority, [trust.root, ...(trust.roots?.get(manifest.authority) ?? [])]);
  const directory = await vouchedDirectory(dossier, manifest, roots);
  for (const { authority, by, entries, idle, revocations, root } of directory.values()) {
    const basis = by === 'GIVEN' ? 'the root that you gave' : `the root ${root}, on the operator’s designation`;
    note('entries', authority, `${entries.length} signed by ${basis}; ${revocations.length} revocations`);
    book.remarks.push(...idle.map((kid) => `The root ${kid} that you gave for ${authority} vouched for nothing in this file.`));
    if (by === 'DESIGNATION')
      book.remarks.push(
        `The root of ${authority} is believed on the designation of ${manifest.operator.authority}: give --root ${authority}=… to believe your own.`,
      );
  }
  if (!roots.has(manifest.operator.authority) && [...directory.values()].some(({ by }) => by === 'DESIGNATION'))
    book.remarks.push(
      `The operator’s own root ${manifest.operator.root.kid} is as the maker saw it: give --root ${manifest.operator.authority}=… to believe your own.`,
    );
  return directory;
}

function logTrustIn(dossier: Dossier, manifest: EvidenceManifest, trust: EvidenceTrust, book: Notebook): LogTrust {
  const said = parseVerifierKey(manifest.log);
  if (!said.ok || said.value.algorithm !== 'ED25519' || said.value.name !== manifest.aud)
    return wrong('LOG_DIFFERS', 'manifest', 'not the key of the log that it names');
  if (dossier.log !== manifest.log) wrong('LOG_DIFFERS', 'log.vkey');
  const { log } = trust;
  if (log === undefined) book.remarks.push('The log’s key is as the maker had pinned it: give --log VKEY to believe your own.');
  else if (log.name !== manifest.aud || encodeDigest(log.publicKey) !== encodeDigest(said.value.publicKey))
    wrong('LOG_DIFFERS', 'log.vkey', 'it is not the key that was given');
  return { origin: manifest.aud, logKeys: [said.value], witnesses: trust.witnesses ?? [], quorum: trust.quorum ?? 0 };
}

function noteCheckpoints({ newest, first, epoch }: CheckedLog, { quorum = 0 }: EvidenceTrust, book: Notebook, note: Note): void {
  const seen = newest.cosignatures.map(({ witness, at }) => `${witness} at ${formatInstant(at)}`);
  note(
    'checkpoint',
    `size ${newest.checkpoint.size}`,
    `signed by the log; epoch ${epoch}; cosigned: ${seen.length === 0 ? 'by nobody whom you named' : seen.join(', ')}`,
  );
  if (first !== null)
    note(
      'consistency',
      `size ${first.checkpoint.size} → ${newest.checkpoint.size}`,
      'the earlier checkpoint is the beginning of the newest',
    );
  if (quorum === 0) book.remarks.push('No witness was asked for: that the log shows everybody the same is the operator’s word.');
}

async function checkSigned(dossier: Dossier, leaves: readonly ReadLeaf[], directory: Directory, manifest: EvidenceManifest, note: Note) {
  const statements: CheckedStatement[] = [];
  for (const [digest, compact] of dossier.statements) statements.push(await checkStatement(digest, compact, leaves, directory, manifest));
  statements.sort((a, b) => a.leaf.index - b.leaf.index);
  for (const { statement, authority, key, leaf } of statements)
    note(
      'statement',
      `${statement.typ} ${statement.digest}`,
      isDelivery(leaf)
        ? `signed by ${key.officer} of ${authority}, whose key was valid when it says; delivered at ${leaf.body.at} (#${leaf.index})`
        : `signed by ${key.officer} of ${authority}, whose key was valid at ${leaf.body.at} (#${leaf.index})`,
    );
  const items: CheckedItem[] = [];
  for (const [digest, compact] of dossier.items) items.push(await checkItem(digest, compact, statements, directory));
  for (const { item, key, at, isGood } of items) {
    const when = isGood
      ? `whose key was valid at ${formatInstant(at)}`
      : `whose key had ended by ${formatInstant(at)}: its issuer stands by it`;
    note('item', item.digest, `signed by ${key.officer} of ${item.payload.issuer}, ${when}`);
  }
  return { statements, items };
}

/** Their bytes fit the manifest already; the manifest must name what issuers signed. */
function checkBodies({ manifest }: Loaded, items: readonly CheckedItem[], note: Note): void {
  const bodies = new Map(manifest.members.filter(({ name }) => kindOf(name)?.kind === 'body').map((member) => [member.name, member]));
  for (const { item } of items) {
    const name = memberName('body', item.digest);
    const body = bodies.get(name);
    if (body === undefined) continue;
    if (body.bytes !== item.payload.size || body.digest !== item.payload.ciphertext) wrong('BODY_DIFFERS', name);
    bodies.delete(name);
    note('body', item.digest, `${body.bytes} bytes, the ciphertext that the issuer signed`);
  }
  for (const name of bodies.keys()) wrong('BODY_DIFFERS', name, 'no item of the file names it');
}

function checkTexts({ members, manifest }: Loaded, { statements }: Dossier, leaves: readonly ReadLeaf[], note: Note): void {
  const utf8 = new TextEncoder();
  const fits = (name: string, text: string): boolean => {
    const bytes = members.get(name);
    const made = utf8.encode(text);
    return bytes?.length === made.length && made.every((byte, i) => byte === bytes[i]);
  };
  if (!fits(README, readmeText(manifest))) wrong('README_DIFFERS', README);
  if (!fits(TIMELINE_TEXT, timelineText(manifest, leaves, statements))) wrong('TIMELINE_DIFFERS', TIMELINE_TEXT);
  if (!fits(TIMELINE_HTML, timelineHtml(manifest, leaves, statements))) wrong('TIMELINE_DIFFERS', TIMELINE_HTML);
  note('timeline', TIMELINE_TEXT, 'tells what the checked members say');
}

const doubts = (statements: readonly CheckedStatement[], items: readonly CheckedItem[]): string[] =>
  [
    ...statements.map(({ statement, authority, doubtfulSince }) => ({ authority, about: statement.digest, doubtfulSince })),
    ...items.map(({ item, doubtfulSince }) => ({ authority: item.payload.issuer, about: `item ${item.digest}`, doubtfulSince })),
  ].flatMap(({ authority, about, doubtfulSince }) =>
    doubtfulSince === null
      ? []
      : [`DOUBTFUL: ${authority} says that the key of ${about} may have been in other hands since ${formatInstant(doubtfulSince)}.`],
  );

const datedByAuthor = (statements: readonly CheckedStatement[]): string[] =>
  statements.flatMap(({ statement, authority, leaf, isGoodByItsDate }) =>
    isGoodByItsDate
      ? [
          `DOUBTFUL: the key of ${statement.digest} was good at the date that ${authority} gives it, and not when it was delivered (#${leaf.index}).`,
        ]
      : [],
  );
