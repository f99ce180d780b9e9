/** Who holds an item back from deletion, as far as this authority was told: its originators are, by a statement of each holder's. */
import type { AuthorityId, Digest } from '../../domain/ids.js';
import { standingHolds, type Hold } from '../../domain/retention.js';
import type { ClientContext } from './context.js';
import { inboxEntries } from './inbox.js';

/** From the inbox, which is read to its end: for what is asked seldom. */
export async function holdsOn(context: ClientContext, item: Digest): Promise<readonly Hold[]> {
  const holds: Hold[] = [];
  const certified = new Map<AuthorityId, number>();
  for await (const { statement, index: logIndex } of inboxEntries(context)) {
    if (statement?.typ === 'parley-deletion+json' && statement.payload.item === item) certified.set(statement.payload.holder, logIndex);
    if (statement?.typ !== 'parley-inability+json' || statement.payload.item !== item || statement.payload.of !== 'DELETION') continue;
    const { holder, code, until = null } = statement.payload;
    holds.push({ holder, code, until, logIndex });
  }
  return standingHolds(holds, certified, context.clock.now());
}
