/** Where a command works: which profile, which key store, which gateway. */
import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { WORK_FACTOR } from '../../crypto/open-vault.js';
import { createFolder, replaceFile } from '../durable-file.js';
import { ParleyClient, ParleyError, type KeyStore } from '../sdk/index.js';
import { systemChance, systemClock } from './clock-system.js';
import { fillFileKeyStore, isKeyStore, openFileKeyStore } from './file-key-store.js';
import type { Output } from './output.js';
import { readPassphrase } from './passphrase.js';
import { isProfileName } from './typed.js';

export interface Environment {
  readonly PARLEY_HOME?: string | undefined;
  readonly PARLEY_PROFILE?: string | undefined;
  readonly PARLEY_GATEWAY?: string | undefined;
  readonly PARLEY_PASSPHRASE_FILE?: string | undefined;
  /** scrypt's cost is 2^n; for demonstrations that must be quick */
  readonly PARLEY_SCRYPT_LOG_N?: string | undefined;
  /** the gateway’s own, for `backup` and `restore` */
  readonly PARLEY_DATA?: string | undefined;
  readonly PARLEY_GATEWAY_KEY_FILE?: string | undefined;
}

export interface Workplace {
  readonly out: Output;
  readonly env: Environment;
  /** makes the profile's key store, which is there once `fill` resolved, and not where it failed */
  createStore<T>(fill: (store: KeyStore) => Promise<T>): Promise<T>;
  openStore(): Promise<KeyStore>;
  /** keeps the gateway's address for the profile */
  setGateway(origin: string): Promise<void>;
  connect(store?: KeyStore): Promise<ParleyClient>;
  /** to which the last command connected because it named it; absent: environment or profile name the same */
  typedGateway(): string | undefined;
}

const SETTINGS = 'settings.json';

/** @param options of the command line, which beat the environment */
export function createWorkplace(env: Environment, options: () => { profile?: string; gateway?: string }, out: Output): Workplace {
  const profile = (): string => checkedProfile(options().profile ?? (env.PARLEY_PROFILE || 'default'));
  const home = (): string => env.PARLEY_HOME || join(homedir(), '.parley');
  const folder = (): string => join(home(), profile());
  const openStore = async (): Promise<KeyStore> => {
    await requireStore(home(), profile());
    return openFileKeyStore(folder(), await readPassphrase(env.PARLEY_PASSPHRASE_FILE, false));
  };
  const kept = async (): Promise<string> => checkedOrigin(env.PARLEY_GATEWAY || (await savedGateway(folder())));
  let typed: string | undefined;
  return {
    out,
    env,
    openStore,
    typedGateway: () => typed,
    async createStore(fill) {
      const { gateway } = options();
      // kept with the store: what is wrong with it is said before keys are made, which a second try would find in its way
      if (gateway !== undefined) checkedOrigin(gateway);
      const passphrase = await readPassphrase(env.PARLEY_PASSPHRASE_FILE, true);
      return fillFileKeyStore(folder(), passphrase, workFactorOf(env.PARLEY_SCRYPT_LOG_N), fill);
    },
    async setGateway(origin) {
      await createFolder(folder());
      await replaceFile(join(folder(), SETTINGS), `${JSON.stringify({ gateway: checkedOrigin(origin) })}\n`);
    },
    async connect(store) {
      if (store === undefined) await requireStore(home(), profile());
      const { gateway } = options();
      const origin = gateway === undefined ? await kept() : checkedOrigin(gateway);
      typed = origin === (await kept().catch(() => undefined)) ? undefined : origin;
      return ParleyClient.connect({ origin, fetch, clock: systemClock, chance: systemChance, store: store ?? (await openStore()) });
    },
  };
}

/** Before a passphrase is asked for, or a gateway missed. @throws ParleyError `NOT_ENROLLED` naming the profiles that there are */
async function requireStore(home: string, profile: string): Promise<void> {
  if (await isKeyStore(join(home, profile))) return;
  const there: string[] = [];
  for (const name of await readdir(home).catch(() => [])) if (await isKeyStore(join(home, name)).catch(() => false)) there.push(name);
  throw new ParleyError(
    'NOT_ENROLLED',
    `There is no key store of the profile ${profile} in ${home}.`,
    there.length === 0
      ? 'There is none yet: parley enrol.'
      : `There are: ${there.sort().join(', ')} (--profile NAME); or make it: parley enrol.`,
  );
}

async function savedGateway(folder: string): Promise<string> {
  try {
    return (JSON.parse(await readFile(join(folder, SETTINGS), 'utf8')) as { gateway: string }).gateway;
  } catch {
    throw new ParleyError('GATEWAY_UNKNOWN', 'No gateway is known to this profile.', 'Name it: --gateway https://… or PARLEY_GATEWAY.');
  }
}

function checkedProfile(name: string): string {
  if (isProfileName(name)) return name;
  throw new ParleyError('MALFORMED', `Not the name of a profile: ${name}.`, 'Use small letters, digits and hyphens.');
}

/** Plain HTTP goes over loopback only. What stands behind the host would be left out, so that another gateway might be asked. */
function checkedOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const loopback = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url === null || url.origin === 'null' || !(url.protocol === 'https:' || (url.protocol === 'http:' && loopback)) || !endsThere(url))
    throw new ParleyError(
      'MALFORMED',
      `Not a gateway’s address: ${text}.`,
      'Use https://host with nothing behind it, or http://127.0.0.1:port on this machine.',
    );
  return url.origin;
}

const endsThere = ({ origin, href }: URL): boolean => href === `${origin}/`;

export function workFactorOf(text: string | undefined): number {
  if (text === undefined || text === '') return WORK_FACTOR;
  const n = Number(text);
  if (Number.isInteger(n) && n >= 1 && n <= 22) return n;
  throw new ParleyError('MALFORMED', 'PARLEY_SCRYPT_LOG_N is a whole number from 1 to 22.', 'Leave it out: the standard is fit for use.');
}
