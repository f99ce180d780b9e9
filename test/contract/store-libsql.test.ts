import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../adapters/store-prisma/open-store.js';
import { storeContract } from './store.contract.js';

storeContract('the store on libsql', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-store-'));
  const store = await openStore(`file:${join(folder, 'parley.db')}`);
  const close = async (): Promise<void> => {
    await store.close();
    rmSync(folder, { recursive: true });
  };
  return { store, all: () => Promise.resolve([store] as const), close };
});
