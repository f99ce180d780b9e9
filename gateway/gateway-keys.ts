/** The gateway's own key file: made on the first start, read by its owner alone, never overwritten. */
import { chmod, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { decodeBase64url, encodeBase64url } from '../crypto/base64url.js';
import { signingKeyOf } from '../crypto/signing-key.js';
import { Failure } from '../domain/failure.js';
import type { Chance } from '../domain/ports.js';
import type { GatewayKeys } from './deps.js';

const KEY_BYTES = 32;
const file = z.strictObject({ v: z.literal(1), seed: z.string().length(43), secret: z.string().length(43) });

/**
 * @param path of the key file; made, folder and all, where it is missing
 * @throws Failure `CONFIG_INVALID` where it is there and does not read
 */
export async function loadGatewayKeys(path: string, chance: Chance): Promise<GatewayKeys> {
  await createOnce(path, chance);
  const stored = parseFile(await readFile(path, 'utf8'));
  const { kid, publicKey, seed } = signingKeyOf(stored.seed);
  return { kid, publicKey, seed, secret: stored.secret };
}

/** Two processes that start together: one makes it, the other finds it. */
async function createOnce(path: string, chance: Chance): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const handle = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return null;
    throw new Failure('CONFIG_INVALID', 'the gateway key file cannot be made', { cause: error });
  });
  if (handle === null) return;
  try {
    const fresh = { v: 1, seed: encodeBase64url(chance.bytes(KEY_BYTES)), secret: encodeBase64url(chance.bytes(KEY_BYTES)) };
    await handle.writeFile(`${JSON.stringify(fresh)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(path, 0o600);
}

function parseFile(text: string): { readonly seed: Uint8Array; readonly secret: Uint8Array } {
  try {
    const stored = file.parse(JSON.parse(text));
    const [seed, secret] = [decodeBase64url(stored.seed), decodeBase64url(stored.secret)];
    if (seed.ok && secret.ok) return { seed: seed.value, secret: secret.value };
  } catch {
    // whatever is wrong with it, its content is not to be quoted
  }
  throw new Failure('CONFIG_INVALID', 'the gateway key file does not read');
}
