/**
 * Every way to have an item, times every way to give or use it, times what binds it. What is expected is read off the law (domain.md and
 * rulings.md, cited in each row) and not off the code: the whole set of codes.
 */
import { describe, expect, it } from 'vitest';
import { createScene, day, GIVING, HAVING, type Giving, type Having } from './have-give-bind.js';

const ALLOW = ['ALLOW'];
/** no originator agreed: section 12, mayForward 5 (TLP:AMBER+STRICT, 6.1) and 8 */
const UNAGREED = ['TLP_EXCEEDED', 'NO_THIRD_PARTY_CONSENT'];
/** INTELLIGENCE alone was approved, and the consent that is cited says no more: 0.3, rulings 2 */
const beyond = (code: string): string[] => ['TLP_EXCEEDED', code, 'NO_THIRD_PARTY_CONSENT', 'CONSENT_SCOPE_EXCEEDED'];
/** nothing to object beside what the request lacks without it */
const NOTHING: string[] = [];

/** Of what another authority gave. */
const FOREIGN: Record<Giving, readonly [string[], string]> = {
  'hands it on, on nothing': [UNAGREED, '0.1; 12 mayForward 8'],
  'hands it on, on nothing, ten days later': [UNAGREED, '0.1: no time ends it'],
  'hands it on, on the presumed consent to another': [UNAGREED, '0.4: any other recipient needs prior authorisation'],
  'hands it on, on a consent': [ALLOW, 'rulings 2: it overrides TLP and NO_THIRD_PARTY for its recipient and purposes'],
  'hands it on for INVESTIGATION, on a consent for INTELLIGENCE': [
    beyond('USE_BEYOND_PURPOSE'),
    '0.3; A.4: none implies another; rulings 2',
  ],
  'hands it on as evidence, on a consent for INTELLIGENCE': [beyond('EVIDENCE_USE_PROHIBITED'), '0.2; 12 mayForward 7; rulings 2'],
  'hands it on as evidence, on a consent for that': [ALLOW, 'rulings 2: for the purposes that it names, an evidential one too'],
  'hands it on, on a consent that is over': [[...UNAGREED, 'CONSENT_EXPIRED_OR_REVOKED'], 'rulings 2, 4; story 1(c)'],
  'hands it on, on a consent that was revoked': [[...UNAGREED, 'CONSENT_EXPIRED_OR_REVOKED'], 'rulings 2, 4'],
  'hands it on, on a consent to another': [[...UNAGREED, 'CONSENT_SCOPE_EXCEEDED'], 'rulings 2: it cites a grant that does not cover it'],
  'hands it on, on a consent older than the last NO_THIRD_PARTY': [UNAGREED, 'rulings 4: later caveat beats earlier grant'],
  'hands it on, on a consent older than its retraction': [['ITEM_RETRACTED', ...UNAGREED], 'rulings 2, 4; 12 mayForward 3'],
  'hands it on, on a consent of whom is suspended since': [ALLOW, '12, cross-profile rule 5: what was given stays under its caveats'],
  'hands it on, on a consent, to whom is suspended since': [['PARTICIPANT_SUSPENDED'], '12, cross-profile rule 5; rulings 2'],
  'hands it on, on a consent, suspended itself': [['PARTICIPANT_SUSPENDED'], '12, cross-profile rule 5; rulings 2'],
  'hands it on, on a consent, without the caveats': [['CAVEAT_WEAKENED'], '0.6; 12 mayForward 10; rulings 2: beside the label'],
  'hands it on, on the consent of one originator of two': [UNAGREED, '0.25; rulings 2: it never overrides another originator'],
  'hands it on, on the consents of both': [ALLOW, '0.25: from every originator'],
  'hands it back': [ALLOW, '12 mayForward 2'],
  'encloses it in a request of its own': [['NO_THIRD_PARTY_CONSENT'], '0.1; 12, cross-profile rule 1'],
  'encloses it in a request for evidence': [['EVIDENCE_USE_PROHIBITED', 'NO_THIRD_PARTY_CONSENT'], '0.2; story 4(b)'],
  'quotes it in a request of its own': [['NO_THIRD_PARTY_CONSENT'], '0.25: restrictions follow through quotes'],
  'quotes it without the caveats': [['NO_THIRD_PARTY_CONSENT', 'CAVEAT_WEAKENED'], '0.25; A.5 caveat algebra'],
  'quotes it without its originator': [['NO_THIRD_PARTY_CONSENT', 'CAVEAT_WEAKENED'], '0.25; A.5: originators are the union'],
  'quotes it and does not say what': [['DERIVATION_UNKNOWN', 'NO_THIRD_PARTY_CONSENT'], '0.25; rulings 1 (sourcesComplete)'],
  'uses it for INTELLIGENCE': [ALLOW, '0.2'],
  'uses it for INTELLIGENCE, ten days later': [ALLOW, '0.2'],
  'uses it for INVESTIGATION': [['USE_BEYOND_PURPOSE'], '0.3'],
  'uses it as evidence': [['EVIDENCE_USE_PROHIBITED'], '0.2'],
  'reads it': [ALLOW, '11, Holder'],
};

