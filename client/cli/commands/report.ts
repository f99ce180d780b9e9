import { Command } from 'commander';
import { READING_PURPOSES, type ReadingPurpose } from '../../../domain/oversight.js';
import type { AuthorityId, Digest } from '../../../domain/ids.js';
import { DAY_MS, isCivilDate, parseInstant, plusMs, type Instant } from '../../../domain/time.js';
import {
  abridgedLinesOf,
  csvOf,
  footnotesOf,
  headOf,
  jsonOf,
  ParleyError,
  preambleOf,
  readInstant,
  REPORT_KINDS,
  REPORT_LANGUAGES,
  shownLinesOf,
  titleOf,
  wholenessText,
  wordsIn,
  type MadeReport,
  type ReportKind,
  type ReportLanguage,
} from '../../sdk/index.js';
import { parseOffences } from '../../sdk/report/offences.js';
import type { Listed } from '../../sdk/report/index.js';
import { authority, digest, oneOf, perhaps } from '../arguments.js';
import { visible } from '../../sdk/visible.js';
import { table } from '../output.js';
import { textIn } from '../given-file.js';
import { requireNew, writeNew } from '../new-file.js';
import type { Workplace } from '../workplace.js';
import { wrapped } from '../wrapped.js';

const FORMATS = ['table', 'csv', 'json', 'pdf'] as const;

interface Options {
  readonly item?: Digest;
  readonly authority?: AuthorityId;
  readonly of?: AuthorityId;
  readonly from?: string;
  readonly to?: string;
  readonly purpose?: ReadingPurpose;
  readonly offences?: string;
  readonly lang: ReportLanguage;
  readonly format: (typeof FORMATS)[number];
  readonly out?: string;
}

/** What is asked of the log, and how it is to be written. */
const asked = (command: Command): Command =>
  command
    .option('--authority <code>', 'only rows in which this authority has a part', authority)
    .option('--from <day>', 'first day, yyyy-mm-dd, or a time (RFC 3339)')
    .option('--to <day>', 'last day, or a time that is no longer in it')
    .option('--of <code>', 'the log of an authority that named yours as its overseer (role OVERSIGHT)', authority)
    .option('--purpose <code>', `what it is read for, of ${READING_PURPOSES.join(', ')}`, oneOf(READING_PURPOSES))
    .option('--lang <language>', `of ${REPORT_LANGUAGES.join(', ')}`, oneOf(REPORT_LANGUAGES), 'en')
    .option('--format <format>', `of ${FORMATS.join(', ')}`, oneOf(FORMATS), 'table')
    .option('--out <file>', 'a new file instead of the screen; a PDF needs one');

/** Reports of the log, each logged before it is read (roles COMPLIANCE and OVERSIGHT). */
export const reportCommand = (workplace: Workplace): Command =>
  asked(new Command('report'))
    .description('what the log answers: who saw what, third parties, refusals, overdue …; without a name, the list of them')
    .argument('[name]', 'which; absent: lists them')
    .option('--item <digest>', 'only rows about this item', digest)
    .option('--offences <csv>', 'for statistics alone: offences from your own records, "exchange,offence" a line: the log holds none')
    .action(async (name: string | undefined, options: Options) => {
      if (name === undefined) list(workplace, options.lang);
      else await make(workplace, kindOf(name), options);
    });

function list({ out }: Workplace, lang: ReportLanguage): void {
  const { reports } = wordsIn(lang);
  const rows = [...REPORT_KINDS].map(([name, { code }]) => [name, ...reports[code as Listed]]);
  out.say(
    rows.map(([name, title, line]) => ({ name, title, line })),
    () => table(['name', 'title', 'what it answers'], rows),
  );
}

function kindOf(name: string): ReportKind {
  const kind = REPORT_KINDS.get(name);
  if (kind !== undefined) return kind;
  const names = [...REPORT_KINDS.keys()];
  throw new ParleyError('UNKNOWN_REPORT', `No report of that name: ${name}.`, `${perhaps(names, name)}There are: ${names.join(', ')}.`);
}

