/** What an officer may do now in an exchange, as commands to type, and what each side owes by when. */
import { BRINGS_SOMETHING, MESSAGES } from '../../domain/messages.js';
import type { Step } from '../../domain/machine.js';
import { present } from '../../domain/present.js';
import type { EnvelopePayload } from '../../domain/wire/envelope.js';
import type { ClockAnswer } from '../../domain/wire/http-answers.js';
import { bodyMembers, owesReason, readInstant, type PossibleStep, type StandingCheck, type WhatNext } from '../sdk/index.js';
import { wallTime } from './wall-time.js';
import { wrapped } from './wrapped.js';

type Message = (typeof MESSAGES)[number];
const isMessage = (step: Step): step is Message => (MESSAGES as readonly Step[]).includes(step);

/** Steps with a command of their own; consent is answered by a statement, and no envelope. */
const OWN_COMMANDS: Partial<Record<Step, (exchange: string) => string>> = {
  ACKNOWLEDGE: (id) => `parley ack ${id}`,
  CLARIFICATION_REQUEST: (id) => `parley clarify ${id} --text-file …`,
  CLARIFICATION_REPLY: (id) => `parley clarified ${id} --text-file …`,
  FEEDBACK: (id) => `parley feedback ${id} --text-file …`,
  GRANT: (id) => `parley consent grant ${id}`,
  PARTIAL_GRANT: (id) => `parley consent grant ${id} --item … --purpose … --until …`,
  REFUSE_CONSENT: (id) => `parley consent refuse ${id} --code … --text-file …`,
  REVOKE: () => 'parley consent revoke CONSENT',
  PARTIAL_REVOKE: () => 'parley consent revoke CONSENT',
  PROMOTE_TO_FORMAL: (id) => `parley promote ${id} --to-profile …`,
};

/** What the message states in clear, so far as it is owed; a proposal that waits for its answer is named. */
function bodyOf(step: Message, { summary: { agreements }, messages }: WhatNext): string {
  const proposal = agreements.findLast(({ isAccepted }) => !isAccepted)?.proposal;
  // the text is filled in from --text-file
  const owed = bodyMembers(step).filter(({ name, isOwed }) => isOwed && name !== 'text' && /^\w+$/.test(name));
  const members = owed.map(({ name, takes }): [string, unknown] => {
    if (name === 'proposal' && proposal !== undefined) return [name, proposal];
    return [name, takes.startsWith('a list') ? ['…'] : '…'];
  });
  members.push(...answersOwed(step, messages[0]?.envelope.payload));
  return members.length === 0 ? '' : ` --body '${JSON.stringify(Object.fromEntries(members))}'`;
}

/** To each recipient that the request names: silence has to be said as well. */
function answersOwed(step: Message, opening: EnvelopePayload | undefined): [string, unknown][] {
  const named = opening?.message === 'SUBMIT' ? (opening.body.intendedRecipients ?? []) : [];
  if ((step !== 'FINAL_REPLY' && step !== 'NEGATIVE_REPLY') || named.length === 0) return [];
  return [['consentToIntendedRecipients', named.map(({ authority, authorityType }) => ({ authority, authorityType, answer: '…' }))]];
}

/** Views on a refusal are words; those on a data subject's access may be a code. */
export const owesItem = (message: Message): boolean => BRINGS_SOMETHING.has(message) || message === 'VIEWS_SUBMITTED';

function commandOf(step: Step, next: WhatNext): string {
  const { id } = next.summary;
  const own = OWN_COMMANDS[step]?.(id);
  if (own !== undefined || !isMessage(step)) return own ?? step;
  const brings = owesItem(step) || owesReason(step) || step === 'CONDITIONS_PROPOSED';
  return `parley reply ${id} ${step}${bodyOf(step, next)}${brings ? ' --text-file …' : ''}`;
}

export const OWED: Readonly<Record<ClockAnswer['kind'], string>> = {
  ACK: 'an acknowledgement',
  FIRST: 'a first answer',
  FINAL: 'the answer',
  REVIEW: 'another look at it',
  CLARIFICATION: 'a clarification',
  RESUBMISSION: 'what could not be opened, sealed anew',
  SILENCE: 'a word after the answer, or it closes',
  CONSULTATION: 'views',
  REASONS: 'reasons why the measure should not end, where it has any',
  NOTICE: 'a notice',
};

