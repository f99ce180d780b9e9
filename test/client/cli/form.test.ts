import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { readContents } from '../../../client/cli/draft.js';
import { blankForm, filledIn } from '../../../client/cli/form/blank.js';
import { createProgram } from '../../../client/cli/program.js';
import { DAY_MS, defaultLabel, formIssues, instantFromMs } from '../../../client/sdk/index.js';
import { clearMembersOf } from '../../../domain/profiles/clear-members.js';
import { openingOf, PROFILES } from '../../../domain/profiles/index.js';
import { MACHINES } from '../../../domain/machines/index.js';
import { PROFILE_IDS } from '../../../domain/vocabulary.js';

/** No gateway, no key store, no home: a form is read anywhere. */
async function parley(...words: string[]): Promise<string> {
  let answer = '';
  const { program } = createProgram({}, { answer: (text) => void (answer += String(text)), complaint: () => undefined });
  const quiet = { writeErr: () => undefined, writeOut: () => undefined };
  for (const command of [program, ...program.commands.flatMap((one) => [one, ...one.commands])])
    command.exitOverride().configureOutput(quiet);
  await program.parseAsync(words, { from: 'user' });
  return answer;
}
const flat = (text: string) => text.replace(/\s+/g, ' ');
const print = (...words: string[]) => parley('form', 'print', ...words);

describe('a form on paper', () => {
  it('under article 48 is complete: every field with its help, its article, and whether it is owed', async () => {
    const paper = await print('LE_ART48', '--lang', 'en');
    const text = flat(paper);
    for (const { name, title, help, article, mandatory } of PROFILES.LE_ART48.openingForm.fields) {
      const owing = mandatory ? 'MANDATORY' : '(?:optional|MANDATORY if)';
      expect(paper).toMatch(new RegExp(`\\[ \\] ${title} \\(${name}\\) - ${owing}`));
      expect(text).toContain(help);
      expect(text).toContain(`Source: ${article}`);
    }
    for (const said of [
      'LE_REQUEST_1',
      '[S¶21]',
      'TLP:AMBER+STRICT',
      'SPOC_8H',
      'internal target',
      'not affiliated',
      '1. WHO ASKS',
      'PROCEEDS',
    ])
      expect(text).toContain(said);
    expect(Math.max(...paper.split('\n').map((line) => line.length))).toBeLessThan(125);
  });

  it.each(PROFILE_IDS.flatMap((id) => PROFILES[id].exchangeTypes.map((type) => [id, type] as const)))(
    'of %s with %s names what is owed in clear and sealed',
    async (id, type) => {
      const paper = await print(id, '--type', type);
      for (const { name, title } of clearMembersOf(PROFILES[id], type)) expect(paper).toContain(`[ ] ${title} (${name}) - MANDATORY`);
      for (const { name } of openingOf(id, type)?.form?.fields ?? []) expect(paper).toContain(`(${name})`);
      expect(paper).not.toContain('undefined');
    },
  );

  it('says when a field is owed that is not always', async () => {
    const paper = flat(await print('FORMAL_MLA'));
    expect(paper).not.toContain('Reopened');
    expect(flat(await print('EGMONT_FIU'))).toContain('Reopened, it is to be answered within the same time again');
    expect(paper).toContain('Finality (orderIsFinal) - MANDATORY where one of CONFISCATION_ENFORCEMENT is asked for');
    expect(paper).toContain('Summary of facts (factualSummary) - MANDATORY, but where nothing except UNCAC_46_3_B is asked for');
    expect(paper).toContain('(confidentiality) - MANDATORY');
    expect(flat(await print('CARIN'))).toContain('Members of CARIN alone');
    expect(flat(await print('EU_FIU'))).toContain('with reasons 10 (EU_FIU_10WD)');
    expect(await print('INTERPOL')).toContain('5 years at most');
  });

  it('tells of each clock what starts it in this exchange, and of a clarification only where one may be asked', async () => {
    const consultation = flat(await print('INFORMAL_MLA_CONSULT'));
    expect(consultation).toContain('closed after 30 calendar days in which the asking side says nothing after REFUSE or CONCLUDE (');
    expect(consultation).toContain('No clarification is asked for in it, and nothing stops the clocks.');
    const extradition = flat(await print('EXTRADITION_CONSULT'));
    expect(extradition).toContain(
      'views given within 10 business days of PRE_REFUSAL_CONSULTATION or CONDITIONS_PROPOSED, by the asking side',
    );
    expect(extradition).not.toContain('FINAL_REPLY');
    expect(flat(await print('EGMONT_FIU'))).toContain('The clocks stand still while a clarification is open.');
    expect(flat(await print('EGMONT_FIU', '--type', 'CONSENT_REQUEST'))).toContain('or it lapses: silence is no yes');
    for (const id of PROFILE_IDS)
      for (const type of PROFILES[id].exchangeTypes) {
        const steps = new Set(MACHINES[type].table.map(({ step }): string => step));
        const deadlines = /Deadlines ([^]*?)Handing on/.exec(flat(await print(id, '--type', type)))![1]!;
        const starting = [...deadlines.matchAll(/(?:says nothing after|(?:days|hours) of) ([A-Z_]+(?: or [A-Z_]+)*)/g)];
        for (const step of starting.flatMap(([, named]) => named!.split(' or '))) expect([type, steps.has(step)]).toEqual([type, true]);
      }
  });

  it('of an answer has its own fields, and none of the envelope', async () => {
    const paper = await print('BVI_BILATERAL_FIU', '--answer');
    expect(paper).toContain('FIU_ANSWER_1');
    expect(paper).toContain('Together or not at all: finding');
    expect(paper).not.toContain('IN CLEAR');
  });

  it('is listed with its profile and exchange', async () => {
    const lines = (await parley('form', 'list')).split('\n');
    expect(lines).toContain('  LE_REQUEST: LE_REQUEST_1, answer LE_ANSWER_1');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    for (const id of PROFILE_IDS) expect(lines).toContain(id);
    expect(lines.filter((line) => line.includes('CONSENT_REQUEST'))).toEqual(['  CONSENT_REQUEST: no form']);
    const rows = JSON.parse(await parley('--json', 'form', 'list')) as { profile: string; exchange: string; form: string | null }[];
    expect(rows).toContainEqual({ profile: 'LE_ART48', exchange: 'LE_REQUEST', form: 'LE_REQUEST_1', answer: 'LE_ANSWER_1' });
    expect(rows).toContainEqual({ profile: 'LE_ART48', exchange: 'CONSENT_REQUEST', form: null, answer: null });
    expect(new Set(rows.map(({ profile }) => profile))).toEqual(new Set(PROFILE_IDS));
  });
});

