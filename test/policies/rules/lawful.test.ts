import { describe, expect, it } from 'vitest';
import type { Notice } from '../../../domain/lawful-way.js';
import type { NoticePayload } from '../../../domain/wire/notice.js';
import type { ReleaseFacts } from '../../../policies/facts.js';
import { codesOf, violationsOf } from '../../support/decision.js';
import {
  answerLabel,
  contentAccess,
  contentRelease,
  designated,
  FIA,
  fia,
  FIX,
  fix,
  itemFacts,
  LATER,
  NOW,
  officer,
  plain,
  PROS,
  release,
} from '../../support/facts.js';
import { authority, digest, instant } from '../../support/ids.js';
import { contentApproval, contentNotice, contentVerification, noticed, noticePayload, pros } from '../../support/notice-facts.js';

const basis = { notices: [digest('notice')], approvals: [digest('approval')] };
const label = { ...answerLabel, purposes: ['INTELLIGENCE' as const, 'EXCULPATORY' as const] };
type Release = Parameters<typeof release>[0];

/** NG-FIA discloses to the prosecution at home what clears an accused. */
const disclosing = (notices: (Notice | null)[], over: Release = {}, facts: Parameters<typeof contentRelease>[0] = {}) =>
  contentRelease({
    release: release({ to: PROS, toType: 'PROSECUTION', purpose: 'EXCULPATORY', label, basis, ...over }),
    to: pros,
    cited: [],
    consents: [],
    notices,
    ...facts,
  });

