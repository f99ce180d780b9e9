/**
 * The lawful ways around consent: typed, by two persons, with a notice to every originator and a leaf. They are no bypasses: each
 * is a row here with its source, and whoever has something against one of them reads of it in its own stream.
 */
import type { LocalCalendar } from './calendar/local-calendar.js';
import { counted, hasRunOut } from './calendar/running-clock.js';
import { EMERGENCY_NOTICE_24H, EXCULPATORY_INFORM_24H, OBLIGATION_INFORM_24H } from './calendar/second-stage.js';
import type { AuthorityId, Digest } from './ids.js';
import type { ProfileClock } from './profiles/profile.js';
import { HOUR_MS, instantFromMs, plusMs, type Instant } from './time.js';
import type { AuthorityType, Purpose } from './vocabulary.js';

export const LAWFUL_WAYS = ['EXCULPATORY', 'LEGAL_OBLIGATION', 'EMERGENCY'] as const;
export type LawfulWay = (typeof LAWFUL_WAYS)[number];

interface Way {
  readonly source: string;
  /** who may receive; null: whoever the directory lists */
  readonly to: readonly AuthorityType[] | null;
  /** both in words, for who is refused */
  readonly reach: string;
  /** only within the holder's own State */
  readonly ownState: boolean;
  /** as what the holder must hold it; null: as anything */
  readonly heldAs: AuthorityType | null;
  /** originators may ask to be consulted before anything is disclosed */
  readonly isConsulted: boolean;
  /** a retraction by itself does not bar it (rulings 2) */
  readonly outlivesRetraction: boolean;
  /** until when an originator is told of what was disclosed before the notice; an internal target [D] */
  readonly clock: ProfileClock;
}

export const WAYS: Readonly<Record<LawfulWay, Way>> = {
  EXCULPATORY: {
    source: 'UNCAC 46(5), 46(19) [M]; rulings 2',
    to: ['COURT', 'PROSECUTION'],
    reach: "a court or prosecution service of the holder's own State",
    ownState: true,
    heldAs: null,
    isConsulted: true,
    outlivesRetraction: true,
    clock: EXCULPATORY_INFORM_24H,
  },
  LEGAL_OBLIGATION: {
    source: 'INR.40 ¶14 [F2:S9]',
    to: null,
    reach: "an authority of the holder's own State",
    ownState: true,
    heldAs: 'SUPERVISOR',
    isConsulted: false,
    outlivesRetraction: false,
    clock: OBLIGATION_INFORM_24H,
  },
  EMERGENCY: {
    source: 'LED 35(2) [M]',
    to: null,
    reach: 'any authority that can avert it',
    ownState: false,
    heldAs: null,
    isConsulted: false,
    outlivesRetraction: false,
    clock: EMERGENCY_NOTICE_24H,
  },
};

/** How long originators have to ask to be consulted, where the profile says nothing else (rulings 2). */
const CONSULTATION_HOURS = 48;

/** A notice as the log knows it. */
export interface Notice {
  readonly digest: Digest;
  readonly way: LawfulWay;
  readonly holder: AuthorityId;
  readonly item: Digest;
  readonly recipient: AuthorityId;
  readonly recipientType: AuthorityType;
  readonly purpose: Purpose;
  /** approved by a second person, in a statement that the release cites too */
  readonly isApproved: boolean;
  /** nothing is disclosed before */
  readonly opensAt: Instant;
}

/** What an originator answered to a notice, and when the log took it. */
export interface ConsultationWord {
  readonly originator: AuthorityId;
  readonly answer: 'CONSULT' | 'NO_OBJECTION';
  readonly at: Instant;
}

/**
 * When the consultation is over: after the window, which starts anew for an originator that asks within it, once; at once where
 * every originator says that it has nothing against it.
 *
 * @param originators all but the holder
 * @param words in log order
 */
export function consultationEnds(
  noticedAt: Instant,
  originators: readonly AuthorityId[],
  words: readonly ConsultationWord[],
  hours = CONSULTATION_HOURS,
): Instant {
  const said = originators.map((originator) => words.findLast((word) => word.originator === originator));
  if (said.every((word) => word?.answer === 'NO_OBJECTION')) return instantFromMs(Math.max(noticedAt, ...said.map((word) => word!.at)));
  const asked = new Set<AuthorityId>();
  let end = plusMs(noticedAt, hours * HOUR_MS);
  for (const { originator, answer, at } of words) {
    if (answer !== 'CONSULT' || at >= end || asked.has(originator)) continue;
    asked.add(originator);
    end = plusMs(at, hours * HOUR_MS);
  }
  return end;
}

/** Until when what was disclosed already is told, on the holder's own calendar: around the clock where it declares that, else in office hours. */
export const noticeDue = (way: LawfulWay, disclosedAt: Instant, calendar: LocalCalendar) => {
  const { amount, unit } = WAYS[way].clock;
  return counted({ amount, unit, startedAt: disclosedAt, statedDay: null, statedUntil: null, suspensions: [] }, calendar);
};

/** Was it told too late? A provisional date misses nothing (rulings 6). */
export const isLate = (clock: ReturnType<typeof noticeDue>, now: Instant): boolean =>
  hasRunOut({ ...clock, metAt: null, suspendedAt: null }, now);
