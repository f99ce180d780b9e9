/** Envelopes with as much as the wire takes, on every channel: for `test/policies/largest.test.ts`. */
import { MACHINES } from '../../domain/machines/index.js';
import { PROFILES } from '../../domain/profiles/index.js';
import type { Authority } from '../../domain/authority.js';
import type { RunningClock } from '../../domain/calendar/running-clock.js';
import {
  AUTHORITY_TYPES,
  DELAY_CODES,
  FRAMEWORKS,
  type AuthorityType,
  type ExchangeType,
  type ProfileId,
} from '../../domain/vocabulary.js';
import type { EnvelopePayload } from '../../domain/wire/envelope.js';
import type { ItemFacts, SendFacts } from '../../policies/facts.js';
import { answer, answerLabel, contentSend, designated, exchange, itemFacts, LATER, LONG_AGO, submit } from './facts.js';
import { digest } from './ids.js';
import { ADDRESSEE, bodies, codes, crowdedItem, digests, languages, largeItems, largeLabel, lesser } from './largest.js';
import { officer, PURPOSES_MOST, references, SENDER, STATED_BY, TYPES } from './largest.js';

type Submit = Extract<EnvelopePayload, { message: 'SUBMIT' }>;
type Over = Partial<Submit>;

const recipients = bodies('IM', 16).map((authority) => ({ authority, authorityType: TYPES[0]!, purposes: PURPOSES_MOST }));
const PART = { assistanceType: 'CONFISCATION_ENFORCEMENT' as const, coercive: false };

/** Nothing that is owed, and what of the rest is too much. */
const EMPTY: { over: Over; body: Submit['body'] } = {
  over: { legalBasis: [], purposes: [], framework: [...FRAMEWORKS].slice(0, 4), urgency: 'EMERGENCY', matterType: 'ADMINISTRATIVE' },
  body: { periodFrom: '1900-01-01', periodTo: '2199-12-31', links: [], fallbackReason: 'COUNTERPART_NOT_CONNECTED' },
};
/** As much as there is room for, and nothing of it as it should be. */
const FULL: { over: Over; body: Submit['body'] } = {
  over: {
    legalBasis: Array.from({ length: 8 }, () => 'UNCAC_46_4' as const),
    purposes: PURPOSES_MOST,
    urgency: 'PRIORITY',
    deadline: LONG_AGO,
    language: 'xxx-XX',
    matterType: 'ADMINISTRATIVE',
    assistanceTypes: Array.from({ length: 16 }, () => 'CONFISCATION_ENFORCEMENT' as const),
  },
  body: {
    intendedRecipients: recipients,
    periodFrom: '2199-12-31',
    periodTo: '1900-01-01',
    parts: references('part', 16).map((id) => ({ ...PART, id })),
    matterTypeRequested: 'INTELLIGENCE',
    chain: bodies('XX', 6).map((authority) => ({ authority, authorityType: TYPES[0]! })),
    consent: { items: digests('item', 32), fields: digests('field', 128), recipient: recipients[0]!, until: LONG_AGO },
  },
};

/** in no network, outside every region, which takes and helps with as little as an entry may say */
function stranger(id: Authority['id'], standing: Authority['standing']): Authority {
  const made = designated(id, [...AUTHORITY_TYPES], { standing, designatedSeats: [] });
  const law = { uncacApplies: { extradition: false, mla: false, confiscation: false }, suspensionDaysMax: 365 };
  const requirements = { requiresDiplomaticChannel: true };
  const entry = { networks: [], languages: languages('z'), clearance: 'PUBLIC', civilAdminCooperation: 'NONE', law, requirements } as const;
  return { ...made, entry: { ...made.entry!, ...entry, networks: [], languages: [...entry.languages] } };
}

const PARTIES: readonly (readonly [Authority | null, Authority | null])[] = [
  [null, null],
  [lesser(SENDER, 'SUSPENDED'), lesser(ADDRESSEE, 'OBSERVER')],
  [stranger(SENDER, 'OBSERVER'), stranger(ADDRESSEE, 'SUSPENDED')],
];

/** of its own, under a label that weakens what it is made from and says what no label may */
const own = {
  issuer: SENDER,
  kind: 'EXTRACT' as const,
  givenOn: null,
  label: largeLabel({ originators: [...STATED_BY.slice(1), SENDER], tlp: 'CLEAR' }),
  statedLabel: largeLabel({
    originators: STATED_BY,
    caveats: [{ code: 'CONFIDENTIAL_UNTIL', by: SENDER, until: LONG_AGO }],
  }),
};
const bare = { ...own, label: largeLabel({ caveats: [], tlp: 'CLEAR', purposes: [] }) };
const misplaced = { ...own, label: largeLabel({ caveats: [{ code: 'FPS_REPORT', by: STATED_BY[0]! }] }) };
/** light enough to be looked at on every channel */
const MINE = itemFacts({
  issuer: SENDER,
  givenOn: null,
  suites: ['openpgp-4'],
  label: { ...answerLabel, level: 'TOP_SECRET', caveats: [] },
});

const sent = (envelope: EnvelopePayload, over: Partial<SendFacts> = {}): SendFacts =>
  contentSend({ officer: officer(SENDER), envelope, opening: envelope as Submit, items: [MINE], siblings: 4_000, ...over });

const ENDS = { from: SENDER, to: ADDRESSEE, items: digests('item', 64) };

/** the pair that the channel joins, and one that it does not */
function pairsOf(profile: ProfileId): readonly [readonly [AuthorityType, AuthorityType], readonly [AuthorityType, AuthorityType]] {
  const { from, to } = PROFILES[profile].pairs[0]!;
  return [
    [from[0]!, to[0]!],
    [TYPES[0]!, to.at(-1)!],
  ];
}

