/** What the law sees in story 1, step 7: NG-FIA hands VG-FIX's answer to NG-EFCX under VG-FIX's consent. */
import { certain } from '../domain/result.js';
import type { Authority } from '../domain/authority.js';
import type { Consent } from '../domain/consent.js';
import { parseAuthorityId, parseDigest, parseKeyId, parseUuid, type AuthorityId } from '../domain/ids.js';
import type { PlainCaveat } from '../domain/label.js';
import { parseInstant } from '../domain/time.js';
import type { AuthorityType } from '../domain/vocabulary.js';
import type { ReleaseFacts } from '../policies/facts.js';

const authority = (code: string): AuthorityId => certain(parseAuthorityId(code));
const instant = (text: string) => certain(parseInstant(text));
const named = (name: string): string => `${name.padEnd(42, '0')}A`;
const digest = (name: string) => certain(parseDigest(named(name)));
const keyId = (name: string) => certain(parseKeyId(named(name)));
const uuid = (n: number) => certain(parseUuid(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`));

const [FIA, FIX, EFCX] = [authority('NG-FIA'), authority('VG-FIX'), authority('NG-EFCX')];
const NOW = instant('2026-03-02T10:00:00Z');
const BEFORE = instant('2026-01-01T00:00:00Z');
const UNTIL = instant('2026-06-01T10:00:00Z');
const aud = 'bench.parley.example/log';

function designated(id: AuthorityId, types: AuthorityType[]): Authority {
  const entry: Authority['entry'] = {
    v: 1,
    aud,
    id: uuid(1),
    at: BEFORE,
    authority: id,
    seq: 1,
    root: { kid: keyId('root'), publicKey: 'AA' },
    name: id,
    territory: id.slice(0, 2),
    types,
    languages: ['en'],
    clearance: 'RESTRICTED',
    timeZone: 'UTC',
    presumedConsent: [],
    desks: [],
    officers: [],
    validUntil: UNTIL,
  };
  return {
    id,
    root: keyId('root'),
    slot: 0,
    standing: 'ACTIVE',
    designation: digest('designation'),
    designatedTypes: types,
    designatedSeats: null,
    entry,
    entryDigest: digest('entry'),
  };
}

const caveat = (code: PlainCaveat) => ({ code, by: FIX });
const label: ReleaseFacts['release']['label'] = {
  level: 'RESTRICTED',
  tlp: 'AMBER+STRICT',
  caveats: [caveat('INTEL_ONLY'), caveat('NOT_FOR_EVIDENCE'), caveat('NO_THIRD_PARTY')],
  purposes: ['INTELLIGENCE'],
  originators: [FIX],
  destroyBy: null,
};

const item: ReleaseFacts['item'] = {
  digest: digest('item'),
  issuer: FIX,
  kind: 'OWN',
  language: 'en',
  statedLabel: label,
  label,
  told: [FIX],
  labelEpoch: 0,
  retractedBy: [],
  sources: [],
  sourcesOpen: true,
  sourcesComplete: true,
  derivedFrom: [],
  handedUnder: [],
  suites: ['age-pq-1'],
  form: null,
  givenOn: 'BVI_BILATERAL_FIU',
  cameFrom: [{ authority: FIX, authorityType: 'FIU' }],
  tightened: [],
};

const grant: Consent = {
  digest: digest('grant'),
  originator: FIX,
  holder: FIA,
  recipient: EFCX,
  recipientType: 'LAW_ENFORCEMENT',
  purposes: ['INTELLIGENCE', 'INVESTIGATION'],
  items: [digest('item')],
  fields: null,
  suites: ['age-pq-1'],
  logIndex: 7,
  from: BEFORE,
  until: UNTIL,
  conditions: null,
  revokedAt: null,
};

export const releaseFacts: ReleaseFacts = {
  action: 'release',
  now: NOW,
  deployment: { levelMax: 'RESTRICTED', postQuantumFrom: 'RESTRICTED', periodYearsMax: 5 },
  officer: { authority: FIA, officer: 'o1', clearance: 'RESTRICTED' },
  release: {
    v: 1,
    aud,
    id: uuid(4),
    at: NOW,
    holder: FIA,
    to: EFCX,
    toType: 'LAW_ENFORCEMENT',
    item: digest('item'),
    keyCommitment: digest('commitment'),
    seal: digest('seal'),
    kid: keyId('kid'),
    suite: 'age-pq-1',
    purpose: 'INVESTIGATION',
    legalBasis: 'RECIPROCITY',
    label: { ...label, purposes: ['INTELLIGENCE', 'INVESTIGATION'] },
    labelEpoch: 0,
    basis: { consents: [digest('grant')] },
    until: UNTIL,
  },
  item,
  holder: designated(FIA, ['FIU']),
  holds: true,
  heldAs: ['FIU'],
  heldBy: null,
  to: designated(EFCX, ['LAW_ENFORCEMENT']),
  consents: [grant],
  cited: [grant],
  presumption: null,
  givenIn: null,
  notices: [],
  verifiedWith: [],
};
