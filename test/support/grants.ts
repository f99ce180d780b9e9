/** A grant, and a release by which something is held. */
import type { HeldBy } from '../../domain/basis.js';
import type { Consent } from '../../domain/consent.js';
import { authority, digest, instant } from './ids.js';

export const LATER = instant('2026-06-01T10:00:00Z');
export const LONG_AGO = instant('2025-01-01T00:00:00Z');

/** VG-FIX lets NG-FIA hand the item to NG-EFCX. */
export const grant = (over: Partial<Consent> = {}): Consent => ({
  digest: digest('grant'),
  originator: authority('VG-FIX'),
  holder: authority('NG-FIA'),
  recipient: authority('NG-EFCX'),
  recipientType: 'LAW_ENFORCEMENT',
  purposes: ['INTELLIGENCE', 'INVESTIGATION'],
  items: [digest('item')],
  fields: null,
  suites: ['age-pq-1'],
  logIndex: 7,
  from: LONG_AGO,
  until: LATER,
  conditions: null,
  revokedAt: null,
  ...over,
});

/** NG-FIA handed it on for investigation, on no consent. */
export const heldBy = (over: Partial<HeldBy> = {}): HeldBy => ({
  holder: authority('NG-FIA'),
  purpose: 'INVESTIGATION',
  until: LATER,
  consents: [],
  isReseal: false,
  logIndex: 8,
  ...over,
});
