/** What a channel lets be handed on without consent: allowed, denied, and at the line (rulings 2). */
import { describe, expect, it } from 'vitest';
import type { GivenIn } from '../../../domain/exemption.js';
import type { CaveatCode } from '../../../domain/label.js';
import type { ReleaseFacts } from '../../../policies/facts.js';
import { codesOf } from '../../support/decision.js';
import {
  answerLabel,
  contentRelease,
  designated,
  EFCX,
  efcx,
  FIA,
  FIX,
  grant,
  itemFacts,
  LONG_AGO,
  plain,
  PROS,
  release,
  type WireLabel,
} from '../../support/facts.js';

const REFUSED = ['TLP_EXCEEDED', 'NO_THIRD_PARTY_CONSENT'];

interface Case {
  readonly given: GivenIn;
  readonly label: WireLabel;
  readonly over?: Partial<ReleaseFacts>;
  readonly as?: Partial<ReleaseFacts['release']>;
}

const exempt = ({ given, label, over = {}, as = {} }: Case): ReleaseFacts =>
  contentRelease({
    item: itemFacts({ label, givenOn: given.profile, cameFrom: [{ authority: FIX, authorityType: given.heldAs }] }),
    holder: designated(FIA, [given.heldAs]),
    heldAs: [given.heldAs],
    consents: [],
    cited: [],
    givenIn: given,
    release: release({ label, purpose: label.purposes[0]!, basis: { exemption: 'NAMED_TEAM' }, ...as }),
    ...over,
  });

