/** Bytes leave part by part, minutes after the access that they rest on: may they still? */
import type { Caller } from '../../domain/caller.js';
import type { Digest } from '../../domain/ids.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { decide } from '../../policies/decide.js';
import { gatherAccess } from '../cases/access.js';
import { signedByNobody } from '../cases/in-mind.js';
import type { ExplainerWorld } from './explain.js';

export interface StillRead {
  /**
   * @param access digest of an access statement that was accepted
   * @returns what the same access would be refused with now; null: it would be accepted
   */
  objection(access: Digest, caller: Caller): Promise<Refusal | null>;
}

const GONE = refusal('NOT_FOUND', 'no such ticket or part');

export function createStillRead({ store, library, clock, directory, deployment }: Omit<ExplainerWorld, 'calendars'>): StillRead {
  return {
    async objection(access, caller) {
      const statement = (await library.volume(access))?.statement;
      if (statement?.typ !== 'parley-access+json') return GONE;
      const now = await directory.current();
      const asked = signedByNobody(caller, clock.now());
      const author = { ...asked.author, officer: now.officerKeys.get(statement.kid) ?? null };
      const plan = await gatherAccess(statement, { ...asked, author, directory: now, store, library, deployment });
      if (!plan.ok) return plan.error;
      const decision = decide(plan.value.facts!);
      return decision.outcome === 'DENY' ? refusal('POLICY', 'the item is not to be read any more', decision.violations) : null;
    },
  };
}
