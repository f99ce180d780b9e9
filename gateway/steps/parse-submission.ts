/** Takes a submission apart. Nothing in the result is to be trusted yet but its shape: whose words they are comes next. */
import { decodeBase64url } from '../../crypto/base64url.js';
import { digestOfBytes } from '../../crypto/digest.js';
import { parseStatement, type ParsedStatement } from '../../crypto/statement.js';
import type { Digest } from '../../domain/ids.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import { shapeStatement, STATEMENT_BYTES_MAX, type StatementOf, type StatementType } from '../../domain/statement.js';
import { isInOrder } from '../../domain/wire/item.js';
import { parseJsonStrict } from '../../domain/wire/strict-json.js';
import type { Submission } from '../../domain/wire/submission.js';
import type { GivenBody, GivenSeal, ParsedSubmission, Signed } from '../parsed.js';

/** @param sound its statement, as `soundStatement` gives it */
export function parseSubmission(submission: Submission, sound: ParsedStatement): Result<ParsedSubmission, Refusal> {
  const signed = readSigned(sound);
  if (!signed.ok) return signed;
  if (signed.value.statement.typ === 'parley-item+json') return no(refusal('NOT_OFFERED', 'an item travels in an envelope, not alone'));
  const items: Signed<StatementOf<'parley-item+json'>>[] = [];
  for (const compact of submission.items ?? []) {
    const jws = soundStatement(compact);
    const item = jws.ok ? readSigned(jws.value) : jws;
    if (!item.ok) return item;
    const { statement } = item.value;
    if (statement.typ !== 'parley-item+json') return no(refusal('MALFORMED', 'items holds a statement that is no item'));
    if (!isInOrder(statement.payload.form?._sd ?? [])) return no(refusal('MALFORMED', 'form._sd: digests sorted, each once'));
    items.push({ statement, jws: item.value.jws });
  }
  if (new Set(items.map((item) => item.jws.digest)).size !== items.length) return no(refusal('MALFORMED', 'one item twice'));
  const seals: GivenSeal[] = [];
  for (const seal of submission.seals ?? []) {
    const bytes = decodeBase64url(seal.bytes);
    if (!bytes.ok) return no(refusal('MALFORMED', 'a seal is not base64url'));
    seals.push({ item: seal.item, kid: seal.kid, bytes: bytes.value, digest: digestOfBytes(bytes.value) });
  }
  const bodies = new Map<Digest, GivenBody>();
  for (const body of submission.bodies ?? []) {
    if (bodies.has(body.item)) return no(refusal('MALFORMED', 'two bodies for one item'));
    if ('upload' in body) {
      bodies.set(body.item, { kind: 'upload', upload: body.upload });
      continue;
    }
    const bytes = decodeBase64url(body.bytes);
    if (!bytes.ok) return no(refusal('MALFORMED', 'a body is not base64url'));
    bodies.set(body.item, { kind: 'inline', bytes: bytes.value });
  }
  const { typ } = signed.value.statement;
  if (!HANDS_OVER.has(typ) && items.length + seals.length + bodies.size > 0)
    return no(refusal('MALFORMED', `items, seals, bodies: ${typ} hands nothing over`));
  return ok({ signed: signed.value, items, seals, bodies });
}

/** What came beside any other word would be kept, and given to nobody. */
const HANDS_OVER: ReadonlySet<StatementType> = new Set([
  'parley-envelope+json',
  'parley-release+json',
  'parley-consent-refusal+json',
] satisfies StatementType[]);

/** What its answer is about, whatever comes with it and however it reads: one that is not in its one spelling has no digest we could vouch for. */
export function soundStatement(compact: string): Result<ParsedStatement, Refusal> {
  const jws = parseStatement(compact, STATEMENT_BYTES_MAX);
  return jws.ok ? jws : no(refusal('SIGNATURE_INVALID', jws.error));
}

function readSigned(jws: ParsedStatement): Result<Signed, Refusal> {
  const json = parseJsonStrict(jws.payload);
  if (!json.ok) return no(refusal('MALFORMED', json.error));
  const shaped = shapeStatement(jws, json.value);
  return shaped.ok ? ok({ statement: shaped.value, jws }) : no(refusal(shaped.error.code, shaped.error.detail));
}
