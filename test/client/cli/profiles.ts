/** The command line as several people on one machine type it, each with a profile of their own. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markDigests } from '../../../client/cli/arguments.js';
import { createProgram } from '../../../client/cli/program.js';

/** @param gateway its address, once there is one */
export function createProfiles(gateway: () => string | undefined) {
  const home = mkdtempSync(join(tmpdir(), 'parley-profiles-'));
  const passphraseFile = join(home, 'passphrase');
  writeFileSync(passphraseFile, 'four words of fiction\n', { mode: 0o600 });
  async function shows(profile: string, ...words: string[]): Promise<string> {
    let answer = '';
    const origin = gateway();
    const env = {
      PARLEY_HOME: home,
      PARLEY_PASSPHRASE_FILE: passphraseFile,
      PARLEY_SCRYPT_LOG_N: '2',
      ...(origin === undefined ? {} : { PARLEY_GATEWAY: origin }),
    };
    const { program } = createProgram(env, { answer: (text) => void (answer += String(text)), complaint: () => undefined });
    program.exitOverride();
    await program.parseAsync(markDigests(['--profile', profile, ...words]), { from: 'user' });
    return answer;
  }
  const parley = async <T = Record<string, string>>(profile: string, ...words: string[]): Promise<T> =>
    JSON.parse(await shows(profile, '--json', ...words)) as T;
  return { home, shows, parley };
}
