/** Who saw an item, when, why, on which basis: readings, and what gave it (9.2; UK DPA 2018 s 62(2) [F:S53]). */
import type { AuditRead } from '../audit.js';
import { consentTexts } from './consents.js';
import { asked, commonOf, itemsOf, type ReportKind } from './question.js';
import { present } from '../../../domain/present.js';

const SEEN: ReadonlySet<string> = new Set(['ACCESS', 'QUORUM_ACCESS', 'SEND', 'RELEASE', 'CONSENT_REFUSE']);

export const WHO_SAW: ReportKind = {
  code: 'WHO_SAW',
  columns: [
    'at',
    'action',
    'by',
    'officer',
    'to',
    'item',
    'purpose',
    'justification',
    'basis',
    'legalBasis',
    'consents',
    'exchange',
    'statement',
    'place',
  ],
  rows: (question) => {
    const { text } = consentTexts(question.events);
    const events = withTextsGiven(question.events);
    const seen = asked(
      { ...question, events },
      ({ event }) => SEEN.has(event.action) && event.outcome === 'ALLOW' && itemsOf(event).length > 0,
    );
    const exchangesOf = givenIn(question.events);
    return seen.map((read) => ({
      ...commonOf(read),
      exchange: read.event.object.exchange ?? exchangesOf(read),
      consents: read.event.consents.map((consent) => text(consent, read.event.at)),
    }));
  },
};

/** A reading and a release name the item alone: in which exchanges this view had it sent by then. */
function givenIn(events: readonly AuditRead[]): (read: AuditRead) => string {
  const sent = new Map<string, AuditRead[]>();
  for (const read of events)
    if (read.event.action === 'SEND' && read.event.outcome === 'ALLOW')
      for (const item of itemsOf(read.event)) sent.set(item, [...(sent.get(item) ?? []), read]);
  return ({ index, event }) => {
    if (event.action === 'SEND') return '';
    const before = itemsOf(event).flatMap((item) => (sent.get(item) ?? []).filter((one) => one.index < index));
    return [...new Set(before.flatMap((one) => one.event.object.exchange ?? []))].join('; ');
  };
}

/** A refused consent gives its text, to whoever it was delivered to, and none of what was asked about. */
function withTextsGiven(events: readonly AuditRead[]): readonly AuditRead[] {
  const reached = new Map(
    events.flatMap(({ event: { action, object, counterparty = '' } }) => (action === 'DELIVER' ? [[object.statement, counterparty]] : [])),
  );
  return events.map((read) => {
    if (read.event.action !== 'CONSENT_REFUSE') return read;
    // the text stands in one that was cut, too
    const { cut: _cut, ...event } = read.event;
    const { exchange, statement, text } = event.object;
    const object = present({ exchange, statement, item: text });
    return { ...read, event: { ...event, counterparty: reached.get(statement) ?? '', purpose: '', object } };
  });
}
