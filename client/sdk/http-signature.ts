/**
 * Signs requests under a session's key. Access control, never evidence: what binds is a statement.
 *
 * @see RFC 9421 (label `sig`, hmac-sha256), RFC 9530 (Content-Digest)
 */
import { native } from '#native';
import { encodeBase64 } from '../../crypto/base64.js';
import type { Instant } from '../../domain/time.js';

export interface SigningSession {
  readonly id: string;
  /** 32 bytes */
  readonly key: Uint8Array;
}

export interface RequestToSign {
  readonly method: string;
  /** absolute, exactly as it is sent */
  readonly url: string;
  readonly body: Uint8Array | null;
  readonly created: Instant;
  /** fresh for each request, also for a retry of the same bytes */
  readonly nonce: string;
}

const utf8 = new TextEncoder();

export const contentDigest = (body: Uint8Array): string => `sha-256=:${encodeBase64(native.sha256(body))}:`;

/** @returns the headers to add: `Signature-Input`, `Signature`, and `Content-Digest` where there is a body */
export function signRequest(request: RequestToSign, session: SigningSession): Record<string, string> {
  const digest = request.body === null ? null : contentDigest(request.body);
  const covered: [string, string][] = [
    ['@method', request.method],
    ['@target-uri', request.url],
    ...(digest === null ? [] : ([['content-digest', digest]] as [string, string][])),
  ];
  const created = Math.floor(request.created / 1000);
  const components = covered.map(([name]) => `"${name}"`).join(' ');
  const parameters = `(${components});created=${created};nonce="${request.nonce}";keyid="${session.id}";alg="hmac-sha256"`;
  const base = [...covered.map(([name, value]) => `"${name}": ${value}`), `"@signature-params": ${parameters}`].join('\n');
  return {
    ...(digest === null ? {} : { 'Content-Digest': digest }),
    'Signature-Input': `sig=${parameters}`,
    Signature: `sig=:${encodeBase64(native.hmacSha256(session.key, utf8.encode(base)))}:`,
  };
}
