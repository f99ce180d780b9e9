/** What every store must do, whatever it is made of. */
import { afterEach, beforeEach, describe } from 'vitest';
import type { Store } from '../../domain/ports.js';
import { commitContract } from './store-commit.contract.js';
import { conflictContract } from './store-conflicts.contract.js';
import { deskContract } from './store-desk.contract.js';
import { outboxContract } from './store-outbox.contract.js';
import { publicationContract } from './store-publication.contract.js';

/** One empty database under one or more clients. */
export interface Opened {
  /** the first, and as many more as the store allows at once */
  readonly stores: readonly [Store, ...Store[]];
  close(): Promise<void>;
}
/** @returns the store of the running test */
export type Current = () => Store;
export type All = () => readonly [Store, ...Store[]];

/** @param open an empty store; closed after each test */
export function storeContract(name: string, open: () => Promise<Opened>, skipped?: string): void {
  describe.skipIf(skipped !== undefined)(`${name}${skipped ? ` (skipped: ${skipped})` : ''}`, () => {
    let opened: Opened;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());
    const all: All = () => opened.stores;
    const store: Current = () => opened.stores[0];
    commitContract(store, all);
    conflictContract(store);
    outboxContract(store, all);
    publicationContract(store, all);
    deskContract(store);
  });
}