describe('a form for machines', () => {
  it('is its JSON Schema; where there is none, what is stated in clear', async () => {
    expect(JSON.parse(await print('LE_ART48', '--json'))).toMatchObject({
      $id: 'urn:parley:form:LE_REQUEST_1',
      required: expect.any(Array),
    });
    expect(JSON.parse(await print('LE_ART48', '--type', 'CONSENT_REQUEST', '--json'))).toMatchObject({
      form: null,
      clear: expect.arrayContaining([expect.objectContaining({ name: 'consent' })]),
    });
  });

  it('is filled in and taken by compose; what stays empty counts as not filled', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'parley-form-')), 'form.json');
    for (const id of PROFILE_IDS) {
      writeFileSync(file, await print(id, '--blank'));
      const { form } = await readContents(file);
      expect(form).toEqual(blankForm(PROFILES[id].openingForm));
      expect(filledIn(form!)).toEqual({});
    }
  });

  it('is checked when it is filled', () => {
    const form = PROFILES.CARIN.openingForm;
    const filled = filledIn({
      ...blankForm(form),
      subjects: [{ kind: 'PERSON', name: 'Subject-2', born: '' }, { kind: '' }, ''],
      assetStage: 'LOST',
    });
    expect(filled).toEqual({ subjects: [{ kind: 'PERSON', name: 'Subject-2' }], assetStage: 'LOST' });
    expect(filledIn({ kinds: ['A', ''], none: null })).toEqual({ kinds: ['A'] });
    const fields = formIssues(form, filled).map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining(['assetStage', 'facts']));
    expect(fields).not.toContain('subjects');
  });
});

describe('a form that is not there', () => {
  const refused = async (...words: string[]): Promise<string> => {
    const error: unknown = await print(...words).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    const { message } = error as Error;
    const next = 'next' in (error as object) ? String((error as { next: unknown }).next) : '';
    if (error instanceof CommanderError) expect(error.exitCode).toBe(1);
    return `${message} ${next}`;
  };

  it('is refused by name, with what is known', async () => {
    expect(await refused('ATLANTIS')).toMatch(/'ATLANTIS'.*EGMONT_FIU.*DOMESTIC_ONWARD/);
    expect(await refused('CARIN', '--lang', 'fr')).toMatch(/'fr'.*one of en/);
    expect(await refused('CARIN', '--type', 'GOSSIP')).toMatch(/'GOSSIP'.*FIU_REQUEST/);
    expect(await refused('CARIN', '--type', 'FIU_REQUEST')).toMatch(/CARIN offers no FIU_REQUEST.*ASSET_TRACING_REQUEST/);
    expect(await refused('CARIN', '--type', 'CONSENT_REQUEST', '--blank')).toMatch(/CONSENT_REQUEST on CARIN has no form/);
  });
});

describe('the label that a profile proposes', () => {
  const me = 'NG-NCB' as Parameters<typeof defaultLabel>[1];
  const now = instantFromMs(0);

  it('ends with the longest retention of the channel, counted from now', () => {
    expect(defaultLabel('INTERPOL', me, now).destroyBy).toBe(5 * 365 * DAY_MS);
    expect(defaultLabel('INTERPOL', me).destroyBy).toBeNull();
    expect(defaultLabel('LE_ART48', me, now).destroyBy).toBeNull();
  });
});