describe('the team that a tracing request names', () => {
  const named = { authority: EFCX, authorityType: 'LAW_ENFORCEMENT' as const, purposes: ['INTELLIGENCE' as const] };
  const given: GivenIn = {
    profile: 'CARIN',
    type: 'ASSET_TRACING_REQUEST',
    by: FIX,
    heldAs: 'ARIN_CONTACT_LE',
    side: 'REQUESTING',
    isOpen: true,
    named: [named],
    answer: null,
  };
  const codes = (over: Partial<GivenIn> = {}, more: Partial<Case> = {}) =>
    codesOf(exempt({ given: { ...given, ...over }, label: answerLabel, ...more }));

  it('is handed the answer, and nobody else is', () => {
    expect(codes()).toEqual([]);
    expect(codes({ answer: 'SILENT' })).toEqual([]);
    expect(codes({ named: [] })).toEqual(REFUSED);
    expect(codes({ named: [{ ...named, authority: PROS }] })).toEqual(REFUSED);
    expect(codes({ named: [{ ...named, authorityType: 'PROSECUTION' }] })).toEqual(REFUSED);
    expect(codes({ named: [{ ...named, purposes: ['ASSET_TRACING'] }] })).toEqual(REFUSED);
  });

  it('is not handed it where an answer refused it', () => expect(codes({ answer: 'REFUSE' })).toEqual(REFUSED));

  it('is not handed it once the giver adds the caveat anew; what it adds of another kind goes along, and so does what another adds', () => {
    const added = (by: typeof FIX, ...caveats: CaveatCode[]) => ({
      over: {
        item: itemFacts({
          label: answerLabel,
          givenOn: given.profile,
          cameFrom: [{ authority: FIX, authorityType: given.heldAs }],
          tightened: [{ by, logIndex: 9, caveats }],
        }),
      },
    });
    expect(codes({}, added(FIX, 'NO_THIRD_PARTY'))).toEqual(REFUSED);
    expect(codes({}, added(FIX, 'NOT_FOR_EVIDENCE'))).toEqual([]);
    expect(codes({}, added(PROS, 'NO_THIRD_PARTY'))).toEqual([]);
  });

  it('is of the State that asked', () => {
    const abroad = designated(EFCX, ['LAW_ENFORCEMENT']);
    expect(codes({}, { over: { to: { ...abroad, entry: { ...abroad.entry!, territory: 'VG' } } } })).toEqual([
      'TLP_EXCEEDED',
      'CHANNEL_NOT_PERMITTED',
      'NO_THIRD_PARTY_CONSENT',
    ]);
  });

  it('is not given what came by another exchange, from the asking side, or for another office', () => {
    expect(codes({ type: 'FEEDBACK' })).toEqual(REFUSED);
    expect(codes({ side: 'REQUESTED' })).toEqual(REFUSED);
    expect(codes({ heldAs: 'ASSET_RECOVERY_FOCAL_POINT' })).toEqual(REFUSED);
    expect(codes({ profile: 'GLOBE' })).toEqual(REFUSED);
    expect(codes({}, { over: { givenIn: null } })).toEqual(REFUSED);
  });

  it('is exempt only where the release says so, and as what it says', () => {
    expect(codes({}, { as: { basis: { consents: [] } } })).toEqual(REFUSED);
    expect(codes({}, { as: { basis: { exemption: 'EXECUTION' } } })).toEqual(REFUSED);
    expect(codes({}, { as: { toType: undefined } })).toContain('NO_THIRD_PARTY_CONSENT');
  });

  it('lifts what gave it, nothing of a second originator', () => {
    expect(codes({ by: PROS })).toEqual(REFUSED);
    const label: WireLabel = { ...answerLabel, originators: [FIX, PROS] };
    expect(codes({}, { label })).toEqual(REFUSED);
  });

  it('is handed it beside the consent of a second originator, each by its own line, and by no line of another', () => {
    const label: WireLabel = { ...answerLabel, originators: [FIX, PROS] };
    const theirs = grant({ originator: PROS });
    const over = (cited: ReleaseFacts['cited']) => ({
      consents: [theirs],
      cited,
      item: itemFacts({ label, givenOn: given.profile, cameFrom: [{ authority: FIX, authorityType: given.heldAs }] }),
    });
    const team = { originator: FIX, exemption: 'NAMED_TEAM' as const };
    const consent = { originator: PROS, consent: theirs.digest };
    const lines = (...each: (typeof team | typeof consent)[]) => ({ basis: { each } });
    expect(codes({}, { label, over: over([theirs]), as: lines(team, consent) })).toEqual([]);
    expect(codes({}, { label, over: over([]), as: lines(team) })).toEqual(REFUSED);
    expect(codes({}, { label, over: over([theirs]), as: lines(consent) })).toEqual(REFUSED);
    expect(codes({}, { label, over: over([]), as: lines(team, { ...team, originator: PROS }) })).toEqual(REFUSED);
    expect(codes({}, { label, over: over([null]), as: lines(team, consent) })).toEqual([...REFUSED, 'CONSENT_SCOPE_EXCEEDED']);
    expect(codes({ named: [] }, { label, over: over([theirs]), as: lines(team, consent) })).toEqual(REFUSED);
  });

  it('is handed it also when the exchange has ended', () => expect(codes({ isOpen: false })).toEqual([]));

  it('lifts no RED, no name, no limit to one organisation, and no purpose', () => {
    const bearing = (caveat: WireLabel['caveats'][number]): WireLabel => ({ ...answerLabel, caveats: [...answerLabel.caveats, caveat] });
    const onlyHolder = bearing({ code: 'NAMED_RECIPIENTS', by: FIX, recipients: [FIA] });
    expect(codes({}, { label: onlyHolder })).toEqual(['RECIPIENT_NOT_NAMED']);
    expect(codes({}, { label: { ...bearing({ code: 'NAMED_RECIPIENTS', by: FIX, recipients: [EFCX] }), tlp: 'RED' } })).toEqual([
      'TLP_EXCEEDED',
    ]);
    expect(codes({}, { label: bearing(plain('OWN_ORG_ONLY')) })).toEqual(['OUTSIDE_OWN_ORGANISATION']);
    expect(codes({ named: [{ ...named, purposes: ['TAX'] }] }, { as: { purpose: 'TAX' } })).toEqual(['USE_BEYOND_PURPOSE']);
  });

  it('needs no consent, not even one that has ended; whom an answer refused learns that it has', () => {
    const revoked = grant({ revokedAt: LONG_AGO });
    expect(codes({}, { over: { consents: [revoked] } })).toEqual([]);
    expect(codes({ answer: 'REFUSE' }, { over: { consents: [revoked] } })).toContain('CONSENT_EXPIRED_OR_REVOKED');
  });
});

