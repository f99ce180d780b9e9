/** What a witness remembers: of each log the newest checkpoint that it cosigned, a file each. */
import { join } from 'node:path';
import { parseCheckpoint, type Checkpoint } from '../../crypto/checkpoint.js';
import { digestOfBytes } from '../../crypto/digest.js';
import { parseNote } from '../../crypto/note.js';
import { createFolder, readIfThere, replaceFile } from '../durable-file.js';
import { ParleyError } from '../sdk/index.js';

export interface WitnessMemory {
  /** @returns null where no checkpoint of that log was cosigned yet */
  last(origin: string): Promise<Checkpoint | null>;
  /** Durable when it resolves, file and folder: only then may a signature leave. */
  remember(origin: string, note: string): Promise<void>;
}

/** Made once, with the key: a folder without it is not one in which nothing was cosigned yet, but one that was lost. */
const BEGUN = 'begun';
const text = new TextDecoder();

const damaged = (path: string, what: string): ParleyError =>
  new ParleyError('WITNESS_STATE_DAMAGED', `${path} ${what}.`, 'Restore it; never begin anew under the same key.');

/** For a new key, and once; durable when it resolves. */
export async function createWitnessMemory(folder: string): Promise<void> {
  await createFolder(folder);
  await replaceFile(join(folder, BEGUN), '');
}

/** @throws ParleyError `WITNESS_STATE_DAMAGED`, whenever it is asked too: a witness that forgot must not sign */
export async function openWitnessMemory(folder: string): Promise<WitnessMemory> {
  const pathOf = (origin: string): string => join(folder, `${digestOfBytes(new TextEncoder().encode(origin))}.note`);
  const isThere = async (): Promise<void> => {
    if ((await readIfThere(join(folder, BEGUN))) === null) throw damaged(folder, 'is not the folder of a witness, or was lost');
  };
  await isThere();
  return {
    async last(origin) {
      await isThere();
      const note = await readIfThere(pathOf(origin));
      if (note === null) return null;
      const parsed = parseNote(text.decode(note));
      const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
      if (checkpoint.ok && checkpoint.value.origin === origin) return checkpoint.value;
      throw damaged(pathOf(origin), 'is not readable');
    },
    remember: (origin, note) => replaceFile(pathOf(origin), note),
  };
}
