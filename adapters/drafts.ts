/** What every adapter that keeps files needs: bytes on the disk before they get their name, and names that a loss of power leaves. */
import { open, rm } from 'node:fs/promises';

let drafts = 0;

/**
 * A file of its own beside `path`, mode 0600, its bytes on the disk when it resolves; the caller gives it its name and takes it away. Never
 * into what is there: in two containers processes have one number, and one that was killed leaves its draft. Of one that fails nothing
 * stays, or a full disk would stay full.
 */
export async function writeDraft(path: string, bytes: string | Uint8Array): Promise<string> {
  for (;;) {
    const draft = `${path}.${process.pid}-${drafts++}.draft`;
    try {
      await writeSynced(draft, bytes);
      return draft;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

async function writeSynced(path: string, bytes: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** The names in it are durable when it resolves. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
