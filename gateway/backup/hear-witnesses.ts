/** Asks the witnesses what they remember of a log that was brought back, before anything has its name: as a gateway asks them before it serves. */
import type { WitnessPolicy } from '../../crypto/witness-policy.js';
import { Failure } from '../../domain/failure.js';
import type { Walk } from '../answers.js';

export interface Heard {
  /** why the log must not go on; null: as many as would stop a gateway say nothing against it */
  readonly behind: string | null;
  /** who did not answer, and why */
  readonly silent: readonly string[];
  /** enough answered to have stopped it */
  readonly isEnough: boolean;
}

/** @param walk over the database that was loaded; what witnesses sign is kept in it */
export async function hearWitnesses(
  walk: Pick<Walk, 'witnesses' | 'askWitness'> & { readonly behind: string | null },
  { quorum, witnesses: { length } }: WitnessPolicy,
): Promise<Heard> {
  const answers = await Promise.allSettled(walk.witnesses.map((name) => walk.askWitness(name)));
  const silent = answers.flatMap((answer): string[] => {
    if (answer.status === 'fulfilled') return [];
    const reason: unknown = answer.reason;
    if (!(reason instanceof Failure)) throw reason as Error;
    return reason.code === 'LOG_BEHIND' ? [] : [reason.detail];
  });
  // as many as stop a gateway (decisions/0015)
  const enough = Math.min(quorum, length - quorum + 1);
  return { behind: walk.behind, silent, isEnough: length - silent.length >= enough };
}