describe('an exculpatory disclosure', () => {
  it('rests on its notice and on nobody’s consent', () => {
    expect(violationsOf(disclosing([noticed()]))).toEqual([]);
  });

  it('without a notice lacks it, whatever else it lacks', () => {
    expect(codesOf(disclosing([]))).toEqual([
      'TLP_EXCEEDED',
      'EVIDENCE_USE_PROHIBITED',
      'NO_THIRD_PARTY_CONSENT',
      'EXCULPATORY_NOTICE_MISSING',
      'CAVEAT_WEAKENED',
    ]);
    expect(violationsOf(disclosing([null])).find(({ rule }) => rule === 'lawful/notice-missing')).toMatchObject({
      offenders: [FIX],
      remedy: { action: 'exculpatory-notice' },
    });
  });

  const others: [string, Partial<Notice>][] = [
    ['holder', { holder: FIX }],
    ['item', { item: digest('other') }],
    ['recipient', { recipient: FIX }],
    ['type of recipient', { recipientType: 'COURT' }],
    ['purpose', { purpose: 'TAX' }],
    ['way', { way: 'EMERGENCY', opensAt: LATER }],
  ];
  it.each(others)('does not rest on a notice of another %s', (_, over) => {
    expect(codesOf(disclosing([noticed(over)]))).toContain('EXCULPATORY_NOTICE_MISSING');
  });

  it('is made when the consultation is over, and not a millisecond before', () => {
    expect(codesOf(disclosing([noticed({ opensAt: NOW })]))).toEqual([]);
    const early = violationsOf(disclosing([noticed({ opensAt: instant('2026-03-02T10:00:00.001Z') })]));
    expect(early.map(({ rule }) => rule)).toContain('lawful/consulting');
    expect(early.map(({ code }) => code)).toContain('NO_THIRD_PARTY_CONSENT');
  });

  it('is approved by a second person', () => {
    expect(codesOf(disclosing([noticed({ isApproved: false })]))).toContain('TWO_PERSONS_REQUIRED');
  });

  it('overrides purpose, consent, named recipients and TLP', () => {
    const named = { code: 'NAMED_RECIPIENTS', by: FIX, recipients: [FIA] } as const;
    const strict = { ...answerLabel, tlp: 'RED' as const, caveats: [...answerLabel.caveats, named, plain('OWN_ORG_ONLY')] };
    const opened = { ...named, recipients: [FIA, PROS] };
    const carried = { ...strict, purposes: label.purposes, caveats: [...answerLabel.caveats, opened, plain('OWN_ORG_ONLY')] };
    expect(violationsOf(disclosing([noticed()], { label: carried }, { item: itemFacts({ label: strict }) }))).toEqual([]);
  });

  it('opens a label without any purpose', () => {
    const none = { ...answerLabel, purposes: [] };
    const carried = { ...none, purposes: ['EXCULPATORY' as const] };
    expect(violationsOf(disclosing([noticed()], { label: carried }, { item: itemFacts({ label: none }) }))).toEqual([]);
  });

  it('overrides neither level nor suspension', () => {
    const secret = { ...answerLabel, level: 'SECRET' as const };
    expect(
      codesOf(disclosing([noticed()], { label: { ...secret, purposes: label.purposes } }, { item: itemFacts({ label: secret }) })),
    ).toEqual(expect.arrayContaining(['CLASSIFICATION_EXCEEDS_SYSTEM', 'CLASSIFICATION_EXCEEDS_CLEARANCE']));
    expect(codesOf(disclosing([noticed()], {}, { holder: { ...fia, standing: 'SUSPENDED' } }))).toEqual(['PARTICIPANT_SUSPENDED']);
  });

  it.each(['NO_EXPORT', 'CONTACT_SOURCE_BEFORE_ACTION'] as const)(
    'is not held up by a source that set %s and is silent: it heard of it before, and 46(5) lets no restriction prevent it',
    (caveat) => {
      const kept = { ...answerLabel, caveats: [...answerLabel.caveats, plain(caveat)] };
      const told = (notice: Partial<Notice>) =>
        codesOf(disclosing([noticed(notice)], { label: { ...kept, purposes: label.purposes } }, { item: itemFacts({ label: kept }) }));
      const code = caveat === 'NO_EXPORT' ? 'EXPORT_NOT_ALLOWED' : 'CONTACT_SOURCE_FIRST';
      expect(told({})).toEqual([]);
      for (const early of [{ opensAt: LATER }, { isApproved: false }]) expect(told(early)).toContain(code);
    },
  );

  it('is not barred by who must not be named as the source: two persons and the source itself know of it', () => {
    const hidden = { ...answerLabel, caveats: [...answerLabel.caveats, plain('ATTRIBUTION_MUST_NOT')] };
    expect(
      codesOf(disclosing([noticed()], { label: { ...hidden, purposes: label.purposes } }, { item: itemFacts({ label: hidden }) })),
    ).toEqual([]);
  });

  it('is not barred by a retraction, and neither is its reading', () => {
    const item = itemFacts({ retractedBy: [FIX] });
    expect(codesOf(disclosing([noticed()], {}, { item }))).toEqual([]);
    expect(codesOf(disclosing([noticed({ isApproved: false })], {}, { item }))).toContain('ITEM_RETRACTED');
    const reading = { ...contentAccess().access, reader: PROS, purpose: 'EXCULPATORY' as const };
    const given = release({ to: PROS, toType: 'PROSECUTION', purpose: 'EXCULPATORY', label, basis });
    const access = { item, access: reading, reader: pros, officer: officer(PROS), release: given };
    expect(codesOf(contentAccess(access))).toEqual([]);
    const byConsent = { ...given, basis: { consents: [digest('grant')] } };
    expect(codesOf(contentAccess({ ...access, release: byConsent }))).toEqual(['ITEM_RETRACTED']);
  });

  it('leads to a court or prosecution service of the holder’s own State only', () => {
    const abroad = designated(authority('VG-PROS'), ['PROSECUTION']);
    const there = disclosing([noticed({ recipient: abroad.id })], { to: abroad.id }, { to: abroad });
    expect(codesOf(there)).toEqual(['CHANNEL_NOT_PERMITTED']);
    const [violation] = violationsOf(
      contentNotice({ notice: { ...noticePayload, recipient: { authority: FIX, authorityType: 'FIU' } }, to: fix }),
    );
    expect(violation).toMatchObject({ rule: 'lawful/recipient', remedy: { types: ['COURT', 'PROSECUTION'] } });
  });

  it('is led there by each rule that says no: no other type is named by one and refused by the other', () => {
    const there = disclosing([], { to: FIX, toType: 'CIVIL_ADMIN_FOCAL_POINT' }, { to: designated(FIX, ['CIVIL_ADMIN_FOCAL_POINT']) });
    const steps = violationsOf(there).filter(({ code }) => code === 'CHANNEL_NOT_PERMITTED');
    expect(steps.map(({ rule, remedy }) => [rule, remedy])).toEqual([
      ['channel/onward-pair', { action: 'exculpatory-notice' }],
      ['lawful/recipient', { action: 'choose-addressee', types: ['COURT', 'PROSECUTION'] }],
    ]);
  });

  it('is none where the information goes back to who gave it, or is the holder’s own', () => {
    const back = { to: FIX, toType: 'FIU', label: { ...answerLabel, purposes: label.purposes } } as const;
    expect(codesOf(disclosing([], back, { to: fix }))).not.toContain('EXCULPATORY_NOTICE_MISSING');
    expect(codesOf(disclosing([], back, { to: fix }))).not.toContain('CHANNEL_NOT_PERMITTED');
  });

  it('says as what its recipient receives', () => {
    expect(codesOf(disclosing([], { toType: undefined }))).toContain('CHANNEL_NOT_PERMITTED');
  });
});

