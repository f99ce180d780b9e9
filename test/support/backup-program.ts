/** `parley backup` and `parley restore`, and the program that they start, as an operator runs them: processes of their own. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { encodeBase64url } from '../../crypto/base64url.js';
import { OPERATOR, ORIGIN } from './actors.js';
import type { TestGateway } from './test-gateway.js';

export const compiled = (name: string): string => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly said: string;
  readonly complaint: string;
}
/** the gateway's folder, or that and its witnesses' file */
type Where = string | { readonly data: string; readonly witnesses: string };

interface Operator {
  start(place: Where, ...words: readonly string[]): ChildProcessByStdio<null, Readable, Readable>;
  run(place: Where, ...words: readonly string[]): Promise<Ended>;
}

export function operatorOf(gateway: () => TestGateway, passphraseFile: () => string): Operator {
  const start: Operator['start'] = (place, ...words) => {
    const { data, witnesses } = typeof place === 'string' ? { data: place, witnesses: '' } : place;
    const env = {
      PARLEY_WITNESSES_FILE: witnesses,
      PATH: process.env['PATH'],
      PARLEY_ORIGIN: ORIGIN,
      PARLEY_OPERATOR_AUTHORITY: OPERATOR,
      PARLEY_OPERATOR_ROOT: encodeBase64url(gateway().operator.publicKey),
      PARLEY_DATA: data,
      PARLEY_PORT: '0',
      PARLEY_PASSPHRASE_FILE: passphraseFile(),
      PARLEY_SCRYPT_LOG_N: '2',
    };
    return spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  };
  return { start, run: (place, ...words) => endOf(start(place, ...words)) };
}

export async function endOf(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Ended> {
  let [said, complaint] = ['', ''];
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (complaint += bytes.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, said, complaint };
}
