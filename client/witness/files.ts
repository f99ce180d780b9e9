/** A witness's own files: its key, and the logs that it watches. */
import { open, readFile } from 'node:fs/promises';
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import { createNoteSigner, parseVerifierKey, type NoteSigner, type VerifierKey } from '../../crypto/note-key.js';
import type { Chance } from '../../domain/ports.js';
import { readIfThere } from '../durable-file.js';
import { ParleyError } from '../sdk/index.js';
import type { KnownLogs } from './judge.js';
import { createWitnessMemory } from './memory.js';

const SEED_BYTES = 32;

/**
 * What a new witness needs: a folder for what it cosigns, and then a key. The other way round a cut would leave a key without a folder.
 *
 * @throws ParleyError `WITNESS_KEY_EXISTS`: a key that may have signed gets no new folder; `MALFORMED`
 */
export async function beginWitness(
  { key, state }: { readonly key: string; readonly state: string },
  name: string,
  chance: Chance,
): Promise<NoteSigner> {
  if ((await readIfThere(key)) !== null) throw keyExists(key);
  await createWitnessMemory(state);
  return createWitnessKey(key, name, chance);
}

const keyExists = (path: string): ParleyError =>
  new ParleyError('WITNESS_KEY_EXISTS', `There is a key in ${path} already.`, 'Keep it: a witness has one key.');

/**
 * A new key, mode 0600. There is one for each witness, for ever: what it signed cannot be unsaid.
 *
 * @param name by custom an address without scheme, such as `witness.example/w1`
 * @throws ParleyError `WITNESS_KEY_EXISTS`, `MALFORMED`
 */
export async function createWitnessKey(path: string, name: string, chance: Chance): Promise<NoteSigner> {
  const seed = chance.bytes(SEED_BYTES);
  const signer = signerOf(name, seed);
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    throw error instanceof Error && 'code' in error && error.code === 'EEXIST' ? keyExists(path) : error;
  });
  try {
    await file.writeFile(`${JSON.stringify({ name, seed: encodeBase64url(seed) })}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return signer;
}

/** @throws ParleyError `FILE_UNREADABLE`, `MALFORMED` */
export async function readWitnessKey(path: string): Promise<NoteSigner> {
  const { name, seed } = Object(jsonOf(await readText(path))) as { name?: unknown; seed?: unknown };
  const bytes = typeof seed === 'string' ? decodeBase64url(seed) : null;
  if (typeof name !== 'string' || !bytes?.ok || bytes.value.length !== SEED_BYTES)
    throw new ParleyError('MALFORMED', `${path} is not a witness’s key.`, 'Make one: parley witness key NAME --key FILE --state FOLDER');
  return signerOf(name, bytes.value);
}

function signerOf(name: string, seed: Uint8Array): NoteSigner {
  try {
    return createNoteSigner(name, 'COSIGNATURE_V1', seed);
  } catch {
    throw new ParleyError('MALFORMED', `Not the name of a witness: ${name}.`, 'Use an address without scheme, such as witness.example/w1.');
  }
}

/**
 * One verifier key a line (`verifierKey` of a gateway's `/v1/log`, compared another way); two of one origin while a log changes its key.
 *
 * @throws ParleyError `FILE_UNREADABLE`, `MALFORMED`, with every problem at once
 */
export async function readLogsFile(path: string): Promise<KnownLogs> {
  const logs = new Map<string, VerifierKey[]>();
  const problems: string[] = [];
  (await readText(path)).split(/\r?\n/).forEach((raw, i) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return;
    const key = parseVerifierKey(line);
    if (!key.ok) problems.push(`line ${i + 1}: ${key.error}`);
    else if (key.value.algorithm !== 'ED25519') problems.push(`line ${i + 1}: not the key of a log`);
    else logs.set(key.value.name, [...(logs.get(key.value.name) ?? []), key.value]);
  });
  if (problems.length === 0 && logs.size === 0) problems.push('it names no log');
  if (problems.length > 0)
    throw new ParleyError(
      'MALFORMED',
      `${path}: ${problems.join('; ')}.`,
      'Write one verifier key a line, as a gateway’s /v1/log tells it.',
    );
  return logs;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new ParleyError('FILE_UNREADABLE', `${path} cannot be read.`, 'Check the path and who may read it.');
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
