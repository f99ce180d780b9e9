import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../../domain/profiles/index.js';
import { DAY_MS, formatInstant, plusDays, plusMs, type Instant } from '../../../domain/time.js';
import { codesOf, violationsOf } from '../../support/decision.js';
import type { SendFacts } from '../../../policies/facts.js';
import {
  answer,
  contentReply,
  contentSend,
  EFCX,
  efcx,
  exchange,
  FIA,
  FIX,
  fix,
  itemFacts,
  LATER,
  plain,
  PROS,
  submit,
  type WireLabel,
} from '../../support/facts.js';
import { digest } from '../../support/ids.js';

type Over = Parameters<typeof submit>[0];
type Body = Parameters<typeof submit>[1];
const opening = (over: Over = {}, body: Body = {}, facts: Parameters<typeof contentSend>[0] = {}) => {
  const envelope = submit(over, body);
  return contentSend({ envelope, opening: envelope, ...facts });
};
/** The body without one of its members. */
const lacking = (member: keyof NonNullable<Body>, over: Over = {}) => {
  const { [member]: dropped, ...body } = submit().body;
  expect(dropped).toBeDefined();
  return opening({ ...over, body });
};
const filled = (present: string[]) => ({
  items: [{ ...contentSend().items[0]!, form: { schema: 'FIU_REQUEST_1', present, disclosures: [] } }],
});
const present = contentSend().items[0]!.form!.present;
const status = answer('STATUS_REPLY', {}, { legalBasis: [], purposes: [] });

describe('a legal basis', () => {
  it('is named by whoever opens an exchange; a framework is none', () => {
    expect(violationsOf(opening({ legalBasis: [] }))).toMatchObject([
      {
        code: 'LEGAL_BASIS_MISSING',
        sentence: expect.stringContaining('EGMONT_PRINCIPLES'),
        remedy: { action: 'complete-field', fields: ['legalBasis'] },
      },
    ]);
    expect(codesOf(opening({ legalBasis: ['UNCAC_48'], framework: [] }))).toEqual([]);
    expect(codesOf(contentReply(status, { items: [] }))).toEqual([]);
  });
});

describe('a request', () => {
  it('says what the answer is for', () => {
    expect(violationsOf(opening({ purposes: [] }))).toMatchObject([{ code: 'MISSING_FIELD', offenders: ['purposes'] }]);
  });

  it.each(PROFILES.BVI_BILATERAL_FIU.mandatoryForm)('fills $field, which stays sealed', ({ field, article }) => {
    expect(violationsOf(opening({}, {}, filled(present.filter((name) => name !== field))))).toMatchObject([
      {
        code: 'MISSING_FIELD',
        offenders: [field],
        sentence: expect.stringContaining(article),
        remedy: { action: 'complete-field', fields: [field] },
      },
    ]);
  });

  it('fills everything in some form: an item without one fills nothing', () => {
    expect(codesOf(opening({}, {}, { items: [itemFacts({ ...contentSend().items[0]!, form: null })] }))).toEqual(
      present.map(() => 'MISSING_FIELD'),
    );
  });

  it.each(['reciprocity', 'intendedRecipients', 'alsoRequestedVia', 'periodFrom'] as const)('states %s in clear', (member) => {
    expect(violationsOf(lacking(member))).toMatchObject([
      { code: 'MISSING_FIELD', offenders: [member], remedy: { fields: [`body.${member}`] } },
    ]);
  });

  it('does not state reciprocity by denying it', () => {
    expect(codesOf(opening({}, { reciprocity: false }))).toEqual(['MISSING_FIELD']);
  });

  it('for consent owes the grid that is asked, and no form', () => {
    expect(violationsOf(opening({ exchangeType: 'CONSENT_REQUEST' }, {}, { items: [] }))).toMatchObject([
      { code: 'MISSING_FIELD', offenders: ['consent'] },
    ]);
  });
});

describe('the link with the country', () => {
  it('is explained for the territory of the addressee', () => {
    expect(violationsOf(lacking('links'))).toMatchObject([{ code: 'COUNTRY_LINK_MISSING', offenders: ['VG'] }]);
    expect(codesOf(opening({}, { links: [{ territory: 'GG', digest: digest('request') }] }))).toEqual(['COUNTRY_LINK_MISSING']);
    expect(codesOf(opening({}, { links: [{ territory: 'VG', digest: digest('elsewhere') }] }))).toEqual(['COUNTRY_LINK_MISSING']);
    expect(codesOf(opening({}, { links: [] }, { to: { ...fix, entry: null } }))).toEqual(['ADDRESSEE_NOT_DESIGNATED']);
    expect(codesOf(opening({}, { links: [] }, { to: null }))).toEqual(['ADDRESSEE_NOT_DESIGNATED']);
  });
});

