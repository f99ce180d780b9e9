/** What was signed with a key that may have been in other hands by then: marked for whoever reads it, and never erased. */
import { doubtAt, type Directory } from '../../domain/authority.js';
import type { AuthorityId, Digest, KeyId } from '../../domain/ids.js';
import type { StatementType } from '../../domain/statement.js';
import type { Instant } from '../../domain/time.js';

export interface DoubtfulSignature {
  readonly statement: Digest;
  readonly typ: StatementType;
  readonly kid: KeyId;
  readonly authority: AuthorityId | null;
  /** the authority's root says so: COMPROMISED, doubtful since */
  readonly since: Instant;
}

interface SignedThen {
  readonly digest: Digest;
  readonly typ: StatementType;
  readonly kid: KeyId;
}

/** @param at when the log took each */
export function doubtfulSignatures(
  statements: readonly (SignedThen | null)[],
  directory: Directory,
  at: (statement: SignedThen) => Instant,
): readonly DoubtfulSignature[] {
  return statements.flatMap((statement) => {
    const since = statement === null ? null : doubtAt(directory, statement.kid, at(statement));
    if (statement === null || since === null) return [];
    const { digest, typ, kid } = statement;
    return [{ statement: digest, typ, kid, authority: directory.officerKeys.get(kid)?.authority ?? null, since }];
  });
}
