/**
 * The time of a notice after the fact has passed. Where it came late, or no second person approved it in time, its holder is told, and then
 * each originator; a date that is provisional reminds the holder and accuses nobody (rulings 6).
 */
import { passed } from '../../domain/calendar/timers.js';
import { Failure } from '../../domain/failure.js';
import { itemKey } from '../../domain/guard-keys.js';
import type { OutboxRow } from '../../domain/ports.js';
import { originatorsNow } from '../cases/label-now.js';
import { clockOf, isKept, noticeAlarm } from '../cases/notice-clock.js';
import { others } from '../cases/send.js';
import { noticeClockRow } from '../rows/notice-clock-row.js';
import type { Workshop } from '../workshop.js';

/** @returns whether the row is settled now; otherwise another worker has it, or its lease runs out and it comes again */
export async function fireNoticeClock(shop: Workshop, row: OutboxRow): Promise<boolean> {
  const { store, clock, chance, committer, config, calendars, library } = shop;
  const volume = row.statement === null ? null : await library.volume(row.statement);
  const notice = volume?.statement.typ === 'parley-notice+json' ? volume.statement : null;
  const directory = await shop.directory.current();
  const counted = notice === null ? null : clockOf(notice.payload, calendars, directory);
  if (volume === null || notice === null || counted === null) throw new Failure('INVARIANT_BROKEN', `outbox row ${row.key} is no alarm`);
  const now = clock.now();
  const { due, provisional } = counted;
  // the calendar has moved it
  if (now <= due) return store.retry(row.key, row.fence, passed(due), false);
  const { holder, item } = notice.payload;
  const guard = itemKey(item);
  const expects = [
    // an approval that comes in now raises it
    { key: guard, version: await store.version(guard) },
    // and the calendar may have moved it just now
    { key: 'directory', version: directory.version },
  ];
  if (await isKept(volume, due, library)) return store.retry(row.key, row.fence, now, true);
  const found = await library.item(item);
  const originators = found === null ? [] : others(await originatorsNow(found, shop), [holder]);
  const next = row.addressee === null && !provisional ? originators.map((to) => noticeAlarm(notice.digest, to, now)) : [];
  const news = { notice, due, tells: row.addressee ?? holder, settles: row, next, expects, log: config.origin };
  const committed = await committer.commit(noticeClockRow(news, now, chance));
  return committed.kind === 'committed';
}
