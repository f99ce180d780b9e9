/** Makes a folder and those above it. Node's own `recursive` never comes back where a folder takes no new ones, as under /proc. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** @throws as `mkdir` does, with the path that cannot be made */
export async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) return;
  const parent = dirname(path);
  if (parent !== path) await makeFolder(parent);
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    // another process of this gateway was faster
    if (!(await isFolder(path))) throw error;
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
