/** Statements and items: shape, log, receipt, signer's key at log time, signature; and that what one rests on is here. */
import { consentsIn } from '../../../domain/basis.js';
import type { AuthorityId } from '../../../domain/ids.js';
import { authorOf, SELF_SIGNED, type Statement, type StatementOf } from '../../../domain/statement.js';
import { parseInstant, type Instant } from '../../../domain/time.js';
import type { EvidenceManifest } from '../../../domain/wire/evidence.js';
import { certain } from '../../../domain/result.js';
import { isSignedBy, readStatement, readStatementOf } from '../statements.js';
import { wrong } from './codes.js';
import type { Dossier, ReadLeaf } from './dossier.js';
import { checkValid, doubtAt, isGood, keyOf, type Directory, type VouchedKey } from './keys.js';
import { memberName } from './layout.js';

export type Item = StatementOf<'parley-item+json'>;

/** A statement that was checked, with when the log took it in. */
export interface CheckedStatement {
  readonly statement: Statement;
  readonly authority: string;
  readonly leaf: ReadLeaf;
  readonly key: VouchedKey;
  /** since when its key may have been in other hands, where that was before the log took it in */
  readonly doubtfulSince: Instant | null;
  /** of a change of label that its delivery alone shows: its key was good at the date that its author gives it, and not when it was delivered */
  readonly isGoodByItsDate: boolean;
}
export interface CheckedItem {
  readonly item: Item;
  /** when the log took in the first statement that carries it */
  readonly at: Instant;
  readonly key: VouchedKey;
  readonly doubtfulSince: Instant | null;
  /** its key was good then; false: its issuer stands by it, and it was signed before */
  readonly isGood: boolean;
}

/** Who must have signed it. Null: a statement that is no party's word about an exchange, and has no place here. */
export function signerOf(statement: Statement): AuthorityId | null {
  const { typ } = statement;
  if (typ === 'parley-item+json' || typ === 'parley-session+json' || typ === 'parley-quorum-share+json') return null;
  return SELF_SIGNED.has(typ) ? null : authorOf(statement);
}

/** @throws EvidenceWrong `STATEMENT_MALFORMED`, `STATEMENT_DIFFERS`, `RECEIPT_MISSING`, `EVENT_DIFFERS`, and about key and signature */
export async function checkStatement(
  digest: string,
  compact: string,
  leaves: readonly ReadLeaf[],
  directory: Directory,
  manifest: EvidenceManifest,
): Promise<CheckedStatement> {
  const where = memberName('statement', digest);
  const read = readStatement(compact);
  if (!read.ok) return wrong('STATEMENT_MALFORMED', where, read.error);
  const statement = read.value;
  if (statement.digest !== digest) wrong('STATEMENT_MALFORMED', where, `its digest is ${statement.digest}`);
  const authority = signerOf(statement) ?? wrong('STATEMENT_DIFFERS', where, `a ${statement.typ} has no place in an exchange`);
  if (!('aud' in statement.payload) || statement.payload.aud !== manifest.aud) wrong('STATEMENT_DIFFERS', where, 'it is of another log');
  if (statement.typ === 'parley-envelope+json' && statement.payload.exchange !== manifest.exchange)
    wrong('STATEMENT_DIFFERS', where, 'it is of another exchange');
  if (statement.typ === 'parley-quorum-request+json' && !isOfCase(statement, manifest))
    wrong('STATEMENT_DIFFERS', where, 'it is of another exchange');
  const key = keyOf(directory, authority, statement.kid, where);
  if (!(await isSignedBy(compact, key.publicKey))) wrong('SIGNATURE_INVALID', where);
  const leaf =
    leaves.find(
      ({ body }) => body.statement === digest && body.outcome === 'ALLOW' && (body.stage === 'accepted' || body.stage === 'accessed'),
    ) ??
    deliveryOf(statement, leaves, manifest) ??
    wrong('RECEIPT_MISSING', where);
  const isInIt = statement.typ !== 'parley-envelope+json' || leaf.event.object.exchange === manifest.exchange;
  const isBy = leaf.event.actor.authority === (isDelivery(leaf) ? 'GATEWAY' : authority);
  if (!isBy || !isInIt || !fitsAction(statement, leaf)) wrong('EVENT_DIFFERS', memberName('view', leaf.index), where);
  const logged = certain(parseInstant(leaf.body.at));
  // a delivery can be long after the acceptance, which alone asks whether the key was good
  checkValid(key, isDelivery(leaf) && 'at' in statement.payload ? statement.payload.at : logged, where);
  return { statement, authority, leaf, key, doubtfulSince: doubtAt(key, logged), isGoodByItsDate: !isGood(key, logged) };
}

export const isDelivery = ({ body }: ReadLeaf): boolean => body.stage === 'delivered' && body.outcome === 'DONE';

/** Of a change of label a holder sees no acceptance: that it was delivered is what the log says to it. */
const deliveryOf = ({ typ, digest }: Statement, leaves: readonly ReadLeaf[], { authority }: EvidenceManifest): ReadLeaf | undefined =>
  typ === 'parley-label+json'
    ? leaves.find((leaf) => leaf.body.statement === digest && isDelivery(leaf) && leaf.event.counterparty === authority)
    : undefined;

const isOfCase = ({ payload }: StatementOf<'parley-quorum-request+json'>, { exchange }: EvidenceManifest): boolean =>
  payload.act === 'OPEN' && payload.exchange === exchange;

const fitsAction = ({ typ }: Statement, { event, body }: ReadLeaf): boolean =>
  (typ === 'parley-access+json') === (body.stage === 'accessed') && (typ === 'parley-envelope+json') === (event.action === 'SEND');

