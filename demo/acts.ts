/**
 * What one authority of a story can do: each act is a call of the SDK, in the authority's own process, with its own keys.
 * Arguments and answers are plain data, since they cross a process border.
 */
import { afterDelivery } from './acts/after-delivery.js';
import { consents } from './acts/consents.js';
import { drafts } from './acts/drafts.js';
import { enrolment } from './acts/enrolment.js';
import { evidence } from './acts/evidence.js';
import { exchanges } from './acts/exchanges.js';
import { officers } from './acts/officers.js';
import { replay } from './acts/replay.js';
import { reports } from './acts/reports.js';
import type { Seat } from './acts/seat.js';
import { uses } from './acts/uses.js';

export function createActs(seat: Seat) {
  return {
    ...enrolment(seat),
    ...officers(seat),
    ...exchanges(seat),
    ...consents(seat),
    ...uses(seat),
    ...drafts(seat),
    ...afterDelivery(seat),
    ...replay(seat),
    ...evidence(seat),
    ...reports(seat),
  };
}
export type Acts = ReturnType<typeof createActs>;