function* openings(): Generator<SendFacts> {
  for (const { id: profile, exchangeTypes } of Object.values(PROFILES))
    for (const [at, exchangeType] of exchangeTypes.entries())
      for (const [m, { over, body: said }] of [EMPTY, FULL].entries())
        for (const [n, [from, to]] of PARTIES.entries()) {
          // each between one of the pairs, and the first of a channel between all of them
          if (at > 0 && (at + m) % PARTIES.length !== n) continue;
          const [fromType, toType] = pairsOf(profile)[n % 2 === 0 ? 0 : 1];
          yield sent(submit({ ...ENDS, profile, exchangeType, fromType, toType, ...over }, { ...said, ...absent }), { from, to });
        }
}

/** what `submit` fills in by itself */
const absent = { reciprocity: undefined, alsoRequestedVia: undefined, intendedRecipients: undefined, links: undefined };

const parts = references('part', 16);
const CLOCK = { kind: 'CONSULTATION', startedBy: 'PROVISIONAL_MEASURE_LIFT_NOTICE', startedAt: LONG_AGO, due: LATER, metAt: null } as const;
const clock = { ...CLOCK, provisional: false, suspendedAt: null } as unknown as RunningClock;
const asked = (profile: ProfileId, type: ExchangeType) => ({
  ...exchange,
  profile,
  type,
  requesting: ADDRESSEE,
  requested: SENDER,
  parts: parts.map((id) => ({ id, assistanceType: 'INFORMATION_HELD' as const, coercive: false, state: 'OPEN' as const, expected: null })),
  consultations: [{ parts: parts.slice(0, 8), at: LONG_AGO, answeredAt: null }],
  clocks: [clock],
  agreements: [
    { texts: digests('text', 8), notBefore: LATER, proceedings: references('p', 8), proposal: digest('p'), parts: [], isAccepted: true },
  ],
});

const MOST = codes('GROUND', 8);
const WORDS: readonly (readonly [EnvelopePayload['message'], object])[] = [
  ['FINAL_REPLY', {}],
  ['PARTIAL_REPLY', { parts }],
  ['REFUSE', { codes: [...MOST.slice(1), 'DUAL_CRIMINALITY'] }],
  ['REFUSE', { codes: MOST, parts }],
  ['REFUSE', { codes: [], parts }],
  ['PRE_REFUSAL_CONSULTATION', { codes: MOST }],
  ...DELAY_CODES.map((code) => ['POSTPONE', { code, reviewDate: '1900-01-01' }] as const),
  ['DELAY_NOTICE', { code: DELAY_CODES[0], newDate: '1900-01-01' }],
  ['MEASURE_TAKEN', { until: LATER + 4_000_000_000_000 }],
  ['MEASURE_LIFTED', {}],
  ['ACKNOWLEDGE', { receivedAt: LATER, expectedDate: '1900-01-01' }],
];

function* answers(): Generator<SendFacts> {
  const opening = submit({ ...ENDS, from: ADDRESSEE, to: SENDER, ...FULL.over }, FULL.body);
  const [from, to] = PARTIES[2]!;
  for (const { id: profile, exchangeTypes } of Object.values(PROFILES))
    for (const exchangeType of exchangeTypes)
      for (const [message, said] of WORDS) {
        if (!MACHINES[exchangeType].table.some(({ step }) => step === message)) continue;
        const [pair] = pairsOf(profile);
        const envelope = answer(message, said, { ...ENDS, profile, exchangeType, toType: pair[0], fromType: pair[1] });
        yield sent(envelope, { from, to, opening, exchange: asked(profile, exchangeType), givenBefore: digests('item', 64) });
      }
}

/** All that an envelope may enclose, and a few of them in each of the ways in which one item may be wrong. */
function* enclosures(): Generator<SendFacts> {
  const parties = { from: PARTIES[1]![0], to: PARTIES[1]![1] };
  const few = (over: Partial<ItemFacts>) => largeItems(over, 2);
  const chosen = submit({ ...ENDS, profile: 'SPONTANEOUS', purposes: PURPOSES_MOST }, { confidentiality: 'FACT_AND_SUBSTANCE' });
  yield sent(chosen, { ...parties, items: largeItems() });
  yield sent(chosen, { ...parties, items: [crowdedItem()] });
  for (const over of [own, bare, misplaced, { ...misplaced, kind: 'FPS_REPORT' as const }])
    yield sent(chosen, { ...parties, items: few(over) });
  yield sent(chosen, { ...parties, items: few({}), heldFromOthers: digests('item', 64) });
  const answered = answer('FINAL_REPLY', {}, { ...ENDS, profile: 'FORMAL_MLA', exchangeType: 'FORMAL_MLA_REQUEST' });
  const within = { ...parties, opening: submit(ENDS), exchange: asked('FORMAL_MLA', 'FORMAL_MLA_REQUEST') };
  for (const items of [few(own), few(bare), []]) yield sent(answered, { ...within, items });
  yield sent(submit({ ...ENDS, to: SENDER }), parties);
  const civil = { profile: 'CIVIL_ADMIN', exchangeType: 'CIVIL_ADMIN_REQUEST', toType: 'CENTRAL_AUTHORITY_MLA' } as const;
  yield sent(submit({ ...ENDS, ...civil }, { matterTypeRequested: 'ADMINISTRATIVE' }), parties);
}

export const largestSends = (): SendFacts[] => [...openings(), ...answers(), ...enclosures()];
