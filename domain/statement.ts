/**
 * Statements: everything that binds. A statement is a compact JWS over exact bytes; `digest` = SHA-256 of those bytes.
 * `typ` decides the payload's schema; unknown types, versions and members are refused by name.
 */
import type { AuthorityId, Digest, KeyId } from './ids.js';
import { no, ok, type Result } from './result.js';
import { consent, consentRefusal, consentRevocation } from './wire/consent.js';
import { designation, entry, revocation, rootChange, sessionRequest } from './wire/directory.js';
import { envelope } from './wire/envelope.js';
import { item } from './wire/item.js';
import { approval, consultation, notice, verification } from './wire/notice.js';
import { deletion, inability } from './wire/notice-answer.js';
import { quorumRequest, quorumShare } from './wire/quorum.js';
import { agreement, designationApproval } from './wire/register.js';
import { access, labelChange, release, useRecord } from './wire/release.js';
import { shapeWords } from './wire/shape-words.js';

/** Schema and largest compact size in bytes of each type. */
export const STATEMENT_TYPES = {
  'parley-item+json': { schema: item, bytesMax: 16_384 },
  'parley-envelope+json': { schema: envelope, bytesMax: 65_536 },
  'parley-consent+json': { schema: consent, bytesMax: 16_384 },
  'parley-consent-refusal+json': { schema: consentRefusal, bytesMax: 16_384 },
  'parley-consent-revocation+json': { schema: consentRevocation, bytesMax: 4_096 },
  'parley-release+json': { schema: release, bytesMax: 32_768 },
  'parley-access+json': { schema: access, bytesMax: 4_096 },
  'parley-label+json': { schema: labelChange, bytesMax: 16_384 },
  'parley-use+json': { schema: useRecord, bytesMax: 4_096 },
  'parley-deletion+json': { schema: deletion, bytesMax: 8_192 },
  'parley-inability+json': { schema: inability, bytesMax: 4_096 },
  'parley-notice+json': { schema: notice, bytesMax: 4_096 },
  'parley-approval+json': { schema: approval, bytesMax: 4_096 },
  'parley-consultation+json': { schema: consultation, bytesMax: 4_096 },
  'parley-verification+json': { schema: verification, bytesMax: 4_096 },
  'parley-entry+json': { schema: entry, bytesMax: 262_144 },
  'parley-designation+json': { schema: designation, bytesMax: 4_096 },
  'parley-designation-approval+json': { schema: designationApproval, bytesMax: 4_096 },
  'parley-agreement+json': { schema: agreement, bytesMax: 16_384 },
  'parley-revocation+json': { schema: revocation, bytesMax: 4_096 },
  'parley-root+json': { schema: rootChange, bytesMax: 4_096 },
  'parley-quorum-request+json': { schema: quorumRequest, bytesMax: 4_096 },
  'parley-quorum-share+json': { schema: quorumShare, bytesMax: 8_192 },
  'parley-session+json': { schema: sessionRequest, bytesMax: 4_096 },
} as const satisfies Record<string, { readonly schema: { parse(json: unknown): unknown }; readonly bytesMax: number }>;

export type StatementType = keyof typeof STATEMENT_TYPES;

/** compact size in bytes of the longest type: before it is known which one a text is of */
export const STATEMENT_BYTES_MAX = Math.max(...Object.values(STATEMENT_TYPES).map(({ bytesMax }) => bytesMax));

export type PayloadOf<T extends StatementType> = ReturnType<(typeof STATEMENT_TYPES)[T]['schema']['parse']>;

/** A statement whose payload has the shape of its type. Whose signature it bears is another question. */
export type Statement = { [T in StatementType]: StatementOf<T> }[StatementType];
export interface StatementOf<T extends StatementType> {
  readonly typ: T;
  readonly kid: KeyId;
  readonly digest: Digest;
  readonly compact: string;
  readonly payload: PayloadOf<T>;
}

/** A root's or the operator's own word: it authenticates itself and needs no session. */
export const SELF_SIGNED: ReadonlySet<StatementType> = new Set([
  'parley-entry+json',
  'parley-revocation+json',
  'parley-root+json',
  'parley-designation+json',
  'parley-designation-approval+json',
  'parley-agreement+json',
]);

/** Whose word it says that it is: nothing of it is verified here. */
export function authorOf(statement: Exclude<Statement, StatementOf<'parley-item+json' | 'parley-session+json'>>): AuthorityId {
  switch (statement.typ) {
    case 'parley-envelope+json':
      return statement.payload.from;
    case 'parley-consent+json':
    case 'parley-consent-refusal+json':
    case 'parley-consent-revocation+json':
    case 'parley-label+json':
    case 'parley-consultation+json':
    case 'parley-verification+json':
      return statement.payload.originator;
    case 'parley-release+json':
    case 'parley-use+json':
    case 'parley-notice+json':
    case 'parley-deletion+json':
    case 'parley-inability+json':
      return statement.payload.holder;
    case 'parley-access+json':
      return statement.payload.reader;
    case 'parley-approval+json':
    case 'parley-quorum-request+json':
    case 'parley-quorum-share+json':
    case 'parley-entry+json':
    case 'parley-revocation+json':
    case 'parley-root+json':
      return statement.payload.authority;
    case 'parley-designation+json':
    case 'parley-designation-approval+json':
    case 'parley-agreement+json':
      return statement.payload.operator;
  }
}

export const isStatementType = (typ: string): typ is StatementType => Object.hasOwn(STATEMENT_TYPES, typ);

export interface ShapeProblem {
  readonly code: 'UNKNOWN_TYPE' | 'UNKNOWN_VERSION' | 'TOO_LARGE' | 'MALFORMED';
  /** paths and expectations, never values */
  readonly detail: string;
  readonly members: readonly string[];
}

/**
 * Gives a parsed JWS the shape that its `typ` promises.
 * @param json the payload as strict JSON (no duplicate members, safe integers)
 */
export function shapeStatement(
  jws: { readonly typ: string; readonly kid: KeyId; readonly digest: Digest; readonly compact: string },
  json: unknown,
): Result<Statement, ShapeProblem> {
  if (!isStatementType(jws.typ))
    return no({ code: 'UNKNOWN_TYPE', detail: `known: ${Object.keys(STATEMENT_TYPES).join(', ')}`, members: ['typ'] });
  const { schema, bytesMax } = STATEMENT_TYPES[jws.typ];
  if (jws.compact.length > bytesMax) return no({ code: 'TOO_LARGE', detail: `at most ${bytesMax} bytes`, members: [] });
  if (typeof json === 'object' && json !== null && 'v' in json && json.v !== 1)
    return no({ code: 'UNKNOWN_VERSION', detail: 'known versions: 1', members: ['v'] });
  const shaped = schema.safeParse(json);
  if (!shaped.success) {
    const members = shaped.error.issues.map(
      (issue) => issue.path.join('.') + (issue.code === 'unrecognized_keys' ? `+${issue.keys.join('+')}` : ''),
    );
    const detail = shapeWords(shaped.error.issues, json).join('; ');
    return no({ code: 'MALFORMED', detail: detail.slice(0, 500), members: members.slice(0, 16).map((member) => member.slice(0, 80)) });
  }
  const { typ, kid, digest, compact } = jws;
  return ok({ typ, kid, digest, compact, payload: shaped.data } as Statement);
}
