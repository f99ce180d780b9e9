import { describe, expect, it } from 'vitest';
import { completenessOf, draftIn, readReviewedDraft, type ReviewedDraft } from '../../../client/sdk/completeness.js';
import type { Opened } from '../../../client/sdk/open.js';
import { FORMAL_MLA_FORM } from '../../../domain/profiles/forms/mla.js';

const FILLED = Object.fromEntries(FORMAL_MLA_FORM.fields.filter(({ mandatory }) => mandatory).map(({ name }) => [name, `the ${name}`]));
const ENVELOPE = {
  legalBasis: ['UNCAC_46'],
  purposes: ['PROSECUTION_JUDICIAL'],
  matterType: 'CRIMINAL',
  language: 'en',
  urgency: 'ROUTINE',
  body: { confidentiality: 'FACT_AND_SUBSTANCE', parts: [{ id: 'a', assistanceType: 'COMPANY_RECORDS', coercive: false }] },
};
const draft = (form: object, over: object = {}): ReviewedDraft => readReviewedDraft(JSON.stringify({ ...ENVELOPE, form, ...over }));
const missingIn = (one: ReviewedDraft) => completenessOf('FORMAL_MLA', one).missing.map(({ field }) => field);
const without = (name: string) => Object.fromEntries(Object.entries(FILLED).filter(([field]) => field !== name));

describe('what a draft of a formal request lacks', () => {
  it('names each of 46(15)(a)-(f) that is not there, by article', () => {
    const { missing, possible, isComplete } = completenessOf('FORMAL_MLA', draft({}));
    expect(isComplete).toBe(false);
    const articles = missing.map(({ article }) => article).join();
    for (const letter of ['a', 'b', 'c', 'd', 'f']) expect(articles).toContain(`46(15)(${letter})`);
    expect(possible.map(({ article }) => article)).toContain('46(15)(e) [M]');
    expect(missing[0]).toMatchObject({ field: 'requestingAuthority', section: '1. Authority' });
  });

  it('names what practitioners look for first, and does not owe it: the link with the crime, the need for the measure ([S¶27])', () => {
    const whole = { ...FILLED, factualSummary: 'What happened.' };
    const possibleIn = (form: object) => completenessOf('FORMAL_MLA', draft(form)).possible.map(({ field }) => field);
    expect(possibleIn(whole)).toEqual(expect.arrayContaining(['linkToCase', 'freezingNeed']));
    expect(possibleIn({ ...whole, linkToCase: 'So it came.', freezingNeed: 'It is being sold.' })).not.toContain('freezingNeed');
    expect(completenessOf('FORMAL_MLA', draft(whole)).isComplete).toBe(true);
  });

  it('finds nothing in one that has all that is owed', () => {
    const found = completenessOf('FORMAL_MLA', draft({ ...FILLED, factualSummary: 'What happened.' }));
    expect(found).toMatchObject({ isComplete: true, missing: [], wrong: [], depends: [] });
  });

  it('owes no facts for the service of documents alone (46(15)(c))', () => {
    expect(missingIn(draft(FILLED))).toEqual(['factualSummary']);
    const served = { assistanceTypes: ['UNCAC_46_3_B'], body: { confidentiality: 'NONE' } };
    expect(missingIn(draft(FILLED, served))).toEqual([]);
  });

  it('owes what 55(3) adds, by the kind of assistance of each part', () => {
    const parts = [{ id: 'a', assistanceType: 'FREEZING', coercive: true }];
    const { missing } = completenessOf(
      'FORMAL_MLA',
      draft({ ...FILLED, factualSummary: 'x' }, { body: { ...ENVELOPE.body, parts }, assistanceTypes: ['CONFISCATION_ENFORCEMENT'] }),
    );
    expect(missing.map(({ article }) => article)).toEqual(expect.arrayContaining(['55(3)(b) [M]', '55(3)(c) [M]']));
    expect(missing.map(({ article }) => article)).not.toContain('55(3)(a) [M]');
  });

  it('owes reasons where the envelope is urgent, names a day, or is about different matters', () => {
    const whole = { ...FILLED, factualSummary: 'x' };
    const body = { ...ENVELOPE.body, urgencyThresholds: ['TERRORISM'], alsoRequestedVia: [] };
    for (const urgency of ['URGENT', 'EMERGENCY']) expect(missingIn(draft(whole, { urgency, body }))).toEqual(['urgencyReason']);
    expect(missingIn(draft(whole, { deadline: '2027-01-01T00:00:00Z' }))).toEqual(['deadlineReason']);
    const differs = { ...ENVELOPE.body, matterTypeRequested: 'CIVIL' };
    expect(missingIn(draft(whole, { body: differs }))).toEqual(['coordinationPlan']);
    expect(missingIn(draft(whole, { body: { ...differs, matterTypeRequested: 'CRIMINAL' } }))).toEqual([]);
  });

  it('asks where something is urgent on which ground, and for a word on other channels, on any profile', () => {
    const urgent = (body: object) => missingIn(draft({ ...FILLED, factualSummary: 'x', urgencyReason: 'y' }, { urgency: 'URGENT', body }));
    const body = { ...ENVELOPE.body, urgencyThresholds: [] };
    expect(urgent(body)).toEqual(['urgencyThresholds', 'alsoRequestedVia']);
    expect(urgent({ ...body, urgencyThresholds: ['TERRORISM'], alsoRequestedVia: [] })).toEqual([]);
    const egmont = { ...ENVELOPE, urgency: 'EMERGENCY', body: {}, form: { facts: 'x' } };
    const missing = completenessOf('EGMONT_FIU', readReviewedDraft(JSON.stringify(egmont))).missing.map(({ field }) => field);
    expect(missing.filter((field) => field === 'alsoRequestedVia')).toHaveLength(1);
  });

  it('asks for a link with the country once: in the form, which sending then names', () => {
    const request = { ...ENVELOPE, body: {}, form: { facts: 'x' } };
    const missing = completenessOf('EGMONT_FIU', readReviewedDraft(JSON.stringify(request))).missing.map(({ field }) => field);
    expect(missing).toContain('countryLink');
    expect(missing).not.toContain('links');
  });

  it('names what is missing in clear, the choice of confidentiality among it', () => {
    const { missing } = completenessOf('FORMAL_MLA', draft({ ...FILLED, factualSummary: 'x' }, { legalBasis: [], language: '', body: {} }));
    expect(missing.map(({ field, section }) => [field, section])).toEqual([
      ['legalBasis', null],
      ['language', null],
      ['confidentiality', null],
      ['parts', null],
    ]);
    const none = draft({ ...FILLED, factualSummary: 'x' }, { body: { ...ENVELOPE.body, parts: [] } });
    expect(missingIn(none)).toEqual(['parts']);
  });

  it('says what is filled in a way that the form does not take', () => {
    const found = completenessOf('FORMAL_MLA', draft({ ...FILLED, factualSummary: 7, orderIsFinal: 'NEARLY', odd: 'x' }));
    expect(found.wrong.map(({ field }) => field).toSorted()).toEqual(['', 'factualSummary', 'orderIsFinal']);
    expect(found.isComplete).toBe(false);
  });

  it('names what is wrong with the clear part by its member, once', () => {
    const body = { ...ENVELOPE.body, periodFrom: 'soon', bogus: 1 };
    const { wrong } = completenessOf('FORMAL_MLA', draft({ ...FILLED, factualSummary: 'What happened.' }, { body }));
    expect(wrong).toEqual([
      { field: 'body.periodFrom', what: 'it is a day, written yyyy-mm-dd' },
      { field: 'body', what: 'it has no member bogus' },
    ]);
  });

  it('knows no form where the exchange has none', () => {
    expect(() => completenessOf('FORMAL_MLA', draft({}), 'CONSENT_REQUEST')).toThrow('NO_FORM');
  });
});

