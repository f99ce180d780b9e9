/** What is said before a refusal (46(26), 44(17)), and the conditions under which help is given all the same. */
import { hasRunOut, isRunning, type RunningClock } from './calendar/running-clock.js';
import type { AuthorityId, Digest } from './ids.js';
import type { Caveat } from './label.js';
import type { Step, Transition } from './machine.js';
import { partsMeant, type Part } from './parts.js';
import { instantFromMs, type Instant } from './time.js';

export interface Consultation {
  /** parts it is about; empty: the whole request */
  readonly parts: readonly string[];
  readonly at: Instant;
  /** null: the other side has said nothing yet */
  readonly answeredAt: Instant | null;
}

/** Conditions as a message puts them: texts are sealed, their digests stand here. */
export interface Terms {
  readonly texts: readonly Digest[];
  readonly notBefore: Instant | null;
  /** opaque ids of the only proceedings it may serve */
  readonly proceedings: readonly string[];
}

export interface Agreement extends Terms {
  /** the envelope that proposed it */
  readonly proposal: Digest;
  readonly parts: readonly string[];
  /** false: it is proposed, and binds nobody yet */
  readonly isAccepted: boolean;
}

/** What the sides have said of a refusal and of conditions. */
export interface Talks {
  readonly consultations: readonly Consultation[];
  readonly agreements: readonly Agreement[];
}

/** The words of one message that talks are made of. */
export interface Word {
  readonly statement: Digest;
  readonly parts: readonly string[];
  /** of a proposal */
  readonly terms: Terms | null;
  /** the proposal that is answered */
  readonly proposal: Digest | null;
}

/**
 * @param now when the gateway accepted the word
 * @param clocks as they were before it
 */
export function talksAfter(
  { consultations, agreements }: Talks,
  { consultation, step }: Transition,
  word: Word,
  now: Instant,
  clocks: readonly RunningClock[] = [],
): Talks {
  const { statement, parts, terms, proposal } = word;
  return {
    consultations: [
      ...consultations.flatMap((one) => {
        if (consultation !== 'ANSWERS' || one.answeredAt !== null) return [one];
        return isSpokenOf(one, agreements, proposal) || windowIsOver(one, clocks, now) ? [{ ...one, answeredAt: now }] : [];
      }),
      ...(consultation === 'OPENS' ? [{ parts, at: now, answeredAt: null }] : []),
    ],
    agreements: [
      ...agreements.flatMap((one) => standing(one, step, proposal)),
      ...(terms === null ? [] : [{ ...terms, proposal: statement, parts, isAccepted: false }]),
    ],
  };
}

/**
 * Views are about whatever was asked, a word on conditions about what these are for. Of the rest nothing was said, and its window is gone with
 * this answer: then it is as if nobody had asked.
 */
function isSpokenOf({ parts }: Consultation, agreements: readonly Agreement[], proposal: Digest | null): boolean {
  const terms = agreements.find((agreement) => agreement.proposal === proposal);
  return terms === undefined || terms.parts.length === 0 || parts.every((part) => terms.parts.includes(part));
}

/** A new proposal takes the place of one that was not answered, and one that is declined is gone: the log has both. */
function standing(one: Agreement, step: Step, proposal: Digest | null): readonly Agreement[] {
  if (one.isAccepted) return [one];
  if (one.proposal === proposal) return step === 'CONDITIONS_ACCEPTED' ? [{ ...one, isAccepted: true }] : [];
  return step === 'CONDITIONS_PROPOSED' ? [] : [one];
}

interface Consulted extends Talks {
  readonly parts: readonly Part[];
  readonly clocks: readonly RunningClock[];
}

const windowIsOver = ({ at }: Consultation, clocks: readonly RunningClock[], now: Instant): boolean =>
  clocks.some((clock) => clock.kind === 'CONSULTATION' && clock.startedAt === at && hasRunOut(clock, now));

/**
 * What a refusal would concern and was not consulted about: nobody asked, or who was asked may still answer.
 * @returns ids of parts; `request` where it has none
 */
export function unconsulted(exchange: Consulted, named: readonly string[] | undefined, now: Instant): readonly string[] {
  const heard = exchange.consultations.filter((one) => one.answeredAt !== null || windowIsOver(one, exchange.clocks, now));
  const concerned = exchange.parts.length === 0 ? ['request'] : partsMeant(exchange.parts, named).map(({ id }) => id);
  return concerned.filter((id) => !heard.some((one) => isAbout(one, id)));
}

const isAbout = ({ parts }: Consultation, id: string): boolean => parts.length === 0 || parts.includes(id);

/** Was the other side asked about one of these, and may it still answer? */
export const isStillAsked = (
  { consultations, clocks }: Pick<Consulted, 'consultations' | 'clocks'>,
  ids: readonly string[],
  now: Instant,
): boolean => consultations.some((one) => one.answeredAt === null && !windowIsOver(one, clocks, now) && ids.some((id) => isAbout(one, id)));

/** One of these was put to the other side, which may still answer. */
export interface Awaited {
  readonly part: string;
  /** after it a refusal may follow without an answer; null: no date ends the wait, since none is certain (rulings 6) */
  readonly until: Instant | null;
}

/** @param unheard what `unconsulted` gave: that of it on which the other side was asked already */
export function awaited({ consultations, clocks }: Consulted, unheard: readonly string[]): readonly Awaited[] {
  return unheard.flatMap((part) => {
    const asked = consultations.filter((one) => isAbout(one, part));
    if (asked.length === 0) return [];
    const ends = clocks.filter((clock) => clock.kind === 'CONSULTATION' && asked.some(({ at }) => at === clock.startedAt));
    const certain = ends.filter((clock) => isRunning(clock) && !clock.provisional).map(({ due }) => due);
    return [{ part, until: certain.length === 0 ? null : instantFromMs(Math.min(...certain)) }];
  });
}

/** The caveats that an answer to these parts owes: conditions bind once they are accepted (46(26)). */
export function caveatsOwed({ agreements }: Talks, named: readonly string[] | undefined, by: AuthorityId): readonly Caveat[] {
  const binding = agreements.filter(
    ({ isAccepted, parts }) => isAccepted && (parts.length === 0 || named === undefined || parts.some((part) => named.includes(part))),
  );
  return binding.flatMap(({ texts, notBefore, proceedings }): Caveat[] => [
    ...(texts.length === 0 && notBefore === null ? [] : [{ code: 'CONDITIONS' as const, by, texts, notBefore }]),
    ...(proceedings.length === 0 ? [] : [{ code: 'SPECIALITY' as const, by, proceedings }]),
  ]);
}