describe('the period', () => {
  const years = (periodFrom: string, periodTo?: string) => {
    const { periodTo: dropped, ...body } = submit().body;
    expect(dropped).toBeDefined();
    return codesOf(opening({ body: { ...body, periodFrom, ...(periodTo === undefined ? {} : { periodTo }) } }));
  };
  it('of exactly the allowed years needs no justification, and a day more does', () => {
    expect(years('2020-01-31', '2025-01-31')).toEqual([]);
    expect(years('2020-01-31', '2025-02-01')).toEqual(['PERIOD_NOT_JUSTIFIED']);
  });

  it('ends today where it has no end', () => {
    expect(years('2021-03-02')).toEqual([]);
    expect(years('2021-03-01')).toEqual(['PERIOD_NOT_JUSTIFIED']);
  });

  it('may be long with a justification', () => {
    expect(codesOf(opening({}, { periodFrom: '1990-01-01', periodJustified: digest('request') }))).toEqual([]);
    expect(codesOf(opening({}, { periodFrom: '1990-01-01', periodJustified: digest('elsewhere') }))).toEqual(['PERIOD_NOT_JUSTIFIED']);
  });
});

describe('a time', () => {
  const { now } = contentSend();
  const [yesterday, today, tomorrow] = [-1, 0, 1].map((days) => plusDays(formatInstant(now).slice(0, 10), days)) as [
    string,
    string,
    string,
  ];
  const fields = (facts: Parameters<typeof violationsOf>[0]) =>
    violationsOf(facts).flatMap(({ rule, code, offenders }) => (rule === 'form/times' ? [[code, ...offenders]] : []));
  const answered = (message: 'POSTPONE' | 'DELAY_NOTICE' | 'ACKNOWLEDGE', body: object) => fields(contentReply(answer(message, body)));

  it('by which something is to happen has not passed, wherever one is', () => {
    const reason = { code: 'WORKLOAD' as const, text: digest('item') };
    expect(answered('DELAY_NOTICE', { ...reason, newDate: plusDays(yesterday, -1) })).toEqual([['MISSING_FIELD', 'body.newDate']]);
    expect(answered('POSTPONE', { ...reason, reviewDate: plusDays(yesterday, -1) })).toEqual([['MISSING_FIELD', 'body.reviewDate']]);
    expect(answered('DELAY_NOTICE', { ...reason, newDate: tomorrow })).toEqual([]);
    expect(answered('POSTPONE', { ...reason, reviewDate: today })).toEqual([]);
    const received = { receivedAt: now };
    expect(answered('ACKNOWLEDGE', { ...received, expectedDate: plusDays(yesterday, -1) })).toEqual([
      ['MISSING_FIELD', 'body.expectedDate'],
    ]);
    expect(answered('ACKNOWLEDGE', { ...received, expectedDate: tomorrow })).toEqual([]);
    expect(answered('ACKNOWLEDGE', received)).toEqual([]);
  });

  it('until which an answer or a consent is wanted has not passed', () => {
    const reasoned = filled([...present, 'deadlineReason']);
    expect(fields(opening({ deadline: now }, {}, reasoned))).toEqual([['MISSING_FIELD', 'deadline']]);
    expect(fields(opening({ deadline: plusMs(now, 1) }, {}, reasoned))).toEqual([]);
    const consent = (until: Instant) =>
      opening(
        { exchangeType: 'CONSENT_REQUEST' },
        {
          consent: {
            items: [digest('item')],
            recipient: { authority: EFCX, authorityType: 'LAW_ENFORCEMENT', purposes: ['INVESTIGATION'] },
            until,
          },
        },
        { items: [] },
      );
    expect(fields(consent(now))).toEqual([['MISSING_FIELD', 'body.consent.until']]);
    expect(fields(consent(plusMs(now, 1)))).toEqual([]);
  });

  it('before which something must not be used has not passed', () => {
    const proposed = (notBefore: Instant) => fields(contentReply(answer('CONDITIONS_PROPOSED', { texts: [digest('item')], notBefore })));
    expect(proposed(now)).toEqual([['MISSING_FIELD', 'body.notBefore']]);
    expect(proposed(plusMs(now, 1))).toEqual([]);
  });

  it('until which a measure holds has not passed', () => {
    const taken = (until: Instant) => fields(contentReply(answer('MEASURE_TAKEN', { until })));
    expect(taken(now)).toEqual([['MISSING_FIELD', 'body.until']]);
    expect(taken(plusMs(now, 1))).toEqual([]);
  });

  it('of what has happened has come', () => {
    const late = plusMs(now, DAY_MS + 1);
    expect(answered('ACKNOWLEDGE', { receivedAt: late })).toEqual([['MISSING_FIELD', 'body.receivedAt']]);
    expect(answered('ACKNOWLEDGE', { receivedAt: plusMs(now, DAY_MS) })).toEqual([]);
    const spoken = answer('ORAL_CONFIRMATION', { spokenAt: late, means: 'TELEPHONE' });
    expect(fields(contentReply(spoken))).toEqual([['MISSING_FIELD', 'body.spokenAt']]);
    const paper = answer('EXTERNAL_LEG', { at: late, means: 'PAPER', direction: 'SENT' });
    expect(fields(contentReply(paper))).toEqual([['MISSING_FIELD', 'body.at']]);
  });

  it('at which a period ends is not before it begins', () => {
    const found = violationsOf(opening({}, { periodFrom: '2024-02-01', periodTo: '2024-01-31' }));
    expect(found).toMatchObject([
      {
        rule: 'form/times',
        sentence: 'body.periodTo says 2024-01-31, which is before 2024-02-01.',
        remedy: { action: 'complete-field', fields: ['body.periodTo'] },
      },
    ]);
    expect(codesOf(opening({}, { periodFrom: '2024-02-01', periodTo: '2024-02-01' }))).toEqual([]);
  });
});

