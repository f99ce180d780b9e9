/**
 * The same server with a clock that stories move: `GET` and `POST /test/clock {"at": RFC 3339}` on a port of its own, loopback only.
 * `parley serve` cannot reach this file.
 *
 * PARLEY_TEST_CLOCK=1       says that it is meant
 * PARLEY_TEST_CLOCK_AT      where the clock starts; absent: now
 * PARLEY_TEST_CLOCK_PORT    0 or absent: a free one, told on standard error
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSystemClock } from '../adapters/clock-system.js';
import { formatInstant, parseInstant } from '../domain/time.js';
import { runGateway } from '../gateway/main.js';
import { createMovableClock, type MovableClock } from './movable-clock.js';

const BODY_BYTES_MAX = 1_000;

async function answer(clock: MovableClock, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = (status: number): void => {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ at: formatInstant(clock.now()) }));
  };
  if (request.url !== '/test/clock') return reply(404);
  if (request.method === 'GET') return reply(200);
  if (request.method !== 'POST') return reply(405);
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > BODY_BYTES_MAX) return reply(413);
  }
  const at = parseInstant(atOf(text));
  if (!at.ok) return reply(400);
  return reply(clock.moveTo(at.value) ? 200 : 409);
}

function atOf(text: string): string {
  try {
    return String((JSON.parse(text) as { readonly at?: unknown } | null)?.at);
  } catch {
    return '';
  }
}

async function main(): Promise<void> {
  const { PARLEY_TEST_CLOCK, PARLEY_TEST_CLOCK_AT, PARLEY_TEST_CLOCK_PORT = '0' } = process.env;
  const system = createSystemClock();
  const start = PARLEY_TEST_CLOCK_AT === undefined ? { ok: true as const, value: system.now() } : parseInstant(PARLEY_TEST_CLOCK_AT);
  if (PARLEY_TEST_CLOCK !== '1' || !start.ok) {
    console.error('PARLEY_TEST_CLOCK must be 1, and PARLEY_TEST_CLOCK_AT an RFC 3339 time with Z: this server is for tests and stories');
    process.exitCode = 78;
    return;
  }
  const clock = createMovableClock(system, start.value);
  const server = createServer((request, response) => void answer(clock, request, response));
  // the gateway's own process decides when it ends
  server.unref();
  await new Promise<void>((resolve) => server.listen(Number(PARLEY_TEST_CLOCK_PORT), '127.0.0.1', resolve));
  const running = await runGateway(clock);
  const { port } = server.address() as AddressInfo;
  if (running === null) server.close();
  else console.error(JSON.stringify({ testClock: `http://127.0.0.1:${port}/test/clock` }));
}

await main();
