import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { markDigests } from '../../../client/cli/arguments.js';
import { createProgram } from '../../../client/cli/program.js';
import { columnsOf } from '../../../client/cli/wrapped.js';
import { questionOf, REPORT_KINDS, REPORT_LANGUAGES, wordsIn, type AuditRead } from '../../../client/sdk/index.js';
import { authority, instant } from '../../support/ids.js';
import { openGateway, type LiveGateway } from '../sdk/live-gateway.js';

const home = mkdtempSync(join(tmpdir(), 'parley-report-'));
const passphraseFile = join(home, 'passphrase');
const SEALED = { relevance: 'A link to Subject-9.', facts: 'Subject-9 moved the money.', evaluation: 'A1', asOf: '2026-11-01' };
let gateway: LiveGateway;
let item: string;

async function say(profile: string, ...words: string[]): Promise<string> {
  let answer = '';
  const env = { PARLEY_HOME: home, PARLEY_GATEWAY: gateway.origin, PARLEY_PASSPHRASE_FILE: passphraseFile, PARLEY_SCRYPT_LOG_N: '2' };
  const poured = (text: string | Uint8Array): string => (typeof text === 'string' ? text : new TextDecoder().decode(text));
  const { program } = createProgram(env, { answer: (text) => void (answer += poured(text)), complaint: () => undefined });
  program.exitOverride().configureOutput({ writeErr: () => undefined });
  for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
  await program.parseAsync(markDigests(['--profile', profile, ...words]), { from: 'user' });
  return answer;
}
const parley = async <T = Record<string, string>>(profile: string, ...words: string[]): Promise<T> =>
  JSON.parse(await say(profile, '--json', ...words)) as T;

async function enrolled(code: string): Promise<readonly [string, string]> {
  const profile = code.toLowerCase();
  const { root } = await parley(profile, 'enrol', '--authority', code, '--officer', 'o.1', '--suite', 'age-pq-1');
  await gateway.designate(code, root!, 'FIU');
  const facts = join(home, `${profile}.json`);
  const entry = {
    name: `=${code}\u202e\u001b[2J`,
    territory: code.slice(0, 2),
    types: ['FIU'],
    languages: ['en'],
    clearance: 'RESTRICTED',
    timeZone: 'UTC',
  };
  const overseen = code === 'CH-FIN' ? { declares: { overseers: ['EE-FIN'] } } : {};
  writeFileSync(facts, JSON.stringify({ ...entry, ...overseen, roles: ['OFFICER', 'SUPERVISOR', 'COMPLIANCE', 'OVERSIGHT'] }));
  await parley(profile, 'entry', facts);
  return [code, root!];
}

beforeAll(async () => {
  writeFileSync(passphraseFile, 'four words of fiction\n', { mode: 0o600 });
  gateway = await openGateway();
  const roots = [await enrolled('CH-FIN'), await enrolled('EE-FIN')];
  for (const profile of ['ch-fin', 'ee-fin']) for (const root of roots) await parley(profile, 'directory', 'trust', ...root);
  const draft = join(home, 'draft.json');
  await parley('ch-fin', 'compose', 'SPONTANEOUS', '--to', 'EE-FIN', '--to-type', 'FIU', '--from-type', 'FIU', '--out', draft);
  const skeleton = JSON.parse(readFileSync(draft, 'utf8')) as { form: object };
  const body = { spontaneousBasis: 'UNCAC_46_4', ownCase: 'CH-2026-9' };
  writeFileSync(draft, JSON.stringify({ ...skeleton, legalBasis: ['UNCAC_46_4'], body, form: { ...skeleton.form, ...SEALED } }));
  item = (await parley<{ items: { item: string }[] }>('ch-fin', 'send', draft)).items[0]!.item;
  await parley('ee-fin', 'inbox', '--wait', '5');
  await parley('ee-fin', 'open', item);
});
afterAll(() => gateway.running.drain());

