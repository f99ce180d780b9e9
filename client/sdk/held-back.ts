/** Who holds an item back from deletion, as far as this authority was told: its originators are, by a statement of each holder's. */
import type { AuthorityId, Digest } from '../../domain/ids.js';
import { standingHolds, type Hold } from '../../domain/retention.js';
import type { ClientContext } from './context.js';
import { verifiedEntries } from './inbox-words.js';

const ABOUT: ReadonlySet<string> = new Set(['parley-deletion+json', 'parley-inability+json']);

/** From the inbox, which is read to its end: for what is asked seldom. */
export async function holdsOn(context: ClientContext, item: Digest): Promise<readonly Hold[]> {
  const holds: Hold[] = [];
  const certified = new Map<AuthorityId, number>();
  for await (const { statement, index: logIndex } of verifiedEntries(
    context,
    (one) => ABOUT.has(one.typ) && 'item' in one.payload && one.payload.item === item,
  )) {
    if (statement?.typ === 'parley-deletion+json' && statement.payload.item === item) certified.set(statement.payload.holder, logIndex);
    if (statement?.typ !== 'parley-inability+json' || statement.payload.item !== item || statement.payload.of !== 'DELETION') continue;
    const { holder, code, until = null } = statement.payload;
    holds.push({ holder, code, until, logIndex });
  }
  return standingHolds(holds, certified, context.clock.now());
}