describe('a message that meets or stops something by what it says', () => {
  it.each([
    'FINAL_REPLY',
    'PARTIAL_REPLY',
    'INTERIM_REPLY',
    'CLARIFICATION_REQUEST',
    'CLARIFICATION_REPLY',
    'DISCUSS',
    'FEEDBACK',
    'REOPEN',
  ] as const)('%s brings something', (message) => {
    expect(violationsOf(contentReply(answer(message, {}), { items: [] }))).toMatchObject([
      { rule: 'form/nothing-said', code: 'MISSING_FIELD', offenders: ['items'], remedy: { action: 'complete-field', fields: ['items'] } },
    ]);
    expect(violationsOf(contentReply(answer(message, {}), { items: [] }))[0]?.sentence).toContain('it encloses no item');
    expect(codesOf(contentReply(answer(message, {})))).toEqual([]);
  });
});

describe('a partial answer', () => {
  const pieces = (message: 'PARTIAL_REPLY' | 'INTERIM_REPLY', ...fresh: ReturnType<typeof itemFacts>[]) => {
    const facts = contentReply(answer(message, {}));
    const before = facts.items.map(({ digest }) => digest);
    return violationsOf({ ...facts, items: [...facts.items, ...fresh], givenBefore: before });
  };

  it('may follow another with a further piece, and not with what was given before', () => {
    expect(pieces('PARTIAL_REPLY')).toMatchObject([
      { rule: 'form/nothing-said', sentence: 'PARTIAL_REPLY says nothing: the other side was given its items in this exchange before.' },
    ]);
    expect(pieces('PARTIAL_REPLY', itemFacts({ digest: digest('further'), givenOn: null, cameFrom: [] }))).toEqual([]);
    expect(pieces('INTERIM_REPLY')).toEqual([]);
  });
});

describe('views', () => {
  it('say something, sealed or in a word', () => {
    const views = (body: object, items = contentReply(answer('VIEWS_SUBMITTED', {})).items) =>
      violationsOf(contentReply(answer('VIEWS_SUBMITTED', body), { items })).map(({ rule }) => rule);
    expect(views({}, [])).toContain('form/nothing-said');
    expect(views({})).not.toContain('form/nothing-said');
    expect(views({ view: 'MAY_DISCLOSE' }, [])).not.toContain('form/nothing-said');
  });
});

