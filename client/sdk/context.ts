/** What every act of a client needs. */
import type { Chance, Clock } from '../../domain/ports.js';
import type { DirectoryView } from './directory.js';
import type { Door } from './door.js';
import type { Identity } from './identity.js';
import type { KeyStore } from './key-store.js';
import type { PinnedGateway } from './receipt.js';

export interface ClientContext {
  readonly door: Door;
  readonly store: KeyStore;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly identity: Identity;
  readonly gateway: PinnedGateway;
  /** at most a minute old; `fresh` asks again */
  directory(fresh?: boolean): Promise<DirectoryView>;
  /** false: leave label checks to the gateway, which judges again in any case; for showing its refusals */
  readonly refusesLocally: boolean;
}

/** Bytes done and bytes in all, for whoever waits. */
export type Progress = (doneBytes: number, totalBytes: number) => void;
