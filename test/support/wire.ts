/** One payload of each statement type as it stands on the wire. */
import { formatInstant, instantFromMs } from '../../domain/time.js';
import type { StatementType } from '../../domain/statement.js';
import {
  contentAccess,
  contentConsent,
  contentConsentRefusal,
  contentLabel,
  contentUse,
  designated,
  FIA,
  FIX,
  LATER,
  NOW,
  release,
  submit,
  answerLabel,
} from './facts.js';
import { digest, uuid } from './ids.js';
import { contentApproval, contentVerification, noticePayload } from './notice-facts.js';

const INSTANTS = new Set([
  'at',
  'sentAt',
  'from',
  'until',
  'validUntil',
  'notBefore',
  'destroyBy',
  'doubtfulSince',
  'deadline',
  'receivedAt',
]);

/** Instants as text; everything else as it is. */
export const onWire = (value: unknown, name = ''): unknown => {
  if (typeof value === 'number' && INSTANTS.has(name)) return formatInstant(instantFromMs(value));
  if (Array.isArray(value)) return value.map((one) => onWire(one, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, onWire(inner, key)]));
};

const head = { v: 1, aud: 'parley.example/test', id: uuid(1), at: NOW };
const key = { kid: digest('kid'), publicKey: 'AA' };
const desk = {
  desk: 'INTAKE',
  types: ['FIU'],
  generation: 1,
  keys: [{ suite: 'age-pq-1', ...key }],
  from: NOW,
  until: LATER,
};
const officer = {
  officer: 'o1',
  roles: ['OFFICER'],
  desks: ['INTAKE'],
  clearance: 'RESTRICTED',
  signing: key,
  auth: key,
  encryption: { suite: 'age-pq-1', ...key },
  from: NOW,
  until: LATER,
};

const SAMPLES: Readonly<Record<StatementType, object>> = {
  'parley-item+json': {
    v: 1,
    id: uuid(1),
    issuer: FIX,
    itemRole: 'FORM',
    kind: 'OWN',
    format: 'age',
    ciphertext: digest('c'),
    size: 1,
    keyCommitment: digest('k'),
    label: answerLabel,
    derivedFrom: [],
    sourcesComplete: true,
    form: { schema: 'FIU_REQUEST_1', present: ['facts'], _sd: [] },
  },
  'parley-envelope+json': submit(),
  'parley-consent+json': contentConsent().consent,
  'parley-consent-refusal+json': contentConsentRefusal().refusal,
  'parley-consent-revocation+json': { ...head, originator: FIX, holder: FIA, consent: digest('grant') },
  'parley-release+json': release(),
  'parley-access+json': contentAccess().access,
  'parley-label+json': contentLabel().change,
  'parley-use+json': contentUse().use,
  'parley-deletion+json': { ...head, holder: FIA, item: digest('item'), answers: digest('change'), seals: [digest('seal')] },
  'parley-inability+json': { ...head, holder: FIA, item: digest('item'), of: 'DELETION', answers: digest('change'), code: 'LEGAL_HOLD' },
  'parley-notice+json': noticePayload,
  'parley-approval+json': contentApproval().approval,
  'parley-consultation+json': { ...head, originator: FIX, notice: digest('notice'), answer: 'CONSULT' },
  'parley-verification+json': contentVerification().verification,
  'parley-entry+json': { ...designated(FIA, ['FIU']).entry!, desks: [desk], officers: [officer] },
  'parley-designation+json': { ...head, operator: FIX, authority: FIA, root: digest('root'), types: ['FIU'], status: 'ACTIVE' },
  'parley-designation-approval+json': { ...head, operator: FIX, designation: digest('designation') },
  'parley-agreement+json': {
    ...head,
    operator: FIX,
    agreement: 'MOU:2019-14',
    kind: 'MOU',
    parties: [FIA, FIX],
    from: '2019-05-01',
    profiles: ['BVI_BILATERAL_FIU'],
  },
  'parley-revocation+json': { ...head, authority: FIA, kid: digest('kid'), reason: 'LOST' },
  'parley-root+json': { ...head, authority: FIA, old: key, root: key, after: 1 },
  'parley-quorum-request+json': {
    ...head,
    authority: FIA,
    act: 'OPEN',
    exchange: uuid(2),
    quorum: digest('quorum'),
    reason: 'COURT_ORDER',
    until: LATER,
  },
  'parley-quorum-share+json': {
    ...head,
    authority: FIA,
    request: digest('request'),
    keyCommitment: digest('k'),
    body: 'AA',
    kid: digest('kid'),
    seal: 'AA',
  },
  'parley-session+json': { v: 1, aud: head.aud, authority: FIA, officer: 'o1', at: NOW, nonce: digest('nonce') },
};

export const sampleOf = (type: StatementType): object => onWire(SAMPLES[type]) as object;
