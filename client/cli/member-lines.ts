/** Members of what was signed in clear, for people: each with its value, and those within it. */
export const memberLines = (members: object): string[] =>
  Object.entries(members).flatMap(([name, value]: [string, unknown]) => (value === undefined ? [] : [`${name}: ${wordOf(value)}`]));

function wordOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(wordOf).join(', ');
  return typeof value === 'object' && value !== null ? memberLines(value).join('; ') : String(value);
}
