/** Parts of a request: each is answered, refused, put off and withdrawn by itself, and the exchange's state derives from them (rulings 5). */
import type { Machine, PartState, Transition } from './machine.js';
import type { AssistanceType } from './vocabulary.js';

export interface Part {
  readonly id: string;
  readonly assistanceType: AssistanceType;
  readonly coercive: boolean;
  readonly state: PartState;
  /** the day last named for it by a postponement or a delay notice; null: none was */
  readonly expected: string | null;
}

export const isOwed = ({ state }: Part): boolean => state === 'OPEN' || state === 'POSTPONED';

/** The parts that a message means: those it names; where it names none, all that are owed, and where none is owed, all. */
export function partsMeant(parts: readonly Part[], named: readonly string[] | undefined): readonly Part[] {
  if (named !== undefined) return parts.filter(({ id }) => named.includes(id));
  const owed = parts.filter(isOwed);
  return owed.length > 0 ? owed : parts;
}

/** Of a part that is settled nothing is said any more, not even in part, until it is opened again. @returns such ids, and those that the request has not */
export function partsAmiss(parts: readonly Part[], named: readonly string[], row: Transition): readonly string[] {
  const fits = (part: Part): boolean => row.part === 'OPEN' || isOwed(part);
  return named.filter((id) => !parts.some((part) => part.id === id && fits(part)));
}

/** @param expected the day that the message names */
export function settle(
  parts: readonly Part[],
  named: readonly string[] | undefined,
  row: Transition,
  expected: string | null,
): readonly Part[] {
  const meant = partsMeant(parts, named);
  return parts.map((part) =>
    meant.includes(part) ? { ...part, state: row.part ?? part.state, expected: expected ?? part.expected } : part,
  );
}

/** What the whole is called when its parts ended differently: one that was answered counts most. */
const STRONGEST = ['ANSWERED', 'NEGATIVE', 'REFUSED', 'WITHDRAWN', 'POSTPONED'] as const;

/** Does the exchange wait for a word of the requester that another part's answer does not make needless? */
const awaitsRequester = ({ table }: Machine, state: string): boolean =>
  table.some((row) => row.from.includes(state) && (row.clock === 'RESUME' || row.consultation === 'ANSWERS'));

/**
 * The state after a step, from the state before it and the parts after it.
 * @param parts none: the request has none, and the row says it all
 * @param isAsked the other side was asked about the refusal of a part that this does not mean, and may still answer
 */
export function stateAfter(row: Transition, state: string, machine: Machine, parts: readonly Part[], isAsked = false): string {
  if (row.to === 'SAME') return state;
  const { partly } = machine;
  if (row.part === undefined || parts.length === 0 || partly === undefined) return row.to;
  if (isAsked && row.part !== 'OPEN') return state;
  if (!parts.some((part) => part.state === 'OPEN')) {
    const waiting = parts.filter(isOwed).map((part) => part.state);
    const strongest = STRONGEST.find((one) => (waiting.length > 0 ? waiting : parts.map((part) => part.state)).includes(one));
    return machine.table.find((candidate) => candidate.part === strongest)!.to;
  }
  // the request is smaller, and stands where it stood
  if (row.part === 'WITHDRAWN') return state;
  // whoever was consulted about a refusal is no longer waited for once it was given
  if (row.consultation !== 'OWED' && row.part !== 'OPEN' && awaitsRequester(machine, state)) return state;
  if (!parts.every(isOwed)) return partly.some;
  return row.part === 'OPEN' ? row.to : partly.none;
}

/** What the clocks are told. An answer to a part is a first answer to the whole; a part withdrawn is none. */
export function takenAs({ step, clock, part, actor }: Transition, isEnded: boolean): Pick<Transition, 'step' | 'clock'> {
  if (clock === undefined) return { step };
  if (clock !== 'MET' || part === undefined || isEnded) return { step, clock };
  return actor === 'Q' ? { step, clock: 'FIRST' } : { step };
}