describe('the second person', () => {
  const lone = designated(FIA, ['FIU'], { entry: { ...fia.entry!, officers: [seat('o1', 'OFFICER'), seat('c1', 'COMPLIANCE')] } });
  const approver = designated(authority('NG-MIN'), ['PROSECUTION']);
  const byDeputy = (over: Parameters<typeof contentApproval>[0] = {}) =>
    contentApproval({
      officer: officer(approver.id),
      approval: { ...contentApproval().approval, authority: approver.id },
      notice: { ...noticePayload, deputy: approver.id },
      holder: lone,
      approver,
      ...over,
    });

  it('is not the first', () => {
    expect(codesOf(contentApproval({ author: 'o2' }))).toEqual(['TWO_PERSONS_REQUIRED']);
  });

  it('is nobody where the first is no longer known', () => {
    expect(codesOf(contentApproval({ author: null }))).toEqual(['TWO_PERSONS_REQUIRED']);
  });

  it('is the named deputy of a holder with one case officer', () => {
    expect(codesOf(byDeputy())).toEqual([]);
  });

  it('is no deputy where the holder has two officers, or none that is listed, or another was named, or abroad', () => {
    const two = designated(FIA, ['FIU'], { entry: { ...fia.entry!, officers: [seat('o1', 'OFFICER'), seat('o2', 'SUPERVISOR')] } });
    const abroad = designated(authority('VG-MIN'), ['PROSECUTION']);
    const away = {
      approval: { ...contentApproval().approval, authority: abroad.id },
      notice: { ...noticePayload, deputy: abroad.id },
      approver: abroad,
    };
    const receiving = {
      notice: { ...noticePayload, deputy: approver.id, recipient: { authority: approver.id, authorityType: 'PROSECUTION' } },
    } as const;
    for (const over of [receiving, { holder: two }, { holder: null }, { approver: null }, { notice: noticePayload }, away])
      expect(codesOf(byDeputy(over))).toEqual(['TWO_PERSONS_REQUIRED']);
  });
});

function seat(name: string, role: 'OFFICER' | 'SUPERVISOR' | 'COMPLIANCE'): NonNullable<typeof fia.entry>['officers'][number] {
  const key = { kid: fia.root, publicKey: 'AA' };
  return {
    officer: name as string as NonNullable<typeof fia.entry>['officers'][number]['officer'],
    roles: [role],
    desks: [],
    clearance: 'RESTRICTED',
    signing: key,
    auth: key,
    encryption: { suite: 'age-pq-1', ...key },
    from: NOW,
    until: LATER,
  };
}

describe('a legal obligation', () => {
  const { way, purpose, ...rest } = noticePayload;
  const obliged = (over: object = {}): NoticePayload =>
    ({
      ...rest,
      way: 'LEGAL_OBLIGATION',
      purpose: 'SUPERVISORY',
      reason: 'COURT_ORDER',
      legalBasis: 'DOMESTIC_LAW:1',
      ...over,
    }) as NoticePayload;

  it('is a supervisor’s, of domestic law, within its own State', () => {
    expect([way, purpose]).toEqual(['EXCULPATORY', 'EXCULPATORY']);
    expect(codesOf(contentNotice({ notice: obliged(), heldAs: ['SUPERVISOR'] }))).toEqual([]);
    expect(codesOf(contentNotice({ notice: obliged() }))).toEqual(['CHANNEL_NOT_PERMITTED']);
    expect(codesOf(contentNotice({ notice: obliged({ legalBasis: 'UNCAC_46' }), heldAs: ['SUPERVISOR'] }))).toEqual([
      'LEGAL_BASIS_MISSING',
    ]);
    const abroad = obliged({ recipient: { authority: FIX, authorityType: 'FIU' } });
    expect(violationsOf(contentNotice({ notice: abroad, to: fix, heldAs: ['SUPERVISOR'] }))).toMatchObject([
      { code: 'CHANNEL_NOT_PERMITTED', remedy: { types: [] } },
    ]);
  });

  it('is open to a body as the supervisor, not as another of its types that holds the item too', () => {
    const told = noticed({ way: 'LEGAL_OBLIGATION', purpose: 'SUPERVISORY', recipient: PROS, recipientType: 'PROSECUTION' });
    const rules = (heldAs: ReleaseFacts['heldAs'], notices = [told]) =>
      violationsOf(contentRelease({ release: release({ to: PROS, toType: 'PROSECUTION', purpose: 'SUPERVISORY' }), heldAs, notices }))
        .filter(({ rule }) => rule === 'lawful/open-to')
        .map(({ offenders }) => offenders);
    expect(rules(['SUPERVISOR'])).toEqual([]);
    expect(rules(['FIU'])).toEqual([[FIA]]);
    expect(rules(['FIU'], [])).toEqual([]);
  });
});

