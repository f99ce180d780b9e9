/** The gateway as an operator runs it: `node dist/gateway/main.js` in a process of its own, never npm, so that a signal hits it alone. */
import { spawn, type ChildProcess } from 'node:child_process';
import { openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { encodeBase64url } from '../../crypto/base64url.js';
import type { SigningKey } from '../../crypto/signing-key.js';
import { OPERATOR, ORIGIN } from './actors.js';

export interface GatewayProgram {
  readonly url: string;
  readonly process: ChildProcess;
  /** SIGKILL: nothing is written any more */
  kill(): Promise<void>;
  /** SIGTERM: it drains */
  stop(): Promise<void>;
}

export interface GatewaySettings {
  readonly operator: SigningKey;
  readonly port: number;
  readonly data: string;
  readonly databaseUrl: string;
  /** where its log is kept; absent: nowhere */
  readonly logFile?: string;
  /** under which clients reach it, beside others; absent: by its port */
  readonly publicOrigin?: string;
}

/** also where this runs as it was written */
const DIST = import.meta.url.endsWith('.ts') ? '../../dist/' : '../../';

/** A compiled program, by its name under dist/. */
export const program = (name: string): string => fileURLToPath(new URL(`${DIST}${name}`, import.meta.url));

/** Resolves when it listens. @throws Error where it ends instead */
export async function startGateway({
  operator,
  port,
  data,
  databaseUrl,
  logFile,
  publicOrigin = '',
}: GatewaySettings): Promise<GatewayProgram> {
  const errors = logFile === undefined ? 'inherit' : openSync(`${logFile}.err`, 'a');
  const child = spawn(process.execPath, [program('gateway/main.js')], {
    stdio: ['ignore', 'pipe', errors],
    env: {
      ...process.env,
      PARLEY_ORIGIN: ORIGIN,
      PARLEY_OPERATOR_AUTHORITY: OPERATOR,
      PARLEY_OPERATOR_ROOT: encodeBase64url(operator.publicKey),
      PARLEY_PORT: String(port),
      PARLEY_PUBLIC_ORIGIN: publicOrigin,
      PARLEY_DATA: data,
      PARLEY_DATABASE_URL: databaseUrl,
      PARLEY_LEASE_MS: '1500',
      PARLEY_CHECKPOINT_MS: '400',
      PARLEY_DELIVER_MS: '200',
      PARLEY_RATE_PER_OFFICER: '0',
      PARLEY_RATE_PER_ADDRESS: '0',
      PARLEY_LOG_LEVEL: 'debug',
    },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout! });
    const log = logFile === undefined ? null : openSync(logFile, 'a');
    lines.on('line', (line) => {
      if (log !== null) writeLine(log, line);
      if (line.includes('"listening"')) resolve();
    });
    child.once('exit', (code, signal) => reject(new Error(`the gateway ended before it listened: ${code ?? signal}`)));
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return { url: `http://127.0.0.1:${port}`, process: child, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

function writeLine(file: number, line: string): void {
  writeSync(file, `${line}\n`);
}
