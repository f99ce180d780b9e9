/** Commands run as a person would, in one authority's profile, against a real gateway. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { markDigests } from '../../../client/cli/arguments.js';
import { createProgram } from '../../../client/cli/program.js';
import type { AuthorityType } from '../../../domain/vocabulary.js';
import { openGateway, type LiveGateway } from '../sdk/live-gateway.js';

export interface Terminal {
  /** a file of this test */
  path(name: string): string;
  write(name: string, value: unknown): string;
  /** @returns what a person is shown */
  shows(profile: string, ...words: string[]): Promise<string>;
  /** @returns what a person is shown, and the code with which the command failed after that */
  showsAll(profile: string, ...words: string[]): Promise<{ shown: string; code: string | null }>;
  /** @returns the JSON answer */
  parley<T = Record<string, string>>(profile: string, ...words: string[]): Promise<T>;
  /** @returns the JSON answer of a command that then fails with this code */
  fails<T = Record<string, string>>(code: string, profile: string, ...words: string[]): Promise<T>;
  enrol(members: Readonly<Record<string, AuthorityType>>): Promise<void>;
  /** what was said beside the answers */
  readonly asides: string[];
}

/** One gateway for a whole test file, drained after it, at which these authorities trust each other; each has a profile of its name. */
export async function openTerminal(
  members: Readonly<Record<string, AuthorityType>>,
  isTerminal = false,
): Promise<{ gateway: LiveGateway; terminal: Terminal }> {
  const gateway = await openGateway();
  afterAll(() => gateway.running.drain());
  const terminal = createTerminal(gateway, isTerminal);
  await terminal.enrol(members);
  return { gateway, terminal };
}

/** @param gateway absent: for commands that need none @param isTerminal do answers go to a screen? */
export function createTerminal(gateway?: LiveGateway, isTerminal = false): Terminal {
  const home = mkdtempSync(join(tmpdir(), 'parley-cli-'));
  const asides: string[] = [];
  const passphraseFile = join(home, 'passphrase');
  writeFileSync(passphraseFile, 'four words of fiction\n', { mode: 0o600 });
  const path = (name: string): string => join(home, name);
  const write = (name: string, value: unknown): string => {
    writeFileSync(path(name), JSON.stringify(value));
    return path(name);
  };
  const run = async (profile: string, words: readonly string[]): Promise<{ answer: string; error: unknown }> => {
    let answer = '';
    const env = {
      PARLEY_HOME: home,
      PARLEY_PROFILE: profile,
      PARLEY_PASSPHRASE_FILE: passphraseFile,
      PARLEY_SCRYPT_LOG_N: '2',
      ...(gateway === undefined ? {} : { PARLEY_GATEWAY: gateway.origin }),
    };
    const { program } = createProgram(env, {
      answer: (text) => void (answer += String(text)),
      complaint: (text) => void asides.push(text),
      isTerminal,
    });
    program.exitOverride();
    const error: unknown = await program.parseAsync(markDigests(words), { from: 'user' }).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    return { answer, error };
  };
  const shows = async (profile: string, ...words: string[]): Promise<string> => {
    const { answer, error } = await run(profile, words);
    if (error !== null) throw error as Error;
    return answer;
  };
  const parley = async <T>(profile: string, ...words: string[]): Promise<T> => {
    const answer = await shows(profile, '--json', ...words);
    const [, epoch] = /"(\w+)":1[5-9]\d{11}\b/.exec(answer) ?? [];
    if (epoch !== undefined) throw new Error(`${epoch} is a number: times are RFC 3339 in every answer`);
    return JSON.parse(answer) as T;
  };
  return {
    path,
    write,
    asides,
    shows,
    parley,
    async showsAll(profile, ...words) {
      const { answer, error } = await run(profile, words);
      if (answer === '') throw (error as Error | null) ?? new Error('nothing was shown');
      return { shown: answer, code: (error as { code: string } | null)?.code ?? null };
    },
    async fails<T>(code: string, profile: string, ...words: string[]) {
      const { answer, error } = await run(profile, ['--json', ...words]);
      if ((error as { code?: string } | null)?.code !== code) throw (error as Error | null) ?? new Error(`it did not fail with ${code}`);
      return JSON.parse(answer) as T;
    },
    async enrol(members) {
      const roots = new Map<string, string>();
      for (const [code, type] of Object.entries(members)) {
        const profile = code.toLowerCase();
        const { root } = await parley<{ root: string }>(profile, 'enrol', '--authority', code, '--officer', 'o.1', '--suite', 'age-pq-1');
        roots.set(code, root);
        await gateway!.designate(code, root, type);
        const facts = {
          name: code,
          territory: code.slice(0, 2),
          types: [type],
          languages: ['en'],
          clearance: 'RESTRICTED',
          timeZone: 'UTC',
          calendar: { roundTheClock: true },
        };
        await parley(profile, 'entry', write(`${profile}.json`, facts));
      }
      for (const code of roots.keys())
        for (const [other, root] of roots) if (other !== code) await parley(code.toLowerCase(), 'directory', 'trust', other, root);
    },
  };
}
