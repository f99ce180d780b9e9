/** Whose key? Valid now? Exactly these bytes? Meant for this log, at this time, by this caller? */
import { decodeBase64url } from '../../crypto/base64url.js';
import { verifyStatement as verifySignature } from '../../crypto/statement.js';
import { currentOfficer, type Authority, type Directory, type OfficerKey } from '../../domain/authority.js';
import type { Caller } from '../../domain/caller.js';
import type { AuthorityId, Uuid } from '../../domain/ids.js';
import type { Verifier } from '../../domain/ports.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import { authorOf, type Statement } from '../../domain/statement.js';
import type { Instant } from '../../domain/time.js';
import { CASE_ROLES } from '../../domain/vocabulary.js';
import type { Operator, WalkConfig } from '../deps.js';
import { isSelfSigned, type Author, type ParsedSubmission, type Signed } from '../parsed.js';

/** What only tightens is open to every officer of the authority, as it is to a suspended one (rulings 2). */
const tightens = ({ typ, payload }: Statement): boolean =>
  typ === 'parley-consent-revocation+json' || (typ === 'parley-label+json' && payload.change !== 'RELAX');

/** What a quorum's holder says is for whoever the entry names so, whatever their role: the case asks for it. */
const isHoldersWord = ({ typ, payload }: Statement): boolean =>
  typ === 'parley-quorum-request+json' ||
  typ === 'parley-quorum-share+json' ||
  (typ === 'parley-access+json' && payload.quorum !== undefined);

interface Claim {
  readonly authority: AuthorityId;
  readonly at: Instant;
  readonly id: Uuid;
  readonly aud: string;
}

/** What the statement says of itself: not verified yet. */
function claimOf(statement: Exclude<Statement, { typ: 'parley-item+json' | 'parley-session+json' }>): Claim {
  const { id, aud } = statement.payload;
  return {
    id,
    aud,
    authority: authorOf(statement),
    at: statement.typ === 'parley-envelope+json' ? statement.payload.sentAt : statement.payload.at,
  };
}

/** The root says, and never approves what it said itself. */
function operatorKey({ typ, kid }: Statement, { root, publicKey, approvers }: Operator): Uint8Array | null {
  if (typ === 'parley-designation-approval+json') return approvers.find((one) => one.kid === kid)?.publicKey ?? null;
  return kid === root ? publicKey : null;
}

/** The key that must have signed, or why there is none. Roots sign entries and revocations; the operator designates. */
function signerOf(
  signed: Signed,
  claim: Claim,
  directory: Directory,
  config: WalkConfig,
  now: Instant,
): Result<{ publicKey: Uint8Array; officer: OfficerKey | null }, Refusal> {
  const { statement } = signed;
  if (
    statement.typ === 'parley-designation+json' ||
    statement.typ === 'parley-designation-approval+json' ||
    statement.typ === 'parley-agreement+json'
  ) {
    const publicKey = claim.authority === config.operator.authority ? operatorKey(statement, config.operator) : null;
    return publicKey === null ? no(refusal('KEY_NOT_TRUSTED', 'only the operator designates')) : ok({ publicKey, officer: null });
  }
  if (statement.typ === 'parley-entry+json' || statement.typ === 'parley-revocation+json' || statement.typ === 'parley-root+json') {
    const authority = directory.authorities.get(claim.authority);
    if (authority === undefined || statement.kid !== authority.root)
      return no(refusal('KEY_NOT_TRUSTED', 'not signed by the designated root'));
    const root = rootKeyIn(statement, authority, directory);
    const publicKey = root === null ? no('') : decodeBase64url(root);
    return publicKey.ok ? ok({ publicKey: publicKey.value, officer: null }) : no(refusal('KEY_NOT_TRUSTED', 'the root has no entry yet'));
  }
  const officer = currentOfficer(directory, statement.kid, 'signing', now);
  if (officer === null || officer.authority !== claim.authority)
    return no(refusal('KEY_NOT_TRUSTED', `no current signing key of ${claim.authority} has this id`));
  const publicKey = decodeBase64url(officer.publicKey);
  return publicKey.ok ? ok({ publicKey: publicKey.value, officer }) : no(refusal('KEY_NOT_TRUSTED', 'the key does not parse'));
}

/** Where the root's public key stands: an entry and a change of root carry it; checks compare it with the fingerprint. */
function rootKeyIn(statement: Statement, { root, entry }: Authority, { roots }: Directory): string | null {
  if (statement.typ === 'parley-entry+json') return statement.payload.root.publicKey;
  if (statement.typ === 'parley-root+json') return statement.payload.old.publicKey;
  return roots.get(root)?.publicKey ?? (entry?.root.kid === root ? entry.root.publicKey : null);
}

/**
 * @param caller who opened the session; must be the signer, since a signature says what is meant and a session who is asking
 * @returns the author; every signature in the submission fits a current key of its authority
 */
export async function verifyStatement(
  parsed: ParsedSubmission,
  caller: Caller | null,
  directory: Directory,
  deps: { readonly config: WalkConfig; readonly verifier: Verifier },
  now: Instant,
): Promise<Result<Author, Refusal>> {
  const { statement } = parsed.signed;
  if (statement.typ === 'parley-item+json' || statement.typ === 'parley-session+json')
    return no(refusal('NOT_OFFERED', `${statement.typ} is not submitted by itself`));
  const claim = claimOf(statement);
  if (!isSelfSigned(statement.typ) && caller === null) return no(refusal('NOT_CALLER', 'open a session first'));
  const { config, verifier } = deps;
  if (claim.aud !== config.origin) return no(refusal('WRONG_AUDIENCE', `this log is ${config.origin}`));
  if (Math.abs(claim.at - now) > config.statementSkewMsMax)
    return no(refusal('STALE', 'the statement is dated too far from now; sign it anew'));

  const signer = signerOf(parsed.signed, claim, directory, config, now);
  if (!signer.ok) return signer;
  const { publicKey, officer } = signer.value;
  if (!(await verifySignature(parsed.signed.jws, publicKey, verifier)))
    return no(refusal('SIGNATURE_INVALID', 'the signature does not fit these bytes'));
  if (officer !== null && (caller?.authority !== officer.authority || caller.officer !== officer.officer))
    return no(refusal('CALLER_MISMATCH', 'the session belongs to another officer than the signature'));
  if (officer !== null && !tightens(statement) && !isHoldersWord(statement) && !officer.roles.some((role) => CASE_ROLES.includes(role)))
    return no(refusal('ROLE_REQUIRED', `asked for: ${CASE_ROLES.join(' or ')}`));
  const items = await verifyItems(parsed, claim.authority, directory, verifier, now);
  return items.ok ? ok({ authority: claim.authority, id: claim.id, officer }) : items;
}

/** New items are their sender's own: what another authority issued is released, never enclosed. */
async function verifyItems(
  parsed: ParsedSubmission,
  author: AuthorityId,
  directory: Directory,
  verifier: Verifier,
  now: Instant,
): Promise<Result<null, Refusal>> {
  for (const { statement, jws } of parsed.items) {
    const officer = currentOfficer(directory, statement.kid, 'signing', now);
    if (statement.payload.issuer !== author || officer === null || officer.authority !== author)
      return no(refusal('KEY_NOT_TRUSTED', `item ${statement.digest} is not signed by a current officer of ${author}`));
    const publicKey = decodeBase64url(officer.publicKey);
    if (!publicKey.ok || !(await verifySignature(jws, publicKey.value, verifier)))
      return no(refusal('SIGNATURE_INVALID', `the signature of item ${statement.digest} does not fit`));
  }
  return ok(null);
}
