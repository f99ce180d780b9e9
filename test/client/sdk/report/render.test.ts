import { expect, it } from 'vitest';
import { abridgedLinesOf, csvOf, digestsOf, footnotesOf, wordsIn, type MadeReport } from '../../../../client/sdk/report/index.js';
import { digest } from '../../../support/ids.js';
import { kind, rowsOf, THEM, US, viewOf } from './events.js';

const EN = wordsIn('en');
const ITEM = digest('item');
const read = (by: string, officer?: string) => ({
  action: 'ACCESS' as const,
  actor: { authority: by, ...(officer === undefined ? {} : { officer }) },
  object: { item: ITEM },
});
const made = (name: string, ...events: Parameters<typeof viewOf>): MadeReport =>
  ({ kind: kind(name), rows: rowsOf(name, viewOf(...events)), view: US, wholeness: { state: 'NOT_PROVED' } }) as unknown as MadeReport;

it('a dash stands for an officer who is not shown, where people read it, and is explained once', () => {
  const officersIn = (report: MadeReport) => abridgedLinesOf(report, EN).map((row) => row[report.kind.columns.indexOf('officer')]);
  const report = made('who-saw', read(US, 'o1'), read(THEM), read(THEM));
  expect(officersIn(report)).toEqual([['o1'], ['–'], ['–']]);
  expect(footnotesOf(report, EN).filter((line) => line.startsWith('– '))).toHaveLength(1);
  expect(csvOf(report, EN)).not.toContain('–');
  const own = made('who-saw', read(US, 'o1'));
  expect(footnotesOf(own, EN).filter((line) => line.startsWith('– '))).toEqual([]);
});

it('what a cell cuts of a digest stands whole below, once', () => {
  const report = made('who-saw', read(US, 'o1'), read(THEM));
  expect(abridgedLinesOf(report, EN).flat(2)).not.toContain(ITEM);
  expect(digestsOf(report, EN)).toEqual([ITEM]);
});

it('refusals say that the tries of others are not among them', () => {
  const refused = made('refused', { ...read(US), outcome: 'DENY' });
  for (const language of ['en', 'fr', 'es'] as const)
    expect(footnotesOf(refused, wordsIn(language))).toContain(wordsIn(language).page.othersTries);
  expect(footnotesOf(made('who-saw', read(US)), EN)).not.toContain(EN.page.othersTries);
});

it('the summary of the period says that repeats of a refused attempt count once, in a spreadsheet too', () => {
  for (const language of ['en', 'fr', 'es'] as const) {
    const { repeats } = wordsIn(language).page;
    expect(repeats).toContain(wordsIn(language).reports.REFUSED[0]);
    expect(footnotesOf(made('quarterly'), wordsIn(language))).toContain(repeats);
    expect(csvOf(made('quarterly'), wordsIn(language))).toContain(repeats);
  }
});

it('caveat changes say that what others changed of what they gave is not among them', () => {
  for (const language of ['en', 'fr', 'es'] as const) {
    const { othersChanges } = wordsIn(language).page;
    expect(footnotesOf(made('caveat-changes'), wordsIn(language))).toContain(othersChanges);
    expect(csvOf(made('caveat-changes'), wordsIn(language))).toContain(othersChanges);
  }
});

it('who saw an item says that a holder is not shown what others did with what a third originated, in a spreadsheet too', () => {
  for (const name of ['who-saw', 'third-parties'])
    for (const language of ['en', 'fr', 'es'] as const) {
      const { othersDoings } = wordsIn(language).page;
      expect(footnotesOf(made(name), wordsIn(language))).toContain(othersDoings);
      expect(csvOf(made(name), wordsIn(language))).toContain(othersDoings);
    }
  expect(csvOf(made('refused'), EN)).toContain(EN.page.othersTries);
  expect(csvOf(made('overdue'), EN)).not.toMatch(/others/);
});

it('who saw an item says that a handing out is no reading, and that what a reader did outside stands in no log', () => {
  for (const name of ['who-saw', 'third-parties'])
    for (const language of ['en', 'fr', 'es'] as const) {
      const { outside } = wordsIn(language).page;
      expect(footnotesOf(made(name), wordsIn(language))).toContain(outside);
      expect(csvOf(made(name), wordsIn(language))).toContain(outside);
    }
});

it('each report says that it is not signed, what is checked in its place, and where its codes are explained', () => {
  for (const name of ['who-saw', 'refused', 'overdue', 'statistics'])
    for (const language of ['en', 'fr', 'es'] as const) {
      const notes = footnotesOf(made(name), wordsIn(language)).join('\n');
      for (const word of ['parley evidence', 'parley verify', 'docs/REFUSALS.md', 'docs/AUDIT-EVENTS.md']) expect(notes).toContain(word);
    }
});

it('what an authority calls itself moves nothing, turns nothing round and adds no line, wherever a row is written', () => {
  const name = '\u202e=1+1\u001b[2J\u009b2J\u2067\n| PROVED |\t\u2028x';
  const report = { ...made('request-records'), rows: [{ requesting: [THEM, name] }] };
  const cells = abridgedLinesOf(report, EN)[0]!;
  for (const text of [csvOf(report, EN).slice(1).replaceAll('\r\n', ''), cells[report.kind.columns.indexOf('requesting')]!.join('')]) {
    expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
    expect(text).toContain('\\u202e=1+1\\u001b[2J');
  }
});

// a spreadsheet takes a file without the mark for the code page of its system: “Échange” becomes “Ã‰change”
it('a spreadsheet is told that it is UTF-8, and in its last row how far the list is proved', () => {
  const report = made('who-saw', read(US, 'o1'));
  const [head, row, ...below] = csvOf(report, wordsIn('fr')).split('\r\n');
  const [last, end] = below.slice(-2);
  expect(head).toMatch(/^\ufeffLe,.*,Échange,/);
  expect(row).toContain(ITEM);
  expect([last!.replace(/,+$/, ''), end]).toEqual([`${wordsIn('fr').page.notProved}.`, '']);
  const misfit = { state: 'MISFIT' as const, misfits: [{ check: 'EVENT_HIDDEN', index: 7, why: '' }] };
  expect(csvOf({ ...report, wholeness: misfit }, EN)).toContain(`${EN.page.misfit}: EVENT_HIDDEN @ 7.`);
});

it('French has no sign left alone at the head of a line', () => {
  expect(JSON.stringify(wordsIn('fr')).match(/.{9} [:;?!»]|« .{9}/g)).toBeNull();
});

it('the end of a consent is said in the reader’s language', () => {
  const consent = digest('consent');
  const report = {
    ...made('third-parties'),
    rows: [{ consents: [`${consent} (${THEM} – UNTIL 2026-12-31T00:00:00.000Z)`], until: 'REVOKED 2026-11-28T10:38:50.727Z' }],
  };
  const said = (language: 'en' | 'fr' | 'es') => csvOf(report, wordsIn(language));
  for (const words of ['– jusqu’au 2026-12-31', 'révoqué le 2026-11-28']) expect(said('fr')).toContain(words);
  for (const words of ['– hasta el 2026-12-31', 'revocado el 2026-11-28']) expect(said('es')).toContain(words);
  for (const language of ['fr', 'es'] as const) expect(said(language)).not.toMatch(/UNTIL|REVOKED/);
  for (const words of ['– UNTIL 2026-12-31', 'REVOKED 2026-11-28']) expect(said('en')).toContain(words);
});