/** what it would be, whatever is tried: it holds nothing any more (11, Holder), and what is made from it stays bound (0.25) */
const gone = Object.fromEntries(
  Object.keys(GIVING)
    .filter((give) => !give.startsWith('quotes'))
    .map((give) => [give, ['NOT_FOUND']]),
);
/** its own: originator and holder are one (11), and nobody else consents to it (rulings 2) */
const own = Object.fromEntries(
  Object.keys(GIVING).map((give) => [give, give.includes('consent') ? ['NOT_ORIGINATOR'] : give.startsWith('encloses') ? NOTHING : ALLOW]),
);
/** handed on for twenty days (A.3: the grant's validity), for the purpose of the grant that the release cites (rulings 2) */
const overToo = {
  'hands it on, on a consent that is over': ['RETENTION_EXPIRED', ...FOREIGN['hands it on, on a consent that is over'][0]],
};

/** Where it is otherwise than of what another authority gave. */
const OTHERWISE: Record<Having, Partial<Record<string, string[]>>> = {
  'asked it itself': {
    ...own,
    'hands it on, on the presumed consent to another': ALLOW,
    'quotes it in a request of its own': NOTHING,
    // 0.25: what is made from it has the join of the labels; its own caveat it takes off the source (0.6), and leaves out nothing
    'quotes it without the caveats': ['CAVEAT_WEAKENED'],
    'quotes it without its originator': NOTHING,
    'quotes it and does not say what': ['DERIVATION_UNKNOWN'],
  },
  'was answered it': {},
  'was handed it on a consent': {
    ...overToo,
    'uses it for INVESTIGATION': ['USE_BEYOND_PURPOSE', 'CONSENT_SCOPE_EXCEEDED'],
    'uses it as evidence': ['EVIDENCE_USE_PROHIBITED', 'CONSENT_SCOPE_EXCEEDED'],
  },
  'was handed it on a presumed consent': overToo,
  'made an extract of it': {},
  'was told it unasked': {},
  'deleted it': gone,
  'deleted it and was answered it again': {},
};

describe.each(Object.keys(HAVING) as Having[])('who %s', (have) => {
  it.each(Object.entries(FOREIGN) as [Giving, (typeof FOREIGN)[Giving]][])('%s', async (give, [foreign, source]) => {
    const scene = await createScene(901);
    const held = await HAVING[have](scene);
    expect((await GIVING[give](scene, held)).toSorted(), source).toEqual((OTHERWISE[have][give] ?? foreign).toSorted());
  });
});

const by = 'VG-FIX';
const beside = (...caveats: object[]): object => ({ caveats: [{ code: 'NO_THIRD_PARTY', by }, ...caveats] });

const RED = { tlp: 'RED', ...beside({ code: 'NAMED_RECIPIENTS', by, recipients: ['NG-FIA'] }) };

