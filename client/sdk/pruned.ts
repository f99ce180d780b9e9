/** Which of one's own events the log says that it took away: after their years their text and salt are erased, and their hashes stay. */
import type { AuditRead } from './audit.js';

const RANGE = /^LEAVES (\d{1,16}) TO (\d{1,16})$/;
const PLACES = /^LEAVES ((?:\d{1,16} ?)+)$/;

/**
 * A gateway that would hide an event behind this has to say so in a leaf that stands in the same stream.
 *
 * @param events that the stream binds, and no others: whatever else is shown may be invented
 * @returns whether one of the events says that the text at this place was erased
 */
export function prunedPlaces(events: readonly AuditRead[]): (index: number) => boolean {
  const ranges: (readonly [number, number])[] = [];
  const places = new Set<number>();
  for (const { event } of events) {
    if (event.action !== 'PRUNE' || event.actor.authority !== 'GATEWAY') continue;
    const [, from, to] = RANGE.exec(event.basis ?? '') ?? [];
    if (from !== undefined && to !== undefined) ranges.push([Number(from), Number(to)]);
    for (const place of PLACES.exec(event.basis ?? '')?.[1]?.split(' ') ?? []) places.add(Number(place));
  }
  return (index) => places.has(index) || ranges.some(([from, to]) => index >= from && index <= to);
}
