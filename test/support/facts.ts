/** Facts in which every rule is content: a test changes the one thing it is about. */
import type { Authority } from '../../domain/authority.js';
import type { Exchange } from '../../domain/exchange.js';
import type { PlainCaveat } from '../../domain/label.js';
import type { AuthorityType } from '../../domain/vocabulary.js';
import type { EnvelopePayload } from '../../domain/wire/envelope.js';
import type {
  AccessFacts,
  ConsentFacts,
  ConsentRefusalFacts,
  ItemFacts,
  LabelFacts,
  OfficerFacts,
  ReleaseFacts,
  SendFacts,
  UseFacts,
} from '../../policies/facts.js';
import { grant, heldBy, LATER, LONG_AGO } from './grants.js';
import { authority, desk, digest, instant, uuid } from './ids.js';

export { grant, heldBy, LATER, LONG_AGO };

export type WireLabel = ReleaseFacts['release']['label'];

export const NOW = instant('2026-03-02T10:00:00Z');
const FAR = instant('2027-01-01T00:00:00Z');
const aud = 'parley.example/test';

export const [FIA, FIX, EFCX, PROS] = ['NG-FIA', 'VG-FIX', 'NG-EFCX', 'NG-PROS'].map(authority) as [
  Authority['id'],
  Authority['id'],
  Authority['id'],
  Authority['id'],
];

export function designated(id: Authority['id'], types: AuthorityType[], over: Partial<Authority> = {}): Authority {
  const entry: Authority['entry'] = {
    v: 1,
    aud,
    id: uuid(1),
    at: LONG_AGO,
    authority: id,
    seq: 1,
    root: { kid: key('root'), publicKey: 'AA' },
    name: id,
    territory: id.slice(0, 2),
    types,
    languages: ['en'],
    clearance: 'RESTRICTED',
    timeZone: 'UTC',
    presumedConsent: [],
    desks: [],
    officers: [],
    validUntil: FAR,
  };
  const rest = { slot: 0, standing: 'ACTIVE', designatedSeats: null } as const;
  return {
    id,
    root: key('root'),
    designatedTypes: types,
    entry,
    entryDigest: digest('entry'),
    designation: digest('designation'),
    ...rest,
    ...over,
  };
}

const key = (name: string): Authority['root'] => {
  const kid = digest(name);
  return kid as string as Authority['root'];
};

export const fia = designated(FIA, ['FIU']);
export const fix = designated(FIX, ['FIU']);
export const efcx = designated(EFCX, ['LAW_ENFORCEMENT']);

export const officer = (of: Authority['id']): OfficerFacts => ({
  authority: of,
  officer: 'o1',
  clearance: 'RESTRICTED',
});
const deployment = { levelMax: 'RESTRICTED', postQuantumFrom: 'RESTRICTED', periodYearsMax: 5 } as const;

export const plain = (code: PlainCaveat, by = FIX): WireLabel['caveats'][number] => ({ code, by });

/** What VG-FIX puts on an answer: intelligence only, for no third party, not for evidence (story 1). */
export const answerLabel: WireLabel = {
  level: 'RESTRICTED',
  tlp: 'AMBER+STRICT',
  caveats: [plain('INTEL_ONLY'), plain('NOT_FOR_EVIDENCE'), plain('NO_THIRD_PARTY')],
  purposes: ['INTELLIGENCE'],
  originators: [FIX],
  destroyBy: null,
};

export const itemFacts = (over: Partial<ItemFacts> = {}): ItemFacts => ({
  digest: digest('item'),
  issuer: FIX,
  kind: 'OWN',
  language: 'en',
  statedLabel: answerLabel,
  label: answerLabel,
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
  ...over,
});

const FORM = ['facts', 'background', 'reasons', 'countryLink', 'intendedUse', 'subjects', 'offence'];
type Submit = Extract<EnvelopePayload, { message: 'SUBMIT' }>;

