/** Who is calling? Looked up anew for each request: an officer dropped from the entry a second ago is out. */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { isLockedOut } from '../domain/authority.js';
import type { Caller } from '../domain/caller.js';
import { parseOfficerId } from '../domain/ids.js';
import type { Clock, SessionRow, Store } from '../domain/ports.js';
import { refusal, type Refusal } from '../domain/refusal.js';
import { no, ok, type Result } from '../domain/result.js';
import { MINUTE_MS, SECOND_MS, type Instant } from '../domain/time.js';
import { isSignedBy, parseSignature, type SignatureClaim } from './http-signature.js';
import type { DirectoryReader } from './read/directory.js';

/** `created` may differ from our clock by this. */
const SIGNATURE_SKEW_MS_MAX = MINUTE_MS;
/** how long another process's ending of a session may go unseen */
const SESSION_CACHE_MS = MINUTE_MS;
const SESSIONS_MAX = 10_000;
/** of one session, in one window; about 2,000 requests a second for two minutes */
const NONCES_MAX = 250_000;

/** A session's key as the wire writes it. */
export const encodeKey = (key: Uint8Array): string => Buffer.from(key).toString('base64url');

export interface SignedRequest {
  readonly method: string;
  /** path and query as they came */
  readonly target: string;
  readonly signatureInput: string;
  readonly signature: string;
  /** empty where there is none */
  readonly contentDigest: string;
}

export interface SignedIn {
  readonly caller: Caller;
  readonly session: string;
  /** false: then the request must have no body */
  readonly coversDigest: boolean;
}

export interface SignIn {
  /** Does this process hold the session already? Says nothing of the request: only that asking costs no database read. */
  knows(keyid: string): boolean;
  /**
   * The body is not read yet: its digest is signed here and compared by whoever reads it.
   * Nonces are remembered by this process alone; a replay to another one meets statements that answer a repeat with the same receipt, and
   * keyrings that take the place of the one that is named.
   */
  authenticate(request: SignedRequest): Promise<Result<SignedIn, Refusal>>;
}

interface Held {
  row: SessionRow;
  readonly key: KeyObject;
  readAt: Instant;
  /** nonces of this window and of the one before, together everything whose `created` could still pass */
  nonces: Set<string>;
  older: Set<string>;
  turnedAt: Instant;
}

/** One sentence for every stranger: which part was wrong helps only who is guessing. */
const stranger = no(refusal('NOT_CALLER', 'sign the request with a current session: POST /v1/sessions opens one'));

export function createSignIn(
  deps: { readonly store: Pick<Store, 'session'>; readonly clock: Clock; readonly directory: DirectoryReader },
  /** without a slash at the end; a request signed for any of them is for us */
  publicOrigins: readonly string[],
): SignIn {
  const { store, clock, directory } = deps;
  const sessions = new Map<string, Held>();

  const hold = async (id: string, now: Instant): Promise<Held | null> => {
    const known = sessions.get(id);
    if (known !== undefined && now - known.readAt < SESSION_CACHE_MS) return known;
    const row = await store.session(id);
    if (row === null) {
      sessions.delete(id);
      return null;
    }
    // asked for again: a request that came meanwhile may have opened the window, and there is one set of nonces
    const held = sessions.get(id) ?? openWindow(row, now);
    [held.row, held.readAt] = [row, now];
    if (sessions.size >= SESSIONS_MAX && !sessions.has(id)) sessions.delete(sessions.keys().next().value!);
    sessions.set(id, held);
    return held;
  };

  return {
    knows: (keyid) => sessions.has(keyid),
    async authenticate(request) {
      const claim = parseSignature(request.signatureInput, request.signature);
      const now = clock.now();
      if (claim === null || Math.abs(claim.created * SECOND_MS - now) > SIGNATURE_SKEW_MS_MAX) return stranger;
      const held = await hold(claim.keyid, now);
      if (held === null || now >= held.row.until || !fits(held.key, claim, request, publicOrigins)) return stranger;
      const remembered = rememberNonce(held, claim.nonce, now);
      if (!remembered.ok) return remembered;
      // an entry that another process took in just now
      const caller = callerOf(held.row, await directory.current(), now) ?? callerOf(held.row, await directory.refresh(), now);
      return caller === null ? stranger : ok({ caller, session: held.row.id, coversDigest: claim.coversDigest });
    },
  };
}

const openWindow = (row: SessionRow, now: Instant): Held => ({
  row,
  key: createSecretKey(row.key),
  readAt: now,
  nonces: new Set(),
  older: new Set(),
  turnedAt: now,
});

function fits(key: KeyObject, claim: SignatureClaim, request: SignedRequest, origins: readonly string[]): boolean {
  const { method, target, contentDigest } = request;
  return origins.some((origin) => isSignedBy(key, claim, { method, targetUri: `${origin}${target}`, contentDigest }));
}

function rememberNonce(held: Held, nonce: string, now: Instant): Result<null, Refusal> {
  // a `created` may lie a skew ahead and passes until a skew behind: two windows of that length hold every nonce that could come again
  if (Math.abs(now - held.turnedAt) >= 2 * SIGNATURE_SKEW_MS_MAX) {
    [held.older, held.nonces, held.turnedAt] = [held.nonces, new Set(), now];
  }
  if (held.nonces.has(nonce) || held.older.has(nonce)) return no(refusal('NOT_CALLER', 'this nonce was used: sign each request anew'));
  if (held.nonces.size >= NONCES_MAX) return no(refusal('RATE_LIMITED', 'too many requests in one session'));
  held.nonces.add(nonce);
  return ok(null);
}

/** Null where the officer left, the entry ended or one of their keys was lost or compromised. A suspended authority stays in: the law refuses it content. */
function callerOf(session: SessionRow, directory: Awaited<ReturnType<DirectoryReader['current']>>, now: Instant): Caller | null {
  const entry = directory.authorities.get(session.authority)?.entry;
  const officer = entry?.officers.find((one) => one.officer === session.officer);
  const id = parseOfficerId(session.officer);
  if (!entry || !officer || !id.ok || now >= entry.validUntil || now < officer.from || now >= officer.until) return null;
  if (isLockedOut(directory, officer)) return null;
  return { authority: session.authority, officer: id.value, roles: officer.roles, clearance: officer.clearance };
}
