/** What answers a formal request serves its proceedings and no others (46(19)): `parley reply` says so by itself, and each use is held to it. */
import { expect, it } from 'vitest';
import { openTerminal } from './terminal.js';

const CENTRAL = 'CENTRAL_AUTHORITY_MLA';
const FOR = ['--purpose', 'PROSECUTION_JUDICIAL'];
const parts = [{ id: 'A', assistanceType: 'COMPANY_RECORDS', coercive: false }];
const REQUEST = {
  to: 'US-OIX',
  toType: CENTRAL,
  fromType: CENTRAL,
  exchangeType: 'FORMAL_MLA_REQUEST',
  profile: 'FORMAL_MLA',
  legalBasis: ['UNCAC_46'],
  framework: [],
  purposes: ['PROSECUTION_JUDICIAL'],
  matterType: 'CRIMINAL',
  language: 'en',
  urgency: 'ROUTINE',
  form: {
    requestingAuthority: 'The Attorney General.',
    conductingAuthority: 'The High Court.',
    subjectMatter: 'A bribe.',
    factualSummary: 'Subject-1 was paid.',
    assistance: 'An extract of the company register.',
    purpose: 'The trial.',
    undertakings: 'For the proceedings above alone.',
  },
};

const { terminal } = await openTerminal({ 'MY-AGX': CENTRAL, 'US-OIX': CENTRAL });

async function asked(body: object): Promise<string> {
  const file = terminal.write('request.json', { ...REQUEST, body: { confidentiality: 'NONE', parts, ...body } });
  const { exchange } = await terminal.parley<{ exchange: string }>('my-agx', 'send', file, '--again');
  await terminal.parley('us-oix', 'inbox');
  await terminal.parley('us-oix', 'ack', exchange);
  return exchange;
}

interface Sent {
  readonly exchange: string;
  readonly items: { readonly item: string }[];
}

interface Opened {
  readonly label: { readonly caveats: { readonly code: string; readonly proceedings?: string[] }[] };
}

const caveatsAt = async (who: string, item: string) => (await terminal.parley<Opened>(who, 'open', item, ...FOR)).label.caveats;

async function answered(exchange: string, ...more: string[]) {
  const words = ['reply', exchange, 'FINAL_REPLY', '--text', 'The extract says so.', ...more];
  const { item } = (await terminal.parley<{ items: { item: string }[] }>('us-oix', ...words)).items[0]!;
  await terminal.parley('my-agx', 'inbox');
  const bound = (await caveatsAt('my-agx', item)).filter(({ code }) => code === 'SPECIALITY');
  return { item, proceedings: bound.map((caveat) => caveat.proceedings) };
}

it('names the case of the request, and the exchange where the request names none', async () => {
  const exchange = await asked({ ownCase: 'case-7' });
  const { item, proceedings } = await answered(exchange);
  expect(proceedings).toEqual([['case-7']]);
  const using = (reference: string) => terminal.parley('my-agx', 'use', item, 'PROSECUTION_JUDICIAL', '--proceedings', reference);
  await expect(using('case-8')).rejects.toMatchObject({ violations: [{ rule: 'purpose/speciality' }] });
  await using('case-7');
  // nobody chose that its fact is confidential: it may be shown in open court
  expect((await caveatsAt('my-agx', item)).map(({ code }) => code)).toEqual(['NO_THIRD_PARTY', 'SPECIALITY']);
  const nameless = await asked({});
  expect((await answered(nameless)).proceedings).toEqual([[nameless]]);
});

it('leaves the proceedings to who answers, where that names them itself', async () => {
  expect((await answered(await asked({ ownCase: 'case-7' }), '--caveat', 'SPECIALITY=trial-3')).proceedings).toEqual([['trial-3']]);
});

it('is beside what the request chose, which stands on its label whatever label it was given, and on what follows it', async () => {
  const label = { level: 'RESTRICTED', tlp: 'AMBER+STRICT', purposes: ['PROSECUTION_JUDICIAL'], originators: ['MY-AGX'], destroyBy: null };
  const draft = { ...REQUEST, body: { confidentiality: 'FACT_AND_SUBSTANCE', parts }, label: { ...label, caveats: [] } };
  const sent = await terminal.parley<Sent>('my-agx', 'send', terminal.write('secret.json', draft));
  await terminal.parley('us-oix', 'inbox');
  expect(await caveatsAt('us-oix', sent.items[0]!.item)).toEqual([{ code: 'CONFIDENTIAL_FACT', by: 'MY-AGX' }]);
  await terminal.parley('us-oix', 'clarify', sent.exchange, '--text', 'Which company?');
  await terminal.parley('my-agx', 'inbox');
  const contents = terminal.write('more.json', { text: 'Company-D.', label: { ...label, caveats: [] } });
  const { item: more } = (await terminal.parley<{ items: { item: string }[] }>('my-agx', 'clarified', sent.exchange, '--form', contents))
    .items[0]!;
  await terminal.parley('us-oix', 'inbox');
  expect(await caveatsAt('us-oix', more)).toEqual([{ code: 'CONFIDENTIAL_FACT', by: 'MY-AGX' }]);
});

it('stands on answers alone', async () => {
  const exchange = await asked({});
  const shown = await terminal.shows('us-oix', 'clarify', exchange, '--text', 'Which company?');
  expect(shown).not.toContain('SPECIALITY');
  await terminal.parley('my-agx', 'inbox');
  expect(await terminal.shows('my-agx', 'clarified', exchange, '--text', 'Company-D.')).not.toContain('SPECIALITY');
  await terminal.parley('us-oix', 'inbox');
  expect(await terminal.shows('us-oix', 'reply', exchange, 'FINAL_REPLY', '--text', 'None.')).toContain(
    'SPECIALITY stands on what you sent',
  );
});
