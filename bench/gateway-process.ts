/** The gateway as `parley serve` starts it, here with limits off and nobody who reads its log. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeBase64url } from '../crypto/base64url.js';
import { startProgram } from './child.js';
import { LOG_ORIGIN, type Cast } from './cast.js';

export interface GatewayProcess {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * @param databaseUrl absent: the embedded database in a new folder
 * @param more settings, over those of every bench
 */
export async function startGateway(cast: Cast, databaseUrl?: string, more: Readonly<Record<string, string>> = {}): Promise<GatewayProcess> {
  const data = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const program = startProgram('gateway/main.js', {
    NODE_OPTIONS: '--max-semi-space-size=64',
    PARLEY_ORIGIN: LOG_ORIGIN,
    PARLEY_OPERATOR_AUTHORITY: cast.operator.identity.authority,
    PARLEY_OPERATOR_ROOT: encodeBase64url(cast.operator.root.publicKey),
    PARLEY_PORT: '0',
    PARLEY_DATA: data,
    PARLEY_GATEWAY_KEY_FILE: cast.gatewayKeyFile,
    ...(databaseUrl === undefined ? {} : { PARLEY_DATABASE_URL: databaseUrl }),
    PARLEY_RATE_PER_OFFICER: '0',
    PARLEY_RATE_PER_ADDRESS: '0',
    ...more,
  });
  const origin = await listening(program.line);
  program.ignore();
  return {
    url: origin,
    pid: program.process.pid ?? 0,
    async stop() {
      await program.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function listening(line: () => Promise<string>): Promise<string> {
  for (;;) {
    const { event, origin } = JSON.parse(await line()) as { event?: string; origin?: string };
    if (event === 'listening' && origin !== undefined) return origin;
  }
}
