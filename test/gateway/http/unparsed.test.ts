/** What is refused before a route is asked: bytes that are no request, and heads that no client of ours writes. */
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { problem } from '../../../domain/wire/problem.js';
import { answerWith } from '../../../gateway/http/unparsed.js';
import { openGate, type Gate } from './gate.js';

const GET = 'GET /v1/log HTTP/1.1\r\nHost: x\r\n';
const SECRET = 'a-word-of-the-request';

describe('what is refused before a route is asked', () => {
  let gate: Gate;
  beforeAll(async () => {
    gate = await openGate();
  });
  afterAll(() => gate.close());
  beforeEach(() => void gate.lines.splice(0));

  const dial = (): Socket => connect(gate.running.port, '127.0.0.1');
  /** Everything that comes back until the connection ends. */
  const said = (bytes: string): Promise<string> => {
    const socket = dial();
    socket.write(bytes);
    return text(socket);
  };
  const logged = () =>
    gate.lines.map((line) => JSON.parse(line) as Record<string, unknown>).map(({ route, status, code }) => [route, status, code]);

  it.each([
    [400, 'no method', `${SECRET} / HTTP/1.1\r\nHost: x\r\n\r\n`],
    [400, 'a bad header', `${GET}${SECRET} : x\r\n\r\n`],
    [400, 'two lengths', `${GET}Content-Length: 1\r\nTransfer-Encoding: chunked\r\nX: ${SECRET}\r\n\r\n`],
    [400, 'a bad chunk', `POST /v1/statements HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${SECRET}`],
    [
      413,
      'a long chunk extension',
      `POST /v1/statements HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2;${SECRET.repeat(2_000)}\r\n`,
    ],
    [431, 'a long head', `${GET}X: ${SECRET.repeat(1_000)}\r\n\r\n`],
    [431, 'a head that is longer than what is read at once', `${GET}X: ${SECRET.repeat(40_000)}\r\n\r\n`],
    [400, 'no host', `GET /v1/log HTTP/1.1\r\nX: ${SECRET}\r\n\r\n`],
    [400, 'two hosts', `${GET}Host: ${SECRET}\r\n\r\n`],
    [400, 'two hosts of HTTP/1.0', `GET /v1/log HTTP/1.0\r\nHost: x\r\nHost: x\r\nX: ${SECRET}\r\n\r\n`],
    [400, 'a tunnel', `CONNECT ${SECRET}:443 HTTP/1.1\r\nHost: ${SECRET}:443\r\n\r\n${SECRET}`],
    [417, 'another expectation', `${GET}Expect: ${SECRET}\r\n\r\n`],
  ])('answers %i with a problem to %s', async (status, _what, bytes) => {
    const [head = '', body = ''] = (await said(bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head.toLowerCase()).toContain('content-type: application/problem+json');
    expect(head.toLowerCase()).toContain('connection: close');
    expect(head.toLowerCase()).toContain("frame-ancestors 'none'");
    expect(problem.parse(JSON.parse(body))).toMatchObject({ status, code: 'MALFORMED' });
    expect(head + body + gate.lines.join('')).not.toContain(SECRET);
    // a request whose body it was is logged besides, once its client has gone
    expect(logged().filter(([route]) => route === '*')).toEqual([['*', status, 'MALFORMED']]);
  });

  it('takes HTTP/1.0 without a host, and 100-continue', async () => {
    expect(await said('GET /v1/log HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 200 /);
    expect(await said(`${GET}Expect: 100-continue\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /);
  });

  it('says nothing that could be taken for the answer to a whole request before it', async () => {
    const answer = await said(`${GET}\r\n${SECRET}\r\n\r\n`).catch(() => '');
    expect(answer).toBe('');
  });

  it('refuses what comes behind an answer that has left', async () => {
    const socket = dial();
    socket.write(`${GET}\r\n`);
    await once(socket, 'readable');
    const first = String(socket.read());
    expect(first).toMatch(/^HTTP\/1.1 200 /);
    socket.write(`${SECRET}\r\n\r\n`);
    expect(await text(socket)).toMatch(/HTTP\/1.1 400 /);
  });

  it('counts no connection that broke', async () => {
    const socket = dial();
    socket.write(`${GET}\r\n`);
    await once(socket, 'readable');
    await new Promise((resolve) => socket.write(GET, resolve));
    // the server, in this process, has read it by then
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    socket.resetAndDestroy();
    await once(socket, 'close');
    await said(`${GET}Connection: close\r\n\r\n`);
    expect(logged().map(([, status]) => status)).toEqual([200, 200]);
  });
});

describe('a connection of which no request comes', () => {
  const told: unknown[] = [];
  let server: Server | null = null;
  afterEach(() => server?.close());
  beforeEach(() => void told.splice(0));

  /** Everything that `bytes` are answered with, until the connection ends. */
  async function answerOf(made: Server, bytes: string): Promise<string> {
    server = made;
    const tell = (...what: unknown[]): void => void told.push(what);
    const log = { request: ({ status, code }: { status: number; code: string }) => tell(status, code) };
    const metrics = { request: tell, refusal: tell };
    answerWith(made, () => tell('listener'), { log, metrics, newRequestId: () => 'r', headers: new Map() });
    await once(made.listen(0, '127.0.0.1'), 'listening');
    const socket = connect((made.address() as AddressInfo).port, '127.0.0.1');
    socket.write(bytes);
    return text(socket);
  }

  it.each([
    ['its head', GET],
    ['its body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n'],
  ])('for want of %s is refused, and ended', async (_what, bytes) => {
    const patience = { headersTimeout: 50, requestTimeout: 50, connectionsCheckingInterval: 10, requireHostHeader: false };
    const [head = '', body = ''] = (await answerOf(createHttpServer(patience), bytes)).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1.1 408 /);
    expect(problem.parse(JSON.parse(body))).toMatchObject({ status: 408, code: 'MALFORMED' });
    expect(told).toContainEqual([408, 'MALFORMED']);
  });

  it.each([
    ['never was TLS', `${GET}\r\n`],
    ['does not become TLS', ''],
  ])('since it %s, is told nothing', async (_what, bytes) => {
    expect(await answerOf(createHttpsServer({ handshakeTimeout: 50, requireHostHeader: false }), bytes)).toBe('');
    expect(told).toEqual([]);
  });
});
