/** What a person reads while a story plays: who did what to whom, why it was allowed, and what to do where it was not. */
import { fieldWords } from '../client/cli/field-words.js';
import type { Violation } from '../client/sdk/index.js';
import type { Refused } from './authority.js';

const COLUMNS = 100;
const INDENT = 14;
const STYLES = { bold: 1, dim: 2, red: 31, green: 32, cyan: 36 } as const;
type Style = keyof typeof STYLES;

export interface Line {
  readonly day: number;
  /** as the story numbers it: `(1)`, `(a)` */
  readonly mark: string;
  readonly who: string;
  readonly whom: string;
  readonly what: string;
}

export interface Printer {
  title(text: string, below: string): void;
  step(line: Line, notes: readonly string[]): void;
  refusal(line: Line, refused: Refused): void;
  /** between steps, or at the end */
  note(text: string): void;
  /** as it stands, for what is to be copied */
  plain(text: string): void;
}

/** @param colour escape codes, where the reader is a terminal that wants them */
export function createPrinter(write: (text: string) => void, colour: boolean): Printer {
  const paint = (style: Style, text: string): string => (colour ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text);
  const print = (text: string): void => write(`${text}\n`);
  let today = -1;
  const head = ({ day, mark, who, whom, what }: Line, sign: string): void => {
    print('');
    const when = day === today ? '' : `day ${day}`;
    today = day;
    print(`${paint('cyan', when.padEnd(8))} ${paint('bold', mark.padEnd(4))} ${sign}${paint('bold', `${who} → ${whom}`)}`);
    body(what);
  };
  const body = (text: string, label = '', style?: Style): void => {
    const [first = '', ...rest] = wrap(readable(text), COLUMNS - INDENT - label.length);
    const pad = ' '.repeat(INDENT);
    const styled = (line: string): string => (style === undefined ? line : paint(style, line));
    print(`${pad}${label === '' ? '' : paint('dim', label)}${styled(first)}`);
    for (const line of rest) print(`${pad}${' '.repeat(label.length)}${styled(line)}`);
  };
  return {
    title(text, below) {
      today = -1;
      print(`\n${paint('bold', text)}`);
      for (const line of wrap(below, COLUMNS)) print(paint('dim', line));
    },
    step(line, notes) {
      head(line, '');
      for (const note of notes) body(note, '· ', 'dim');
    },
    refusal(line, refused) {
      head(line, paint('red', 'refused: '));
      for (const { code, ...rest } of reasonsOf(refused)) {
        body(code, '', 'red');
        for (const [name, words] of Object.entries(rest)) body(words, `  ${name.padEnd(8)}`, name === 'next' ? 'green' : undefined);
      }
      if (refused.index !== null) body(`the refusal is leaf ${refused.index} of the log, and its receipt is signed`, '· ', 'dim');
    },
    note(text) {
      for (const line of wrap(readable(text), COLUMNS)) print(line);
    },
    plain: print,
  };
}

/** What is printed of each thing that was wrong, in this order. */
interface Reason {
  readonly code: string;
  readonly why: string;
  readonly rule?: string;
  readonly source?: string;
  readonly next?: string;
}

const reasonsOf = ({ code, what, violations, grounds }: Refused): readonly Reason[] =>
  violations.length === 0
    ? [{ code, why: what, ...grounds }]
    : violations.map(({ code: broken, sentence, rule, source, remedy }) => ({
        code: broken,
        why: sentence,
        rule,
        source,
        next: nextStep(remedy),
      }));

/** This profile's next step, as something that a client can do. Not legal advice. */
export function nextStep(remedy: Violation['remedy']): string {
  switch (remedy.action) {
    case 'consent-request':
      return `send ${remedy.originator} a consent request: recipient ${remedy.recipient}, purpose ${remedy.purpose}`;
    case 'formal-mla':
      return `ask for it by formal request through ${remedy.via}`;
    case 'complete-field':
      return `fill in, or put right: ${remedy.fields.map(fieldWords).join('; ')}`;
    case 'justify':
      return `give reasons: ${remedy.fields.map(fieldWords).join('; ')}`;
    case 'choose-addressee':
      return remedy.types.length === 0 ? 'choose another addressee' : `it may come from, or go to: ${remedy.types.join(', ')}`;
    case 'use-profile':
      return `use the channel ${remedy.profiles.join(' or ')}`;
    case 'keep-label':
      return 'hand it on under its own label, to which you may only add';
    case 'reseal':
      return `seal it under ${remedy.suites.join(' or ')}`;
    case 'translate':
      return `attach a translation into ${remedy.languages.join(' or ')}`;
    case 'ask-originator':
      return `ask ${remedy.originators.join(', ')}`;
    case 'ask-holder':
      return `ask ${remedy.holders.join(', ')} to hand it on anew without its caveat`;
    case 'await-consent':
      return `wait until ${remedy.from}, when the consent ${remedy.consent} begins`;
    case 'consult':
      return `consult the other side first about ${remedy.parts.join(', ')}`;
    case 'await-views':
      return `wait for the views of the other side on ${remedy.parts.join(', ')}${remedy.until === null ? '' : `, or until ${remedy.until}`}`;
    case 'exculpatory-notice':
      return 'notify the originator of the exculpatory disclosure first';
    case 'none':
      return 'none on this channel';
  }
}

/** Digests are for machines: eight characters tell them apart on a page. */
export const readable = (text: string): string =>
  text.replaceAll(/(?<![A-Za-z0-9_-])([A-Za-z0-9_-]{8})[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g, '$1…');

export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
