/** Stories 1 and 3 as the law sees them: each refusal with its whole set of codes (domain.md 13; rulings 2). */
import { describe, expect, it } from 'vitest';
import type { ReleaseFacts } from '../../policies/facts.js';
import { codesOf, violationsOf } from '../support/decision.js';
import {
  answerLabel,
  contentConsentRefusal,
  contentRelease,
  contentSend,
  designated,
  EFCX,
  efcx,
  FIA,
  FIX,
  grant,
  itemFacts,
  LATER,
  plain,
  PROS,
  release,
  submit,
  type WireLabel,
} from '../support/facts.js';
import { authority, digest } from '../support/ids.js';

const none = { cited: [], consents: [] };
const uncited = { basis: { consents: [] }, label: answerLabel };

describe('story 1: intelligence only', () => {
  const pros = designated(PROS, ['PROSECUTION']);

  it('(a) nothing goes to the police unit before VG-FIX consents', () => {
    const forward = (purpose: 'INTELLIGENCE' | 'INVESTIGATION') =>
      codesOf(contentRelease({ ...none, release: release({ ...uncited, purpose }) }));
    expect(forward('INTELLIGENCE')).toEqual(['TLP_EXCEEDED', 'NO_THIRD_PARTY_CONSENT']);
    expect(forward('INVESTIGATION')).toEqual(['TLP_EXCEEDED', 'USE_BEYOND_PURPOSE', 'NO_THIRD_PARTY_CONSENT']);
  });

  it('(b) the police unit does not pass its consent on to a prosecutor, least of all as evidence', () => {
    const onward = (purpose: 'INTELLIGENCE' | 'PROSECUTION_JUDICIAL') =>
      codesOf(
        contentRelease({
          release: release({ ...uncited, holder: EFCX, to: PROS, toType: 'PROSECUTION', purpose }),
          holder: efcx,
          heldAs: ['LAW_ENFORCEMENT'],
          to: pros,
          consents: [grant()],
          cited: [],
        }),
      );
    expect(onward('INTELLIGENCE')).toEqual(['TLP_EXCEEDED', 'NO_THIRD_PARTY_CONSENT']);
    expect(onward('PROSECUTION_JUDICIAL')).toEqual(['TLP_EXCEEDED', 'EVIDENCE_USE_PROHIBITED', 'NO_THIRD_PARTY_CONSENT']);
  });

  it('(c) a consent of ninety days is over on the ninety-first', () => {
    expect(codesOf(contentRelease({ now: LATER, release: release({ purpose: 'INTELLIGENCE', label: answerLabel }) }))).toEqual([
      'TLP_EXCEEDED',
      'NO_THIRD_PARTY_CONSENT',
      'CONSENT_EXPIRED_OR_REVOKED',
    ]);
  });

  it('(d) a newspaper is no recipient', () => {
    const facts = contentRelease({ ...none, to: null, release: release({ ...uncited, to: 'private:NEWSPAPER', purpose: 'INTELLIGENCE' }) });
    expect(codesOf(facts)).toEqual(['PRIVATE_PARTY_RECIPIENT', 'TLP_EXCEEDED', 'NO_THIRD_PARTY_CONSENT']);
  });

  it('(e) an export without its label is a release under a weaker one', () => {
    const stripped: WireLabel = { ...answerLabel, level: 'PUBLIC', tlp: 'CLEAR', caveats: [] };
    expect(codesOf(contentRelease({ release: release({ label: stripped }) }))).toEqual(['CAVEAT_WEAKENED']);
  });

  it('(f) a tax authority does not ask an FIU directly', () => {
    const tax = authority('NG-TAX');
    const envelope = submit({ from: tax, fromType: 'TAX_AUTHORITY' });
    const [item] = contentSend().items;
    const own = { ...item!, issuer: tax, label: { ...item!.label, originators: [tax], caveats: [] } };
    const facts = contentSend({ envelope, opening: envelope, from: designated(tax, ['TAX_AUTHORITY']), items: [own] });
    expect(codesOf(facts)).toEqual(['CHANNEL_NOT_PERMITTED']);
  });
});

describe('story 3: presumed consent and tax', () => {
  const egmont: WireLabel = {
    ...answerLabel,
    caveats: ['INTEL_ONLY', 'NO_THIRD_PARTY', 'OWN_ORG_ONLY'].map((code) => plain(code as 'INTEL_ONLY')),
  };
  const presumption: NonNullable<ReleaseFacts['presumption']> = {
    request: digest('request'),
    profile: 'EGMONT_FIU',
    bothSwitchedOn: true,
    originator: FIX,
    named: [{ authority: EFCX, authorityType: 'LAW_ENFORCEMENT', purposes: ['INVESTIGATION'] }],
    answer: 'SILENT',
  };
  const presuming = (over: Partial<typeof presumption>, act: Parameters<typeof release>[0] = {}, facts: Partial<ReleaseFacts> = {}) =>
    contentRelease({
      ...none,
      item: itemFacts({ label: egmont, givenOn: 'EGMONT_FIU' }),
      presumption: { ...presumption, ...over },
      release: release({ basis: { presumed: digest('request') }, label: egmont, ...act }),
      ...facts,
    });
  const CLOSED = ['OUTSIDE_OWN_ORGANISATION', 'TLP_EXCEEDED', 'USE_BEYOND_PURPOSE', 'NO_THIRD_PARTY_CONSENT'];

  it('silence lets the named police have it for the named purpose', () => {
    expect(codesOf(presuming({}))).toEqual([]);
  });

  it('(a) the tax authority was not named', () => {
    const tax = designated(authority('NG-TAX'), ['TAX_AUTHORITY']);
    expect(codesOf(presuming({}, { to: tax.id, toType: 'TAX_AUTHORITY', purpose: 'TAX', basis: { consents: [] } }, { to: tax }))).toEqual(
      CLOSED,
    );
  });

  it('(b) the police were not named for tax', () => {
    expect(codesOf(presuming({}, { purpose: 'TAX' }))).toEqual(CLOSED);
  });

  it('(c) a reply that refused leaves nothing to presume', () => {
    expect(codesOf(presuming({ answer: 'REFUSE' }))).toEqual(CLOSED);
  });

  it('(d) nor does a profile, or an entry, that does not switch it on', () => {
    expect(codesOf(presuming({ bothSwitchedOn: false }))).toEqual(CLOSED);
    expect(codesOf(presuming({ profile: 'BVI_BILATERAL_FIU' }))).toEqual(CLOSED);
  });

  it('(e) consent is not refused without a text', () => {
    const { text, ...silent } = contentConsentRefusal().refusal;
    expect(text).toBeDefined();
    expect(violationsOf(contentConsentRefusal({ refusal: silent }))).toMatchObject([
      {
        code: 'REFUSAL_WITHOUT_REASON',
        source: expect.stringContaining('AMLD6 34(2) [F:S18]'),
        remedy: { action: 'complete-field', fields: ['text'] },
      },
    ]);
    expect(FIA).toBe('NG-FIA');
  });
});
