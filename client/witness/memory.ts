/** What a witness remembers: of each log the newest checkpoint that it cosigned, a file each. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCheckpoint, type Checkpoint } from '../../crypto/checkpoint.js';
import { digestOfBytes } from '../../crypto/digest.js';
import { parseNote } from '../../crypto/note.js';
import { createFolder, makeFile, readIfThere, replaceFile } from '../durable-file.js';
import { ParleyError } from '../sdk/index.js';

/** The newest checkpoint of a log that was cosigned, and how many there were before it. */
export interface Kept {
  /** null where none was cosigned yet */
  readonly checkpoint: Checkpoint | null;
  /** that checkpoint as the log signed it */
  readonly note: string | null;
  readonly turn: number;
}

export interface WitnessMemory {
  last(origin: string): Promise<Kept>;
  /**
   * Durable when it resolves, file and folder: only then may a signature leave.
   *
   * @param turn of what was last when it was judged
   * @returns false where another process of the same witness has remembered one since: then it is to be judged again
   */
  remember(origin: string, note: string, turn: number): Promise<boolean>;
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
  const isThere = async (): Promise<void> => {
    if ((await readIfThere(join(folder, BEGUN))) === null) throw damaged(folder, 'is not the folder of a witness, or was lost');
  };
  await isThere();
  return {
    async last(origin) {
      await isThere();
      for (;;) {
        const turn = Math.max(0, ...(await turnsIn(folder, origin)));
        const path = join(folder, nameOf(origin, turn));
        const note = await readIfThere(path);
        if (note !== null) return { checkpoint: readNote(note, origin, path), note: text.decode(note), turn };
        if (turn === 0) return { checkpoint: null, note: null, turn };
        // gone since it was listed: there is a newer one
      }
    },
    async remember(origin, note, turn) {
      if (!(await makeFile(join(folder, nameOf(origin, turn + 1)), note))) return false;
      for (const older of await turnsIn(folder, origin)) if (older <= turn) await rm(join(folder, nameOf(origin, older)), { force: true });
      return true;
    },
  };
}

/** A file for each turn, the newest kept: who makes the next one has it. Turn 0 has the name of a time when there was one file. */
const nameOf = (origin: string, turn: number): string =>
  `${digestOfBytes(new TextEncoder().encode(origin))}${turn === 0 ? '' : `.${turn}`}.note`;

async function turnsIn(folder: string, origin: string): Promise<number[]> {
  const names = await readdir(folder);
  const start = nameOf(origin, 0).slice(0, -'.note'.length);
  return names.flatMap((name) => {
    const [, turn] = /^\.([1-9]\d*)\.note$/.exec(name.startsWith(start) ? name.slice(start.length) : '') ?? [];
    if (turn !== undefined) return [Number(turn)];
    return name === nameOf(origin, 0) ? [0] : [];
  });
}

function readNote(note: Uint8Array, origin: string, path: string): Checkpoint {
  const parsed = parseNote(text.decode(note));
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  if (checkpoint.ok && checkpoint.value.origin === origin) return checkpoint.value;
  throw damaged(path, 'is not readable');
}
