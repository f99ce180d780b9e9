/** One line after another, and the facts on both sides of it: denied, and with the one fact changed allowed. */
import { expect, it } from 'vitest';
import type { Facts } from '../../../policies/facts.js';
import { codesOf, violationsOf } from '../../support/decision.js';
import {
  answerLabel,
  contentConsentRefusal,
  contentLabel,
  contentRelease,
  contentSend,
  contentUse,
  FIA,
  FIX,
  fix,
  itemFacts,
  plain,
  PROS,
  release,
  submit,
  type WireLabel,
} from '../../support/facts.js';
import { authority, digest } from '../../support/ids.js';
import { noticed, pros } from '../../support/notice-facts.js';
import { contentOpening } from '../../support/openings.js';

const link = (id: string, authorityType: 'LAW_ENFORCEMENT' | 'FIU' | 'COURT') => ({ authority: authority(id), authorityType });
const chainTo = (last: 'FIU' | 'COURT') =>
  contentOpening('DIAGONAL', {
    body: { chain: [link('NG-ONE', 'LAW_ENFORCEMENT'), link('NG-TWO', 'FIU'), link('VG-LAST', last)] },
  });
const behalf = (onBehalfOf: 'NG-ONE' | undefined) =>
  contentOpening('DIAGONAL', { over: { onBehalfOf: onBehalfOf === undefined ? undefined : authority(onBehalfOf) } });
const hold = (canSuspendForForeignFiu: true | undefined) =>
  contentOpening('EGMONT_FIU', { type: 'POSTPONEMENT_REQUEST', toEntry: { canSuspendForForeignFiu } });
const inTerritory = (territory: string) =>
  contentOpening('EU_FIU', { toEntry: { territory }, body: { links: [{ territory, digest: digest('request') }] } });

const lifting = (code: 'NO_EXPORT' | 'RETURN') => {
  const { label, ...change } = contentLabel().change;
  const caveats = [plain('NO_EXPORT', PROS), plain('RETURN')];
  return contentLabel({
    item: itemFacts({ label: { ...label!, originators: [FIX, PROS], caveats } }),
    change: { ...change, change: 'RELAX', lifts: [code] },
  });
};

const sourceFirst: WireLabel = { ...answerLabel, caveats: [...answerLabel.caveats, plain('CONTACT_SOURCE_BEFORE_ACTION')] };
const actingOn = (verifiedWith: (typeof FIX)[]) => contentUse({ item: itemFacts({ label: sourceFirst }), verifiedWith });
const doing = (action: 'PASSIVE' | 'INQUIRIES') =>
  contentUse({
    item: itemFacts({ label: { ...answerLabel, caveats: [{ code: 'ACTION_LIMIT', by: FIX, limit: 'PASSIVE' }] } }),
    use: { ...contentUse().use, action },
  });

const disclosing = (notices: ReturnType<typeof noticed>[]) =>
  contentRelease({
    release: release({
      to: PROS,
      toType: 'PROSECUTION',
      purpose: 'EXCULPATORY',
      basis: { notices: notices.map((notice) => notice.digest), approvals: [] },
      label: { ...answerLabel, purposes: ['INTELLIGENCE', 'EXCULPATORY'] },
    }),
    to: pros,
    consents: [],
    cited: [],
    notices,
  });

const sourceKept = (by: typeof FIX) => {
  const label: WireLabel = {
    ...answerLabel,
    originators: [FIA, FIX],
    caveats: [...answerLabel.caveats, plain('ATTRIBUTION_MUST_NOT', by)],
  };
  return contentRelease({
    item: itemFacts({ label }),
    release: release({ label: { ...label, purposes: ['INTELLIGENCE', 'INVESTIGATION'] } }),
  });
};

const openRecord = (to: string) => {
  const label: WireLabel = { ...answerLabel, tlp: 'CLEAR', caveats: [], purposes: ['INVESTIGATION'] };
  const facts = contentRelease({ item: itemFacts({ kind: 'PUBLIC_RECORD', label }), consents: [], cited: [] });
  const sent = release({ label, basis: { exemption: 'PUBLIC_RECORD' }, to: to as 'private:NEWSPAPER' });
  return { ...facts, release: sent, to: to === 'private:NEWSPAPER' ? null : facts.to };
};

const saying = (...codes: string[]) => {
  const { text, ...refusal } = contentConsentRefusal().refusal;
  expect(text).toBeDefined();
  const others = [itemFacts({ label: { ...answerLabel, originators: [PROS], caveats: [] } })];
  return contentConsentRefusal({ refusal: { ...refusal, codes }, items: others, text: null });
};

const LINES: readonly (readonly [rule: string, line: string, denied: Facts, allowed: Facts])[] = [
  ['channel/diagonal-chain', 'a chain ends with a court, or with a unit', chainTo('COURT'), chainTo('FIU')],
  ['channel/postponement', 'the law of who is asked is silent, or lets it hold', hold(undefined), hold(true)],
  ['channel/region', 'a State lies outside the Union, or within', inTerritory('CH'), inTerritory('DE')],
  ['form/on-behalf-of', 'nobody is named for whom it is asked, or somebody is', behalf(undefined), behalf('NG-ONE')],
  [
    'form/purpose',
    'a request has no purpose, or one',
    contentSend({ envelope: submit({ purposes: [] }) }),
    contentSend({ envelope: submit({ purposes: ['INTELLIGENCE'] }) }),
  ],
  ['holding/lifted', 'a caveat is another’s, or one’s own', lifting('NO_EXPORT'), lifting('RETURN')],
  ['label/attribution', 'another may not be named as the source, or the holder itself', sourceKept(FIX), sourceKept(FIA)],
  ['label/contact-source', 'the source was not asked, or has confirmed', actingOn([]), actingOn([FIX])],
  ['purpose/tipping-off', 'somebody is asked, or a database is', doing('INQUIRIES'), doing('PASSIVE')],
  [
    'lawful/notice-missing',
    'the notice tells of another purpose, or of this one',
    disclosing([noticed({ purpose: 'IMMINENT_THREAT' })]),
    disclosing([noticed()]),
  ],
  [
    'recipient/observer',
    'who is addressed observes, or takes part',
    contentSend({ to: { ...fix, standing: 'OBSERVER' } }),
    contentSend({ to: { ...fix, standing: 'ACTIVE' } }),
  ],
  ['recipient/private-party', 'it goes to a newspaper, or to a police unit', openRecord('private:NEWSPAPER'), openRecord('NG-EFCX')],
  [
    'refusal/cannot-provide',
    'a holder says whose consent is lacking, or that it cannot provide',
    saying('ORIGINATOR_CONSENT_MISSING'),
    saying('CANNOT_PROVIDE'),
  ],
];

it.each(LINES)('%s: %s', (rule, _, denied, allowed) => {
  expect(violationsOf(denied).map((violation) => violation.rule)).toContain(rule);
  expect(codesOf(allowed)).toEqual([]);
});