describe('an emergency', () => {
  const told = noticed({ way: 'EMERGENCY', purpose: 'IMMINENT_THREAT', recipient: FIX, recipientType: 'FIU' });
  const owned = { ...answerLabel, originators: [PROS], caveats: [plain('NO_THIRD_PARTY', PROS)] };
  const item = itemFacts({ label: owned, cameFrom: [] });
  const carried = { ...owned, purposes: ['INTELLIGENCE' as const, 'IMMINENT_THREAT' as const] };
  const over = { to: FIX, toType: 'FIU', purpose: 'IMMINENT_THREAT', label: carried } as const;

  it('leads to whoever can avert it, abroad too', () => {
    expect(violationsOf(disclosing([told], over, { to: fix, item }))).toEqual([]);
  });

  it('never leads to who oversees or operates: these are no recipients', () => {
    for (const authorityType of ['OVERSIGHT', 'OPERATOR'] as const) {
      const notice = { ...noticePayload, way: 'EMERGENCY', purpose: 'IMMINENT_THREAT', reason: 'THREAT_TO_LIFE' } as NoticePayload;
      const named = { ...notice, recipient: { authority: FIX, authorityType } };
      const to = designated(FIX, [authorityType]);
      expect(violationsOf(contentNotice({ notice: named, to }))).toMatchObject([
        { code: 'CHANNEL_NOT_PERMITTED', rule: 'lawful/recipient' },
      ]);
      const release = disclosing([{ ...told, recipientType: authorityType }], { ...over, toType: authorityType }, { to, item });
      expect(codesOf(release)).toEqual(['CHANNEL_NOT_PERMITTED']);
    }
  });

  it('is none of what 46(5) lets no restriction prevent', () => {
    const kept = { ...owned, caveats: [...owned.caveats, plain('NO_EXPORT', PROS), plain('CONTACT_SOURCE_BEFORE_ACTION', PROS)] };
    const carriedOn = { ...kept, purposes: carried.purposes };
    const codes = codesOf(disclosing([told], { ...over, label: carriedOn }, { to: fix, item: { ...item, label: kept } }));
    expect(codes).toEqual(['EXPORT_NOT_ALLOWED', 'CONTACT_SOURCE_FIRST']);
  });

  it('serves nothing else, and does not outlive a retraction', () => {
    expect(codesOf(disclosing([told], { ...over, purpose: 'INTELLIGENCE', label: owned }, { to: fix, item }))).toContain(
      'NO_THIRD_PARTY_CONSENT',
    );
    expect(codesOf(disclosing([told], over, { to: fix, item: { ...item, retractedBy: [PROS] } }))).toEqual(['ITEM_RETRACTED']);
  });
});

describe('who speaks on a lawful way', () => {
  const suspended = { standing: 'SUSPENDED' } as const;
  it('is not suspended', () => {
    expect(codesOf(contentNotice({ holder: { ...fia, ...suspended } }))).toEqual(['PARTICIPANT_SUSPENDED']);
    expect(codesOf(contentApproval({ approver: { ...fia, ...suspended } }))).toEqual(['PARTICIPANT_SUSPENDED']);
    expect(codesOf(contentVerification({ originator: { ...fix, ...suspended } }))).toEqual(['PARTICIPANT_SUSPENDED']);
  });

  it('tells of a recipient that the directory lists', () => {
    expect(codesOf(contentNotice({ to: null }))).toEqual(['ADDRESSEE_NOT_DESIGNATED', 'CHANNEL_NOT_PERMITTED']);
  });

  it('confirms what it originated', () => {
    const foreign = itemFacts({ label: { ...answerLabel, originators: [PROS], caveats: [] } });
    expect(codesOf(contentVerification({ item: foreign }))).toEqual(['NOT_ORIGINATOR']);
  });
});
