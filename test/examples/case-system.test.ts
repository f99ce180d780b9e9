/** The program that docs/INTEGRATING.md points to, run as an integrator would, by the names that the package exports. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { disclosureTo } from '../client/cli/disclosure.js';
import { createTerminal, type Terminal } from '../client/cli/terminal.js';
import { openGateway, type LiveGateway } from '../client/sdk/live-gateway.js';

const NOWHERE = '00000000-0000-4000-8000-000000000000';
const SECRET = 'Subject-9 moved the money.';
const REQUEST = {
  ...disclosureTo('EE-FIN'),
  exchangeType: 'FIU_REQUEST',
  profile: 'BVI_BILATERAL_FIU',
  legalBasis: ['RECIPROCITY'],
  framework: ['EGMONT_PRINCIPLES'],
  body: { intendedRecipients: [], alsoRequestedVia: [], reciprocity: true, periodFrom: '2026-01-01', periodTo: '2026-06-30' },
  form: {
    facts: 'Company-A received 1,000,000 without trade.',
    background: 'A report of a bank.',
    reasons: 'Its owner is not known.',
    countryLink: 'It has an account there.',
    intendedUse: 'Analysis.',
    subjects: [{ name: 'Company-A', role: 'SUSPECT' }],
    offence: 'NOT_YET_IDENTIFIED',
  },
};
const ANSWER = {
  answer: 'Subject-1 owns it.',
  evaluation: 'A1, by the scheme ADMIRALTY_6x6.',
  asOf: '2026-11-01',
};
let gateway: LiveGateway;
let terminal: Terminal;
let sent: { readonly envelope: string; readonly item: string };

/** @returns what it printed, and how it ended */
const program = (...words: string[]): Promise<{ readonly out: string; readonly code: number }> =>
  new Promise((resolve) => {
    const env = {
      ...process.env,
      PARLEY_GATEWAY: gateway.origin,
      PARLEY_KEYS: terminal.path('ee-fin'),
      PARLEY_PASSPHRASE_FILE: terminal.path('passphrase'),
      CASES: terminal.path('cases'),
    };
    execFile(process.execPath, ['examples/case-system.mjs', ...words], { env }, (error, stdout, stderr) =>
      resolve({ out: `${stdout}${stderr}`, code: error === null ? 0 : Number(error.code) }),
    );
  });
const filed = (name: string): unknown => JSON.parse(readFileSync(join(terminal.path('cases'), name), 'utf8'));
const names = (): string[] => (existsSync(terminal.path('cases')) ? readdirSync(terminal.path('cases')).sort() : []);

beforeAll(async () => {
  gateway = await openGateway();
  terminal = createTerminal(gateway);
  await terminal.enrol({ 'CH-FIN': 'FIU', 'EE-FIN': 'FIU', 'GG-FIU': 'FIU' });
  const draft = terminal.write('draft.json', disclosureTo('EE-FIN', SECRET));
  const { statement: envelope, items } = await terminal.parley<{ statement: string; items: { item: string }[] }>('ch-fin', 'send', draft);
  sent = { envelope, item: items[0]!.item };
});

it('files what arrived, each once, and opens nothing', async () => {
  const arrived = async (): Promise<unknown[]> => (await program('arrivals'), names().map(filed));
  await expect.poll(arrived, { timeout: 20_000, interval: 100 }).toContainEqual(expect.objectContaining({ kind: 'envelope' }));
  const before = names();
  const [arrival] = before.map(filed).filter((one) => JSON.stringify(one).includes(sent.envelope));
  expect(arrival).toMatchObject({ statement: { message: 'SUBMIT' }, items: [{ digest: sent.item, label: { originators: ['CH-FIN'] } }] });
  expect(JSON.stringify(before.map(filed))).not.toContain(SECRET);
  expect(await program('arrivals')).toEqual({ out: '', code: 0 });
  expect(names()).toEqual(before);
});

