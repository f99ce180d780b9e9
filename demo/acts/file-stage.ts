import { createHash } from 'node:crypto';
import { open as openFile, rename, rm } from 'node:fs/promises';
import type { Stage } from '../../client/sdk/index.js';

/** Shown under its name only when its end was proved. */
export function createFileStage(path: string): { readonly stage: Stage; digest(): string } {
  const hash = createHash('sha256');
  const partial = `${path}.part`;
  let file: Awaited<ReturnType<typeof openFile>> | null = null;
  const close = async (): Promise<void> => {
    await file?.close();
    file = null;
  };
  return {
    digest: () => hash.digest('hex'),
    stage: {
      async write(bytes) {
        file ??= await openFile(partial, 'w', 0o600);
        await file.write(bytes);
        hash.update(bytes);
      },
      async keep() {
        await close();
        await rename(partial, path);
      },
      async discard() {
        await close();
        await rm(partial, { force: true });
      },
    },
  };
}