/** What VG-FIX says on the label, and what of NG-FIA's then is refused. */
const BOUND: readonly (readonly [string, object, Giving, string[], string])[] = [
  ['no caveat at all', { caveats: [] }, 'hands it on, on nothing', UNAGREED, '0.1: the rule needs no caveat'],
  ['INTEL_ONLY', beside({ code: 'INTEL_ONLY', by }), 'hands it on as evidence, on a consent for that', ALLOW, 'rulings 2'],
  ['INTEL_ONLY', beside({ code: 'INTEL_ONLY', by }), 'uses it as evidence', ['EVIDENCE_USE_PROHIBITED'], '0.2'],
  ['NOT_FOR_EVIDENCE', beside({ code: 'NOT_FOR_EVIDENCE', by }), 'hands it on as evidence, on a consent for that', ALLOW, 'rulings 2'],
  [
    'NOT_FOR_EVIDENCE',
    beside({ code: 'NOT_FOR_EVIDENCE', by }),
    'hands it on as evidence, on a consent for INTELLIGENCE',
    beyond('EVIDENCE_USE_PROHIBITED'),
    'A.5; rulings 2: only where the consent names an evidential purpose',
  ],
  [
    'NOT_FOR_EVIDENCE beside an evidential purpose',
    { ...beside({ code: 'NOT_FOR_EVIDENCE', by }), purposes: ['INTELLIGENCE', 'PROSECUTION_JUDICIAL'] },
    'uses it as evidence',
    ['EVIDENCE_USE_PROHIBITED'],
    'A.5; H1',
  ],
  [
    'OWN_ORG_ONLY',
    beside({ code: 'OWN_ORG_ONLY', by }),
    'hands it on, on nothing',
    ['OUTSIDE_OWN_ORGANISATION', ...UNAGREED],
    'A.5; rulings 2',
  ],
  ['OWN_ORG_ONLY', beside({ code: 'OWN_ORG_ONLY', by }), 'hands it on, on a consent', ALLOW, 'rulings 2'],
  [
    'NAMED_RECIPIENTS',
    beside({ code: 'NAMED_RECIPIENTS', by, recipients: ['NG-FIA'] }),
    'hands it on, on nothing',
    ['RECIPIENT_NOT_NAMED', ...UNAGREED],
    '12 mayForward 5; rulings 2',
  ],
  ['NAMED_RECIPIENTS', beside({ code: 'NAMED_RECIPIENTS', by, recipients: ['NG-FIA'] }), 'hands it on, on a consent', ALLOW, 'rulings 2'],
  ['TLP:RED', RED, 'hands it on, on nothing', ['RECIPIENT_NOT_NAMED', ...UNAGREED], '6.1: named officers; 12 mayForward 5'],
  ['TLP:RED', RED, 'hands it on, on a consent', ALLOW, 'rulings 2'],
  ['NO_EXPORT', beside({ code: 'NO_EXPORT', by }), 'hands it on, on nothing', ['EXPORT_NOT_ALLOWED', ...UNAGREED], '12 mayForward 5'],
  [
    'NO_EXPORT',
    beside({ code: 'NO_EXPORT', by }),
    'hands it on, on a consent',
    ['EXPORT_NOT_ALLOWED'],
    'rulings 2: a consent never overrides it',
  ],
  ['NO_EXPORT', beside({ code: 'NO_EXPORT', by }), 'hands it back', ALLOW, '12 mayForward 2'],
  [
    'CONTACT_SOURCE_BEFORE_ACTION',
    beside({ code: 'CONTACT_SOURCE_BEFORE_ACTION', by }),
    'hands it on, on a consent',
    ['CONTACT_SOURCE_FIRST'],
    '12 mayForward 9',
  ],
  [
    'CONTACT_SOURCE_BEFORE_ACTION',
    beside({ code: 'CONTACT_SOURCE_BEFORE_ACTION', by }),
    'uses it for INTELLIGENCE',
    ['CONTACT_SOURCE_FIRST'],
    'A.5: blocks action and forward',
  ],
  [
    'CONFIDENTIAL_UNTIL a later day',
    beside({ code: 'CONFIDENTIAL_UNTIL', by, until: day(20) }),
    'hands it on, on nothing, ten days later',
    [...UNAGREED, 'CONFIDENTIALITY_OF_FACT'],
    '0.6; 46(5)',
  ],
  [
    'CONFIDENTIAL_UNTIL a later day',
    beside({ code: 'CONFIDENTIAL_UNTIL', by, until: day(20) }),
    'hands it on, on a consent',
    ALLOW,
    'A.5: loosened by the originator',
  ],
  [
    'CONFIDENTIAL_UNTIL a day that is past',
    beside({ code: 'CONFIDENTIAL_UNTIL', by, until: day(5) }),
    'hands it on, on nothing, ten days later',
    UNAGREED,
    'A.5: falls back to the default, not to open',
  ],
  [
    'CONDITIONS until a later day',
    beside({ code: 'CONDITIONS', by, texts: [], notBefore: day(20) }),
    'hands it on, on a consent',
    ['CONDITION_NOT_MET'],
    '46(26): accepted conditions shall be complied with',
  ],
  [
    'CONDITIONS until a later day',
    beside({ code: 'CONDITIONS', by, texts: [], notBefore: day(20) }),
    'uses it for INTELLIGENCE, ten days later',
    ['USE_BEYOND_PURPOSE', 'CONDITION_NOT_MET'],
    'story 9(c); rulings 1 (notBefore)',
  ],
  [
    'CONDITIONS until a day that is past',
    beside({ code: 'CONDITIONS', by, texts: [], notBefore: day(5) }),
    'uses it for INTELLIGENCE, ten days later',
    ALLOW,
    'story 9: may file later',
  ],
  ['DESTROY_BY a later day', { destroyBy: day(20) }, 'uses it for INTELLIGENCE, ten days later', ALLOW, '9.3'],
  [
    'DESTROY_BY a day that is past',
    { destroyBy: day(5) },
    'uses it for INTELLIGENCE, ten days later',
    ['RETENTION_EXPIRED'],
    '9.3; 12 mayForward 3',
  ],
  [
    'DESTROY_BY a day that is past',
    { destroyBy: day(5) },
    'hands it on, on nothing, ten days later',
    ['RETENTION_EXPIRED', ...UNAGREED],
    '12 mayForward 3, 8',
  ],
];

describe('what the label binds with', () => {
  it.each(BOUND)('%s: %j %s', async (_name, over, give, codes, source) => {
    const scene = await createScene(902, over);
    const held = await HAVING['was answered it'](scene);
    expect((await GIVING[give](scene, held)).toSorted(), `${give}: ${source}`).toEqual(codes.toSorted());
  });
});