it('opens what it is told to, and files the copy with its label and the leaf of the reading', async () => {
  const { out, code } = await program('copy', sent.item, sent.envelope, 'INTELLIGENCE');
  expect({ out, code }).toEqual({ out: expect.stringMatching(/^filed; this reading is leaf \d+/) as string, code: 0 });
  expect(filed(`item-${sent.item}.json`)).toMatchObject({ label: { originators: ['CH-FIN'] }, fields: { facts: SECRET }, wrong: [] });
});

it('reads nothing that it may not copy, and says what would have to be done', async () => {
  const { out, code } = await program('copy', sent.item, sent.envelope, 'PROSECUTION_JUDICIAL');
  expect(code).toBe(1);
  expect(out).toMatch(/EVIDENCE_USE_PROHIBITED.*\n.*\n {2}next: /);
});

it('asks before anything is passed on, says whose consent lacks, and asks for it', async () => {
  const { out, code } = await program('may', sent.item, 'GG-FIU', 'INTELLIGENCE');
  expect(code).toBe(1);
  expect(out).toContain('NO_THIRD_PARTY_CONSENT');
  expect(out).toContain('consent of CH-FIN: can be asked');
  const asked = await program('ask', sent.item, 'GG-FIU', 'INTELLIGENCE');
  const [, exchange] = /^asked CH-FIN: exchange (\S+)\n$/.exec(asked.out) ?? [];
  const came = (): Promise<unknown[]> => terminal.parley<unknown[]>('ch-fin', 'inbox', '--all');
  await expect.poll(came).toContainEqual(expect.objectContaining({ exchange, message: 'SUBMIT', from: 'EE-FIN' }));
});

it('files the consent that arrived, and hands the item on with it', async () => {
  const came = await terminal.parley<{ exchange: string; from: string }[]>('ch-fin', 'inbox', '--all');
  const { exchange } = came.find(({ from }) => from === 'EE-FIN')!;
  const { statement: consent } = await terminal.parley('ch-fin', 'consent', 'grant', exchange, '--yes');
  const arrived = async (): Promise<unknown[]> => (await program('arrivals'), names().map(filed));
  const entry = { kind: 'consent', statement: expect.objectContaining({ digest: consent, typ: 'parley-consent+json' }) as unknown };
  await expect.poll(arrived, { timeout: 20_000, interval: 100 }).toContainEqual(expect.objectContaining(entry));
  const { out, code } = await program('release', sent.item, 'GG-FIU', 'INTELLIGENCE', consent!);
  expect({ out, code }).toEqual({ out: expect.stringMatching(/^released: [\w-]{43}\n$/) as string, code: 0 });
});

it('acknowledges a request, answers it with a form and a file, and takes back a consent to what it answered', async () => {
  const { exchange } = await terminal.parley('ch-fin', 'send', terminal.write('request.json', REQUEST));
  await expect.poll(() => program('acknowledge', exchange!, 'CASE-17'), { timeout: 20_000 }).toEqual({ out: '', code: 0 });
  const scan = terminal.write('scan.txt', SECRET);
  expect(await program('answer', exchange!, terminal.write('object.json', { ...ANSWER, evaluation: {} }), scan)).toEqual({
    code: 1,
    out: expect.stringMatching(/^DRAFT_NOT_READY: .*evaluation.*\n {2}next: /) as string,
  });
  const { out } = await program('answer', exchange!, terminal.write('fields.json', ANSWER), scan);
  const [, envelope] = /^answered: ([\w-]{43})\n$/.exec(out) ?? [];
  type Came = { statement: string; kind: string; items: { item: string; itemRole: string }[] };
  const came = () => terminal.parley<Came[]>('ch-fin', 'inbox', '--all');
  await expect.poll(came).toContainEqual(expect.objectContaining({ statement: envelope, message: 'FINAL_REPLY' }));
  const { items } = (await came()).find(({ statement }) => statement === envelope)!;
  expect(items.map(({ itemRole }) => itemRole)).toEqual(['FORM', 'FILE']);
  const [form, file] = items.map(({ item }) => item) as [string, string];
  await terminal.parley('ch-fin', 'open', file, '--out', terminal.path('came.txt'));
  expect(readFileSync(terminal.path('came.txt'), 'utf8')).toContain(SECRET);
  const about = ['--item', form, '--to', 'GG-FIU', '--to-type', 'FIU', '--purpose', 'INTELLIGENCE', '--until', '30d'];
  await terminal.parley('ch-fin', 'open', form);
  const asked = await terminal.parley('ch-fin', 'consent', 'ask', exchange!, ...about);
  await terminal.parley('ee-fin', 'inbox', '--wait', '5');
  const { statement: consent } = await terminal.parley('ee-fin', 'consent', 'grant', asked['exchange']!, '--yes');
  expect(await program('revoke', consent!)).toEqual({ out: '', code: 0 });
  await expect.poll(came).toContainEqual(expect.objectContaining({ kind: 'revocation' }));
});

