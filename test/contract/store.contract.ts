/** What every store must do, whatever it is made of. */
import { afterEach, beforeEach, describe } from 'vitest';
import type { Store } from '../../domain/ports.js';
import { commitContract } from './store-commit.contract.js';
import { conflictContract } from './store-conflicts.contract.js';
import { cosignatureContract } from './store-cosignatures.contract.js';
import { deskContract } from './store-desk.contract.js';
import { outboxContract } from './store-outbox.contract.js';
import { retentionContract } from './store-retention.contract.js';
import { publicationContract } from './store-publication.contract.js';

/** One empty database under one or more clients. */
export interface Opened {
  readonly store: Store;
  /** this one and as many more on the same database as may be open at once, for what happens at the same time */
  all(): Promise<readonly [Store, ...Store[]]>;
  close(): Promise<void>;
}
/** @returns the store of the running test */
export type Current = () => Store;
export type All = Opened['all'];

/** @param open an empty store; closed after each test */
export function storeContract(name: string, open: () => Promise<Opened>, skipped?: string): void {
  describe.skipIf(skipped !== undefined)(`${name}${skipped ? ` (skipped: ${skipped})` : ''}`, () => {
    let opened: Opened;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());
    const all: All = () => opened.all();
    const store: Current = () => opened.store;
    commitContract(store, all);
    conflictContract(store);
    outboxContract(store, all);
    publicationContract(store, all);
    cosignatureContract(store);
    deskContract(store);
    retentionContract(store);
  });
}
