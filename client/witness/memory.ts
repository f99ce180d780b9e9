/** What a witness remembers: of each log the newest checkpoint that it cosigned, a file each. */
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCheckpoint, type Checkpoint } from '../../crypto/checkpoint.js';
import { digestOfBytes } from '../../crypto/digest.js';
import { parseNote } from '../../crypto/note.js';
import { ParleyError } from '../sdk/index.js';

export interface WitnessMemory {
  /** @returns null where no checkpoint of that log was cosigned yet */
  last(origin: string): Promise<Checkpoint | null>;
  /** Durable when it resolves, file and folder: only then may a signature leave. */
  remember(origin: string, note: string): Promise<void>;
}

/** @throws ParleyError `WITNESS_STATE_DAMAGED`: a witness that forgot must not sign */
export function openWitnessMemory(folder: string): WitnessMemory {
  const pathOf = (origin: string): string => join(folder, `${digestOfBytes(new TextEncoder().encode(origin))}.note`);
  return {
    async last(origin) {
      const note = await readIfThere(pathOf(origin));
      if (note === null) return null;
      const parsed = parseNote(note);
      const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
      if (checkpoint.ok && checkpoint.value.origin === origin) return checkpoint.value;
      throw new ParleyError(
        'WITNESS_STATE_DAMAGED',
        `${pathOf(origin)} is not readable.`,
        'Restore it; never begin anew under the same key.',
      );
    },
    async remember(origin, note) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = pathOf(origin);
      await writeSynced(`${path}.new`, note);
      await rename(`${path}.new`, path);
      await sync(folder);
    },
  };
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