async function make(workplace: Workplace, kind: ReportKind, options: Options): Promise<void> {
  const { item, authority: counterpart, of, purpose, format, out: file, offences } = options;
  if (format === 'pdf' && file === undefined)
    throw new ParleyError('MALFORMED', 'A PDF is no text for a screen.', 'Name a file: --out report.pdf.');
  const known = offences === undefined ? undefined : parseOffences(await textIn(offences));
  const span = {
    from: options.from === undefined ? undefined : edgeOf(options.from, false),
    to: options.to === undefined ? undefined : edgeOf(options.to, true),
  };
  if (span.from !== undefined && span.to !== undefined && span.from >= span.to)
    throw new ParleyError('MALFORMED', 'The period ends before it begins.', 'Name the first day with --from and the last with --to.');
  // before the reading is logged
  await requireNew(file);
  const client = await workplace.connect();
  const report = await client.report({ kind, item, counterpart, of, purpose, offences: known, ...span });
  if (file === undefined) show(workplace, report, options);
  else {
    await writeNew(file, await bytesOf(report, options));
    const whole = wholenessText(report, wordsIn(options.lang));
    workplace.out.say(
      { file, rows: report.rows.length, wholeness: report.wholeness },
      () => `${file}: ${report.rows.length} ${report.rows.length === 1 ? 'row' : 'rows'}. ${whole}`,
    );
  }
  failOnMisfit(report, options.lang);
}

/** Whatever the format: whoever runs it need not read what it wrote. @throws ParleyError `LOG_MISFIT` */
function failOnMisfit(report: MadeReport, lang: ReportLanguage): void {
  if (report.wholeness.state !== 'MISFIT') return;
  const next = 'Rely on no row of it; ask the operator, and tell the other authorities: parley audit';
  throw new ParleyError('LOG_MISFIT', wholenessText(report, wordsIn(lang)), next);
}

/** A day as the first moment of it, or of the one after; or a time as it is. */
function edgeOf(text: string, isEnd: boolean): Instant {
  if (!isCivilDate(text)) {
    const time = parseInstant(text);
    if (time.ok) return time.value;
    throw new ParleyError('MALFORMED', `${text} is no day and no time.`, 'Write it like 2026-11-25, or 2026-11-25T09:00:00Z.');
  }
  const start = readInstant(`${text}T00:00:00Z`);
  return isEnd ? plusMs(start, DAY_MS) : start;
}

function show({ out }: Workplace, report: MadeReport, { format, lang }: Options): void {
  if (format === 'csv' || format === 'json') out.pour(textOf(report, format, lang));
  // it is wrapped by then, and names commands without telling anybody to type them now
  else out.quote(jsonOf(report, wordsIn(lang)), () => tableText(report, lang));
}

async function bytesOf(report: MadeReport, { format, lang }: Options): Promise<Uint8Array> {
  if (format !== 'pdf') return textOf(report, format, lang);
  // loaded by whom it is for: every command of the program would load it else
  const { pdfOf } = await import('../pdf.js');
  return pdfOf(report, wordsIn(lang), lang);
}

/** Whoever looks at it may do so on a terminal, later; a CSV has its own line ends, and its cells are visible already. */
function textOf(report: MadeReport, format: Exclude<Options['format'], 'pdf'>, lang: ReportLanguage): Uint8Array {
  const words = wordsIn(lang);
  const text = {
    csv: () => csvOf(report, words),
    json: () => visible(`${JSON.stringify(jsonOf(report, words), null, 2)}\n`),
    table: () => visible(`${tableText(report, lang)}\n`),
  };
  return new TextEncoder().encode(text[format]());
}

function tableText(report: MadeReport, lang: ReportLanguage): string {
  const words = wordsIn(lang);
  const [rows, whole] = [abridgedLinesOf, shownLinesOf].map((lines) =>
    lines(report, words).map((row) => row.map((cell) => cell.join('\n'))),
  );
  const body = report.rows.length === 0 ? words.page.empty : table(headOf(report, words), rows!, whole);
  const lines = (texts: readonly string[]): string[] => texts.flatMap((text) => wrapped(text, ''));
  return [titleOf(report, words), ...lines(preambleOf(report, words)), body, ...lines(footnotesOf(report, words))].join('\n');
}
