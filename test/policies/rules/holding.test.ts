import { describe, expect, it } from 'vitest';
import type { AuthorityId } from '../../../domain/ids.js';
import { codesOf, violationsOf } from '../../support/decision.js';
import {
  answer,
  answerLabel,
  contentAccess,
  contentConsent,
  contentConsentRefusal,
  contentLabel,
  contentRelease,
  contentReply,
  contentSend,
  contentUse,
  EFCX,
  efcx,
  FIA,
  fia,
  FIX,
  fix,
  heldBy,
  itemFacts,
  LATER,
  LONG_AGO,
  NOW,
  officer,
  plain,
  PROS,
  release,
  replyWith,
} from '../../support/facts.js';
import { desk, digest, instant } from '../../support/ids.js';

describe('who handles an item', () => {
  it('holds it', () => {
    expect(codesOf(contentRelease({ holds: false }))).toEqual(['NOT_HOLDER']);
    expect(violationsOf(contentAccess({ holds: false }))).toMatchObject([{ code: 'NOT_HOLDER', sentence: expect.stringContaining(EFCX) }]);
    expect(codesOf(contentUse({ holds: false }))).toEqual(['NOT_HOLDER']);
    const as = { ...contentUse().use, holderType: 'COURT' as const };
    expect(violationsOf(contentUse({ holds: false, use: as }))).toMatchObject([{ sentence: expect.stringContaining(`${EFCX} as COURT`) }]);
  });

  it('issues what it sends, or holds it from elsewhere', () => {
    const foreign = itemFacts({ issuer: PROS, label: { ...answerLabel, originators: [FIX] } });
    const envelope = answer('FINAL_REPLY', {});
    expect(codesOf(contentReply(envelope, { items: [foreign] }))).toEqual(['NOT_HOLDER']);
    expect(codesOf(contentReply(envelope, { items: [foreign], heldFromOthers: [foreign.digest] }))).toEqual(['NO_THIRD_PARTY_CONSENT']);
  });
});

describe('who has an item as several of its types', () => {
  const types = ['FIU', 'LAW_ENFORCEMENT'] as const;
  const owed = [{ rule: 'holding/capacity', code: 'MISSING_FIELD', remedy: { action: 'complete-field', fields: ['holderType'] } }];

  it('says as which of them it acts, and nothing where it has it as one', () => {
    const said = { ...contentUse().use, holderType: 'LAW_ENFORCEMENT' as const };
    expect(violationsOf(contentUse({ heldAs: types }))).toMatchObject([{ ...owed[0], offenders: types }]);
    expect(codesOf(contentUse({ use: said }))).toEqual([]);
    expect(violationsOf(contentUse({ heldAs: [] }))).not.toMatchObject(owed);
    expect(violationsOf(contentRelease({ heldAs: types }))).toMatchObject(owed);
    expect(codesOf(contentRelease({ release: release({ holderType: 'FIU' }) }))).toEqual([]);
  });

  it('says so too where it hands it to itself as another', () => {
    const to = { to: FIA, purpose: 'INTELLIGENCE' as const, label: answerLabel, basis: { reseal: true as const } };
    const crossing = (over: Parameters<typeof release>[0]) =>
      violationsOf(contentRelease({ release: release({ ...to, ...over }), to: fia, consents: [], cited: [] })).map(({ rule }) => rule);
    expect(crossing({ toType: 'LAW_ENFORCEMENT' })).toContain('holding/capacity');
    expect(crossing({ toType: 'LAW_ENFORCEMENT', holderType: 'FIU' })).not.toContain('holding/capacity');
    expect(crossing({ toType: 'FIU' })).toEqual([]);
    expect(crossing({ toType: undefined })).not.toContain('holding/capacity');
  });

  it('has it by no release as one that it was never given it as, and is told no day', () => {
    expect(codesOf(contentUse({ holds: false, heldAs: [], heldBy: [] }))).toEqual(['NOT_HOLDER', 'USE_BEYOND_PURPOSE']);
  });
});

