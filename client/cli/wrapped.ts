/** of a terminal that nobody widened, or of a narrower one */
export const COLUMNS = Math.min(80, process.stdout.columns || 80);

/** Words of `text` in lines of at most COLUMNS, each after `indent`, also behind a line feed of its own; a longer word stands alone. */
export const wrapped = (text: string, indent: string): string[] =>
  text.split('\n').flatMap((line) => (line === '' ? [''] : filled(line, indent)));

function filled(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.length > indent.length && line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = indent;
    }
    line += line.length === indent.length ? word : ` ${word}`;
  }
  return [...lines, line];
}