describe('urgency', () => {
  it.each(['URGENT', 'EMERGENCY'] as const)('%s needs a threshold, a reason and a word on other channels', (urgency) => {
    const threshold = { urgencyThresholds: ['DISSIPATION_OF_ASSETS' as const] };
    expect(codesOf(opening({ urgency }, threshold, filled([...present, 'urgencyReason'])))).toEqual([]);
    expect(violationsOf(opening({ urgency }, threshold))).toMatchObject([
      { code: 'URGENCY_UNJUSTIFIED', remedy: { action: 'justify', fields: ['urgencyReason'] } },
    ]);
    expect(violationsOf(opening({ urgency }, {}, filled([...present, 'urgencyReason'])))).toMatchObject([
      { offenders: ['body.urgencyThresholds'] },
    ]);
    const found = violationsOf(lacking('alsoRequestedVia', { urgency })).find(({ code }) => code === 'URGENCY_UNJUSTIFIED');
    expect(found?.offenders).toEqual(['body.urgencyThresholds', 'body.alsoRequestedVia', 'urgencyReason']);
  });

  it('PRIORITY needs a date, with its reason', () => {
    const deadline = plusMs(contentSend().now, DAY_MS);
    expect(violationsOf(opening({ urgency: 'PRIORITY' }))).toMatchObject([
      { code: 'URGENCY_UNJUSTIFIED', sentence: 'PRIORITY needs a date with its reason; lacking: deadline.', offenders: ['deadline'] },
    ]);
    expect(codesOf(opening({ urgency: 'PRIORITY', deadline }))).toEqual(['MISSING_FIELD']);
    expect(codesOf(opening({ urgency: 'PRIORITY', deadline }, {}, filled([...present, 'deadlineReason'])))).toEqual([]);
  });

  it('below that needs nothing', () => {
    expect(codesOf(opening({ urgency: 'ROUTINE' }))).toEqual([]);
    expect(codesOf(contentReply({ ...status, urgency: 'URGENT' }, { items: [] }))).toEqual([]);
  });

  it('is looked for in forms, and not every item is one', () => {
    const threshold = { urgencyThresholds: ['TERRORISM' as const] };
    const items = [itemFacts({ ...contentSend().items[0]!, form: null }), ...filled([...present, 'urgencyReason']).items];
    expect(codesOf(opening({ urgency: 'URGENT' }, threshold, { items }))).toEqual([]);
  });
});

describe('the language', () => {
  const french = (language: string, languages: string[], items = contentSend().items) =>
    codesOf(opening({ language }, {}, { to: { ...fix, entry: { ...fix.entry!, languages } }, items }));
  it('is one that the addressee accepts, in whatever country it is spoken', () => {
    expect(french('en-GB', ['fr', 'en'])).toEqual([]);
    expect(french('fil', ['fil-PH'])).toEqual([]);
    expect(french('fr', ['en'])).toEqual(['LANGUAGE_NOT_ACCEPTED']);
    expect(french('fi', ['fil'])).toEqual(['LANGUAGE_NOT_ACCEPTED']);
  });

  it('may be another where a translation is attached', () => {
    const translation = (language: string | null) => ({
      ...contentSend().items[0]!,
      kind: 'TRANSLATION' as const,
      language,
      derivedFrom: [digest('a')],
      sources: [contentSend().items[0]!.label],
      digest: digest('translation'),
    });
    expect(french('fr', ['en'], [...contentSend().items, translation('en')])).toEqual([]);
    expect(french('fr', ['en'], [...contentSend().items, translation('de')])).toEqual(['LANGUAGE_NOT_ACCEPTED']);
    expect(french('fr', ['en'], [...contentSend().items, translation(null)])).toEqual(['LANGUAGE_NOT_ACCEPTED']);
  });

  it('is nobody’s to judge where there is no entry', () => {
    expect(codesOf(opening({ language: 'fr' }, {}, { to: null }))).toEqual(['ADDRESSEE_NOT_DESIGNATED']);
  });
});