describe('who reads an item', () => {
  const [intake, tax] = [desk('INTAKE'), desk('TAX')];
  it('sits at a desk to which it is sealed', () => {
    expect(codesOf(contentAccess({ sealedTo: [tax, intake], seatedAt: [intake] }))).toEqual([]);
    expect(violationsOf(contentAccess({ sealedTo: [tax], seatedAt: [intake] }))).toMatchObject([
      { code: 'NOT_AT_DESK', offenders: ['o1'], sentence: expect.stringContaining('(TAX)') },
    ]);
    expect(codesOf(contentAccess({ seatedAt: [] }))).toEqual(['NOT_AT_DESK']);
  });

  it('gets nothing where it is sealed to none of its body’s desks', () => {
    expect(violationsOf(contentAccess({ sealedTo: [] }))).toMatchObject([
      { code: 'NOT_AT_DESK', sentence: expect.stringContaining('(none)') },
    ]);
  });

  it('may sit elsewhere where the authority’s quorum opens it', () => {
    expect(codesOf(contentAccess({ sealedTo: [tax], byQuorum: true }))).toEqual([]);
  });
});

describe('who decides about an item', () => {
  const foreign = [itemFacts({ label: { ...answerLabel, originators: [PROS], caveats: [] } })];
  it('is an originator of it', () => {
    expect(violationsOf(contentConsent({ items: foreign }))).toMatchObject([
      { code: 'NOT_ORIGINATOR', remedy: { action: 'ask-originator', originators: [PROS] } },
    ]);
    expect(codesOf(contentConsentRefusal({ items: foreign }))).toEqual(['NOT_ORIGINATOR']);
    const { label, ...retract } = contentLabel().change;
    expect(label).toBeDefined();
    expect(codesOf(contentLabel({ item: foreign[0]!, change: { ...retract, change: 'RETRACT' } }))).toEqual(['NOT_ORIGINATOR']);
  });

  it('adds caveats in its own name only, beside those that stand already', () => {
    const shared = itemFacts({ label: { ...answerLabel, originators: [FIX, PROS], caveats: [plain('NO_EXPORT', PROS)] } });
    const adding = (caveats: (typeof answerLabel)['caveats']) =>
      contentLabel({ item: shared, change: { ...contentLabel().change, label: { ...answerLabel, originators: [FIX, PROS], caveats } } });
    expect(codesOf(adding([plain('NO_EXPORT', PROS), plain('RETURN')]))).toEqual([]);
    expect(violationsOf(adding([plain('RETURN', PROS)]))).toMatchObject([{ code: 'NOT_ORIGINATOR', offenders: [PROS] }]);
  });
});

describe('who relaxes a label', () => {
  const shared = itemFacts({ label: { ...answerLabel, originators: [FIX, PROS], caveats: [plain('NO_EXPORT', PROS), plain('RETURN')] } });
  const { label, ...rest } = contentLabel().change;
  const lifting = (...lifts: ('NO_EXPORT' | 'RETURN' | 'INTEL_ONLY')[]) =>
    contentLabel({ item: shared, change: { ...rest, change: 'RELAX', lifts } });

  it('lifts its own caveats', () => {
    expect(label).toBeDefined();
    expect(codesOf(lifting('RETURN'))).toEqual([]);
  });

  it('asks the owner of a caveat that is another’s', () => {
    expect(violationsOf(lifting('RETURN', 'NO_EXPORT'))).toMatchObject([
      { code: 'CAVEAT_WEAKENED', offenders: [PROS], remedy: { action: 'ask-originator', originators: [PROS] } },
    ]);
  });

  it('hears that nobody set what it wants to lift', () => {
    expect(violationsOf(lifting('INTEL_ONLY'))).toMatchObject([
      { code: 'CAVEAT_WEAKENED', offenders: ['INTEL_ONLY'], remedy: { action: 'none' } },
    ]);
  });

  it('is not suspended, while a suspended one may still tighten and retract', () => {
    const suspended = { ...fix, standing: 'SUSPENDED' } as const;
    expect(codesOf({ ...lifting('RETURN'), originator: suspended })).toEqual(['PARTICIPANT_SUSPENDED']);
    expect(codesOf(contentLabel({ originator: suspended }))).toEqual([]);
    expect(codesOf(contentLabel({ originator: suspended, change: { ...rest, change: 'RETRACT' } }))).toEqual([]);
  });
});