it('opens an exchange of its own with a draft, once', async () => {
  const draft = terminal.write('begin.json', { ...REQUEST, to: 'CH-FIN' });
  const { out, code } = await program('begin', draft);
  const [, exchange] = /^begun: exchange (\S+)\n$/.exec(out) ?? [];
  expect({ out, code }).toMatchObject({ code: 0, out: expect.stringContaining('begun') as string });
  const came = () => terminal.parley<unknown[]>('ch-fin', 'inbox', '--all');
  await expect.poll(came).toContainEqual(expect.objectContaining({ exchange, message: 'SUBMIT', from: 'EE-FIN' }));
  expect(await program('begin', draft)).toMatchObject({ code: 1, out: expect.stringContaining(`SENT_BEFORE`) as string });
});

it('begins nothing with a draft of which it would leave something out, or whose form nobody could read', async () => {
  const { form, ...facts } = REQUEST;
  for (const [more, told] of [
    [{ label: {} }, /^DRAFT_SAYS_MORE: .*label.*\n {2}next: /],
    [{ form: { ...form, subjects: [{ role: 'NOBODY' }] } }, /^DRAFT_NOT_READY: .*subjects.*\n {2}next: /],
    [{ form: {} }, /^DRAFT_NOT_READY: /],
  ] as const) {
    const draft = terminal.write('more.json', { ...facts, form, to: 'CH-FIN', ...more });
    expect(await program('begin', draft)).toEqual({ code: 1, out: expect.stringMatching(told) as string });
  }
});

it('is what docs/INTEGRATING.md shows of each act', () => {
  const bare = (text: string) => text.replaceAll(/ *\/\/.*/g, '').replaceAll(/\s+/g, ' ');
  const [, shown = ''] = /## The acts\n[^]*?```js\n([^]*?)```/.exec(readFileSync('docs/INTEGRATING.md', 'utf8')) ?? [];
  const example = bare(readFileSync('examples/case-system.mjs', 'utf8'));
  const pieces = shown.split('\n\n').map((piece) => bare(piece).trim());
  expect(pieces.length).toBeGreaterThan(3);
  for (const piece of pieces) expect(example).toContain(piece);
});

it('tells a mistake with its code and the next step', async () => {
  expect(await program('copy', 'nonsense', sent.envelope, 'INTELLIGENCE')).toEqual({
    out: expect.stringMatching(/^MALFORMED: .*\n {2}next: /) as string,
    code: 1,
  });
});

it('tells in a line what is typed wrong, and which file is not there or no JSON', async () => {
  const nowhere = terminal.path('nowhere.json');
  const scan = terminal.write('scan.txt', '');
  for (const [words, told] of [
    [[], /^USAGE: [^\n]*\n {2}next: One of arrivals, copy, begin[^\n]*\n$/],
    [['toString'], /^USAGE: [^\n]*toString[^\n]*\n {2}next: One of arrivals/],
    [['copy', sent.item], /^USAGE: copy takes 3 words, and has 1\.\n {2}next: [^\n]*\n$/],
    [['begin', nowhere], /^FILE_UNUSABLE: [^\n]*nowhere\.json[^\n]*\n$/],
    [['answer', NOWHERE, terminal.path('passphrase'), scan], /^FILE_UNUSABLE: [^\n]*JSON[^\n]*\n$/],
  ] as const)
    expect(await program(...words)).toEqual({ code: 1, out: expect.stringMatching(told) as string });
});
