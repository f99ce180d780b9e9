/** One session of an officer, for requests that are signed outside the client. */
import { encodeBase64url } from '../crypto/base64url.js';
import { systemChance } from '../adapters/chance-system.js';
import { makeStatement } from '../client/sdk/statements.js';
import { formatInstant } from '../domain/time.js';
import { session as sessionAnswer } from '../domain/wire/http-answers.js';
import { clock, LOG_ORIGIN, type Member } from './cast.js';

export interface OpenedSession {
  readonly id: string;
  /** base64, so that it travels as JSON */
  readonly key: string;
}

export async function openSession({ identity }: Member, url: string): Promise<OpenedSession> {
  const { authority, officer, auth } = identity;
  const nonce = encodeBase64url(systemChance.bytes(32));
  const payload = { v: 1 as const, aud: LOG_ORIGIN, authority, officer, at: formatInstant(clock.now()), nonce };
  const request = (await makeStatement('parley-session+json', payload, auth)).compact;
  const response = await fetch(`${url}/v1/sessions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ request }),
  });
  const { session, key } = sessionAnswer.parse(await response.json());
  return { id: session, key: Buffer.from(key, 'base64url').toString('base64') };
}
