import { createHmac, timingSafeEqual } from 'node:crypto';
import { httpbis } from 'http-message-signatures';
import { describe, expect, it } from 'vitest';
import { contentDigest, signRequest } from '../../../client/sdk/http-signature.js';
import { WORLD_START } from '../../support/world.js';

const key = new Uint8Array(32).fill(7);
const session = { id: 's-1', key };
const url = 'http://127.0.0.1:4100/v1/inbox?after=abc&limit=50';

/** The stock library is the oracle: it parses the headers and builds the signature base by itself. */
const stockVerifies = (method: string, target: string, headers: Record<string, string>): Promise<boolean | null> =>
  httpbis.verifyMessage(
    {
      keyLookup: async ({ keyid }) =>
        keyid !== session.id
          ? null
          : {
              id: session.id,
              algs: ['hmac-sha256'],
              verify: async (data, signature) => timingSafeEqual(createHmac('sha256', key).update(data).digest(), signature),
            },
      requiredFields: ['@method', '@target-uri'],
      requiredParams: ['created', 'nonce', 'keyid', 'alg'],
      notAfter: new Date(WORLD_START + 1_000),
    },
    { method, url: target, headers },
  );

describe('a signed request', () => {
  it('verifies in the stock library, without a body', async () => {
    const headers = signRequest({ method: 'GET', url, body: null, created: WORLD_START, nonce: 'n1' }, session);
    expect(Object.keys(headers)).toEqual(['Signature-Input', 'Signature']);
    expect(await stockVerifies('GET', url, headers)).toBe(true);
  });

  it('covers the body by its Content-Digest', async () => {
    const body = new TextEncoder().encode('{"hello": "world"}');
    // the example of RFC 9530 Appendix D
    expect(contentDigest(body)).toBe('sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:');
    const headers = signRequest({ method: 'POST', url, body, created: WORLD_START, nonce: 'n2' }, session);
    expect(headers['Signature-Input']).toContain('("@method" "@target-uri" "content-digest")');
    expect(await stockVerifies('POST', url, headers)).toBe(true);
    expect(await stockVerifies('POST', url, { ...headers, 'Content-Digest': contentDigest(Uint8Array.of(1)) })).not.toBe(true);
  });

  it('does not verify for another method or target', async () => {
    const headers = signRequest({ method: 'GET', url, body: null, created: WORLD_START, nonce: 'n3' }, session);
    expect(await stockVerifies('DELETE', url, headers)).not.toBe(true);
    expect(await stockVerifies('GET', `${url}0`, headers)).not.toBe(true);
  });
});