describe('parley report', () => {
  it('lists the reports there are, a line each, in the reader’s language', async () => {
    const listed = await parley<{ name: string; line: string }[]>('ch-fin', 'report');
    expect(listed.map(({ name }) => name)).toEqual([...REPORT_KINDS.keys()]);
    expect(await say('ch-fin', 'report', '--lang', 'fr')).toContain('Qui a vu un élément');
    expect(await say('ch-fin', 'report', 'events', '--lang', 'fr')).toMatch(/Vue de\u00a0: CH-FIN/);
  });

  it('shows who saw an item, and proves the list as far as the log is signed', async () => {
    const report = await parley<{ rows: { by: string; action: string }[]; wholeness: { state: string }; reading: number }>(
      'ch-fin',
      'report',
      'who-saw',
      '--item',
      item,
    );
    expect(report.rows.map(({ by, action }) => [by, action])).toEqual([
      ['CH-FIN', 'SEND'],
      ['EE-FIN', 'ACCESS'],
    ]);
    expect(report.wholeness.state).toBe('PROVED');
    const table = await say('ch-fin', 'report', 'who-saw', '--lang', 'es');
    expect(table).toContain('Quién vio un elemento');
    // there is no room for a table: row by row nothing is cut
    expect(table).toContain(item);
    await expect(say('ch-fin', 'report', 'who-saw', '--from', '27.11.2026')).rejects.toMatchObject({
      next: 'Write it like 2026-11-25, or 2026-11-25T09:00:00Z.',
    });
    expect(table).toContain('Completo para lo que este registro anotó, y probado hasta la hoja');
  });

  it('fits 80 columns, whatever profile was typed', async () => {
    for (const lang of REPORT_LANGUAGES) {
      const lines = (await say('ch-fin', 'report', 'who-saw', '--lang', lang)).split('\n');
      expect(lines.filter((line) => columnsOf(line) > 80)).toEqual([]);
    }
  });

  it('writes CSV that no spreadsheet runs, and statistics with what each number means', async () => {
    const csv = await say('ch-fin', 'report', 'request-records', '--format', 'csv');
    expect(csv).toContain("CH-FIN; '=CH-FIN\\u202e\\u001b[2J; o.1");
    // a digest may begin with a minus (client/sdk/csv.ts)
    const cells = csv.split('\r\n')[1]!.split(',');
    expect(cells.filter((cell) => /^"?(?!-[\w-]{42}$)[=+@-]/.test(cell))).toEqual([]);
    expect(csv).toContain('CH-2026-9');
    const statistics = await say('ch-fin', 'report', 'statistics', '--format', 'csv', '--lang', 'en');
    expect(statistics.split('\r\n')[0]).toBe('Of,By,Category,Counter,Value,Definition and source');
    expect(statistics).toContain('made,all,all,Spontaneous disclosures,*,');
  });

  it('writes a PDF into a new file that is its owner’s alone', async () => {
    const file = join(home, 'report.pdf');
    for (const format of ['table', 'csv', 'json']) {
      const path = join(home, `records.${format}`);
      await say('ch-fin', 'report', 'request-records', '--format', format, '--out', path);
      const text = readFileSync(path, 'utf8');
      expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      expect(text).toContain('=CH-FIN\\u202e\\u001b[2J');
    }
    await say('ch-fin', 'report', 'request-records', '--format', 'pdf', '--lang', 'fr', '--out', file);
    expect(readFileSync(file).subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(say('ch-fin', 'verify', file)).rejects.toMatchObject({
      next: expect.stringContaining('parley evidence EXCHANGE') as string,
    });
    await expect(say('ch-fin', 'report', 'events', '--format', 'pdf', '--out', file)).rejects.toMatchObject({ code: 'FILE_EXISTS' });
    await expect(say('ch-fin', 'report', 'events', '--format', 'pdf')).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it('says beside every format, and by failing, that the log does not fit what was shown', async () => {
    const hiding: typeof fetch = async (input, init) => {
      const answer = await fetched(input, init);
      if (!new URL(String(input)).pathname.startsWith('/v1/audit/events')) return answer;
      const page = (await answer.json()) as { readonly events: readonly unknown[] };
      return new Response(JSON.stringify({ ...page, events: page.events.slice(1) }), { status: answer.status, headers: answer.headers });
    };
    const fetched = fetch;
    vi.stubGlobal('fetch', hiding);
    const file = join(home, 'misfit.csv');
    const misfit = { code: 'LOG_MISFIT', what: expect.stringContaining('EVENT_HIDDEN') as string };
    await expect(say('ch-fin', 'report', 'request-records', '--format', 'csv')).rejects.toMatchObject(misfit);
    await expect(say('ch-fin', 'report', 'request-records', '--format', 'csv', '--out', file)).rejects.toMatchObject(misfit);
    expect(readFileSync(file, 'utf8')).toContain('CH-2026-9');
    await expect(say('ch-fin', 'audit')).rejects.toMatchObject({ code: 'LOG_MISFIT' });
    await expect(say('ch-fin', 'audit', '--inbox')).rejects.toMatchObject({ code: 'LOG_MISFIT' });
    vi.unstubAllGlobals();
    expect(await say('ch-fin', 'report', 'request-records', '--format', 'csv', '--out', join(home, 'whole.csv'))).toContain(
      '1 row. Complete',
    );
  });

  it('refuses by name what it does not know, before anything is read', async () => {
    await expect(say('ch-fin', 'report', 'everything')).rejects.toMatchObject({ code: 'UNKNOWN_REPORT' });
    const near = { code: 'UNKNOWN_REPORT', next: expect.stringMatching(/^Perhaps refused\. There are: /) as string };
    await expect(say('ch-fin', 'report', 'refusals')).rejects.toMatchObject(near);
    await expect(say('ch-fin', 'report', 'events', '--lang', 'de')).rejects.toThrow(/'de' is invalid. It is one of en, fr, es/);
    await expect(say('ch-fin', 'report', 'events', '--format', 'doc')).rejects.toThrow(/'doc' is invalid/);
    const list = join(home, 'offences.csv');
    writeFileSync(list, 'exchange,offence\nnot-an-id,BRIBERY\n');
    await expect(say('ch-fin', 'report', 'statistics', '--offences', list)).rejects.toThrow(/Lines 2/);
  });

  it('reads the log of another that named one’s body as its overseer, unproved and seen there', async () => {
    const report = await parley<{ view: string; wholeness: { state: string } }>('ee-fin', 'report', 'request-records', '--of', 'CH-FIN');
    expect([report.view, report.wholeness.state]).toEqual(['CH-FIN', 'NOT_PROVED']);
    const { rows } = await parley<{ rows: { action: string; by: string }[] }>('ch-fin', 'report', 'security');
    expect(rows).toContainEqual(expect.objectContaining({ action: 'REPORT', by: 'EE-FIN', basis: 'REQUEST_RECORDS' }));
    await expect(parley('ch-fin', 'report', 'events', '--of', 'EE-FIN')).rejects.toMatchObject({ code: 'ROLE_REQUIRED' });
  });

  it('holds no content in any report, language or format', async () => {
    const events = await parley<AuditRead[]>('ee-fin', 'audit', '--events');
    const words = [...Object.values(SEALED).filter((text) => text.length > 4), 'Subject-9', 'relevance'];
    expect(events.length).toBeGreaterThan(5);
    const texts = [JSON.stringify(events), await say('ee-fin', 'report', 'request-records')];
    const question = questionOf({}, events, authority('EE-FIN'), instant('2026-12-01T00:00:00Z'));
    for (const kind of REPORT_KINDS.values()) texts.push(JSON.stringify(kind.rows(question)));
    for (const text of texts) for (const word of words) expect(text).not.toContain(word);
  });

  it('has every word of each report in each language', () => {
    for (const lang of REPORT_LANGUAGES) {
      const { reports, columns } = wordsIn(lang);
      for (const { code, columns: used } of REPORT_KINDS.values()) {
        expect(reports[code as keyof typeof reports].every((text) => text.length > 3)).toBe(true);
        for (const column of used) expect(columns[column].length).toBeGreaterThan(0);
      }
    }
  });
});
