/** An officer's auth key asks for a session: a quarter of an hour of HMAC-signed requests. The login is a leaf. */
import { encodeBase64url } from '../../crypto/base64url.js';
import { decodeBase64url } from '../../crypto/base64url.js';
import { parseStatement, verifyStatement as verifySignature } from '../../crypto/statement.js';
import { currentOfficer } from '../../domain/authority.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import { shapeStatement } from '../../domain/statement.js';
import { plusMs } from '../../domain/time.js';
import { parseJsonStrict } from '../../domain/wire/strict-json.js';
import type { OpenedSession } from '../answers.js';
import { leafViews } from '../audit/events.js';
import type { Deps } from '../deps.js';
import type { DirectoryReader } from '../read/directory.js';
import type { Committer } from './commit.js';

/** A session request is for now: it is no evidence and travels in one breath. */
const REQUEST_SKEW_MS_MAX = 60_000;
// one answer for every reason: a stranger learns nothing of who exists
const STRANGER = refusal('NOT_CALLER', 'the session request was not accepted');

export async function openSession(
  request: string,
  requestId: string,
  deps: Deps,
  directory: DirectoryReader,
  committer: Committer,
): Promise<Result<OpenedSession, Refusal>> {
  const { clock, chance, config, store, verifier } = deps;
  const now = clock.now();
  const jws = parseStatement(request);
  const json = jws.ok ? parseJsonStrict(jws.value.payload) : jws;
  if (!jws.ok || !json.ok) return no(STRANGER);
  const shaped = shapeStatement(jws.value, json.value);
  if (!shaped.ok || shaped.value.typ !== 'parley-session+json') return no(STRANGER);
  const { payload, kid } = shaped.value;
  const officer = currentOfficer(await directory.current(), kid, 'auth', now);
  const publicKey = officer === null ? no('') : decodeBase64url(officer.publicKey);
  if (officer === null || !publicKey.ok || !(await verifySignature(jws.value, publicKey.value, verifier))) return no(STRANGER);
  if (officer.authority !== payload.authority || officer.officer !== payload.officer || payload.aud !== config.origin) return no(STRANGER);
  if (Math.abs(payload.at - now) > REQUEST_SKEW_MS_MAX)
    return no(refusal('STALE', 'the session request is dated too far from now; check the clock'));
  const session = {
    id: encodeBase64url(chance.bytes(18)),
    authority: officer.authority,
    officer: officer.officer,
    key: chance.bytes(32),
    until: plusMs(now, config.sessionMs),
  };
  const happening = {
    log: config.origin,
    at: now,
    outcome: 'DONE' as const,
    correlation: requestId,
    actor: { authority: officer.authority, officer: officer.officer, role: officer.roles[0] ?? null },
    statement: null,
    policy: null,
    rules: [],
    codes: [],
  };
  const { data, views } = leafViews(happening, { action: 'LOGIN', parties: [officer.authority], originators: [] }, chance);
  const leaf = { data, views, statement: null, stage: 'accepted' as const, outcome: 'DONE' as const, at: now, version: 0, mailbox: null };
  // what cannot be audited does not happen: first the leaf, then the session
  const committed = await committer.commit({
    statement: null,
    links: [],
    leaf,
    exchange: null,
    outbox: [],
    settles: null,
    expects: [{ key: `login:${payload.nonce}`, version: 0 }],
    bumps: [`login:${payload.nonce}`],
    validUntil: null,
  });
  // the same request again is a replay
  if (committed.kind !== 'committed') return no(STRANGER);
  await store.putSession(session);
  return ok({
    id: session.id,
    key: session.key,
    until: session.until,
    caller: {
      authority: officer.authority,
      officer: officer.officer,
      roles: officer.roles,
      clearance: officer.clearance,
      method: 'session',
    },
  });
}
