/** of a terminal that nobody widened */
export const COLUMNS = 80;

/** Words of `text` in lines of at most COLUMNS, each after `indent`; a longer word stands alone. */
export function wrapped(text: string, indent: string): string[] {
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
