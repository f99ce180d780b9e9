/** The quarter on one page (story 10): what is late, what was refused and why, which consents were used, who got what, who read how much. */
import type { AuditRead } from '../audit.js';
import { foldExchanges } from './exchanges.js';
import { foldHandedOn, isHandedOn } from './handed-on.js';
import { asked, isWithin, type Question, type ReportKind, type Row } from './question.js';
import { foldTries, isRefused } from './tries.js';

const row = (figure: string, value: number, of = ''): Row => ({ figure, of, value });

/** @returns the pairs, the most frequent first, then by name */
function counted(values: Iterable<string>): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}

function missed(question: Question): string[] {
  const clocks: string[] = [];
  for (const story of foldExchanges(question.events).values())
    for (const { at, clock } of story.missed) if (isWithin(at, question)) clocks.push(clock);
  return clocks;
}

const COUNTED: ReadonlySet<string> = new Set(['RELEASE', 'NOTICE', 'ACCESS', 'QUORUM_ACCESS']);
const isCounted = (read: AuditRead): boolean => COUNTED.has(read.event.action) || isRefused(read);

export const QUARTERLY: ReportKind = {
  code: 'QUARTERLY',
  columns: ['figure', 'of', 'value'],
  rows: (question) => {
    const { authority } = question;
    const reads = asked(question, isCounted);
    const late = missed(question);
    const tries = foldTries(reads.filter((read) => isRefused(read) && read.event.actor.authority === authority));
    const handedOn = foldHandedOn(reads.filter(isHandedOn));
    const consents = new Set(handedOn.flatMap(({ first }) => first.event.consents));
    const notices = reads.filter(({ event }) => event.action === 'NOTICE' && event.outcome === 'ALLOW');
    const readings = reads.filter(
      ({ event }) =>
        (event.action === 'ACCESS' || event.action === 'QUORUM_ACCESS') && event.outcome === 'ALLOW' && event.actor.authority === authority,
    );
    return [
      row('overdue', late.length),
      ...counted(late).map(([clock, times]) => row('overdue', times, clock)),
      row('refusedAttempts', tries.length),
      ...counted(tries.flatMap(({ codes }) => codes)).map(([code, times]) => row('refusedAttempts', times, code)),
      row('consentsUsed', consents.size),
      row('thirdPartyDisclosures', handedOn.length),
      ...counted(handedOn.map(({ first: { event } }) => `${event.actor.authority} > ${event.counterparty ?? ''}`)).map(([pair, times]) =>
        row('thirdPartyDisclosures', times, pair),
      ),
      row('exculpatory', notices.filter(({ event }) => event.basis?.startsWith('EXCULPATORY')).length),
      row('emergency', notices.filter(({ event }) => event.basis?.startsWith('EMERGENCY')).length),
      row('readings', readings.length),
      ...counted(readings.map(({ event }) => event.actor.officer ?? '')).map(([officer, times]) => row('readings', times, officer)),
      row('reportsRead', question.events.filter((read) => read.event.action === 'REPORT' && isWithin(read.event.at, question)).length),
    ];
  },
};