describe('a retracted item', () => {
  const fresh = itemFacts({ givenOn: null, cameFrom: [] });
  const item = itemFacts({ retractedBy: [FIX] });
  it.each([
    [
      'sent behind another',
      contentReply(answer('FINAL_REPLY', {}), { items: [fresh, { ...fresh, digest: digest('second'), retractedBy: [FIX] }] }),
    ],
    ['sent', contentReply(answer('FINAL_REPLY', {}), { items: [itemFacts({ retractedBy: [FIX], givenOn: null, cameFrom: [] })] })],
    ['handed on', contentRelease({ item })],
    ['read', contentAccess({ item })],
    ['used', contentUse({ item })],
    ['consented to', contentConsent({ items: [item] })],
  ])('is not %s', (_, facts) => {
    expect(codesOf(facts)).toEqual(['ITEM_RETRACTED']);
  });

  it('goes back to its originator no more than to anybody else', () => {
    const facts = contentRelease({ item, release: release({ to: FIX, toType: 'FIU' }), to: fix, cited: [], consents: [] });
    expect(codesOf(facts)).toEqual(['ITEM_RETRACTED']);
  });

  const lookedAtByFix = (retractedBy: readonly AuthorityId[]) =>
    contentAccess({
      item: itemFacts({ retractedBy }),
      access: { ...contentAccess().access, reader: FIX },
      reader: fix,
      officer: officer(FIX),
      release: null,
    });

  it('may be looked at by who took it back', () => {
    expect(codesOf(lookedAtByFix([FIX]))).toEqual([]);
  });

  it('is not opened again by taking it back too', () => {
    const [violation, ...more] = violationsOf(lookedAtByFix([PROS, FIX]));
    expect(violation).toMatchObject({ code: 'ITEM_RETRACTED', remedy: { originators: [PROS] } });
    expect(more).toEqual([]);
  });

  it('names each that took it back', () => {
    const [violation] = violationsOf(contentRelease({ item: itemFacts({ retractedBy: [FIX, PROS] }) }));
    expect(violation!.sentence).toContain(`${FIX}, ${PROS}`);
    expect(violation!.remedy).toEqual({ action: 'ask-originator', originators: [FIX, PROS] });
  });
});

describe('retention', () => {
  const ending = (end: typeof NOW) => itemFacts({ label: { ...answerLabel, destroyBy: end } });
  it('ends at the instant that the label names', () => {
    expect(codesOf(contentUse({ item: ending(instant('2026-03-02T10:00:00.001Z')) }))).toEqual([]);
    expect(violationsOf(contentUse({ item: ending(NOW) }))).toMatchObject([
      {
        code: 'RETENTION_EXPIRED',
        sentence: expect.stringContaining('2026-03-02T10:00:00.000Z'),
        remedy: { action: 'ask-originator', originators: [FIX] },
      },
    ]);
  });

  it('is outlived by no consent, which would let nothing', () => {
    expect(codesOf(contentConsent({ items: [ending(LATER)] }))).toEqual([]);
    expect(violationsOf(contentConsent({ items: [itemFacts(), ending(NOW)] }))).toMatchObject([{ rule: 'holding/retention' }]);
  });

  it('ends for a reader with the release that gave it', () => {
    expect(codesOf(contentAccess({ release: release({ until: instant('2026-03-02T10:00:00.001Z') }) }))).toEqual([]);
    expect(violationsOf(contentAccess({ release: release({ until: NOW }) }))).toMatchObject([
      { code: 'RETENTION_EXPIRED', remedy: { action: 'ask-holder', holders: [release().holder] } },
    ]);
  });
});

