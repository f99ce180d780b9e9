import { request as httpRequest } from 'node:http';
import type { Request } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problem } from '../../../domain/wire/problem.js';
import { addressOf } from '../../../gateway/http/limits.js';
import { openGate, ROLES, type Gate, type Member, type Session } from './gate.js';

describe('what is too much', () => {
  let gate: Gate;
  let member: Member;
  let colleague: Member;
  let session: Session;
  const codeOf = async (answer: Response): Promise<[number, string]> => [answer.status, problem.parse(await answer.json()).code];

  beforeAll(async () => {
    gate = await openGate({ limits: { requestsPerOfficerMax: 20, requestsPerAddressMax: 30 } });
    member = await gate.enrolMember('AA-ONE', ['FIU'], ROLES);
    colleague = await gate.enrolMember('BB-TWO', ['FIU'], ROLES);
    session = await gate.openSession(member);
  });
  afterAll(() => gate.close());

  it('refuses a JSON body over a mebibyte, announced or not', async () => {
    const long = JSON.stringify({ statement: 'x'.repeat(1024 * 1024) });
    expect(await codeOf(await gate.ask({ path: '/v1/statements', body: new TextEncoder().encode(long) }))).toEqual([413, 'TOO_LARGE']);
    expect(await chunked(gate.running.port, '/v1/statements', long)).toBe(413);
  });

  it('refuses an announced length without making room for it, or waiting for a byte', async () => {
    expect(await announced(gate.running.port, '/v1/statements', 2 ** 50)).toBe(413);
  });

  it('refuses what is no JSON, not announced as JSON, or JSON that two parsers read differently', async () => {
    for (const [body, type] of [
      ['{', 'application/json'],
      ['{"statement":"x"}', 'text/plain'],
      ['{"statement":"x","statement":"y"}', 'application/json'],
      ['{"statement":1e1}', 'application/json'],
      ['{"statement":"x","odd":1}', 'application/json'],
      ['[]', 'application/json'],
      ['', 'application/json'],
    ] as const) {
      const bytes = new TextEncoder().encode(body);
      const answer = await gate.ask({ path: '/v1/statements', method: 'POST', body: bytes, headers: { 'Content-Type': type } });
      expect(await codeOf(answer), body).toEqual([400, 'MALFORMED']);
    }
  });

  it('counts an officer, however many sessions it opens, and says when to come again', async () => {
    const statuses: number[] = [];
    let last: Response | null = null;
    const sessions = [session, await gate.openSession(member)];
    for (let i = 0; i < 21; i += 1) statuses.push((last = await gate.ask({ path: '/v1/inbox', session: sessions[i % 2] })).status);
    expect(statuses.slice(0, 20).every((status) => status === 200)).toBe(true);
    expect(statuses[20]).toBe(429);
    expect(last!.headers.get('retry-after')).toBe('1');
  });

  it('counts strangers by their address, and a flood of them closes no session’s door', async () => {
    const other = await gate.openSession(colleague);
    expect((await gate.ask({ path: '/v1/inbox', session: other })).status).toBe(200);
    const statuses: number[] = [];
    // no proxy is believed here about whose address it is
    const from = (i: number) => ({ headers: { 'X-Forwarded-For': `192.0.2.${i}` } });
    for (let i = 0; i < 40; i += 1) statuses.push((await gate.ask({ path: '/v1/log', ...from(i) })).status);
    expect(statuses.at(-1)).toBe(429);
    expect((await gate.ask({ path: '/v1/inbox', session: other })).status).toBe(200);
    // a session that nobody here knows is a stranger's
    expect((await gate.ask({ path: '/v1/inbox', session: { ...other, id: 'nobody' } })).status).toBe(429);
  });
});

it('whoever has a network of IPv6 has one address', () => {
  const of = (ip: string) => addressOf({ ip } as Request);
  expect(of('2001:db8:0:100::1')).toBe(of('2001:db8:0:1ff::2'));
  expect(of('2001:db8:0:100::1')).not.toBe(of('2001:db8:0:200::1'));
  expect(of('192.0.2.1')).not.toBe(of('192.0.2.2'));
});

describe('what is no row of the table of routes', () => {
  it.each(['/openapi.json', '/docs', '/docs/swagger-ui-bundle.js', '/nowhere'])('is counted as one: %s', async (path) => {
    const gate = await openGate({ limits: { requestsPerAddressMax: 3 } });
    const ask = async () => (await gate.ask({ path })).status;
    const statuses = [await ask(), await ask(), await ask(), await ask()];
    expect([statuses[0] === 429, statuses[3]]).toEqual([false, 429]);
    await gate.close();
  });
});

describe('a request that names a session and does not prove it', () => {
  it.each(['/v1/directory', '/v1/inbox'])('is counted by its address: %s', async (path) => {
    const gate = await openGate({ limits: { requestsPerOfficerMax: 200, requestsPerAddressMax: 30 } });
    const member = await gate.enrolMember('AA-ONE', ['FIU'], ROLES);
    const session = await gate.openSession(member);
    const asks = async (key: Uint8Array): Promise<number> => (await gate.ask({ path, session: { ...session, key } })).status;
    // from here on this process knows it
    expect((await gate.ask({ path: '/v1/inbox', session })).status).toBe(200);
    const statuses: number[] = [];
    for (let i = 0; i < 40; i += 1) statuses.push(await asks(new Uint8Array(32)));
    expect(statuses.at(-1)).toBe(429);
    // the sessions behind the same address go on
    for (let i = 0; i < 40; i += 1) expect(await asks(session.key)).toBe(200);
    await gate.close();
  });
});

/** Says how long its body is, and sends none of it. */
function announced(port: number, path: string, bytes: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': bytes };
    const request = httpRequest({ port, path, method: 'POST', headers }, (response) => {
      resolve(response.statusCode);
      request.destroy();
    });
    request.on('error', reject);
    request.flushHeaders();
  });
}

/** Sends without Content-Length, as fetch does not. */
function chunked(port: number, path: string, body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, path, method: 'POST', headers: { 'Content-Type': 'application/json' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
    request.write(body.slice(0, 1000));
    request.end(body.slice(1000));
  });
}
