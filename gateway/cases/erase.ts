/** May the gateway's own sealed copy of an item go? When nobody holds it any more, when its issuer took it back and deleted it, or when its time is over. */
import { isRunning, type RunningClock } from '../../domain/calendar/running-clock.js';
import type { Exchange } from '../../domain/exchange.js';
import { erasedKey, givenKey } from '../../domain/guard-keys.js';
import type { AuthorityId, Digest } from '../../domain/ids.js';
import { MACHINES } from '../../domain/machines/index.js';
import type { NewOutbox, Store } from '../../domain/ports.js';
import { standingHolds, type Hold, type Standing } from '../../domain/retention.js';
import type { Instant } from '../../domain/time.js';
import type { Library } from '../read/library.js';
import { readExchange } from './exchanges.js';
import { deletedAt, givenTo, holdersOf, type Found } from './holders.js';

export const isErased = async (item: Digest, store: Pick<Store, 'version'>): Promise<boolean> => (await store.version(erasedKey(item))) > 0;

export const givenSoFar = async (item: Digest, store: Pick<Store, 'version'>): Promise<{ key: string; version: number }> => ({
  key: givenKey(item),
  version: await store.version(givenKey(item)),
});

/** What is handed out rests on this. */
export const notErased = (item: Digest): { key: string; version: number } => ({ key: erasedKey(item), version: 0 });

/** All of the gateway's copy. @param cause the statement that it follows from */
export const eraseAll = (item: Digest, cause: Digest, now: Instant): NewOutbox => workOf(`erase ${item}`, cause, null, now);
/** The seals that were given to a holder who certified that it deleted the item. */
export const eraseSeals = (item: Digest, cause: Digest, holder: AuthorityId, now: Instant): NewOutbox =>
  workOf(`erase ${item} ${holder} ${cause}`, cause, holder, now);

/** After an end nothing is owed: a date that passed unmet is no deadline any more. And what nobody could open is not needed to seal it anew. */
const isDeadline = (clock: RunningClock, exchange: Exchange, now: Instant): boolean =>
  (isRunning(clock) || clock.isSilenced === true) && clock.kind !== 'RESUBMISSION' && !(hasEnded(exchange) && clock.due < now);

const workOf = (key: string, statement: Digest, addressee: AuthorityId | null, due: Instant): NewOutbox => ({
  key,
  kind: 'erase',
  statement,
  exchange: null,
  addressee,
  due,
});

export interface Word {
  /** certifies now that it deleted the item */
  readonly certifies: AuthorityId | null;
  /** says now that it holds it back no more */
  readonly lifts: AuthorityId | null;
  /** takes it back now */
  readonly retracts: AuthorityId | null;
}

/** Does the last right in it end with this word? */
export async function endsWith(word: Word, found: Found, library: Library, now: Instant): Promise<boolean> {
  const { certifies, lifts } = word;
  const left = (await holdersOf(found, library)).filter((holder) => holder !== certifies);
  if (left.length === 0) return true;
  const held = (await holdsOn(found, library, now)).filter(({ holder }) => holder !== certifies && holder !== lifts);
  return held.length === 0 && (await isOrdered(found, library, word));
}

/** Its issuer took it back and deleted its own, in either order: an order to the gateway to do the same, whoever else has it. */
export async function isOrdered({ item }: Found, library: Library, { certifies, retracts }: Partial<Word> = {}): Promise<boolean> {
  const { issuer } = item.payload;
  if (certifies !== issuer && !(await deletedAt(item.digest, library)).has(issuer)) return false;
  if (retracts === issuer) return true;
  const changes = await library.linkedOf('label', item.digest, 'parley-label+json');
  return changes.some(({ statement: { payload } }) => payload.originator === issuer && payload.change === 'RETRACT');
}

/** Each holder's newest word that it may not delete. */
export async function holdsOn({ item }: Found, library: Library, now: Instant): Promise<readonly Hold[]> {
  const said = await library.linkedOf('answer', item.digest, 'parley-inability+json');
  const holds = said.flatMap(({ volume, statement: { payload } }) =>
    payload.of === 'DELETION'
      ? [{ holder: payload.holder, code: payload.code, until: payload.until ?? null, logIndex: volume.stored.index }]
      : [],
  );
  return standingHolds(holds, await deletedAt(item.digest, library), now);
}

/** Every exchange in which somebody was given it. */
export async function exchangesWith({ volume, item }: Found, library: Library, store: Store): Promise<readonly Exchange[]> {
  const carriers = [volume, ...(await library.linked('held', item.digest))];
  const ids = new Set(carriers.map(({ stored }) => stored.exchange).filter((id) => id !== null));
  const exchanges = await Promise.all([...ids].map((id) => readExchange(id, store)));
  return exchanges.filter((one) => one !== null);
}

export const hasEnded = ({ type, state }: Exchange): boolean => MACHINES[type].ended.includes(state);

/** readings looked at together */
const PAGE = 500;

/** Readings may be many: no longer than until the last of them has been found, and none is taken apart. */
async function haveAllRead(readers: readonly AuthorityId[], item: Digest, store: Pick<Store, 'linked'>): Promise<boolean> {
  const unread = new Set(readers);
  for (let after = -1; unread.size > 0;) {
    const page = await store.linked('access', item, PAGE, after);
    for (const { author } of page) unread.delete(author);
    if (page.length < PAGE) break;
    after = page.at(-1)!.index;
  }
  return unread.size === 0;
}

/** What stands in the way of a timer. @param exchanges those that it came with */
export async function standingOf(
  found: Found,
  exchanges: readonly Exchange[],
  { library, store }: { readonly library: Library; readonly store: Pick<Store, 'linked'> },
  now: Instant,
): Promise<Omit<Standing, 'isInUse'>> {
  const { item } = found;
  const holders = await holdersOf(found, library);
  const given = (await library.linked('held', item.digest)).filter(({ statement }) =>
    holders.some((holder) => givenTo(statement) === holder),
  );
  const readers = holders.filter((holder) => holder !== item.payload.issuer);
  return {
    holds: await holdsOn(found, library, now),
    isUnread: !(await haveAllRead(readers, item.digest, store)),
    hasOpenDeadline: exchanges.some((one) => one.clocks.some((clock) => isDeadline(clock, one, now))),
    isReleased: given.some(({ statement: by }) => by.typ === 'parley-release+json' && by.payload.until > now),
  };
}