describe('the choice of confidentiality', () => {
  it('has no default in civil and administrative matters', () => {
    expect(codesOf(opening({ matterType: 'CIVIL' }))).toEqual(['CONFIDENTIALITY_CHOICE_REQUIRED']);
    expect(codesOf(opening({ matterType: 'ADMINISTRATIVE' }))).toEqual(['CONFIDENTIALITY_CHOICE_REQUIRED']);
    expect(codesOf(opening({ matterType: 'CIVIL' }, { confidentiality: 'NONE' }))).toEqual([]);
  });

  it('has none on a profile that asks for it, and is not asked when consent is', () => {
    const consult: Over = { profile: 'INFORMAL_MLA_CONSULT', exchangeType: 'INFORMAL_CONSULTATION' };
    expect(codesOf(opening(consult, { consultationKind: 'STRATEGY' }))).toContain('CONFIDENTIALITY_CHOICE_REQUIRED');
    expect(codesOf(opening({ ...consult, exchangeType: 'CONSENT_REQUEST' }))).not.toContain('CONFIDENTIALITY_CHOICE_REQUIRED');
  });
});

describe('a choice of confidentiality that was made', () => {
  const chosen = submit({}, { confidentiality: 'FACT_AND_SUBSTANCE' });
  const own = contentSend().items[0]!;
  const bearing = (...caveats: WireLabel['caveats']) => [{ ...own, label: { ...own.label, caveats: [...own.label.caveats, ...caveats] } }];
  const asking = (items: SendFacts['items'], envelope: SendFacts['envelope'] = chosen) => contentSend({ envelope, opening: chosen, items });

  it('stands on the label of what is sent, where it is the fact too, for good or until a day', () => {
    expect(violationsOf(asking([own]))).toMatchObject([
      { rule: 'label/confidential-chosen', code: 'MISSING_FIELD', remedy: { fields: ['label.caveats.CONFIDENTIAL_FACT'] } },
    ]);
    expect(codesOf(asking(bearing(plain('CONFIDENTIAL_FACT', FIA))))).toEqual([]);
    expect(codesOf(asking(bearing({ code: 'CONFIDENTIAL_UNTIL', by: FIA, until: LATER })))).toEqual([]);
    expect(codesOf(asking(bearing(plain('CONFIDENTIAL_FACT', FIX))))).toEqual(['MISSING_FIELD']);
    expect(codesOf(asking([{ ...own, kind: 'PUBLIC_RECORD' }]))).toEqual([]);
    const substance = submit({}, { confidentiality: 'SUBSTANCE' });
    expect(codesOf(contentSend({ envelope: substance, opening: substance }))).toEqual([]);
  });

  it('stands on what the requester says later, and is not the other side’s', () => {
    const later = { ...answer('CLARIFICATION_REPLY', {}), from: FIA, to: FIX };
    expect(codesOf({ ...asking([own], later), exchange })).toEqual(['MISSING_FIELD']);
    expect(codesOf({ ...asking(bearing(plain('CONFIDENTIAL_FACT', FIA)), later), exchange })).toEqual([]);
    expect(codesOf(contentReply(answer('FINAL_REPLY', {}), { opening: chosen }))).toEqual([]);
  });
});

describe.each(['FINAL_REPLY', 'NEGATIVE_REPLY'] as const)('a last answer, %s,', (message) => {
  const own = message === 'NEGATIVE_REPLY' ? { searched: ['REGISTER'] } : {};
  const recipient = { authority: EFCX, authorityType: 'LAW_ENFORCEMENT' as const };
  const request = submit({}, { intendedRecipients: [{ ...recipient, purposes: ['INVESTIGATION'] }] });
  const replying = (answers?: object[]) =>
    contentReply(answer(message, { ...own, ...(answers === undefined ? {} : { consentToIntendedRecipients: answers as never }) }), {
      opening: request,
    });
  it('answers for each recipient that the request named', () => {
    expect(codesOf(replying([{ ...recipient, answer: 'SILENT' }]))).toEqual([]);
    expect(violationsOf(replying())).toMatchObject([{ code: 'MISSING_FIELD', offenders: [EFCX] }]);
    expect(codesOf(replying([{ ...recipient, authority: PROS, answer: 'SILENT' }]))).toEqual(['MISSING_FIELD']);
    expect(codesOf(replying([{ ...recipient, authorityType: 'CUSTOMS', answer: 'SILENT' }]))).toEqual(['MISSING_FIELD']);
  });

  it('owes nothing where nobody was named', () => {
    const { intendedRecipients, ...body } = submit().body;
    expect(intendedRecipients).toEqual([]);
    expect(codesOf(contentReply(answer(message, own), { opening: submit({ body }) }))).toEqual([]);
    expect(codesOf(contentReply(answer(message, own), { opening: status }))).toEqual([]);
    expect(efcx.id).toBe(EFCX);
  });
});
