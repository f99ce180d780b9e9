/** of a terminal that nobody widened, or of a narrower one */
export const COLUMNS = Math.min(80, process.stdout.columns || 80);

const SIGNS = new Intl.Segmenter();
/** What a terminal draws on two columns: emoji, and the scripts of East Asia. */
const WIDE =
  /^(?:\p{Emoji_Presentation}|.\ufe0f|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}])/u;

/** Columns that it takes on a terminal: a letter with its marks is one sign. */
export const columnsOf = (text: string): number =>
  // most of what is shown is plain, and as wide as it is long
  /^[ -~]*$/.test(text)
    ? text.length
    : Array.from(SIGNS.segment(text), ({ segment }) => (WIDE.test(segment) ? 2 : 1) as number).reduce((sum, one) => sum + one, 0);

/** Words of `text` in lines of at most COLUMNS, each after `indent`, also behind a line feed of its own; a longer word stands alone. */
export const wrapped = (text: string, indent: string): string[] =>
  text.split('\n').flatMap((line) => (line === '' ? [''] : filled(line, indent)));

/** The same as one entry of a list. */
export const bulleted = (text: string): string[] => wrapped(text, '    ').map((line, at) => (at === 0 ? `  - ${line.trimStart()}` : line));

function filled(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.length > indent.length && columnsOf(line) + 1 + columnsOf(word) > COLUMNS) {
      lines.push(line);
      line = indent;
    }
    line += line.length === indent.length ? word : ` ${word}`;
  }
  return [...lines, line];
}
