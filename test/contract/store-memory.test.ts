import { createMemoryStore } from '../support/memory-store.js';
import { storeContract } from './store.contract.js';

storeContract('the store in memory', () => {
  const store = createMemoryStore();
  return Promise.resolve({ store, all: () => Promise.resolve([store] as const), close: () => store.close() });
});
