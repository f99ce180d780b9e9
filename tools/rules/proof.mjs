/** What the recorded tests prove of each rule. */

/** @returns of what was written down, the lines of the tests in those folders: what proves a rule is a test of the law, not one that walks past it */
export const saidIn = (lines, folders) =>
  lines.filter(({ test }) => test !== undefined && folders.some((folder) => test.startsWith(`${folder}/`)));

/**
 * @param lines what test/support/record-rules.ts wrote: a test, and how often each rule was silent and found something in it
 * @returns per rule the number of tests in which it was silent (`allow`), found something (`deny`), and both: two sides of one line (`bound`)
 */
export function proofOf(rules, lines) {
  const proof = new Map(rules.map(({ id }) => [id, { allow: 0, deny: 0, bound: 0 }]));
  for (const { said } of lines)
    for (const [id, { silent, found }] of Object.entries(said)) {
      const count = proof.get(id);
      if (count === undefined) continue;
      if (silent > 0) count.allow += 1;
      if (found > 0) count.deny += 1;
      if (silent > 0 && found > 0) count.bound += 1;
    }
  return proof;
}

export function table(rules, proof) {
  const widest = (texts) => Math.max(...texts.map((text) => text.length));
  const [idWidth, codeWidth] = [widest(rules.map(({ id }) => id)), widest(rules.map(({ code }) => code))];
  const row = (id, code, allow, deny, bound, source) =>
    `${id.padEnd(idWidth)}  ${code.padEnd(codeWidth)}  ${allow.padStart(5)}  ${deny.padStart(5)}  ${bound.padStart(5)}  ${source}`;
  return [
    row('rule', 'code', 'allow', 'deny', 'bound', 'source'),
    ...rules.map(({ id, code, source }) => {
      const { allow, deny, bound } = proof.get(id);
      return row(id, code, String(allow), String(deny), String(bound), source);
    }),
  ].join('\n');
}
