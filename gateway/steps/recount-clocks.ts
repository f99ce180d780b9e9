/**
 * A calendar changed: the data, or what an authority declares of its own days. Its running clocks are counted again, and every date that
 * moves is a leaf with the old one and the new one. Whoever dies on the way is followed by one that counts the rest.
 */
import type { Authority } from '../../domain/authority.js';
import { localCalendar, type LocalCalendar } from '../../domain/calendar/local-calendar.js';
import { recounted } from '../../domain/clocks.js';
import type { AuthorityId, ExchangeId } from '../../domain/ids.js';
import type { Store } from '../../domain/ports.js';
import { readExchange } from '../cases/exchanges.js';
import { clockRow } from '../rows/clock-row.js';
import type { Workshop } from '../workshop.js';

const PAGE = 200;
const ROUNDS_MAX = 64;

/** @returns how many dates moved */
export async function recountClocks(shop: Workshop): Promise<number> {
  const { authorities } = await shop.directory.current();
  let moved = 0;
  for (const authority of authorities.values()) moved += await recountFor(shop, authority);
  return moved;
}

async function recountFor(shop: Workshop, { id, entry }: Authority): Promise<number> {
  const calendar = localCalendar(shop.calendars, entry);
  const key = `${id} ${calendar.version}`;
  // each process looks once at each calendar, since it cannot know what others counted on
  if (shop.recounted.has(key)) return 0;
  let moved = 0;
  for await (const exchange of exchangesAskedOf(shop.store, id)) moved += await recountIn(shop, exchange, calendar);
  shop.recounted.add(key);
  return moved;
}

/** A clock starts with the delivery of what opens the exchange: the one kind of delivery that moves it. */
async function* exchangesAskedOf(store: Store, authority: AuthorityId): AsyncGenerator<ExchangeId> {
  for (let from = 0; ;) {
    const leaves = await store.inbox(authority, from, PAGE);
    for (const { stage, version, statement } of leaves) {
      const opening = stage === 'delivered' && version > 0 && statement !== null ? await store.statement(statement) : null;
      if (opening?.exchange) yield opening.exchange;
    }
    if (leaves.length < PAGE) return;
    from = leaves.at(-1)!.index + 1;
  }
}

/** One date a commit, until all stand on this calendar. */
async function recountIn({ store, committer, clock, chance, config }: Workshop, id: ExchangeId, calendar: LocalCalendar): Promise<number> {
  let moved = 0;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const before = await readExchange(id, store);
    if (before === null) break;
    const version = before.version + 1;
    const index = before.clocks.findIndex((one) => recounted(one, calendar, version) !== one);
    const was = before.clocks[index];
    if (was === undefined) break;
    const anew = recounted(was, calendar, version);
    const after = { ...before, version, clocks: before.clocks.with(index, anew) };
    const tells = anew.owes === 'Q' ? before.requested : before.requesting;
    const news = { action: 'CLOCK_MOVED', before, after, clock: anew, oldDue: was.due, tells, settles: null, next: null } as const;
    const committed = await committer.commit(clockRow({ ...news, log: config.origin, retention: config.retention }, clock.now(), chance));
    if (committed.kind === 'committed') moved += 1;
  }
  return moved;
}
