/** Releases, readings, uses and words of originators with as much as the wire takes: for `test/policies/largest.test.ts`. */
import type { HeldBy } from '../../domain/basis.js';
import { LAWFUL_WAYS, type LawfulWay, type Notice } from '../../domain/lawful-way.js';
import { AUTHORITY_TYPES, PURPOSES, type Purpose } from '../../domain/vocabulary.js';
import type { AccessFacts, ConsentFacts, ConsentRefusalFacts, Facts, LabelFacts, ReleaseFacts, UseFacts } from '../../policies/facts.js';
import {
  contentAccess,
  contentConsent,
  contentConsentRefusal,
  contentLabel,
  contentRelease,
  contentUse,
  heldBy,
  LATER,
  LONG_AGO,
  release,
} from './facts.js';
import { desk, digest } from './ids.js';
import {
  ADDED_BY,
  bodies,
  body,
  caveats,
  codes,
  crowdedItem,
  digests,
  grants,
  HOLDER,
  largeItem,
  largeItems,
  largeLabel,
  lesser,
  OFFICER,
  officer,
  PURPOSES_MOST,
  READER,
  references,
  SOME_BY,
  STATED_BY,
  TYPES,
} from './largest.js';
import { contentApproval, contentNotice, contentVerification, noticePayload } from './notice-facts.js';

const [holder, reader] = [lesser(HOLDER, 'SUSPENDED'), lesser(READER, 'OBSERVER')];
const LONGEST = 'PROSECUTION_JUDICIAL' satisfies Purpose;
const REST = PURPOSES.filter((purpose) => !PURPOSES_MOST.includes(purpose));
const item = largeItem();
const handed = (over: Partial<HeldBy> = {}): HeldBy[] =>
  PURPOSES_MOST.flatMap((purpose, n) => bodies('IM', 12).map((one) => heldBy({ holder: one, purpose, logIndex: n, ...over })));

const wayTold = (way: LawfulWay, over: Partial<Notice>): Notice => ({
  digest: digest(`notice${way.length}x`),
  way,
  holder: HOLDER,
  item: item.digest,
  recipient: READER,
  recipientType: TYPES[0]!,
  purpose: 'EXCULPATORY',
  isApproved: false,
  opensAt: LATER,
  ...over,
});

const releasing = (stated: Partial<ReleaseFacts['release']> = {}, over: Partial<ReleaseFacts> = {}): ReleaseFacts => {
  const label = largeLabel({ level: 'PUBLIC', tlp: 'CLEAR', caveats: caveats(['SPECIALITY'], STATED_BY), originators: STATED_BY });
  const signed = { holder: HOLDER, to: READER, toType: TYPES[0]!, purpose: LONGEST, suite: 'openpgp-4', label, until: LATER } as const;
  return contentRelease({
    officer: officer(HOLDER),
    release: release({ ...signed, basis: { consents: digests('grant', 16) }, ...stated } as Partial<ReleaseFacts['release']>),
    item,
    holder,
    holds: false,
    heldAs: [...AUTHORITY_TYPES],
    heldBy: handed({ until: LONG_AGO }),
    to: reader,
    consents: [],
    cited: grants(),
    ...over,
  });
};

function* releases(): Generator<ReleaseFacts> {
  const ended = { items: [item.digest], purposes: [...PURPOSES], fields: null, until: LONG_AGO, revokedAt: LONG_AGO };
  yield releasing();
  for (const purpose of [LONGEST, 'EXCULPATORY', 'TAX'] as const) yield releasing({ purpose }, { item: crowdedItem() });
  for (const purpose of REST) yield releasing({ purpose, holderType: TYPES[0]! });
  yield releasing({}, { cited: grants(ended), consents: grants(ended, SOME_BY) });
  yield releasing({}, { cited: STATED_BY.map(() => null) });
  yield releasing({ to: `private:${'N'.repeat(40)}`, toType: undefined }, { to: null });
  yield releasing({ holderType: TYPES[0]!, toType: 'OVERSIGHT' }, { to: null, heldAs: [] });
  yield releasing({ toType: 'OVERSIGHT' }, { heldAs: ['OVERSIGHT'] });
  yield releasing({}, { item: largeItem({ label: largeLabel({ purposes: [] }) }) });
  yield releasing({
    label: largeLabel({ caveats: caveats(['CONFIDENTIAL_FACT', 'FPS_REPORT', 'NO_THIRD_PARTY'], [body('IM', 1)]), originators: STATED_BY }),
  });
  yield releasing({}, { item: largeItem({ kind: 'FPS_REPORT', label: largeLabel({ caveats: [] }) }) });
  for (const way of LAWFUL_WAYS)
    for (const over of [{}, { isApproved: true, opensAt: LONG_AGO }])
      yield releasing(
        { purpose: 'EXCULPATORY', toType: TYPES[0]! },
        { notices: [wayTold(way, over)], to: lesser(body('VG', 1), 'OBSERVER') },
      );
}

