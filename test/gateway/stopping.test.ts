/** `parley serve` as a supervisor starts and stops it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../crypto/base64url.js';
import { createSigningKey } from '../../crypto/signing-key.js';
import { OPERATOR, ORIGIN } from '../support/actors.js';
import { freePort } from '../../testing/free-port.js';
import { createChance } from '../support/world.js';

const program = (name: string): string => join(import.meta.dirname, '../../dist', name);

let folder: string;
let serve: ChildProcess;
let port: number;
/** of its log */
let events: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-stopping-'));
  port = await freePort();
  serve = spawn(process.execPath, [program('client/cli/main.js'), 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // with the gateway that it starts a group of processes, as those of a service or a terminal are
    detached: true,
    env: {
      PARLEY_ORIGIN: ORIGIN,
      PARLEY_OPERATOR_AUTHORITY: OPERATOR,
      PARLEY_OPERATOR_ROOT: encodeBase64url(createSigningKey(createChance(9)).publicKey),
      PARLEY_PORT: String(port),
      PARLEY_DATA: folder,
      PARLEY_DRAIN_MS: '1000',
    },
  });
  events = [];
  await new Promise<void>((resolve) =>
    createInterface({ input: serve.stdout! }).on('line', (line) => {
      events.push((JSON.parse(line) as { readonly event: string }).event);
      resolve();
    }),
  );
  // by then it hears signals
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
});
afterEach(() => {
  try {
    process.kill(-serve.pid!, 'SIGKILL');
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ESRCH');
  }
  rmSync(folder, { recursive: true });
});

describe('parley serve', () => {
  it('lets the gateway finish what it has begun where all its processes are told to stop', async () => {
    // of this request the rest never comes: it is waited for
    const half = connect(port, '127.0.0.1');
    half.on('error', () => undefined);
    await once(half, 'connect');
    half.write(`POST /v1/statements HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 10\r\n\r\n{`);
    // behind it in its turn: what was sent there is read
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    const ended = once(serve, 'exit');
    process.kill(-serve.pid!, 'SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(events.filter((event) => event !== undefined)).toEqual(['listening', 'draining', 'stopped']);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends with the gateway and not before it, told by %s alone', async (signal) => {
    const ended = once(serve, 'exit');
    serve.kill(signal);
    expect(await ended).toEqual([0, null]);
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  });

  it('lets it drain where the terminal of both is closed', async () => {
    process.kill(-serve.pid!, 'SIGHUP');
    await expect.poll(() => events.at(-1), { timeout: 20_000 }).toBe('stopped');
  });

  it('leaves no gateway behind where it is killed', async () => {
    serve.kill('SIGKILL');
    await expect.poll(() => events.at(-1), { timeout: 20_000 }).toBe('stopped');
  });
});
