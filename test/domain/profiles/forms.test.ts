import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jsonSchemaOf, zodOf } from '../../../domain/profiles/form-schema.js';
import { isTold, owedBy, type Form } from '../../../domain/profiles/form.js';
import { LE_REQUEST_FORM } from '../../../domain/profiles/forms/law-enforcement.js';
import { PROFILES } from '../../../domain/profiles/index.js';

const FORMS = [
  ...new Map(
    Object.values(PROFILES)
      .flatMap(({ openings }) => Object.values(openings).flatMap(({ form, answer }) => [form, answer]))
      .flatMap((form) => (form === null ? [] : [[form.schema, form] as const])),
  ),
];

interface Schema {
  readonly $id: string;
  readonly $schema: string;
  readonly type: string;
  readonly title: string;
  readonly additionalProperties: boolean;
  readonly required?: readonly string[];
  readonly properties: Readonly<Record<string, { title: string; description: string; article: string; mandatory: boolean }>>;
}

describe.each(FORMS)('the form %s', (schema, form) => {
  const json = jsonSchemaOf(form) as Schema;

  it('is a JSON Schema that knows its fields, their help and their articles, and no others', () => {
    expect(json).toMatchObject({ $id: `urn:parley:form:${schema}`, type: 'object', title: form.title, additionalProperties: false });
    expect(json.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(Object.keys(json.properties)).toEqual(form.fields.map(({ name }) => name));
    for (const { name, title, help, article, mandatory } of form.fields)
      expect(json.properties[name]).toMatchObject({ title, description: help, article, mandatory });
    expect(json.required ?? []).toEqual(form.fields.filter(({ mandatory }) => mandatory).map(({ name }) => name));
    // what is made from it has to be read again by whoever draws it
    expect(z.fromJSONSchema(JSON.parse(JSON.stringify(json)) as Parameters<typeof z.fromJSONSchema>[0])).toBeDefined();
  });

  it('names a title, a help and an article for each field, and each name once', () => {
    expect(new Set(form.fields.map(({ name }) => name)).size).toBe(form.fields.length);
    expect(form.source).not.toBe('');
    for (const { name, title, help, article } of form.fields) {
      expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/);
      for (const text of [title, help, article]) expect(text, name).not.toBe('');
    }
  });

  it('is one schema under one code', () => {
    const others = Object.values(PROFILES).flatMap(({ openings }) => Object.values(openings).flatMap(({ form: a, answer: b }) => [a, b]));
    for (const other of others) if (other?.schema === schema) expect(other).toBe(form);
  });
});

describe('what the report of the expert meeting names', () => {
  const fields = (schema: string) => new Map(FORMS.find(([one]) => one === schema)![1].fields.map((field) => [field.name, field]));

  it('tells confiscation of an object from that of its value, without a conviction, and extended ([S¶27, ¶32])', () => {
    for (const schema of ['FORMAL_MLA_1', 'ASSET_TRACING_1', 'ARIN_WCA_1'])
      expect(fields(schema).get('confiscationModel'), schema).toMatchObject({
        mandatory: false,
        takes: { kind: 'CHOICES', choices: ['OBJECT', 'VALUE', 'NON_CONVICTION_BASED', 'EXTENDED'] },
      });
  });

  it('says where a final verdict can be read ([S¶43(h)])', () => {
    expect(fields('FEEDBACK_1').get('publicVerdict')).toMatchObject({ mandatory: false, article: '[S¶43(h)]' });
  });
});

describe('the template under article 48', () => {
  it('has what the expert meeting and Dir 2023/977 ask for ([S¶21])', () => {
    expect(owedBy(LE_REQUEST_FORM).map(({ field }) => field)).toEqual([
      'requestingUnit',
      'contact',
      'caseReference',
      'subTypes',
      'offence',
      'facts',
      'subjects',
      'personPurposeLink',
      'informationSought',
      'reasonToBelieve',
      'necessity',
      'intendedUse',
      'useLimits',
    ]);
  });

  it('takes a request that is whole, and says what is wrong with one that is not', () => {
    const whole = {
      ...Object.fromEntries(owedBy(LE_REQUEST_FORM).map(({ field }) => [field, 'as told'])),
      subTypes: ['PERSON', 'PROCEEDS'],
      subjects: [{ kind: 'PERSON', role: 'SUSPECT', name: 'Subject-1' }],
      feedbackBy: '2027-01-31',
      evidenceIntended: 'NO',
    };
    const issues = (over: object): string[] =>
      zodOf(LE_REQUEST_FORM)
        .safeParse({ ...whole, ...over })
        .error?.issues.map(({ path, code }) => `${path.join('.')}: ${code}`) ?? [];
    expect(issues({})).toEqual([]);
    expect(issues({ subjects: 'Subject-1, suspect' })).toEqual([]);
    expect(issues({ facts: '  ' })).toEqual(['facts: too_small']);
    expect(issues({ facts: undefined })).toEqual(['facts: invalid_type']);
    expect(issues({ subTypes: ['PERSONS'] })).toEqual(['subTypes.0: invalid_value']);
    expect(issues({ subTypes: [] })).toEqual(['subTypes: too_small']);
    expect(issues({ subjects: [{ role: 'HERO' }] })).toEqual(['subjects: invalid_union']);
    expect(issues({ subjects: [{ surname: 'One' }] })).toEqual(['subjects.0: unrecognized_keys']);
    expect(issues({ feedbackBy: 'soon' })).toEqual(['feedbackBy: invalid_format']);
    expect(issues({ evidenceIntended: 'MAYBE' })).toEqual(['evidenceIntended: invalid_value']);
    expect(issues({ rumour: 'x' })).toEqual([': unrecognized_keys']);
  });
});

