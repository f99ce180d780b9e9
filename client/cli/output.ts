/** What a command says: a table for people, JSON for machines (`--json`); progress and complaints on stderr. */
import { Presets, SingleBar } from 'cli-progress';
import Table from 'cli-table3';
import { CommanderError, InvalidArgumentError } from 'commander';
import { present } from '../../domain/present.js';
import { ParleyError, PolicyRefusal, type ItemDraft, type Progress, type SentEnvelope } from '../sdk/index.js';
import { groundLines, stepOf } from './explained.js';
import { whenStopped } from './stopped.js';
import { visible, visibleLine } from '../sdk/visible.js';
import { COLUMNS, columnsOf, wrapped } from './wrapped.js';

export interface Output {
  /** one answer, as JSON or as lines for people */
  say(value: unknown, lines: () => string): void;
  /** the same of lines with what others wrote, or are to type, which stays as it is */
  quote(value: unknown, lines: () => string): void;
  /** beside an answer that is bytes, on stderr */
  remark(value: unknown, lines: () => string): void;
  /** what was said is with whoever reads it; never, where they stopped reading */
  written(): Promise<void>;
  /** bytes as they are, such as a file's; on a terminal as text */
  pour(bytes: Uint8Array): void;
  /** may they be poured? A terminal takes text alone */
  takes(bytes: Uint8Array): boolean;
  /** a bar on stderr; `end` takes it away */
  progress(title: keyof typeof STOPPED): { readonly step: Progress; end(): void };
  complain(error: unknown): void;
}

/** where texts go; each ends in a newline, but for bytes of a file */
export interface Sink {
  answer(text: string | Uint8Array): void;
  /** when all answers so far were taken; absent: at once */
  written?(): Promise<void>;
  /** do answers go to a terminal? */
  readonly isTerminal?: boolean;
  complaint(text: string): void;
}

const KIB = 1024;

/** What stays where it was ended in the middle, and how to go on. */
const STOPPED = {
  sealing:
    'Stopped. What the gateway has of the file stays: the same command goes on from there.\nA message that was signed by then waits: parley status, then parley resend.',
  opening: 'Stopped. Nothing of a file is left here. The reading may be in the log by now: the same command is one more.',
} as const;

/** @param toType puts into a command what whoever is told to type it named */
export function createOutput(json: () => boolean, sink: Sink, toType: (text: string) => string = (text) => text): Output {
  const answer = (value: unknown, lines: () => string): void => sink.answer(`${visible(json() ? JSON.stringify(value) : lines())}\n`);
  return {
    say: (value, lines) => answer(value, () => toType(lines())),
    quote: answer,
    remark: (value, lines) => sink.complaint(`${visible(json() ? JSON.stringify(value) : lines())}\n`),
    written: async () => sink.written?.(),
    pour: (bytes) => sink.answer(sink.isTerminal === true ? visible(new TextDecoder().decode(bytes)) : bytes),
    takes: (bytes) => sink.isTerminal !== true || isText(bytes),
    progress(title) {
      if (!process.stderr.isTTY) return { step: () => undefined, end: () => undefined };
      const format = `${title} {bar} {percentage} % of {total} KiB, {eta_formatted} left`;
      const bar = new SingleBar({ stream: process.stderr, clearOnComplete: true, hideCursor: true, format }, Presets.shades_classic);
      let started = false;
      // a terminal that the bar took cursor and line ends from would be left without
      const forget = whenStopped(() => {
        bar.stop();
        sink.complaint(`${wrapped(STOPPED[title], '').join('\n')}\n`);
      });
      return {
        step(done, total) {
          if (!started) bar.start(Math.ceil(total / KIB), 0);
          started = true;
          bar.update(Math.ceil(done / KIB));
        },
        end() {
          forget();
          bar.stop();
        },
      };
    },
    complain(error) {
      if (error instanceof CommanderError && (error.exitCode === 0 || (!json() && isTold(error)))) return;
      sink.complaint(`${visible(json() ? JSON.stringify(complaintOf(error)) : toType(clipped(complaintLines(error))))}\n`);
    },
  };
}

const NUL = 0;
function isText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return !bytes.includes(NUL);
  } catch {
    return false;
  }
}

/**
 * Drawn where it fits; a wider one row by row, so that nothing is cut and a digest stays on its line.
 *
 * @param whole the same rows, of which `rows` shorten something: row by row there is room for it
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[], whole = rows): string {
  const drawn = drawnTable(head, rows);
  const columns = process.stdout.isTTY ? process.stdout.columns : COLUMNS;
  return Math.max(...drawn.split('\n').map(columnsOf)) <= columns ? drawn : rowsOf(head, whole);
}

function rowsOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const width = Math.max(...head.map(columnsOf)) + 2;
  const cell = (name: string, text: string): string[] =>
    text
      .split('\n')
      .flatMap((line) => wrapped(line, ' '.repeat(width)))
      .map((line, at) => (at === 0 ? name + ' '.repeat(width - columnsOf(name)) + line.slice(width) : line));
  return rows.map((row) => row.flatMap((text, at) => (text === '' ? [] : cell(head[at]!, text))).join('\n')).join('\n\n');
}

function drawnTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = new Table({ head: [...head], style: { head: [], border: [] } });
  for (const row of rows) lines.push([...row]);
  return lines.toString();
}

/** What was sent, by the digests that later commands take; a file by what its sender calls it. @param drafts that it was made from, in their order */
export const itemsIn = ({ items }: SentEnvelope, drafts: readonly ItemDraft[]) =>
  items.map(({ statement }, at) => {
    const content = drafts[at]?.content;
    const name = content?.role === 'FILE' ? content.name : undefined;
    return { item: statement.digest, itemRole: statement.payload.itemRole, ...present({ name }) };
  });