export const submit = (over: Partial<Submit> = {}, body: Submit['body'] = {}): Submit => ({
  v: 1,
  aud,
  id: uuid(2),
  exchange: uuid(3),
  sentAt: NOW,
  exchangeType: 'FIU_REQUEST',
  profile: 'BVI_BILATERAL_FIU',
  from: FIA,
  fromType: 'FIU',
  to: FIX,
  toType: 'FIU',
  epoch: 0,
  legalBasis: ['RECIPROCITY'],
  framework: ['EGMONT_PRINCIPLES'],
  purposes: ['INTELLIGENCE'],
  matterType: 'INTELLIGENCE',
  language: 'en',
  urgency: 'ROUTINE',
  items: [digest('request')],
  seals: [],
  message: 'SUBMIT',
  body: {
    reciprocity: true,
    intendedRecipients: [],
    alsoRequestedVia: [],
    periodFrom: '2024-01-01',
    periodTo: '2025-12-31',
    links: [{ territory: 'VG', digest: digest('request') }],
    ...body,
  },
  ...over,
});

/** The addressee's next message in the same exchange. */
export const answer = (message: EnvelopePayload['message'], body: EnvelopePayload['body'], over: Partial<Submit> = {}): EnvelopePayload =>
  ({ ...submit(), from: FIX, to: FIA, legalBasis: [], ...over, message, body }) as unknown as EnvelopePayload;

/** NG-FIA asks VG-FIX about a company (story 1, step 1). */
export const contentSend = (over: Partial<SendFacts> = {}): SendFacts => ({
  action: 'send',
  now: NOW,
  deployment,
  officer: officer(FIA),
  envelope: submit(),
  from: fia,
  to: fix,
  exchange: null,
  opening: submit(),
  items: [
    itemFacts({
      digest: digest('request'),
      issuer: FIA,
      label: { ...answerLabel, caveats: [plain('NO_THIRD_PARTY', FIA)], originators: [FIA] },
      form: { schema: 'FIU_REQUEST_1', present: FORM, disclosures: [] },
      givenOn: null,
      cameFrom: [],
    }),
  ],
  siblings: 0,
  heldFromOthers: [],
  givenBefore: [],
  ...over,
});

export const exchange: Exchange = {
  id: uuid(3),
  version: 2,
  type: 'FIU_REQUEST',
  profile: 'BVI_BILATERAL_FIU',
  state: 'ACKNOWLEDGED',
  requesting: FIA,
  requestingType: 'FIU',
  requested: FIX,
  requestedType: 'FIU',
  opening: digest('opening'),
  urgency: 'ROUTINE',
  deadline: null,
  last: digest('last'),
  openedAt: LONG_AGO,
  deliveredAt: LONG_AGO,
  clocks: [],
  parts: [],
  intended: [],
  consultations: [],
  agreements: [],
};

/** VG-FIX answers (story 1, step 4). */
export const contentReply = (envelope: EnvelopePayload, over: Partial<SendFacts> = {}): SendFacts =>
  contentSend({
    officer: officer(FIX),
    envelope,
    from: fix,
    to: fia,
    exchange,
    items: [itemFacts({ givenOn: null, cameFrom: [] })],
    ...over,
  });

/** A final answer with this item, which the one that answers made itself unless said otherwise. */
export const replyWith = (item: Partial<ItemFacts>): SendFacts =>
  contentReply(answer('FINAL_REPLY', {}), { items: [itemFacts({ givenOn: null, cameFrom: [], ...item })] });

export const release = (over: Partial<ReleaseFacts['release']> = {}): ReleaseFacts['release'] => ({
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
  kid: key('kid'),
  suite: 'age-pq-1',
  purpose: 'INVESTIGATION',
  legalBasis: 'RECIPROCITY',
  label: { ...answerLabel, purposes: ['INTELLIGENCE', 'INVESTIGATION'] },
  labelEpoch: 0,
  basis: { consents: [digest('grant')] },
  until: LATER,
  ...over,
});

/** NG-FIA hands VG-FIX's answer to NG-EFCX under consent (story 1, step 7). */
export const contentRelease = (over: Partial<ReleaseFacts> = {}): ReleaseFacts => ({
  action: 'release',
  now: NOW,
  deployment,
  officer: officer(FIA),
  release: release(),
  item: itemFacts(),
  holder: fia,
  holds: true,
  heldAs: ['FIU'],
  heldBy: null,
  to: efcx,
  consents: [grant()],
  cited: [grant()],
  presumption: null,
  givenIn: null,
  notices: [],
  verifiedWith: [],
  ...over,
});

