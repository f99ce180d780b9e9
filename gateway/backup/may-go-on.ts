/** A log that was brought back goes on only where nothing remembers a longer one, and where nothing remembers any, only by the operator's word. */
import { Failure } from '../../domain/failure.js';
import type { Mark, Store } from '../../domain/ports.js';
import type { WalkConfig } from '../deps.js';
import type { Heard } from './hear-witnesses.js';
import { createStanding } from '../standing.js';

export interface Memory {
  /** the newest checkpoint that was served, in a file outside the database */
  readonly mark: Mark;
  /** null: the deployment asks none */
  readonly witnesses: ((store: Store) => Promise<Heard>) | null;
  /** the operator says that no newer backup exists */
  readonly acceptsLoss: boolean;
}

const NOBODY_REMEMBERS =
  'the archive verifies, but nothing here remembers how long the log was (no cosigned.note beside it, no witnesses): if anything was accepted after this backup it is lost, and only clients that hold a newer checkpoint will notice; bring that file, or restore with --accept-loss';
const NOT_RESTORED =
  'nothing was restored: ask those who say so first: what a witness says of this is not signed. If it is true, bring a newer backup; if there is none, this log is over';
const UNHEARD =
  'without them, and without cosigned.note, nothing here says how long the log was: restore again when they answer, bring that file, or restore with --accept-loss: they are asked again before the gateway serves, and it does not where they remember more';

/**
 * Afterwards the mark stands where the log does.
 * @returns witnesses that did not answer, and why
 * @throws Failure `LOG_BEHIND` where the mark or the witnesses remember a longer or another log: no flag goes past that; `CONFIG_INVALID` where
 * nothing remembers; `WITNESS_UNAVAILABLE` where only witnesses could, and too few answer
 */
export async function mayGoOn(store: Store, { mark, witnesses, acceptsLoss }: Memory, config: WalkConfig): Promise<readonly string[]> {
  const heard = (await witnesses?.(store)) ?? null;
  if (heard !== null && heard.behind !== null) throw new Failure('LOG_BEHIND', `${heard.behind}; ${NOT_RESTORED}`);
  if ((await mark.read()) === null && !acceptsLoss && heard?.isEnough !== true)
    throw heard === null
      ? new Failure('CONFIG_INVALID', NOBODY_REMEMBERS)
      : new Failure('WITNESS_UNAVAILABLE', `${heard.silent.join('; ')}; ${UNHEARD}`);
  const standing = createStanding({ store, mark, witnessing: undefined, config });
  await standing.hold();
  standing.assert();
  return heard?.silent ?? [];
}
