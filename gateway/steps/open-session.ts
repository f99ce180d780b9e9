/** An officer's auth key asks for a session: a quarter of an hour of HMAC-signed requests. The login is a leaf. */
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import { parseStatement, verifyStatement as verifySignature } from '../../crypto/statement.js';
import { beginsAt, currentOfficer, endedAt, type OfficerKey } from '../../domain/authority.js';
import type { OfficerId } from '../../domain/ids.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import { shapeStatement } from '../../domain/statement.js';
import { formatInstant, plusMs, type Instant } from '../../domain/time.js';
import { parseJsonStrict } from '../../domain/wire/strict-json.js';
import type { OpenedSession } from '../answers.js';
import { loginRow } from '../rows/login-row.js';
import type { Workshop } from '../workshop.js';

/** A session request is for now: it is no evidence and travels in one breath. */
const REQUEST_SKEW_MS_MAX = 60_000;
// one answer for every reason: a stranger learns nothing of who exists
const STRANGER = refusal('NOT_CALLER', 'the session request was not accepted');
const listAnew = (officer: OfficerId): string =>
  `whoever holds the authority’s root lists them anew, a colleague’s with parley officer prolong ${officer}, their own with parley entry confirm`;

/** The officer whose auth key signed this request for a session here and now. */
async function officerOf(
  { config, verifier, directory }: Workshop,
  request: string,
  now: Instant,
): Promise<Result<{ officer: OfficerKey; at: Instant; nonce: string }, Refusal>> {
  const jws = parseStatement(request);
  const json = jws.ok ? parseJsonStrict(jws.value.payload) : jws;
  if (!jws.ok || !json.ok) return no(STRANGER);
  const shaped = shapeStatement(jws.value, json.value);
  if (!shaped.ok || shaped.value.typ !== 'parley-session+json') return no(STRANGER);
  const { payload, kid } = shaped.value;
  const seen = await directory.current();
  // an entry that another process took in just now
  const known = currentOfficer(seen, kid, 'auth', now) === null ? await directory.refresh() : seen;
  const from = beginsAt(known, kid, 'auth', now);
  const until = endedAt(known, kid, 'auth', now);
  const officer = currentOfficer(known, kid, 'auth', from ?? (until === null ? now : plusMs(until, -1)));
  const publicKey = officer === null ? no('') : decodeBase64url(officer.publicKey);
  if (officer === null || !publicKey.ok || !(await verifySignature(jws.value, publicKey.value, verifier))) return no(STRANGER);
  if (officer.authority !== payload.authority || officer.officer !== payload.officer || payload.aud !== config.origin) return no(STRANGER);
  if (Math.abs(payload.at - now) > REQUEST_SKEW_MS_MAX)
    return no(refusal('STALE', `the session request is dated ${formatInstant(payload.at)}, and here it is ${formatInstant(now)}`));
  if (from !== null)
    return no(refusal('NOT_CALLER', `your keys count from ${formatInstant(from)}, and here it is ${formatInstant(now)}: wait until then`));
  if (until !== null)
    return no(
      refusal(
        'NOT_CALLER',
        `your keys counted until ${formatInstant(until)}, and here it is ${formatInstant(now)}: ${listAnew(officer.officer)}`,
      ),
    );
  return ok({ officer, at: payload.at, nonce: payload.nonce });
}

export async function openSession(shop: Workshop, request: string, requestId: string): Promise<Result<OpenedSession, Refusal>> {
  const { clock, chance, config, store, committer } = shop;
  const now = clock.now();
  const asked = await officerOf(shop, request, now);
  if (!asked.ok) return asked;
  const { officer, at, nonce } = asked.value;
  // what cannot be audited does not happen: first the leaf, then the session
  const committed = await committer.commit(loginRow(officer, { log: config.origin, at, nonce, requestId }, now, chance));
  // the same request again is a replay
  if (committed.kind !== 'committed') return no(STRANGER);
  const { authority, roles, clearance } = officer;
  const session = {
    id: encodeBase64url(chance.bytes(18)),
    authority,
    officer: officer.officer,
    key: chance.bytes(32),
    until: plusMs(now, config.sessionMs),
  };
  await store.putSession(session);
  const { id, key, until } = session;
  return ok({ id, key, until, caller: { authority, officer: officer.officer, roles, clearance } });
}
