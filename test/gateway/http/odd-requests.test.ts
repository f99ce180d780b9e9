/** What no client of ours sends, and `fetch` cannot: odd targets, and headers that files of a web server obey. */
import { request, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problem } from '../../../domain/wire/problem.js';
import { openGate, type Gate } from './gate.js';

const FILE = '/docs/swagger-ui.css';

describe('a request by hand', () => {
  let gate: Gate;
  beforeAll(async () => {
    gate = await openGate();
  });
  afterAll(() => gate.close());

  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET', body = '') =>
    new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>((resolve, reject) => {
      request({ host: '127.0.0.1', port: gate.running.port, path, method, headers }, (answer) => {
        text(answer).then((body) => resolve({ status: answer.statusCode!, headers: answer.headers, body }), reject);
      })
        .once('error', reject)
        .end(body);
    });

  it('brings no body where none is read', async () => {
    const said = async (body: string) => (await ask('/v1/log', { 'Content-Length': String(body.length) }, 'GET', body)).status;
    expect([await said(''), await said('x')]).toEqual([200, 413]);
  });

  it.each([
    'bytes=0-0',
    'bytes=999999999-',
    'bytes=-0',
    'bytes=-5',
    'bytes=5-1',
    'bytes=0-1,5-6',
    'lines=1',
    'bytes=99999999999999999999-',
  ])('answers the page with the whole whatever range is asked (%s)', async (range) => {
    const answer = await ask(FILE, { Range: range });
    expect([answer.status, answer.body.startsWith('.swagger-ui')]).toEqual([200, true]);
  });

  it.each([
    { 'If-Match': '"x"' },
    { 'If-Match': '*' },
    { 'If-Unmodified-Since': 'Fri, 01 Jan 1999 00:00:00 GMT' },
    { 'If-Modified-Since': 'Fri, 01 Jan 2999 00:00:00 GMT' },
    { 'If-None-Match': '"x", W/"y"' },
  ])('fails on no condition that a request sets (%j)', async (headers) => {
    expect((await ask(FILE, headers)).status).toBe(200);
    expect((await ask('/v1/log', headers)).status).toBe(200);
  });

  it.each([
    'http://[::1/v1/log',
    'http://%/v1/log',
    'http://a:b/v1/log',
    '//v1/log',
    '/v1//log',
    '/v1%2flog',
    '/docs/..%2f',
    '/docs/%ff',
    '*',
  ])('says a problem, under its own policy, of %s', async (target) => {
    const { status, headers, body } = await ask(target);
    expect([400, 404]).toContain(status);
    expect(problem.parse(JSON.parse(body)).status).toBe(status);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])('knows no %s of what is only read', async (method) => {
    for (const path of ['/v1/log', '/openapi.json', '/docs/', FILE]) {
      const { status, body } = await ask(path, {}, method);
      expect([status, problem.parse(JSON.parse(body)).code], path).toEqual([404, 'NOT_FOUND']);
    }
  });

  it('is no failure of the gateway', () => {
    expect(gate.lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).not.toContain('failure');
  });
});
