import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTerminal, openTerminal } from './terminal.js';

let exchange: string;
let item: string;

const DRAFT = {
  assistanceTypes: ['FREEZING'],
  legalBasis: ['UNCAC_46'],
  purposes: ['PROSECUTION_JUDICIAL'],
  matterType: 'CRIMINAL',
  language: 'en',
  urgency: 'ROUTINE',
  form: { requestingAuthority: 'The Attorney General.', subjectMatter: 'A bribe.', persons: [] },
};
const CONSULTATION = {
  to: 'US-OIX',
  toType: 'CENTRAL_AUTHORITY_MLA',
  fromType: 'CENTRAL_AUTHORITY_MLA',
  exchangeType: 'INFORMAL_CONSULTATION',
  profile: 'INFORMAL_MLA_CONSULT',
  legalBasis: ['UNCAC_46'],
  framework: [],
  purposes: ['MLA_PREPARATION'],
  matterType: 'CRIMINAL',
  language: 'en',
  urgency: 'ROUTINE',
  body: { consultationKind: 'DRAFT_REVIEW', confidentiality: 'FACT_AND_SUBSTANCE' },
  form: {
    offenceSummary: 'Bribery.',
    question: 'What does the draft lack?',
    plannedTiming: 'In spring.',
    draft: JSON.stringify(DRAFT),
    persons: 'Subject-1.',
  },
};

const { terminal } = await openTerminal({ 'MY-AGX': 'CENTRAL_AUTHORITY_MLA', 'US-OIX': 'CENTRAL_AUTHORITY_MLA' });

beforeAll(async () => {
  const sent = await terminal.parley<{ exchange: string; items: { item: string }[] }>(
    'my-agx',
    'send',
    terminal.write('consultation.json', CONSULTATION),
  );
  ({ exchange } = sent);
  item = sent.items[0]!.item;
  await terminal.parley('us-oix', 'inbox');
  await terminal.parley('us-oix', 'ack', exchange);
});

