/**
 * What one authority of a story can do: each act is a call of the SDK, in the authority's own process, with its own keys.
 * Arguments and answers are plain data, since they cross a process border.
 */
import { consents } from './acts/consents.js';
import { enrolment } from './acts/enrolment.js';
import { evidence } from './acts/evidence.js';
import { exchanges } from './acts/exchanges.js';
import type { Seat } from './acts/seat.js';
import { uses } from './acts/uses.js';

export function createActs(seat: Seat) {
  return { ...enrolment(seat), ...exchanges(seat), ...consents(seat), ...evidence(seat), ...uses(seat) };
}
export type Acts = ReturnType<typeof createActs>;