describe('what is made from other items', () => {
  it('names its sources', () => {
    expect(codesOf(replyWith({ kind: 'EXTRACT' }))).toEqual(['DERIVATION_UNKNOWN']);
    expect(codesOf(replyWith({ kind: 'EXTRACT', derivedFrom: [digest('source')], sources: [answerLabel] }))).toEqual([]);
  });

  it('names all of them', () => {
    expect(codesOf(replyWith({ sourcesComplete: false }))).toEqual(['DERIVATION_UNKNOWN']);
  });

  it('names none that this gateway never carried, whose label nobody knows', () => {
    expect(codesOf(replyWith({ derivedFrom: [digest('source')], sources: [null] }))).toEqual(['DERIVATION_UNKNOWN']);
  });

  it('is left to its issuer where another hands it on', () => {
    const item = itemFacts({ issuer: EFCX, sourcesComplete: false });
    expect(codesOf(contentSend({ items: [item, ...contentSend().items], heldFromOthers: [item.digest] }))).toEqual([
      'NO_THIRD_PARTY_CONSENT',
    ]);
  });
});

it('lets an authority that is content with everything act', () => {
  expect(codesOf(contentAccess({ reader: efcx, officer: officer(EFCX) }))).toEqual([]);
  expect(FIA).toBe('NG-FIA');
});

describe('what is held by a release', () => {
  const held = (until: typeof NOW, purpose: 'INTELLIGENCE' | 'TAX' = 'INTELLIGENCE') => ({
    heldBy: [heldBy({ purpose, until })],
  });

  it('is handed on while the release lasts, and no longer', () => {
    expect(codesOf(contentRelease(held(LATER)))).toEqual([]);
    expect(violationsOf(contentRelease(held(NOW)))).toMatchObject([
      { rule: 'holding/borrowed', code: 'RETENTION_EXPIRED', remedy: { action: 'ask-holder', holders: [held(NOW).heldBy[0]!.holder] } },
    ]);
  });

  it('is used while the release lasts, and no longer', () => {
    expect(codesOf(contentUse(held(LATER)))).toEqual([]);
    expect(violationsOf(contentUse(held(NOW)))).toMatchObject([
      { rule: 'holding/borrowed', code: 'RETENTION_EXPIRED', sentence: expect.stringContaining(EFCX) },
    ]);
    expect(codesOf(contentUse({ heldBy: null }))).toEqual([]);
  });

  it('is handed on while the longest of several releases lasts', () => {
    const both = [...held(LONG_AGO).heldBy, ...held(LATER).heldBy];
    expect(codesOf(contentRelease({ heldBy: both }))).toEqual([]);
    expect(codesOf(contentRelease({ heldBy: both.toReversed() }))).toEqual([]);
  });

  const reseal = (over: Parameters<typeof release>[0] = {}) => ({
    release: release({ to: FIA, toType: 'FIU', purpose: 'INTELLIGENCE', label: answerLabel, basis: { reseal: true }, ...over }),
    to: fia,
    consents: [],
    cited: [],
  });

  it('is sealed to its holder’s own new key for as long, and for the purposes that it is held for', () => {
    expect(codesOf(contentRelease({ ...held(LATER), ...reseal({ until: LATER }) }))).toEqual([]);
    expect(codesOf(contentRelease({ ...held(LATER, 'TAX'), ...reseal({ purpose: 'TAX' }) }))).toEqual([]);
  });

  it('is not sealed to oneself for longer, nor for another purpose', () => {
    const soon = instant('2026-04-01T00:00:00Z');
    expect(codesOf(contentRelease({ ...held(soon), ...reseal() }))).toEqual(['RETENTION_EXPIRED']);
    expect(codesOf(contentRelease({ ...held(LATER), ...reseal({ purpose: 'TAX' }) }))).toEqual(['USE_BEYOND_PURPOSE']);
    expect(codesOf(contentRelease(reseal({ purpose: 'PROSECUTION_JUDICIAL' })))).toEqual(['EVIDENCE_USE_PROHIBITED']);
  });

  it('without any purpose left is kept under a new key, and read by no word of its holder', () => {
    const kept = { ...answerLabel, purposes: [] };
    const own = reseal({ label: kept, purpose: 'TAX' });
    expect(codesOf(contentRelease({ item: itemFacts({ label: kept }), ...own }))).toEqual([]);
    const access = { ...contentAccess().access, reader: FIA, purpose: 'TAX' as const };
    const reads = contentAccess({
      item: itemFacts({ label: kept }),
      access,
      reader: fia,
      officer: officer(FIA),
      consents: [],
      release: own.release,
    });
    expect(codesOf(reads)).toContain('LABEL_EMPTY');
  });
});