describe('who executes a formal request', () => {
  const given: GivenIn = {
    profile: 'FORMAL_MLA',
    type: 'FORMAL_MLA_REQUEST',
    by: FIX,
    heldAs: 'CENTRAL_AUTHORITY_MLA',
    side: 'REQUESTED',
    isOpen: true,
    named: [],
    answer: null,
  };
  const label: WireLabel = {
    ...answerLabel,
    caveats: [plain('CONFIDENTIAL_FACT'), plain('NO_THIRD_PARTY')],
    purposes: ['PROSECUTION_JUDICIAL', 'CONFISCATION'],
  };
  const as = { basis: { exemption: 'EXECUTION' as const } };
  const codes = (over: Partial<GivenIn> = {}, more: Partial<Case> = {}) =>
    codesOf(exempt({ given: { ...given, ...over }, label, as, ...more }));

  it('is handed the request by the central authority that was asked, confidential as it is', () => {
    expect(codes()).toEqual([]);
    const court = { over: { to: designated(EFCX, ['COURT']) }, as: { ...as, toType: 'COURT' as const } };
    expect(codes({}, court)).toEqual([]);
  });

  it('is a unit too, or an office for asset recovery, where that one executes requests ([S¶29])', () => {
    for (const toType of ['FIU', 'ASSET_RECOVERY_OFFICE'] as const)
      expect(codes({}, { over: { to: designated(EFCX, [toType]) }, as: { ...as, toType } })).toEqual([]);
  });

  it('is handed it whatever the one that asks adds: that rests on law and not on its silence, and it can withdraw', () => {
    const cameFrom = [{ authority: FIX, authorityType: given.heldAs }];
    const tightened = [{ by: FIX, logIndex: 9, caveats: ['NO_THIRD_PARTY', 'CONFIDENTIAL_FACT'] as const }];
    expect(codes({}, { over: { item: itemFacts({ label, givenOn: given.profile, cameFrom, tightened }) } })).toEqual([]);
  });

  it('is not handed the answer by the one that asked, nor anything for another purpose', () => {
    expect(codes({ side: 'REQUESTING' })).toEqual(['TLP_EXCEEDED', 'CONFIDENTIALITY_OF_FACT', 'NO_THIRD_PARTY_CONSENT']);
    expect(codes({}, { as: { ...as, purpose: 'TAX' } })).toEqual(['USE_BEYOND_PURPOSE']);
  });

  it('is handed nothing of a request that was executed, refused or withdrawn: there is nothing to execute', () => {
    expect(codes({ isOpen: false })).toEqual(['TLP_EXCEEDED', 'CONFIDENTIALITY_OF_FACT', 'NO_THIRD_PARTY_CONSENT']);
  });

  it('or its central authority is handed what came through the bureaux because it was urgent, and no court by them', () => {
    const urgent = { heldAs: 'INTERPOL_NCB' as const };
    const to = (type: 'CENTRAL_AUTHORITY_MLA' | 'PROSECUTION' | 'COURT') => ({
      over: { holder: designated(FIA, ['INTERPOL_NCB']), heldAs: ['INTERPOL_NCB' as const], to: designated(EFCX, [type]) },
      as: { ...as, toType: type },
    });
    expect(codes(urgent, to('CENTRAL_AUTHORITY_MLA'))).toEqual([]);
    expect(codes(urgent, to('PROSECUTION'))).toEqual([]);
    expect(codes(urgent, to('COURT'))).toEqual(['CHANNEL_NOT_PERMITTED']);
  });

  it('is no authority that only collects taxes', () => {
    const tax = { over: { to: designated(EFCX, ['TAX_AUTHORITY']) }, as: { ...as, toType: 'TAX_AUTHORITY' as const } };
    expect(codes({}, tax)).toContain('NO_THIRD_PARTY_CONSENT');
  });
});