const reading = (over: Partial<AccessFacts> = {}): AccessFacts => {
  const base = contentAccess();
  return contentAccess({
    officer: officer(READER),
    access: { ...base.access, reader: READER, purpose: LONGEST },
    item,
    reader,
    holds: false,
    heldAs: [...AUTHORITY_TYPES],
    release: release({ holder: HOLDER, to: READER, purpose: 'TAX', until: LONG_AGO, basis: { consents: digests('grant', 16) } }),
    consents: grants(),
    sealedTo: Array.from({ length: 16 }, (_, n) => desk(`D${String(n).padStart(31, 'X')}`)),
    seatedAt: [],
    ...over,
  });
};

const using = (said: Partial<UseFacts['use']> = {}, over: Partial<UseFacts> = {}): UseFacts => {
  const base = contentUse();
  return contentUse({
    officer: officer(READER),
    use: { ...base.use, holder: READER, purpose: LONGEST, action: 'OPEN', ...said },
    item,
    holder: reader,
    holds: false,
    heldAs: [...AUTHORITY_TYPES],
    heldBy: handed({ until: LONG_AGO }),
    consents: [],
    ...over,
  });
};

/** Handed on past its originators, by consents that are of no use here. */
function* uses(): Generator<UseFacts | AccessFacts> {
  yield reading();
  yield reading({ release: null, holds: true });
  yield using();
  for (const purpose of [LONGEST, 'TAX'] as const) yield using({ purpose }, { item: crowdedItem() });
  yield using({ purpose: PURPOSES_MOST[0]! }, { item: crowdedItem(), heldBy: handed().slice(12, 14) });
  yield using({ proceedings: undefined, holderType: undefined });
  const ofAll = { item: largeItem({ label: largeLabel({ purposes: [...PURPOSES] }) }) };
  const bound = STATED_BY.flatMap((one, n) =>
    grants({ digest: digest(`bound${n}x`), purposes: [...PURPOSES], fields: null, conditions: references(`case${n}x`, 8) }, [one]),
  );
  const byThem = handed({ consents: [...grants(), ...bound].map((one) => one.digest) });
  const ended = STATED_BY.map((by, n) => grants({ digest: digest(`ended${n}x`), revokedAt: LONG_AGO }, [by])).flat();
  for (const purpose of PURPOSES) {
    for (const proceedings of [undefined, references('other', 1)[0]!]) {
      yield using({ purpose, proceedings }, { consents: bound, item: largeItem({ label: largeLabel({ originators: STATED_BY }) }) });
      yield using({ purpose, proceedings }, { consents: grants(), heldBy: byThem });
    }
    yield using({ purpose }, { heldBy: handed(), ...ofAll, consents: [] });
    yield using({ purpose }, { consents: ended, heldBy: handed({ consents: ended.map((one) => one.digest) }) });
    yield reading({ ...ofAll, access: { ...reading().access, purpose }, consents: [] });
    const cited = release({ holder: HOLDER, to: READER, purpose, until: LATER, basis: { consents: digests('grant', 16) } });
    yield reading({ release: cited, access: { ...reading().access, purpose } });
  }
}