/** @throws EvidenceWrong `STATEMENT_MALFORMED`, `ITEM_UNGIVEN`, and about key and signature */
export async function checkItem(
  digest: string,
  compact: string,
  statements: readonly CheckedStatement[],
  directory: Directory,
): Promise<CheckedItem> {
  const where = memberName('item', digest);
  const read = readStatementOf('parley-item+json', compact);
  if (!read.ok) return wrong('STATEMENT_MALFORMED', where, read.error);
  const item = read.value;
  if (item.digest !== digest) wrong('STATEMENT_MALFORMED', where, `its digest is ${item.digest}`);
  const key = keyOf(directory, item.payload.issuer, item.kid, where);
  if (!(await isSignedBy(compact, key.publicKey))) wrong('SIGNATURE_INVALID', where);
  // it came with the first statement that carries it: an envelope, a release of a portion, the text of a refusal
  const giver = statements.find(({ statement }) => carriedBy(statement).includes(digest)) ?? wrong('ITEM_UNGIVEN', where);
  const at = certain(parseInstant(giver.leaf.body.at));
  const isNamed = statements.some(({ statement, authority }) => authority === item.payload.issuer && namedIn(statement).includes(digest));
  return { item, at, key, doubtfulSince: isNamed ? doubtAt(key, at) : checkValid(key, at, where), isGood: isGood(key, at) };
}

/** Whose own words these are, with a good key, stands by these items: one may have been signed and given before, and its signer have left since. */
const namedIn = (statement: Statement): readonly string[] =>
  statement.typ === 'parley-consent+json' ? statement.payload.items : carriedBy(statement);

export function carriedBy({ typ, payload }: Statement): readonly string[] {
  if (typ === 'parley-envelope+json') return payload.items;
  if (typ === 'parley-release+json') return [payload.item];
  return typ === 'parley-consent-refusal+json' && payload.text !== undefined ? [payload.text] : [];
}

/** What must be here for a statement to be understood: its items, the consents and notices that it rests on, what it answers. */
export function restsOn(statement: Statement): { readonly items: readonly string[]; readonly statements: readonly string[] } {
  const { typ, payload } = statement;
  switch (typ) {
    case 'parley-envelope+json':
      return { items: payload.items, statements: payload.prev === undefined ? [] : [payload.prev] };
    case 'parley-release+json':
      return { items: [payload.item], statements: consentsIn(payload.basis) };
    case 'parley-access+json':
    case 'parley-use+json':
    case 'parley-label+json':
    case 'parley-deletion+json':
    case 'parley-inability+json':
    case 'parley-verification+json':
    case 'parley-notice+json':
      return { items: [payload.item], statements: [] };
    case 'parley-consent-revocation+json':
      return { items: [], statements: [payload.consent] };
    case 'parley-approval+json':
    case 'parley-consultation+json':
      return { items: [], statements: [payload.notice] };
    default:
      return { items: [], statements: [] };
  }
}

/** @throws EvidenceWrong `REFERENCE_MISSING`, `STATEMENT_MISSING` */
export function checkReferences(
  dossier: Dossier,
  statements: readonly CheckedStatement[],
  leaves: readonly ReadLeaf[],
  manifest: EvidenceManifest,
): void {
  for (const { statement } of statements) {
    const needs = restsOn(statement);
    const item = needs.items.find((digest) => !dossier.items.has(digest));
    const other = needs.statements.find((digest) => !dossier.statements.has(digest));
    if (item !== undefined) wrong('REFERENCE_MISSING', memberName('statement', statement.digest), `item ${item} is not here`);
    if (other !== undefined) wrong('REFERENCE_MISSING', memberName('statement', statement.digest), `${other} is not here`);
  }
  for (const { index, body, event } of leaves) {
    const isTaken = body.outcome === 'ALLOW' && (body.stage === 'accepted' || body.stage === 'accessed');
    // what the maker said itself, and every envelope, the maker has; of others' words it may know that they were said and no more
    // and a holder's agreement is sealed to who asked: its event tells of it
    if (event.action === 'QUORUM_SHARE') continue;
    const isOwed = event.actor.authority === manifest.authority || (event.action === 'SEND' && event.object.exchange === manifest.exchange);
    if (isTaken && isOwed && !dossier.statements.has(body.statement))
      wrong('STATEMENT_MISSING', memberName('statement', body.statement), `leaf ${index} says that the log took it in`);
  }
}

/** Envelopes and versions follow one another, so that none was left out in between. @throws EvidenceWrong `ORDER_BROKEN` */
export function checkOrder(statements: readonly CheckedStatement[], leaves: readonly ReadLeaf[], manifest: EvidenceManifest): void {
  const envelopes = statements.flatMap(({ statement, leaf }) =>
    statement.typ === 'parley-envelope+json' ? [{ ...statement, index: leaf.index }] : [],
  );
  const places = new Map(envelopes.map(({ digest, index }) => [digest as string, index]));
  for (const { digest, index, payload } of envelopes) {
    const before = payload.prev === undefined ? -1 : places.get(payload.prev);
    if (before === undefined || before >= index) wrong('ORDER_BROKEN', memberName('statement', digest), 'it answers what came later');
  }
  let version = 0;
  for (const { index, body, event } of leaves) {
    // a consent moves on the exchange that asked for it, which is another one
    const isOfIt = event.object.exchange === manifest.exchange || (event.object.exchange === undefined && places.has(body.statement));
    if (body.version === 0 || !isOfIt) continue;
    const isStep = event.action === 'SEND' && body.outcome === 'ALLOW';
    const fits = body.version === version + 1 || (!isStep && body.version === version);
    if (!fits) wrong('ORDER_BROKEN', memberName('receipt', index), `version ${body.version} of the exchange follows version ${version}`);
    version = body.version;
  }
}
