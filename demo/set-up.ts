/** Setting a story up: folders, keys, one clock, and a directory in which each root has signed for itself. */
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFolder } from '../client/durable-file.js';
import { formatInstant, instantFromMs, type PinnedGateway } from '../client/sdk/index.js';
import type { Actor, Homes } from './actor.js';
import { memberNamed } from './directory.js';
import type { Gateway } from './gateway.js';

export const SUITES = ['age-pq-1', 'openpgp-4'] as const;

/** One passphrase opens every key store of a story; each authority of a real directory has its own. */
export const homesIn = (folder: string): Homes => ({
  keys: join(folder, 'keys'),
  passphraseFile: join(folder, 'passphrase.txt'),
  files: join(folder, 'files'),
});

export async function makeHomes(folder: string): Promise<Homes> {
  const homes = homesIn(folder);
  await createFolder(folder);
  await writeFile(homes.passphraseFile, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
  return homes;
}

export const gatewayFolder = (folder: string): string => join(folder, 'gateway');
const operatorFile = (folder: string): string => join(folder, 'operator.txt');

/** So that a gateway over this folder can be started again: base64url of the operator's public root. */
export const keepOperator = (folder: string, publicKey: string): Promise<void> => writeFile(operatorFile(folder), publicKey);

/** @returns null where no gateway ran over this folder */
export async function keptOperator(folder: string): Promise<string | null> {
  try {
    return await readFile(operatorFile(folder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export const timeText = (ms: number): string => formatInstant(instantFromMs(ms));

export async function makeKeys(code: string, actor: Actor): Promise<string> {
  const { authority, officer, desk } = memberNamed(code);
  return (await actor.does('enrol', { authority, officer, desk, suites: SUITES })).root;
}

/** Clients follow the gateway's clock as it was when it answered, so that none of them is ever ahead of it. */
export async function shiftAll(gateway: Gateway, actors: readonly Actor[], toMs: number): Promise<void> {
  const said = await gateway.moveTo(timeText(toMs));
  const offsetMs = Date.parse(said) - Date.now();
  for (const actor of actors) actor.shift(offsetMs);
}

/** Roots are compared out of band; the operator designates; each root signs its own entry. */
export async function publishDirectory(
  origin: string,
  operator: Actor,
  actors: ReadonlyMap<string, Actor>,
  roots: readonly { readonly authority: string; readonly root: string }[],
): Promise<PinnedGateway> {
  const pinned = await operator.does('connect', { origin, roots: [] });
  for (const { authority, root } of roots) {
    const { types, declares } = memberNamed(authority).facts;
    await operator.does('designate', { authority, root, types, networks: declares?.networks ?? [] });
  }
  await Promise.all([...actors.values()].map((actor) => actor.does('connect', { origin, roots })));
  // one after the other, because each rests on the directory as the one before left it
  for (const [code, actor] of actors) await actor.does('publish', memberNamed(code).facts);
  return pinned;
}
