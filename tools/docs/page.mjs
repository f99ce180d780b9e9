/** Markdown that a table in the code writes. */

/** A cell may hold a bar and a newline; a Markdown table may not. */
const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');

const row = (cells) => `| ${cells.map(cell).join(' | ')} |`;

export const table = (heads, rows) => [row(heads), `|${heads.map(() => '---').join('|')}|`, ...rows.map(row)].join('\n');

/** @param source the file whose table it is */
export const page = (title, source, parts) =>
  `${[`# ${title}`, `Made from \`${source}\` by \`npm run docs\`; a change there is made here by running it again.`, ...parts].join('\n\n')}\n`;

/** The sentences for a closed list: each has one and none is left over, else the page would lie by omission. */
export function inStep(names, sentences, what) {
  const missing = names.filter((name) => !Object.hasOwn(sentences, name));
  const stray = Object.keys(sentences).filter((name) => !names.includes(name));
  if (missing.length + stray.length > 0) throw new Error(`${what}: no sentence for ${missing.join(', ') || 'none'}; no such: ${stray.join(', ') || 'none'}`);
  return names.map((name) => [name, sentences[name]]);
}
