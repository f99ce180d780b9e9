/** Who is calling, whichever door they came in by. The statement's own signature authorises what it says; this only admits the request. */
import type { AuthorityId, OfficerId } from './ids.js';
import type { Level, OfficerRole } from './vocabulary.js';

export interface Caller {
  readonly authority: AuthorityId;
  readonly officer: OfficerId;
  readonly roles: readonly OfficerRole[];
  readonly clearance: Level;
}
