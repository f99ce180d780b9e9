/** A log that was brought back goes on only where nothing remembers a longer one, and where nothing remembers any, only by the operator's word. */
import { Failure } from '../../domain/failure.js';
import type { CheckpointMark, Store } from '../../domain/ports.js';
import type { WalkConfig } from '../deps.js';
import { createStanding } from '../standing.js';

export interface Memory {
  /** the newest checkpoint that was served, in a file outside the database */
  readonly mark: CheckpointMark;
  /** they are asked before the gateway serves (`standing.ts`) */
  readonly hasWitnesses: boolean;
  /** the operator says that no newer backup exists */
  readonly acceptsLoss: boolean;
}

/**
 * Afterwards the mark stands where the log does.
 * @throws Failure `LOG_BEHIND` where the mark is of a longer or another log: no flag goes past that; `CONFIG_INVALID` where nothing remembers
 */
export async function mayGoOn(store: Store, { mark, hasWitnesses, acceptsLoss }: Memory, config: WalkConfig): Promise<void> {
  if ((await mark.read()) === null && !hasWitnesses && !acceptsLoss)
    throw new Failure(
      'CONFIG_INVALID',
      'the archive verifies, but nothing here remembers how long the log was (no cosigned.note beside it, no witnesses): if anything was accepted after this backup it is lost, and only clients that hold a newer checkpoint will notice; bring that file, or restore with --accept-loss',
    );
  const standing = createStanding({ store, mark, witnessing: undefined, config });
  await standing.hold();
  standing.assert();
}
