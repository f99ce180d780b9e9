/** What the client says by itself, read from its source: each code with the sentences that bear it and the steps that follow. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const FOLDERS = ['client/sdk', 'client/cli', 'client/witness'];
const ERRORS = new Set(['ParleyError', 'ReadingRefused']);
/** functions that make one of them of the same words */
const MAKERS = new Set(['refuse', 'say']);
const CODE = /^[A-Z][A-Z0-9_]+$/;
const SENTENCES_MAX = 3;

/** The texts that a literal can be, with `…` for what is filled in. */
function textsOf(node) {
  if (node === undefined) return [];
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  if (ts.isStringLiteralLike(node)) return [node.text];
  return ts.isTemplateExpression(node) ? [node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')] : [];
}

const memberOf = (node, name) => node.properties.find((one) => ts.isPropertyAssignment(one) && one.name.getText() === name)?.initializer;

/** @returns the code, the sentence and the step that a node gives, so far as it does */
function givenBy(node) {
  if (ts.isNewExpression(node) && ERRORS.has(node.expression.getText())) return node.arguments ?? [];
  if (!ts.isCallExpression(node)) return [];
  if (MAKERS.has(node.expression.getText())) return node.arguments;
  // an error that a function returns
  const [first] = node.arguments;
  return node.expression.getText() === 'no' && first !== undefined && ts.isObjectLiteralExpression(first) ? [memberOf(first, 'code'), memberOf(first, 'why')] : [];
}

/** Steps that stand by their codes. */
const remediesIn = (node) =>
  ts.isVariableDeclaration(node) && node.name.getText() === 'REMEDIES' && ts.isObjectLiteralExpression(node.initializer)
    ? node.initializer.properties.map((one) => ({ code: one.name.getText(), what: [], next: textsOf(one.initializer) }))
    : [];

function sitesIn(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const sites = [];
  const visit = (node) => {
    const [code, what, next] = givenBy(node);
    if (code !== undefined && ts.isStringLiteralLike(code) && CODE.test(code.text)) sites.push({ code: code.text, what: textsOf(what), next: textsOf(next) });
    sites.push(...remediesIn(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return sites;
}

/** Each once; of a code that is given for many slips, the first few. */
function few(texts) {
  const all = [...new Set(texts.map((text) => text.trim()).filter((text) => /[a-z]/.test(text)))];
  return [...all.slice(0, SENTENCES_MAX), ...(all.length > SENTENCES_MAX ? ['…'] : [])].join(' / ');
}

/** @returns rows of code, sentences and next steps, by code */
export function clientCodes(root) {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .map((file) => join(root, folder, file))
      .filter((file) => file.endsWith('.ts')),
  );
  const sites = files.toSorted().flatMap(sitesIn);
  const codes = [...new Set(sites.map(({ code }) => code))].toSorted();
  return codes.map((code) => {
    const given = sites.filter((site) => site.code === code);
    return [`\`${code}\``, few(given.flatMap(({ what }) => what)), few(given.flatMap(({ next }) => next))];
  });
}