const consenting = (said: Partial<ConsentFacts['consent']> = {}, over: Partial<ConsentFacts> = {}): ConsentFacts => {
  const base = contentConsent();
  const recipient = { authority: READER, authorityType: TYPES[0]! };
  return contentConsent({
    officer: officer(STATED_BY[0]!),
    consent: {
      ...base.consent,
      ...{ originator: STATED_BY[0]!, holder: HOLDER, recipient, items: digests('item', 32), purposes: PURPOSES_MOST },
      ...{ suites: ['openpgp-4', 'age-x25519-1'], until: LONG_AGO, conditions: references('case', 8) },
      ...said,
    },
    asked: {
      items: digests('asked', 32),
      recipient: { authority: body('IM', 1), authorityType: TYPES[0]!, purposes: PURPOSES_MOST },
    },
    originator: lesser(STATED_BY[0]!, 'SUSPENDED'),
    holder,
    recipient: reader,
    items: largeItems({}, 32),
    ...over,
  });
};

const refusing = (said: Partial<ConsentRefusalFacts['refusal']> = {}, over: Partial<ConsentRefusalFacts> = {}): ConsentRefusalFacts => {
  const base = contentConsentRefusal();
  const { asked, items } = consenting();
  return contentConsentRefusal({
    officer: officer(STATED_BY[0]!),
    refusal: { ...base.refusal, originator: STATED_BY[0]!, holder: HOLDER, items: digests('item', 32), codes: codes('GROUND', 8), ...said },
    asked: asked!,
    originator: lesser(STATED_BY[0]!, 'SUSPENDED'),
    holder,
    holderType: TYPES[0]!,
    items,
    text: largeItem({ digest: digest('text') }),
    ...over,
  });
};

const labelling = (said: Partial<LabelFacts['change']> = {}): LabelFacts => {
  const base = contentLabel();
  const label = largeLabel({ caveats: caveats(['CONFIDENTIAL_FACT', 'CONFIDENTIAL_UNTIL'], bodies('IM', 16)), originators: STATED_BY });
  const stale = label.caveats.map((one) => (one.code === 'CONFIDENTIAL_UNTIL' ? { ...one, by: HOLDER, until: LONG_AGO } : one));
  return contentLabel({
    officer: officer(HOLDER),
    change: { ...base.change, originator: HOLDER, label: { ...label, caveats: stale }, ...said } as LabelFacts['change'],
    item: largeItem({ label: largeLabel({ destroyBy: null }) }),
    originator: holder,
    added: ADDED_BY.slice(0, 16).map((id) => ({ id, authority: null })),
  });
};

function* words(): Generator<Facts> {
  yield consenting();
  yield consenting({ originator: HOLDER }, { recipient: null });
  for (const profile of ['EGMONT_FIU', 'EU_FIU'] as const) yield refusing({}, { profile });
  yield refusing({ originator: HOLDER, codes: [...codes('GROUND', 7), 'CANNOT_PROVIDE'] });
  yield refusing({ codes: [], text: undefined });
  yield labelling();
  yield labelling({ label: undefined });
  yield labelling({ change: 'RELAX', label: undefined, lifts: ['NO_THIRD_PARTY', 'FPS_REPORT', 'CONDITIONS'] });
  yield contentNotice({
    ...{ officer: officer(HOLDER), item, holder, heldAs: [], to: reader },
    notice: {
      ...{ ...noticePayload, holder: HOLDER, way: 'LEGAL_OBLIGATION', purpose: LONGEST, reason: 'PARLIAMENTARY_INQUIRY' },
      ...{ legalBasis: `MOU:${'M'.repeat(32)}`, recipient: { authority: READER, authorityType: 'OVERSIGHT' } },
    } as typeof noticePayload,
  });
  yield contentNotice({
    item,
    holder,
    to: null,
    notice: { ...noticePayload, holder: HOLDER, recipient: { authority: READER, authorityType: TYPES[0]! } },
  });
  yield contentApproval({ officer: officer(HOLDER), author: OFFICER, holder, approver: holder });
  const base = contentVerification();
  yield contentVerification({ verification: { ...base.verification, originator: HOLDER }, item, originator: holder });
}

export const largestOthers = (): Facts[] => [...releases(), ...uses(), ...words()];