/** A day that was named for some of a request's parts is theirs. */
export const forParts = ({ parts = [] }: Pick<ClockAnswer, 'parts'>): string =>
  parts.length === 0 ? '' : ` on ${parts.length === 1 ? 'part' : 'parts'} ${parts.join(', ')}`;

/** @param me who reads it */
export function owedLine({ owes, kind, code, due, timeZone, isOverdue, suspensions, parts }: ClockAnswer, me: string): string {
  const who = owes === me ? 'You owe' : `${owes} owes`;
  if (kind === 'SILENCE')
    return `Without a word of ${owes === me ? 'yours' : owes} it closes after ${wallTime(readInstant(due), timeZone)} (${code}).`;
  const stands = suspensions.at(-1)?.to === null ? ', which stands still' : '';
  return `${who} ${OWED[kind]}${forParts({ parts })} by ${wallTime(readInstant(due), timeZone)} (${code})${stands}${isOverdue ? ', OVERDUE' : ''}.`;
}

export const stepLines = (steps: readonly (PossibleStep & { readonly command: string })[]): string[] =>
  steps.map(({ step, command, isAfterConsultation }) => {
    if (step === 'REFUSE_CONSENT') return `  ${command}   its grounds: parley consent refuse --help`;
    return `  ${command}${isAfterConsultation ? '   once the other side was consulted' : ''}`;
  });

/** Absent: it follows from what was signed. */
export const checkAnswer = ({ contradicted, unchecked }: StandingCheck) => ({
  ...(contradicted.length === 0 ? {} : { contradicted }),
  ...(unchecked.length === 0 ? {} : { unchecked }),
});

/** What is wrong with state and dates, before they are told. */
export const checkLines = ({ contradicted, unchecked }: StandingCheck): string[] => [
  ...contradicted.flatMap((why) => wrapped(`NOT WHAT WAS SIGNED: ${why}.`, '')),
  ...(contradicted.length === 0
    ? []
    : wrapped('Rely on no state and no date of it. Tell the other side by another way, and the operator.', '')),
  ...unchecked.flatMap((why) => wrapped(`The gateway’s word, not checked: ${why}.`, '')),
];

/** As `--json` has it: `command` is to be completed where it has a `…`. */
export const whatNextAnswer = (next: WhatNext) => ({
  state: next.summary.state,
  ...checkAnswer(next.check),
  owed: next.owed.map(({ owes, code, kind, due, isOverdue, parts }) => ({
    ...{ by: owes, clock: code, kind, due, isOverdue },
    ...present({ parts }),
  })),
  possible: next.possible.map((one) => ({ ...one, command: commandOf(one.step, next) })),
});

/** Which grant may be ended is named where it is shown; and what is seldom needed is not what one is told first. */
const inOrder = <T extends PossibleStep>(possible: readonly T[]): T[] => [
  ...possible.filter(({ step }) => !step.endsWith('REVOKE') && step !== 'UNDECIPHERABLE'),
  ...possible.filter(({ step }) => step === 'UNDECIPHERABLE'),
];

/** What is owed first is told first. */
export const dueFirst = <C extends Pick<ClockAnswer, 'due'>>(clocks: readonly C[]): C[] =>
  clocks.toSorted((a, b) => readInstant(a.due) - readInstant(b.due));

/** @param me who reads it */
export function whatNextLines(next: WhatNext, me: string): string[] {
  const { state, possible } = whatNextAnswer(next);
  const steps = inOrder(possible);
  return [
    ...checkLines(next.check),
    `It is ${state}.`,
    ...dueFirst(next.owed).flatMap((clock) => wrapped(owedLine(clock, me), '')),
    ...(possible.length === 0 ? ['There is nothing that you may do in it now.'] : []),
    ...(steps.length === 0 ? [] : ['You may now, by the order of messages (for each …: parley body MESSAGE):', ...stepLines(steps)]),
  ];
}
