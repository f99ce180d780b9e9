/** The story's hold on one authority's process. */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Acts } from './acts.js';
import type { Ask, Refused, Told } from './authority.js';

export type ActName = keyof Acts;
export type ActArgs<K extends ActName> = Parameters<Acts[K]> extends [] ? Record<string, never> : Parameters<Acts[K]>[0];
export type ActValue<K extends ActName> = Awaited<ReturnType<Acts[K]>>;

/** The story did not go as it is told. */
export class StoryFailed extends Error {
  override readonly name = 'StoryFailed';
}

export interface Actor {
  readonly authority: string;
  /** @throws StoryFailed where the act is refused or fails */
  does<K extends ActName>(act: K, args: ActArgs<K>): Promise<ActValue<K>>;
  /** Tries what is to be refused, leaving every check to the gateway. @throws StoryFailed where it is accepted, or fails otherwise */
  tries<K extends ActName>(act: K, args: ActArgs<K>): Promise<Refused>;
  shift(offsetMs: number): void;
  end(): void;
}

const PROGRAM = fileURLToPath(new URL('./authority.js', import.meta.url));

/** Folders of a story: where key stores and files are. */
export interface Homes {
  /** `PARLEY_HOME` of every authority: a profile each, named by its code in small letters */
  readonly keys: string;
  readonly passphraseFile: string;
  readonly files: string;
}

/** What does not reach a process that has just ended: its exit comes, and settles what was asked. */
const exitTells = (): void => undefined;

export function startActor(authority: string, homes: Homes): Actor {
  const places = [homes.keys, authority.toLowerCase(), homes.passphraseFile, join(homes.files, authority)];
  const child = fork(PROGRAM, places, { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ask = createAsking(authority, child);
  return {
    authority,
    async does<K extends ActName>(act: K, args: ActArgs<K>) {
      const told = await ask(act, args, false);
      if ('value' in told) return told.value as never;
      throw new StoryFailed(`${authority} could not ${act}: ${'failed' in told ? told.failed : codesOf(told.refused).join(', ')}`);
    },
    async tries(act, args) {
      const told = await ask(act, args, true);
      if ('refused' in told) return told.refused;
      throw new StoryFailed(`${authority} tried ${act}: ${'failed' in told ? told.failed : 'it was accepted'}`);
    },
    shift: (offsetMs) => void child.send({ offsetMs } satisfies Ask, exitTells),
    end: () => void (child.connected && child.disconnect()),
  };
}

function createAsking(authority: string, child: ChildProcess) {
  const waiting = new Map<number, (told: Told) => void>();
  let asked = 0;
  let gone: string | null = null;
  child.on('message', (told: Told) => {
    waiting.get(told.id)?.(told);
    waiting.delete(told.id);
  });
  child.on('exit', (code, signal) => {
    gone = `its process ended (${code ?? signal})`;
    for (const [id, settle] of waiting) settle({ id, failed: gone });
  });
  return (act: ActName, args: unknown, bold: boolean): Promise<Told> => {
    const id = ++asked;
    if (gone !== null) return Promise.resolve({ id, failed: `${authority}: ${gone}` });
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      child.send({ id, act, args, bold } satisfies Ask, exitTells);
    });
  };
}

/** Codes of the rules that were broken, sorted, each once; the refusal's own where no rule was asked. */
export const codesOf = ({ code, violations }: Refused): string[] =>
  violations.length === 0 ? [code] : [...new Set<string>(violations.map((violation) => violation.code))].sort();