/** Nothing where nothing was enclosed. */
export const itemTable = (items: ReturnType<typeof itemsIn>): string[] =>
  items.length === 0
    ? []
    : [
        table(
          ['item', 'what'],
          items.map(({ item, itemRole, name }) => [item, name === undefined ? itemRole : `${itemRole} ${visibleLine(name)}`]),
        ),
      ];

/** As `--json` has it. */
export function complaintOf(error: unknown): object {
  if (error instanceof PolicyRefusal) {
    const { code, what, status, violations, receipt } = error;
    return { code, detail: what, status, violations, ...groundsOf(error), ...(receipt === null ? {} : { receipt }) };
  }
  if (error instanceof ParleyError) return { code: error.code, detail: clipped(error.what), next: error.next, inOutbox: error.inOutbox };
  if (error instanceof CommanderError) return usage(error);
  if (isOfFile(error)) return { code: 'FILE_UNUSABLE', ...fileWords(error) };
  return { code: 'INTERNAL', detail: error instanceof Error ? error.message : String(error), next: INTERNAL_NEXT };
}

/** Of what stands in a command's words people were told by then; of what is read later they were not. */
const isTold = (error: CommanderError): boolean => !(error instanceof InvalidArgumentError);

const usage = ({ code, message }: CommanderError): object => ({
  code: 'USAGE',
  detail: code === 'commander.help' ? 'a command lacks what it is to do' : clipped(message.replace(/^error: /, '').replaceAll('\n', ' ')),
  next: 'See every command: parley help; and what one takes: parley help COMMAND',
});

const ELSEWHERE = 'Name another place, or have it opened to you.';
const FULL = ['has no room: the disk is full', 'Make room, and do it again. What was signed by then waits, for: parley resend'] as const;
const INTERNAL_NEXT = 'Do it once more. If it stays so, tell whoever looks after this program, with this line.';
/** What is wrong with it, and what to do. */
const FILE_TROUBLE: Readonly<Record<string, readonly [string, string]>> = {
  ENOENT: ['is not there', 'Look at how it is written.'],
  EISDIR: ['is a folder', 'Name a file.'],
  ENOTDIR: ['lies below something that is no folder', 'Look at how it is written.'],
  EACCES: ['may not be used by you', ELSEWHERE],
  EPERM: ['may not be used by you', ELSEWHERE],
  EROFS: ['is where nothing can be written', ELSEWHERE],
  EEXIST: ['is there already, and is left alone', 'Name another, or take that one away.'],
  ENAMETOOLONG: ['has too long a name', 'Name it more briefly.'],
  ENOSPC: FULL,
  EDQUOT: FULL,
  EFBIG: ['is larger than a file may be there', 'Name another place.'],
};
const WORD_CHARS_MAX = 300;
/** What somebody typed is told back, and no page of it. */
export const clipped = (text: string): string => text.replace(/\S{301,}/g, (word) => `${word.slice(0, WORD_CHARS_MAX)}…`);
const isOfFile = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && String(error.code) in FILE_TROUBLE;
const fileWords = ({ code = '', path = 'a file' }: NodeJS.ErrnoException): { readonly detail: string; readonly next: string } => {
  const [trouble, next] = FILE_TROUBLE[code]!;
  return { detail: clipped(`${path} ${trouble}.`), next };
};

function complaintLines(error: unknown): string {
  if (error instanceof PolicyRefusal)
    return [
      `Refused (${error.code}): ${error.what}`,
      ...error.violations.flatMap(violationLines),
      ...(error.grounds === null ? untoldLines(error) : groundLines(error.grounds)),
    ].join('\n');
  if (error instanceof ParleyError) return [`${error.code}: ${error.what}`, error.next].filter((line) => line !== '').join('\n  → ');
  if (error instanceof InvalidArgumentError) return `USAGE: ${error.message}`;
  const { code, detail, next } = complaintOf(error) as { code: string; detail: string; next: string };
  return `${code}: ${detail}\n  → ${next}`;
}

/** Who answers without a rule may be no gateway: what to do then is said all the same. */
const groundsOf = ({ grounds, violations, next }: PolicyRefusal): object => grounds ?? (violations.length === 0 ? { next } : {});
const untoldLines = ({ violations, next }: PolicyRefusal): string[] => (violations.length === 0 ? [`  next step: ${next}`] : []);

const violationLines = (violation: PolicyRefusal['violations'][number]): string[] => [
  `  ${violation.code}: ${violation.sentence}`,
  `    source: ${violation.source}`,
  `    next step: ${stepOf(violation)}`,
];
