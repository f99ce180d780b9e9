import { createHash, createHmac } from 'node:crypto';
import { httpbis } from 'http-message-signatures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseSignature } from '../../../gateway/http-signature.js';
import { ORIGIN, openGate, requestOf, ROLES, type Asking, type Gate, type Member, type Session } from './gate.js';

const INBOX = '/v1/inbox';

describe('who is calling', () => {
  let gate: Gate;
  let member: Member;
  let session: Session;
  const status = async (asking: Partial<Asking>): Promise<number> => (await gate.ask({ path: INBOX, session, ...asking })).status;

  beforeAll(async () => {
    gate = await openGate();
    member = await gate.enrolMember('AA-ONE', ['CENTRAL_AUTHORITY_MLA'], ROLES);
    session = await gate.openSession(member);
  });
  afterAll(() => gate.close());

  /** The same request with one thing of it changed after it was signed. */
  const altered = async (asking: Asking, change: (request: RequestInit & { path: string }) => void): Promise<number> => {
    const request = { ...requestOf(gate.running.origin, { session, ...asking }, gate.world.clock), path: asking.path };
    change(request);
    return (await fetch(`${gate.running.origin}${request.path}`, request)).status;
  };
  const headersOf = (request: RequestInit) => request.headers as Record<string, string>;

  it('admits a signed request once', async () => {
    expect(await status({ nonce: 'once' })).toBe(200);
    expect(await status({ nonce: 'once' })).toBe(401);
    expect(await status({ nonce: 'twice' })).toBe(200);
  });

  it('refuses a signature that is older or newer than a minute', async () => {
    const now = gate.world.clock.now();
    expect(await status({ created: now - 58_000 })).toBe(200);
    expect(await status({ created: now - 62_000 })).toBe(401);
    expect(await status({ created: now + 63_000 })).toBe(401);
  });

  it('refuses a request that was altered on its way', async () => {
    const put = { path: '/v1/keyrings/INTAKE.1', method: 'PUT', body: new Uint8Array([1]) };
    expect(await altered({ path: INBOX }, () => undefined)).toBe(200);
    expect(await altered({ path: INBOX }, (request) => (request.path = `${INBOX}?limit=1`))).toBe(401);
    expect(await altered({ path: INBOX }, (request) => (request.method = 'POST'))).toBe(404);
    expect(await altered(put, () => undefined)).toBe(204);
    expect(await altered(put, (request) => (request.body = new Uint8Array([2])))).toBe(400);
    expect(await altered(put, (request) => (request.path = '/v1/keyrings/INTAKE.2'))).toBe(401);
    // another digest, for another body: no longer the one that was signed
    const other = `sha-256=:${createHash('sha256').update(Uint8Array.of(2)).digest('base64')}:`;
    const swap = (request: RequestInit) => {
      request.body = new Uint8Array([2]);
      headersOf(request)['Content-Digest'] = other;
    };
    expect(await altered(put, swap)).toBe(401);
  });

  it('refuses a body that the signature does not cover', async () => {
    const uncovered = requestOf(gate.running.origin, { path: '/v1/keyrings/INTAKE.1', method: 'PUT', session }, gate.world.clock);
    const answer = await fetch(`${gate.running.origin}/v1/keyrings/INTAKE.1`, { ...uncovered, body: 'x' });
    expect(answer.status).toBe(401);
  });

  it('refuses another key, an unknown session and a signature of another shape', async () => {
    expect(await status({ session: { ...session, key: new Uint8Array(32) } })).toBe(401);
    expect(await status({ session: { ...session, id: 'nobody' } })).toBe(401);
    // also where a statement may speak for itself: who says who they are is held to it
    expect(await status({ path: '/v1/statements', body: { statement: 'x' }, session: { ...session, key: new Uint8Array(32) } })).toBe(401);
    for (const [from, to] of [
      ['sig=', 'other='],
      ['hmac-sha256', 'ed25519'],
      [';created', ';tag="x";created'],
      ['"@method" ', ''],
      [';nonce', ';nonce="x";nonce'],
    ] as const)
      expect(
        await altered({ path: INBOX }, (request) => {
          headersOf(request)['Signature-Input'] = headersOf(request)['Signature-Input']!.replace(from, to);
        }),
      ).toBe(401);
    expect(await altered({ path: INBOX }, (request) => void (headersOf(request).Signature = 'sig=:AAAA:'))).toBe(401);
    expect(await altered({ path: INBOX }, (request) => void delete headersOf(request).Signature)).toBe(401);
  });

  it('looks the officer up for each request: a revoked auth key ends its session', async () => {
    const leaving = await gate.enrolMember('BB-TWO', ['CENTRAL_AUTHORITY_MLA'], ROLES);
    const theirs = await gate.openSession(leaving);
    expect(await status({ session: theirs })).toBe(200);
    await leaving.client.revokeKey(leaving.identity.auth.kid, 'LOST');
    await expect.poll(() => status({ session: theirs })).toBe(401);
  });

  it('names the same reason to every stranger', async () => {
    const texts = await Promise.all(
      [{ session: { ...session, key: new Uint8Array(32) } }, { session: { ...session, id: 'nobody' } }, { created: 0 }].map(
        async (asking) => (await gate.ask({ path: INBOX, session, ...asking })).text(),
      ),
    );
    expect(new Set(texts).size).toBe(1);
  });

  it('takes what an independent RFC 9421 signer makes', async () => {
    const url = `${gate.running.origin}${INBOX}`;
    const signed = await httpbis.signMessage(
      {
        key: {
          id: session.id,
          alg: 'hmac-sha256',
          sign: (data: Buffer) => Promise.resolve(createHmac('sha256', session.key).update(data).digest()),
        },
        name: 'sig',
        fields: ['@method', '@target-uri'],
        params: ['created', 'nonce', 'keyid', 'alg'],
        paramValues: { created: new Date(gate.world.clock.now()), nonce: 'independent' },
      },
      { method: 'GET', url, headers: {} },
    );
    expect((await fetch(url, { headers: signed.headers as Record<string, string> })).status).toBe(200);
  });

  it('opens no session twice with one request, and none for a stranger', async () => {
    const answer = await gate.ask({ path: '/v1/sessions', body: { request: `${'a'.repeat(20)}.b.c` } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Signature');
    expect(ORIGIN).toBe('parley.example/test');
  });
});

describe('parseSignature', () => {
  const params = '("@method" "@target-uri");created=1;nonce="n";keyid="k";alg="hmac-sha256"';
  const mac = `sig=:${Buffer.alloc(32).toString('base64')}:`;

  it('reads exactly the components and parameters that are ours, in any order of parameters', () => {
    expect(parseSignature(`sig=${params}`, mac)).toMatchObject({ keyid: 'k', nonce: 'n', created: 1, coversDigest: false, params });
    const other = '("@method" "@target-uri" "content-digest");alg="hmac-sha256";keyid="k";nonce="n";created=1';
    expect(parseSignature(`sig=${other}`, mac)).toMatchObject({ coversDigest: true, params: other });
    const without = (name: string) => `sig=${params.replace(`;${name}=`, ';tag=')}`;
    const strange = [`sig=${params};nonce="n"`, `sig=${params.replace('created=1', 'created="1"')}`, `sig=${params}, b=()`];
    for (const wrong of [...strange, ...['created', 'nonce', 'keyid', 'alg'].map(without), `sig=${params.replace('sha256', 'sha512')}`])
      expect([wrong, parseSignature(wrong, mac)]).toEqual([wrong, null]);
  });
});
