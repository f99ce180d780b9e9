/** What names a request answers something of what that asks. */
import { describe, expect, it } from 'vitest';
import type { AskedConsent } from '../../../policies/facts.js';
import { codesOf, violationsOf } from '../../support/decision.js';
import { contentConsent, contentConsentRefusal, EFCX, PROS } from '../../support/facts.js';
import { digest } from '../../support/ids.js';

const asked: AskedConsent = {
  items: [digest('other'), digest('item')],
  recipient: { authority: EFCX, authorityType: 'LAW_ENFORCEMENT', purposes: ['TAX', 'INVESTIGATION'] },
};
const other: Record<string, AskedConsent> = {
  'other items': { ...asked, items: [digest('other')] },
  'another recipient': { ...asked, recipient: { ...asked.recipient, authority: PROS } },
  'the recipient as another type': { ...asked, recipient: { ...asked.recipient, authorityType: 'COURT' } },
  'other purposes': { ...asked, recipient: { ...asked.recipient, purposes: ['EXTRADITION'] } },
};

describe('a grant', () => {
  const granting = (one: AskedConsent | null) =>
    contentConsent({ asked: one, consent: { ...contentConsent().consent, request: digest('request') } });

  it('gives what was asked, or some of it, and what nobody asked for without a request', () => {
    expect(codesOf(granting(asked))).toEqual([]);
    expect(codesOf(contentConsent({ asked: null }))).toEqual([]);
  });

  it.each(Object.entries(other))('is no answer to a request for %s', (_name, one) => {
    expect(violationsOf(granting(one))).toMatchObject([
      {
        code: 'CONSENT_SCOPE_EXCEEDED',
        rule: 'consent/answers-request',
        offenders: ['request'],
        remedy: { action: 'complete-field', fields: ['items', 'recipient', 'purposes'] },
      },
    ]);
  });
});

describe('a refusal', () => {
  it('refuses something of what was asked', () => {
    expect(codesOf(contentConsentRefusal({ asked }))).toEqual([]);
  });

  it.each(Object.entries(other))('is no answer to a request for %s', (_name, one) => {
    expect(codesOf(contentConsentRefusal({ asked: one }))).toEqual(['CONSENT_SCOPE_EXCEEDED']);
  });
});
