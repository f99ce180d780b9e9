/** How a server ends: nothing that it has begun is cut off, and nobody who asks nothing is waited for. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../adapters/clock-system.js';
import { closingOf } from '../../../gateway/http/close-within.js';

/** more than the system takes for a reader who waits */
const BIG = Buffer.alloc(64 * 1024 * 1024, 'a');
/** a test ends long before */
const NEVER_MS = 3_600_000;
const GET = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

describe('a server that ends', () => {
  let server: Server;
  const sockets: Socket[] = [];
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  async function serve(listener: RequestListener) {
    server = createServer({ keepAliveTimeout: NEVER_MS }, listener);
    const closeWithin = closingOf(server, createSystemClock());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return closeWithin;
  }
  async function ask(): Promise<Socket> {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    sockets.push(socket);
    socket.write(GET);
    await once(socket, 'readable');
    return socket;
  }

  it('lets an answer be read to its end that was whole before', async () => {
    const closeWithin = await serve((_request, response) => void response.end(BIG));
    const socket = await ask();
    const closed = closeWithin(NEVER_MS);
    expect((await buffer(socket)).length).toBeGreaterThan(BIG.length);
    await closed;
  });

  it('lets an answer be made that had begun, and closes behind it', async () => {
    let answer: ServerResponse | null = null;
    const closeWithin = await serve((_request, response) => {
      answer = response;
      response.write('begun');
    });
    const socket = await ask();
    const closed = closeWithin(NEVER_MS);
    answer!.end('ended');
    expect(String(await buffer(socket))).toContain('ended');
    await closed;
  });

  it('closes what is idle', async () => {
    const closeWithin = await serve((_request, response) => void response.end('all'));
    const socket = await ask();
    await closeWithin(NEVER_MS);
    expect(String(await buffer(socket))).toContain('all');
  });

  it('waits no longer than it is told to', async () => {
    const closeWithin = await serve((_request, response) => void response.write('begun'));
    const socket = await ask();
    await closeWithin(20);
    await expect(buffer(socket).then(String, () => '')).resolves.not.toContain('0\r\n\r\n');
  });
});