const opened = (content: Opened['content'], schema = 'INFORMAL_CONSULTATION_1') =>
  draftIn({ content, item: { payload: { form: { schema, present: [], _sd: [] } } } as unknown as Opened['item'] }, FORMAL_MLA_FORM);
const fields = (values: object) =>
  ({ role: 'FORM', fields: new Map(Object.entries(values)), disclosures: [], original: null, wrong: [] }) as const;

describe('a sealed draft in the reviewer’s client', () => {
  it('is read from a form of its kind, whose envelope is not known', () => {
    const found = completenessOf('FORMAL_MLA', opened(fields(without('purpose')), FORMAL_MLA_FORM.schema));
    expect(found.missing.map(({ field }) => field)).toEqual(['factualSummary', 'purpose']);
    expect(found.depends.map(({ field }) => field)).toEqual(['coordinationPlan', 'urgencyReason', 'deadlineReason']);
  });

  it('is read from the draft field of a consultation, from a text and from a file', () => {
    const text = JSON.stringify({ ...ENVELOPE, form: FILLED });
    const bytes = new TextEncoder().encode(text);
    for (const content of [fields({ draft: text }), { role: 'TEXT', text } as const, { role: 'FILE', bytes } as const])
      expect(missingIn(opened(content))).toEqual(['factualSummary']);
  });

  it('is not found in what holds none', () => {
    for (const content of [fields({}), { role: 'TEXT', text: 'Dear colleague' } as const, { role: 'TEXT', text: '{}' } as const])
      expect(() => opened(content)).toThrow('DRAFT_UNREADABLE');
    for (const bytes of [null, new Uint8Array([0xff])]) expect(() => opened({ role: 'FILE', bytes })).toThrow('DRAFT_UNREADABLE');
  });
});