describe('parley check', () => {
  it('opens a sealed draft in the reviewer’s client, and names its missing sections by article', async () => {
    const { shown, code } = await terminal.showsAll('us-oix', 'check', item, '--form', 'FORMAL_MLA');
    expect(code).toBe('NOT_COMPLETE');
    for (const words of [
      'Not complete (FORMAL_MLA_1 of FORMAL_MLA)',
      '46(15)(b) [M]',
      '46(15)(c) [M]',
      '46(15)(f) [M]',
      '55(3)(c) [M]',
      '7. Assets: freezing or seizure',
    ])
      expect(shown).toContain(words);
    expect(shown).toContain('46(15)(e) [M]  Persons concerned (persons)');
    expect(shown).not.toContain('46(15)(a) [M]');
    expect(shown.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('takes a draft file, and what the draft does not say of what is asked', async () => {
    const file = terminal.write('service.json', { ...DRAFT, assistanceTypes: [], body: { confidentiality: 'NONE' } });
    const fields = async (...more: string[]) =>
      (
        await terminal.fails<{ missing: { field: string }[] }>('NOT_COMPLETE', 'nobody', 'check', file, '--form', 'FORMAL_MLA', ...more)
      ).missing.map(({ field }) => field);
    expect(await fields()).toContain('factualSummary');
    expect(await fields('--assistance', 'UNCAC_46_3_B')).not.toContain('factualSummary');
  });

  it('says what sending would refuse before anything is sealed', async () => {
    const label = { level: 'RESTRICTED', tlp: 'RED', caveats: [], purposes: ['INTELLIGENCE'], originators: ['MY-AGX'], destroyBy: null };
    const odd = {
      ...CONSULTATION,
      urgency: 'SOON',
      legalBasis: ['FRIENDSHIP'],
      body: { consultationKind: 'CHAT', confidentiality: 'FACT_AND_SUBSTANCE' },
    };
    const wrongIn = async (draft: object, ...more: string[]) => {
      const { shown, code } = await terminal.showsAll('nobody', '--json', 'check', terminal.write('wrong.json', draft), ...more);
      const found = JSON.parse(shown) as { wrong: { field: string; what: string }[]; isComplete: boolean };
      expect(code).toBe(found.isComplete ? null : 'NOT_COMPLETE');
      expect(found.isComplete).toBe(found.wrong.length === 0);
      return found.wrong.map(({ field, what }) => `${field}: ${what}`).join('\n');
    };
    expect(await wrongIn(CONSULTATION)).toBe('');
    const said = await wrongIn(odd);
    for (const words of [
      'urgency: it is one of ROUTINE',
      'legalBasis.0: it is a legal basis, as UNCAC_46',
      'consultationKind: it is one of REQUIREMENTS_QUESTION',
    ])
      expect(said).toContain(words);
    expect(await wrongIn({ ...CONSULTATION, label })).toContain('add NAMED_RECIPIENTS with those it is for');
    expect(await wrongIn({ ...CONSULTATION, attachments: [{ path: 'none.pdf' }] })).toContain('there is no file none.pdf');
    const impossible = {
      periodFrom: '2026-02-01',
      periodTo: '2026-01-01',
      parts: [1, 2].map(() => ({ id: 'a', assistanceType: 'FREEZING', coercive: true })),
    };
    const against = await wrongIn({ ...CONSULTATION, body: { ...CONSULTATION.body, ...impossible } });
    for (const words of ['periodTo: the period ends before it begins', 'parts: several have the id a']) expect(against).toContain(words);
    const half = { ...CONSULTATION, body: { ...CONSULTATION.body, parts: [{ id: '1', assistanceType: '', coercive: false }] } };
    const words = 'body.parts.0: it does not say what it asks for: fill in its assistanceType, or take the part out';
    expect(await wrongIn(half)).toContain(words);
    const refused = { code: 'MALFORMED', what: expect.stringContaining(words) as string };
    await expect(terminal.parley('my-agx', 'send', terminal.write('half.json', half))).rejects.toMatchObject(refused);
    expect(await wrongIn({ ...CONSULTATION, body: { ...CONSULTATION.body, periodFrom: '2090-01-01' } })).toContain('still to come');
    const torn = {
      ...CONSULTATION,
      exchangeType: 'SPONTANEOUS_DISCLOSURE',
      profile: 'SPONTANEOUS',
      body: { spontaneousBasis: 'UNCAC_46_4' },
      form: { relevance: 'A link.', facts: 'An account was closed.' },
    };
    expect(await wrongIn(torn)).toBe('facts, evaluation, asOf: these belong together: fill all of them or none');
    await expect(terminal.parley('my-agx', 'send', terminal.write('torn.json', torn))).rejects.toMatchObject({ code: 'FORM_INVALID' });
  });

  it('checks an answer on its own form, and one without a form for what it says', async () => {
    const answer = async (contents: object) => {
      const file = terminal.write('answer.json', contents);
      const { shown } = await terminal.showsAll('nobody', '--json', 'check', file, '--answer', '--form', 'INFORMAL_MLA_CONSULT');
      return JSON.parse(shown) as { form: string | null; missing: { field: string }[]; wrong: { what: string }[] };
    };
    const form = { requirements: 'An order.', odd: 'x' };
    expect(await answer({ form })).toMatchObject({
      form: 'INFORMAL_CONSULTATION_ANSWER_1',
      missing: [{ field: 'answer' }],
      wrong: [{ what: expect.stringContaining('odd') as string }],
    });
    expect(await answer({ text: 'Yes.' })).toMatchObject({ form: null, missing: [], wrong: [] });
    expect((await answer({})).wrong).toMatchObject([{ what: expect.stringContaining('it says nothing') as string }]);
    expect((await answer({ text: 'Yes.', body: {} })).wrong).toMatchObject([{ what: 'the file: it has no member body' }]);
  });

  it('checks what has no form for what it states in clear', async () => {
    const { form: _none, ...facts } = CONSULTATION;
    const asked = { ...facts, exchangeType: 'CONSENT_REQUEST', body: { consent: { items: [], until: 'soon' } } };
    const { missing, wrong } = await terminal.fails<{ missing: object[]; wrong: { field: string; what: string }[] }>(
      'NOT_COMPLETE',
      'nobody',
      'check',
      terminal.write('consent.json', asked),
    );
    expect(missing).toEqual([]);
    expect(wrong).toContainEqual({ field: 'body.consent.recipient', what: 'it is missing' });
    await expect(terminal.parley('nobody', 'check', terminal.write('void.json', { text: 'x' }))).rejects.toMatchObject({
      what: expect.stringContaining('neither a form nor a body') as string,
    });
  });

  it('says what it cannot check', async () => {
    await expect(terminal.parley('nobody', 'check', terminal.path('none.json'), '--form', 'FORMAL_MLA')).rejects.toMatchObject({
      code: 'FILE_MISSING',
    });
    const odd = terminal.write('odd.json', []);
    await expect(terminal.parley('nobody', 'check', odd, '--form', 'FORMAL_MLA')).rejects.toMatchObject({ code: 'DRAFT_UNREADABLE' });
  });
});

describe('parley promote', () => {
  it('writes a formal draft of one’s own words, which names the consultation and can be checked', async () => {
    const out = terminal.path('formal.json');
    const shown = await terminal.shows('my-agx', 'promote', exchange, '--to-profile', 'FORMAL_MLA', '--out', out);
    for (const words of [
      `Draft: ${out}`,
      'From your own words: offence (was offenceSummary), persons.',
      `It relates to exchange ${exchange}`,
      'Nothing was left out',
      `Next: parley check ${out}, complete it, then parley send ${out}\n`,
      `parley reply ${exchange} PROMOTE_TO_FORMAL --body '{"request":"NEW"}'`,
    ])
      expect(shown).toContain(words);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
      to: 'US-OIX',
      exchangeType: 'FORMAL_MLA_REQUEST',
      profile: 'FORMAL_MLA',
      legalBasis: ['UNCAC_46'],
      body: { relatesTo: [exchange] },
      form: { offence: 'Bribery.', persons: 'Subject-1.', requestingAuthority: '' },
    });
    const { missing } = await terminal.fails<{ missing: { field: string }[] }>('NOT_COMPLETE', 'my-agx', 'check', out);
    expect(missing.map(({ field }) => field)).toContain('requestingAuthority');
  });

  it('says of what it left out whose it is, and how to ask for it', async () => {
    const shown = await terminal.shows('us-oix', 'promote', exchange, '--to-profile', 'FORMAL_MLA', '--to', 'EE-AGX');
    for (const words of [
      `FORM ${item}: received from MY-AGX; originators MY-AGX`,
      'NO_THIRD_PARTY (MY-AGX)',
      `parley explain release --item ${item}`,
      'It names no earlier exchange',
    ])
      expect(shown).toContain(words);
    expect(await terminal.shows('us-oix', 'promote', exchange, '--to-profile', 'FORMAL_MLA')).toContain('may be handed on by a release');
  });
});

describe('parley advise', () => {
  it('lists no network that neither of the two is in, and says which it left out', async () => {
    const asked = ['advise', '--need', 'ASSET_LOCATION', '--to', 'US-OIX'];
    const { advice, outside } = await terminal.parley<{ advice: { profile: string | null }[]; outside: string[] }>('my-agx', ...asked);
    expect(outside).toEqual(expect.arrayContaining(['CARIN', 'ARIN_AP']));
    expect(advice.map(({ profile }) => profile)).not.toContain('CARIN');
    const shown = await terminal.shows('my-agx', ...asked);
    expect(shown).toMatch(/neither of you is a member there: .*CARIN/);
    expect(shown).not.toContain('both have to be members');
  });

  it('puts last what joins only the States of a region, or units that protect as well, where the directory says that they are not', async () => {
    await terminal.enrol({ 'GH-FIC': 'FIU' });
    const facts = { name: 'GH-FIC', territory: 'GH', types: ['FIU'], languages: ['en'], clearance: 'RESTRICTED', timeZone: 'UTC' };
    await terminal.parley('gh-fic', 'entry', terminal.write('alone.json', { ...facts, declares: { networks: [] } }));
    const asked = ['advise', '--need', 'FINANCIAL_INTELLIGENCE', '--to', 'GH-FIC'];
    const { advice } = await terminal.parley<{ advice: { profile: string; obstacles: { code: string }[] }[] }>('my-agx', ...asked);
    const against = (profile: string) => advice.find((one) => one.profile === profile)?.obstacles.map(({ code }) => code);
    expect(against('EU_FIU')).toContain('OUTSIDE_REGION');
    expect(against('EGMONT_FIU')).toContain('NOT_ASSURED');
    expect(await terminal.shows('my-agx', ...asked)).toContain('both have to lie in one of AT, BE');
  });

  it('says which channel fits and why, without a gateway', async () => {
    const shown = await createTerminal().shows(
      'nobody',
      'advise',
      '--need',
      'ASSET_LOCATION',
      '--coercive',
      '--from',
      'FIU',
      '--to-type',
      'FIU',
    );
    for (const words of [
      'no request (OPEN_SOURCE), to prepare the formal request',
      'FORMAL_MLA (MLA)',
      'not for you: no such body is addressed on it',
      'alsoRequestedVia',
      'members of CARIN',
    ])
      expect(shown).toContain(words);
    const quiet = await createTerminal().shows(
      'nobody',
      'advise',
      '--need',
      'FINANCIAL_INTELLIGENCE',
      '--from',
      'TAX_AUTHORITY',
      '--nowhere-else',
    );
    expect(quiet).toContain('ask through FIU');
    expect(quiet).not.toContain('alsoRequestedVia');
  });

  it('takes types and networks of both sides from the directory', async () => {
    const answer = await terminal.parley<{ advice: { profile: string; obstacles: unknown[] }[] }>(
      'my-agx',
      'advise',
      '--need',
      'DRAFT_REVIEW',
      '--to',
      'US-OIX',
    );
    expect(answer.advice).toMatchObject([{ profile: 'INFORMAL_MLA_CONSULT', obstacles: [] }]);
    await expect(terminal.parley('my-agx', 'advise', '--need', 'DRAFT_REVIEW', '--to', 'ZZ-AGX')).rejects.toMatchObject({
      code: 'NO_SUCH_AUTHORITY',
      what: 'The directory has no ZZ-AGX.',
    });
    const same = await terminal.shows('my-agx', 'advise', '--need', 'DRAFT_REVIEW', '--to', 'US-OIX', '--also-via', 'INFORMAL_MLA_CONSULT');
    expect(same).toContain('The same was asked by INFORMAL_MLA_CONSULT');
  });
});
