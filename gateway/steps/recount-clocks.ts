/**
 * A calendar changed: the data, or what an authority declares of its own days; or an authority is suspended, or is so no more. Its running clocks are
 * counted again, and every date that moves, and every one that stands still, is a leaf. Whoever dies on the way is followed by one that counts the rest.
 */
import type { Authority } from '../../domain/authority.js';
import { localCalendar } from '../../domain/calendar/local-calendar.js';
import { recounted, silenced } from '../../domain/clocks.js';
import type { Exchange, RunningClock } from '../../domain/exchange.js';
import { Failure } from '../../domain/failure.js';
import type { AuthorityId, ExchangeId } from '../../domain/ids.js';
import type { Store } from '../../domain/ports.js';
import type { Instant } from '../../domain/time.js';
import { calendarOf, silencesOf, toldOf, type Almanac } from '../cases/advance.js';
import { readExchange } from '../cases/exchanges.js';
import { clockRow, movedTo } from '../rows/clock-row.js';
import type { Workshop } from '../workshop.js';

const PAGE = 64;
/** one date each */
const COMMITS_MAX = 64;

/** @returns how many dates moved, or stand still */
export async function recountClocks(shop: Workshop): Promise<number> {
  const { authorities } = await shop.directory.current();
  let moved = 0;
  for (const authority of authorities.values()) moved += await recountFor(shop, authority);
  return moved;
}

async function recountFor(shop: Workshop, { id, entry, designation }: Authority): Promise<number> {
  const seen = `${localCalendar(shop.calendars, entry).version} ${designation}`;
  // each process looks once at each calendar and designation, since it cannot know what others counted on; by its standing alone it would
  // miss a suspension that began and ended since, in which something stood still
  if (shop.recounted.get(id) === seen) return 0;
  let moved = 0;
  for await (const exchange of exchangesOf(shop.store, id)) {
    moved += await recountIn(shop, exchange).catch((error: unknown) => {
      if (!(error instanceof Failure && error.code === 'INVARIANT_BROKEN')) throw error;
      // its own damage, and no reason to leave the dates of all others as they are
      shop.onFailure(error);
      return 0;
    });
  }
  shop.recounted.set(id, seen);
  return moved;
}

async function* exchangesOf(store: Store, authority: AuthorityId): AsyncGenerator<ExchangeId> {
  for (let after = -1; ;) {
    const openings = await store.titles('party', authority, PAGE, after);
    for (const { exchange } of openings) if (exchange !== null) yield exchange;
    if (openings.length < PAGE) return;
    after = openings.at(-1)!.index;
  }
}

/** One date a commit, until all stand as they should. */
async function recountIn(shop: Workshop, id: ExchangeId): Promise<number> {
  const { store, committer, clock, chance, config } = shop;
  let moved = 0;
  for (let round = 0; round < COMMITS_MAX; round += 1) {
    const before = await readExchange(id, store);
    if (before === null) break;
    // it may have changed since this look began
    const directory = round === 0 ? await shop.directory.current() : await shop.directory.refresh();
    const almanac = { calendars: shop.calendars, directory };
    const now = clock.now();
    const clocks = countedNow(before, almanac, now);
    const index = clocks.findIndex((one, i) => one !== before.clocks[i]);
    const anew = clocks[index];
    if (anew === undefined) break;
    const after = { ...before, version: before.version + 1, clocks: before.clocks.with(index, anew) };
    const news = { ...movedTo(anew, before.clocks[index]!), before, after, clock: anew, tells: toldOf(anew, before, almanac) } as const;
    const work = { settles: null, next: null, log: config.origin, retention: config.retention } as const;
    const committed = await committer.commit(clockRow({ ...news, ...work, directoryVersion: directory.version }, now, chance));
    if (committed.kind === 'committed') moved += 1;
  }
  return moved;
}

function countedNow(exchange: Exchange, almanac: Almanac, now: Instant): readonly RunningClock[] {
  const counting = { now, calendar: calendarOf(exchange, almanac), version: exchange.version + 1 };
  const silences = silencesOf(exchange, almanac);
  return exchange.clocks.map((clock) => silenced(recounted(clock, counting), silences, counting));
}
