/** Says no: a leaf and a receipt for whoever is known; a stranger is answered and counted, since leaves of strangers would grow the log. */
import { Failure } from '../../domain/failure.js';
import type { Refusal } from '../../domain/refusal.js';
import { no, type Result } from '../../domain/result.js';
import type { Refused } from '../answers.js';
import { RULE_BOOK_DIGEST } from '../audit/rule-book.js';
import { refusalRow } from '../rows/refusal-row.js';
import { ROUNDS_MAX, type Attempt, type Workshop } from '../workshop.js';

export async function refuse(
  { config, committer, clock, chance, strangers }: Workshop,
  why: Refusal,
  attempt: Attempt,
): Promise<Result<never, Refused>> {
  const { speaker, statement, sight } = attempt;
  if (speaker === null) {
    strangers.count += 1;
    return no({ refusal: why, receipt: null });
  }
  const about = {
    log: config.origin,
    speaker,
    statement,
    sight,
    correlation: attempt.correlation ?? statement ?? 'UNREADABLE',
    policy: RULE_BOOK_DIGEST,
  };
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const committed = await committer.commit(refusalRow(why, about, clock.now(), chance));
    // it rests on nothing and conflicts only where it waited too long to be written
    if (committed.kind === 'committed') return no({ refusal: why, receipt: committed.receipt });
  }
  throw new Failure('OVERLOADED', 'a refusal could not be written in time');
}
