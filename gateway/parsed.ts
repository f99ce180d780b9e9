/** A submission taken apart. Nothing in it is to be trusted but its shape until `verify-statement` has said whose words it holds. */
import type { ParsedStatement } from '../crypto/statement.js';
import type { OfficerKey } from '../domain/authority.js';
import type { AuthorityId, Digest, KeyId, Uuid } from '../domain/ids.js';
import { SELF_SIGNED, type Statement, type StatementOf } from '../domain/statement.js';

export const isSelfSigned = (typ: string): boolean => (SELF_SIGNED as ReadonlySet<string>).has(typ);

export interface Signed<S extends Statement = Statement> {
  readonly statement: S;
  readonly jws: ParsedStatement;
}

export interface GivenSeal {
  readonly item: Digest;
  readonly kid: KeyId;
  readonly bytes: Uint8Array;
  readonly digest: Digest;
}

export type GivenBody = { readonly kind: 'inline'; readonly bytes: Uint8Array } | { readonly kind: 'upload'; readonly upload: Uuid };

export interface ParsedSubmission {
  readonly signed: Signed;
  readonly items: readonly Signed<StatementOf<'parley-item+json'>>[];
  readonly seals: readonly GivenSeal[];
  readonly bodies: ReadonlyMap<Digest, GivenBody>;
}

/** Who speaks. `officer` is null for the authority's root and for the operator's root. */
export interface Author {
  readonly authority: AuthorityId;
  readonly id: Uuid;
  readonly officer: OfficerKey | null;
}
