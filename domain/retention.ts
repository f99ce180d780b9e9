/**
 * How long what is kept is kept. The originator's instruction comes first (DESTROY_BY of the label, RETENTION_MAX of the profile); where it
 * says nothing, these years count. Defaults of domain.md 9.3 [D]; a deployment sets its own.
 */
import type { AuthorityId } from './ids.js';
import { PROFILES } from './profiles/index.js';
import { DAY_MS, formatInstant, parseInstant, plusMs, type Instant } from './time.js';
import type { ProfileId } from './vocabulary.js';

export interface Retention {
  /** years after an exchange ended until its parties look through what they have of it */
  readonly reviewYears: number;
  /** years after it ended until they delete, or say anew why they may not */
  readonly deleteYears: number;
  /** years after which an event's text leaves the log; its hashes stay */
  readonly auditYearsMax: number;
  /** the same for events about an item, after its content was deleted */
  readonly auditYearsAfterErasure: number;
}

export const RETENTION: Retention = { reviewYears: 1, deleteYears: 5, auditYearsMax: 10, auditYearsAfterErasure: 5 };

/** before a day to destroy by, the desks that have the item are told [D] */
export const REMIND_MS = 30 * DAY_MS;
/** from the notice that content is due until the gateway's copy goes, for whoever has a reason to keep it [D] */
export const GRACE_MS = 90 * DAY_MS;
/** what cannot go yet is looked at again after this [D] */
export const AGAIN_MS = 30 * DAY_MS;

/** A network's own limit beats the deployment's. */
export function retentionOf(profile: ProfileId, deployment: Retention): Retention {
  const deleteYears = Math.min(deployment.deleteYears, PROFILES[profile].retentionYearsMax ?? Infinity);
  return { ...deployment, deleteYears, reviewYears: Math.min(deployment.reviewYears, deleteYears) };
}

/** The same day and time of the calendar; of 29 February the day after, in years that have none. */
export function yearsAfter(at: Instant, years: number): Instant {
  const text = formatInstant(at);
  const later = `${String(Number(text.slice(0, 4)) + years).padStart(4, '0')}${text.slice(4)}`;
  const same = parseInstant(later);
  return same.ok ? same.value : yearsAfter(plusMs(at, DAY_MS), years);
}

/** Why a holder may not delete: its newest word about it. */
export interface Hold {
  readonly holder: AuthorityId;
  readonly code: string;
  /** null: until its holder says so */
  readonly until: Instant | null;
  readonly logIndex: number;
}

/** @param certified where in the log a holder certified that it deleted the item: its hold ended there */
export function standingHolds(holds: readonly Hold[], certified: ReadonlyMap<AuthorityId, number>, now: Instant): readonly Hold[] {
  const newest = new Map(holds.map((hold) => [hold.holder, hold]));
  return [...newest.values()].filter(
    ({ holder, until, logIndex }) => (until === null || until > now) && logIndex > (certified.get(holder) ?? -1),
  );
}

export interface Standing {
  readonly holds: readonly Hold[];
  /** somebody who was given it has not read it */
  readonly isUnread: boolean;
  /** an exchange that it came with goes on; no label's day waits for that */
  readonly isInUse: boolean;
  /** a clock of an exchange that it came with is running */
  readonly hasOpenDeadline: boolean;
  /** somebody has it by a release that has not ended */
  readonly isReleased: boolean;
}

/** Why no timer may delete it now: codes. Empty: it may go. */
export const obstaclesOf = ({ holds, isUnread, isInUse, hasOpenDeadline, isReleased }: Standing): readonly string[] => [
  ...new Set(holds.map(({ code }) => code)),
  ...(isUnread ? ['UNREAD'] : []),
  ...(isInUse ? ['OPEN_EXCHANGE'] : []),
  ...(hasOpenDeadline ? ['OPEN_DEADLINE'] : []),
  ...(isReleased ? ['RELEASED'] : []),
];
