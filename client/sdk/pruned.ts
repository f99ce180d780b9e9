/** Which of one's own events the log says that it took away: after their years their text and salt are erased, and their hashes stay. */
import { leavesIn } from '../../domain/pruned.js';
import type { AuditRead } from './audit.js';

/**
 * A gateway that would hide an event behind this has to say so in a leaf that stands in the same stream.
 *
 * @param events that the stream binds, and no others: whatever else is shown may be invented
 * @returns whether one of the events says that the text at this place was erased
 */
export function prunedPlaces(events: readonly AuditRead[]): (index: number) => boolean {
  const blocks: (readonly [number, number])[] = [];
  const places = new Set<number>();
  for (const { event } of events) {
    if (event.action !== 'PRUNE' || event.actor.authority !== 'GATEWAY') continue;
    const said = leavesIn(event.basis ?? '');
    if (said.block !== null) blocks.push(said.block);
    for (const place of said.places) places.add(place);
  }
  return (index) => places.has(index) || blocks.some(([from, to]) => index >= from && index <= to);
}
