/** The gateway's own key file: made on the first start, read by its owner alone, never overwritten. */
import { access, link, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { decodeBase64url, encodeBase64url } from '../crypto/base64url.js';
import { signingKeyOf } from '../crypto/signing-key.js';
import { Failure } from '../domain/failure.js';
import type { Chance } from '../domain/ports.js';
import type { GatewayKeys } from './deps.js';
import { assertClosed, makeFolder, syncFolder } from './main-folder.js';

const KEY_BYTES = 32;
const file = z.strictObject({ v: z.literal(1), seed: z.string().length(43), secret: z.string().length(43) });

/**
 * @param path of the key file; made, folder and all, where it is missing
 * @throws Failure `CONFIG_INVALID` where it is there and does not read
 */
export async function loadGatewayKeys(path: string, chance: Chance): Promise<GatewayKeys> {
  await createOnce(path, chance);
  const stored = parseFile(await readText(path), path);
  const { kid, publicKey, seed } = signingKeyOf(stored.seed);
  return { kid, publicKey, seed, secret: stored.secret };
}

/** Whole or not there: of two processes that start together one puts its file in place, and the other finds it. */
async function createOnce(path: string, chance: Chance): Promise<void> {
  if (await isThere(path)) return;
  await makeFolder(dirname(path));
  const draft = `${path}.${encodeBase64url(chance.bytes(8))}.draft`;
  const fresh = { v: 1, seed: encodeBase64url(chance.bytes(KEY_BYTES)), secret: encodeBase64url(chance.bytes(KEY_BYTES)) };
  try {
    await writeFile(draft, `${JSON.stringify(fresh)}\n`, { flag: 'wx', mode: 0o600, flush: true });
    // unlike a rename, a link does not replace what is there
    await link(draft, path);
    // and stays through a loss of power, as the log will that it signs
    await syncFolder(dirname(path));
  } catch (error) {
    if (!(await isThere(path))) throw new Failure('CONFIG_INVALID', `the gateway key file ${path} cannot be made`, { cause: error });
  } finally {
    await rm(draft, { force: true });
  }
}

/** What this account may not look at is there. */
const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );

async function readText(path: string): Promise<string> {
  try {
    // whoever reads it can sign another history
    assertClosed('gateway', path);
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    throw new Failure('CONFIG_INVALID', `the gateway key file ${path} cannot be read: ${code}`, { cause });
  }
}

function parseFile(text: string, path: string): { readonly seed: Uint8Array; readonly secret: Uint8Array } {
  try {
    const stored = file.parse(JSON.parse(text));
    const [seed, secret] = [decodeBase64url(stored.seed), decodeBase64url(stored.secret)];
    if (seed.ok && secret.ok) return { seed: seed.value, secret: secret.value };
  } catch {
    // whatever is wrong with it, its content is not to be quoted
  }
  throw new Failure('CONFIG_INVALID', `the gateway key file ${path} does not read`);
}
