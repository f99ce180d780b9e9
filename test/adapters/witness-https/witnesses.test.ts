import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpsWitnesses } from '../../../adapters/witness-https/witnesses.js';

let server: Server;
let url: string;
let answer: RequestListener;

beforeAll(async () => {
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())));

const says = (status: number, body: string, headers: Record<string, string> = {}) => {
  answer = (request, response) => void request.resume().on('end', () => response.writeHead(status, headers).end(body));
  return createHttpsWitnesses(fetch, 500).addCheckpoint(url, 'old 0\n\nnote');
};
const size = { 'Content-Type': 'text/x.tlog.size' };

describe('asking a witness', () => {
  it('posts the request as it is to add-checkpoint', async () => {
    let asked = '';
    answer = (request, response) => {
      request.on('data', (chunk: Buffer) => (asked += chunk.toString()));
      request.on('end', () => (asked = `${request.method} ${request.url} ${asked}`) && response.end('— line\n'));
    };
    expect(await createHttpsWitnesses(fetch).addCheckpoint(`${url}/sub`, 'old 0\n\nnote')).toEqual({ kind: 'cosigned', lines: '— line\n' });
    expect(asked).toBe('POST /sub/add-checkpoint old 0\n\nnote');
  });

  it('hears a size and a contradiction', async () => {
    expect(await says(409, '42\n', size)).toEqual({ kind: 'conflict', size: 42 });
    expect(await says(409, '0\n', { 'Content-Type': 'text/x.tlog.size; charset=utf-8' })).toEqual({ kind: 'conflict', size: 0 });
    expect(await says(422, 'why')).toEqual({ kind: 'inconsistent' });
  });

  it('takes whatever else comes for silence', async () => {
    for (const [status, body, headers] of [
      [409, '42\n', {}],
      [409, '042\n', size],
      [409, '9999999999999999\n', size],
      [409, 'many', size],
      [404, '', {}],
      [500, '', {}],
    ] as const)
      expect(await says(status, body, headers), body).toEqual({ kind: 'silent', why: `status ${status}` });
    expect(await says(302, '', { Location: `${url}/elsewhere` })).toEqual({ kind: 'silent', why: 'not reached: unexpected redirect' });
    expect(await says(200, 'x'.repeat(70_000))).toEqual({ kind: 'silent', why: 'too long an answer' });
    expect(await createHttpsWitnesses(fetch).addCheckpoint(url.replace('http:', 'https:'), '')).toEqual({
      kind: 'silent',
      why: expect.stringMatching(/^not reached: ERR_SSL_/) as unknown,
    });
  });

  it('waits no longer than its limit, before the head and after it', async () => {
    const slow = createHttpsWitnesses(fetch, 60);
    answer = () => undefined;
    expect(await slow.addCheckpoint(url, '')).toEqual({ kind: 'silent', why: 'no answer in 60 ms' });
    answer = (_request, response) => void response.writeHead(200).write('— ');
    expect(await slow.addCheckpoint(url, '')).toEqual({ kind: 'silent', why: 'no answer in 60 ms' });
  });
});