describe('whom a formal request names for the proceedings that it is for', () => {
  const named = { authority: EFCX, authorityType: 'PROSECUTION' as const, purposes: ['PROSECUTION_JUDICIAL' as const] };
  const given: GivenIn = {
    profile: 'FORMAL_MLA',
    type: 'FORMAL_MLA_REQUEST',
    by: FIX,
    heldAs: 'CENTRAL_AUTHORITY_MLA',
    side: 'REQUESTING',
    isOpen: false,
    named: [named],
    answer: 'SILENT',
  };
  const label: WireLabel = { ...answerLabel, caveats: [plain('NO_THIRD_PARTY')], purposes: ['PROSECUTION_JUDICIAL', 'CONFISCATION'] };
  const to = (
    toType: 'PROSECUTION' | 'COURT' | 'TAX_AUTHORITY',
    purpose: 'PROSECUTION_JUDICIAL' | 'CONFISCATION' = 'PROSECUTION_JUDICIAL',
  ) => ({
    over: { to: designated(EFCX, [toType]) },
    as: { basis: { exemption: 'NAMED_TEAM' as const }, toType, purpose },
  });
  const codes = (over: Partial<GivenIn> = {}, more: Partial<Case> = to('PROSECUTION')) =>
    codesOf(exempt({ given: { ...given, ...over }, label, ...more }));

  it('is handed the answer by the central authority that asked, and a court is where it is named', () => {
    expect(codes()).toEqual([]);
    expect(codes({ named: [{ ...named, authorityType: 'COURT' }] }, to('COURT'))).toEqual([]);
  });

  it('is told no fact that is to be kept confidential: that caveat this exemption does not lift', () => {
    const secret: WireLabel = { ...label, caveats: [...label.caveats, plain('CONFIDENTIAL_FACT')] };
    expect(codes({}, { ...to('PROSECUTION'), label: secret })).toEqual(['CONFIDENTIALITY_OF_FACT']);
  });

  it('is nobody else, and nobody for another purpose, or whom an answer refused', () => {
    expect(codes({ named: [] })).toEqual(REFUSED);
    expect(codes({}, to('COURT'))).toEqual(REFUSED);
    expect(codes({}, to('PROSECUTION', 'CONFISCATION'))).toEqual(REFUSED);
    expect(codes({ answer: 'REFUSE' })).toEqual(REFUSED);
    expect(codes({ side: 'REQUESTED' })).toEqual(REFUSED);
    expect(codes({ named: [{ ...named, authorityType: 'TAX_AUTHORITY' }] }, to('TAX_AUTHORITY'))).toContain('NO_THIRD_PARTY_CONSENT');
  });

  it('is not handed it once the one that gave it says NO_THIRD_PARTY anew', () => {
    const cameFrom = [{ authority: FIX, authorityType: given.heldAs }];
    const tightened = [{ by: FIX, logIndex: 9, caveats: ['NO_THIRD_PARTY'] as const }];
    const item = itemFacts({ label, givenOn: given.profile, cameFrom, tightened });
    expect(codes({}, { ...to('PROSECUTION'), over: { ...to('PROSECUTION').over, item } })).toEqual(REFUSED);
  });

  it('is its central authority where the answer came to a bureau', () => {
    const toType = 'CENTRAL_AUTHORITY_MLA' as const;
    const over = { holder: designated(FIA, ['INTERPOL_NCB']), heldAs: ['INTERPOL_NCB' as const], to: designated(EFCX, [toType]) };
    const as = { basis: { exemption: 'NAMED_TEAM' as const }, toType, purpose: 'PROSECUTION_JUDICIAL' as const };
    const more = { over, as };
    expect(codes({ heldAs: 'INTERPOL_NCB', named: [{ ...named, authorityType: toType }] }, more)).toEqual([]);
  });
});

describe('prosecutors and courts of the own State, in an extradition', () => {
  const given: GivenIn = {
    profile: 'EXTRADITION_CONSULT',
    type: 'EXTRADITION_CONSULTATION',
    by: FIX,
    heldAs: 'CENTRAL_AUTHORITY_EXTRADITION',
    side: 'REQUESTING',
    isOpen: true,
    named: [],
    answer: null,
  };
  const label: WireLabel = {
    ...answerLabel,
    caveats: [plain('CONFIDENTIAL_FACT'), plain('NO_THIRD_PARTY')],
    purposes: ['EXTRADITION', 'PROSECUTION_JUDICIAL'],
  };
  const over = { to: designated(EFCX, ['PROSECUTION']) };
  const as = { basis: { exemption: 'OWN_PROCEEDINGS' as const }, toType: 'PROSECUTION' as const };
  const codes = (side: GivenIn['side'], more: Partial<Case> = {}) =>
    codesOf(exempt({ given: { ...given, side }, label, over, as, ...more }));

  it('are handed what either side gave', () => {
    expect(codes('REQUESTING')).toEqual([]);
    expect(codes('REQUESTED')).toEqual([]);
  });

  it('are handed it for the extradition alone, and police is not', () => {
    expect(codes('REQUESTING', { as: { ...as, purpose: 'PROSECUTION_JUDICIAL' } })).toContain('NO_THIRD_PARTY_CONSENT');
    expect(codes('REQUESTING', { over: { to: efcx }, as: { ...as, toType: 'LAW_ENFORCEMENT' } })).toContain('NO_THIRD_PARTY_CONSENT');
  });
});