/** NG-EFCX reads what was released to it. */
export const contentAccess = (over: Partial<AccessFacts> = {}): AccessFacts => ({
  action: 'access',
  now: NOW,
  deployment,
  officer: officer(EFCX),
  access: {
    v: 1,
    aud,
    id: uuid(5),
    at: NOW,
    reader: EFCX,
    item: digest('item'),
    via: digest('release'),
    purpose: 'INVESTIGATION',
    justification: 'CASE_WORK',
  },
  item: itemFacts(),
  reader: efcx,
  holds: true,
  heldAs: ['LAW_ENFORCEMENT'],
  release: release(),
  heldBy: [heldBy({ consents: [digest('grant')] })],
  consents: [grant()],
  sealedTo: [desk('INTAKE')],
  seatedAt: [desk('INTAKE')],
  byQuorum: false,
  ...over,
});

export const contentUse = (over: Partial<UseFacts> = {}): UseFacts => ({
  action: 'use',
  now: NOW,
  deployment,
  officer: officer(EFCX),
  heldBy: [heldBy({ consents: [digest('grant')] })],
  use: { v: 1, aud, id: uuid(6), at: NOW, holder: EFCX, item: digest('item'), purpose: 'INVESTIGATION', proceedings: 'case-1' },
  item: itemFacts(),
  holder: efcx,
  holds: true,
  heldAs: ['LAW_ENFORCEMENT'],
  consents: [grant()],
  madeFrom: [],
  verifiedWith: [],
  ...over,
});

/** VG-FIX grants (story 1, step 6). */
export const contentConsent = (over: Partial<ConsentFacts> = {}): ConsentFacts => ({
  action: 'consent',
  now: NOW,
  deployment,
  officer: officer(FIX),
  consent: {
    v: 1,
    aud,
    id: uuid(7),
    at: NOW,
    originator: FIX,
    holder: FIA,
    items: [digest('item')],
    recipient: { authority: EFCX, authorityType: 'LAW_ENFORCEMENT' },
    purposes: ['INTELLIGENCE', 'INVESTIGATION'],
    suites: ['age-pq-1'],
    from: NOW,
    until: LATER,
  },
  asked: null,
  originator: fix,
  holder: fia,
  recipient: efcx,
  items: [itemFacts()],
  ...over,
});

export const contentConsentRefusal = (over: Partial<ConsentRefusalFacts> = {}): ConsentRefusalFacts => ({
  action: 'consent-refusal',
  now: NOW,
  deployment,
  officer: officer(FIX),
  refusal: {
    v: 1,
    aud,
    id: uuid(8),
    at: NOW,
    originator: FIX,
    holder: FIA,
    items: [digest('item')],
    recipient: { authority: EFCX, authorityType: 'LAW_ENFORCEMENT' },
    purposes: ['TAX'],
    codes: ['CONSENT_OUT_OF_SCOPE'],
    text: digest('text'),
    seals: [],
    request: digest('request'),
  },
  asked: { items: [digest('item')], recipient: { authority: EFCX, authorityType: 'LAW_ENFORCEMENT', purposes: ['TAX'] } },
  originator: fix,
  holder: fia,
  holderType: 'FIU',
  items: [itemFacts()],
  text: itemFacts({ digest: digest('text'), givenOn: null, cameFrom: [] }),
  profile: 'EGMONT_FIU',
  ...over,
});

/** VG-FIX tightens what it gave. */
export const contentLabel = (over: Partial<LabelFacts> = {}): LabelFacts => ({
  action: 'label',
  now: NOW,
  deployment,
  officer: officer(FIX),
  change: {
    v: 1,
    aud,
    id: uuid(9),
    at: NOW,
    originator: FIX,
    item: digest('item'),
    change: 'ADD',
    label: { ...answerLabel, caveats: [...answerLabel.caveats, plain('NO_EXPORT')] },
  },
  item: itemFacts(),
  originator: fix,
  added: [],
  ...over,
});
