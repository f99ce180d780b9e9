/** Events of one authority's view, as the gateway would write them. */
import type { AuditEvent } from '../../../../domain/audit-event.js';
import type { AuditRead } from '../../../../client/sdk/audit.js';
import { questionOf, type Question, type ReportKind, type Row, REPORT_KINDS } from '../../../../client/sdk/report/index.js';
import { authority, digest, instant } from '../../../support/ids.js';

export const US = authority('VG-FIX');
export const THEM = authority('NG-FIA');
export const THIRD = authority('NG-PROS');
export const EXCHANGE = '00000000-0000-4000-8000-000000000001';
export const NOW = instant('2026-06-30T12:00:00Z');

export type Over = Partial<Omit<AuditEvent, 'object' | 'actor'>> & { readonly object?: object; readonly actor?: object };

/** @param events each on the day of its number in June 2026, at that place */
export const viewOf = (...events: Over[]): AuditRead[] =>
  events.map((over, at) => ({
    index: at,
    leaf: '',
    viewHash: '',
    event: {
      v: 1,
      log: 'parley.example/test',
      view: US,
      at: `2026-06-${String(at + 1).padStart(2, '0')}T10:00:00.000Z`,
      action: 'SEND',
      outcome: 'ALLOW',
      correlation: `c${at}`,
      legalBasis: [],
      rules: [],
      codes: [],
      consents: [],
      ...over,
      actor: { authority: US, ...over.actor },
      object: { ...over.object },
    } as AuditEvent,
  }));

export const request = (over: Over = {}): Over => ({
  action: 'SEND',
  actor: { authority: THEM },
  counterparty: US,
  legalBasis: ['RECIPROCITY', 'MLAT:NG-VG'],
  purpose: 'INTELLIGENCE',
  about: { profile: 'EGMONT_FIU', fromType: 'FIU', toType: 'FIU', matterType: 'INTELLIGENCE', urgency: 'ROUTINE', ownCase: 'NG-7' },
  ...over,
  object: { exchange: EXCHANGE, exchangeType: 'FIU_REQUEST', message: 'SUBMIT', statement: digest('request'), ...over.object },
});

export const answer = (message: string, over: Over = {}): Over => ({
  action: 'SEND',
  actor: { authority: US, officer: 'o1' },
  counterparty: THEM,
  ...over,
  object: { exchange: EXCHANGE, exchangeType: 'FIU_REQUEST', message, statement: digest(message), ...over.object },
});

export const kind = (name: string): ReportKind => {
  const found = REPORT_KINDS.get(name);
  if (found === undefined) throw new RangeError(`no report ${name}`);
  return found;
};

export const rowsOf = (name: string, events: readonly AuditRead[], over: Partial<Question> = {}): readonly Row[] =>
  kind(name).rows({ ...questionOf({}, events, US, NOW), ...over });
