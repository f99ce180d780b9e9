/** A session of 15 minutes, opened by the officer's auth key and renewed before it ends. */
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import type { Chance, Clock } from '../../domain/ports.js';
import { formatInstant, MINUTE_MS, parseInstant, type Instant } from '../../domain/time.js';
import { session as sessionAnswer } from '../../domain/wire/http-answers.js';
import { readAnswer } from './answers.js';
import type { Door, SessionSource } from './door.js';
import { certain } from '../../domain/result.js';
import type { SigningSession } from './http-signature.js';
import type { Identity } from './identity.js';
import { makeStatement } from './statements.js';

interface OpenSession extends SigningSession {
  readonly until: Instant;
}

/** @param door a door for unsigned requests */
export function createSessionSource(identity: () => Identity, aud: () => string, door: Door, clock: Clock, chance: Chance): SessionSource {
  let current: OpenSession | null = null;
  let opening: Promise<OpenSession> | null = null;
  const open = async (): Promise<OpenSession> => {
    const { authority, officer, auth } = identity();
    const request = await makeStatement(
      'parley-session+json',
      { v: 1, aud: aud(), authority, officer, at: formatInstant(clock.now()), nonce: encodeBase64url(chance.bytes(32)) },
      auth,
    );
    return readSession(await door.post('/v1/sessions', { request: request.compact }, false));
  };
  return async (stale) => {
    const usable = current !== null && current.id !== stale?.id && current.until - MINUTE_MS > clock.now();
    if (usable && current !== null) return current;
    // many requests at once open one session
    opening ??= open().finally(() => (opening = null));
    return (current = await opening);
  };
}

function readSession(answer: unknown): OpenSession {
  const { session, key, until } = readAnswer(sessionAnswer, answer, 'session');
  return { id: session, key: certain(decodeBase64url(key)), until: certain(parseInstant(until)) };
}