describe('a field that is owed in some cases', () => {
  const form: Form = {
    schema: 'X_1',
    title: 'x',
    source: '[D]',
    fields: [
      { name: 'always', title: 't', help: 'h', article: 'a', mandatory: true },
      { name: 'never', title: 't', help: 'h', article: 'a', mandatory: false },
      { name: 'frozen', title: 't', help: 'h', article: 'a', mandatory: false, when: { asked: ['FREEZING'] } },
      { name: 'served', title: 't', help: 'h', article: 'a', mandatory: false, when: { askedBeyond: ['UNCAC_46_3_B'] } },
      { name: 'urgent', title: 't', help: 'h', article: 'a', mandatory: false, when: { envelope: 'URGENT' } },
    ],
  };
  const owed = (...asked: Parameters<typeof owedBy>[1] & string[]) => owedBy(form, asked as never).map(({ field }) => field);

  it('follows what is asked; what the envelope says is judged by a rule', () => {
    expect(owedBy(form).map(({ field }) => field)).toEqual(['always', 'served']);
    expect(owed('FREEZING')).toEqual(['always', 'frozen', 'served']);
    expect(owed('UNCAC_46_3_B')).toEqual(['always']);
    expect(owed('UNCAC_46_3_B', 'FREEZING')).toEqual(['always', 'frozen', 'served']);
  });

  it('is told in clear when it is filled, as a mandatory one is', () => {
    expect(form.fields.filter(isTold).map(({ name }) => name)).toEqual(['always', 'frozen', 'served', 'urgent']);
  });
});

/** Section 12, column "Mandatory beyond common", by hand; what is owed in some cases alone is proved with its rule. */
const SECTION_12: Readonly<Partial<Record<keyof typeof PROFILES, string>>> = {
  EGMONT_FIU: 'facts background reasons countryLink intendedUse intendedRecipients subjects periodFrom offence alsoRequestedVia',
  EU_FIU: 'facts background reasons countryLink intendedUse intendedRecipients subjects periodFrom offence alsoRequestedVia fallbackReason',
  BVI_BILATERAL_FIU:
    'facts background reasons countryLink intendedUse intendedRecipients subjects periodFrom offence alsoRequestedVia reciprocity',
  CARIN: 'caseType assetStage subjects suspectedLocation questions mlaIntended contactPoint',
  ARIN_WCA: 'caseType assetStage subjects suspectedLocation questions mlaIntended contactPoint',
  GLOBE: 'offence',
  INTERPOL: 'art3Compliant purpose sourceAccuracy',
  LE_ART48: 'requestingUnit caseReference offence subTypes facts personPurposeLink reasonToBelieve useLimits',
  INFORMAL_MLA_CONSULT: 'consultationKind offenceSummary plannedTiming',
  EXTRADITION_CONSULT: 'person offence dualCriminality nationality location custody treatyBasis',
  FORMAL_MLA: 'requestingAuthority conductingAuthority subjectMatter assistance purpose undertakings',
  CIVIL_ADMIN: 'matterTypeRequested parties forum purpose disclosureForeseen',
  PREVENTION: 'topic',
  DIAGONAL: 'chain ultimatePurpose',
  SPONTANEOUS: 'relevance spontaneousBasis',
};

describe('what opens a channel’s own exchange', () => {
  it.each(Object.entries(SECTION_12))('on %s owes what section 12 lists', (id, listed) => {
    const { mandatoryForm, mandatoryBody } = PROFILES[id as keyof typeof PROFILES];
    const owed = [...mandatoryForm, ...mandatoryBody].map(({ field }) => field);
    for (const field of listed.split(' ')) expect(owed).toContain(field);
  });
});
