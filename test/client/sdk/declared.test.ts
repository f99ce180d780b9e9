/** What a compiler makes of the package in a program of one's own: strict, and declared for others. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, expect, it } from 'vitest';
import * as sdk from '../../../client/sdk/index.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'parley-declared-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** names of the client's acts, as the package declares them */
function actsOf(): string[] {
  const text = readFileSync(join(ROOT, 'dist/client/sdk/client.d.ts'), 'utf8');
  const declared = ts.createSourceFile('client.d.ts', text, ts.ScriptTarget.ES2022);
  const members = declared.statements.find((one) => ts.isClassDeclaration(one))!.members;
  return members
    .filter((one) => (ts.getCombinedModifierFlags(one) & (ts.ModifierFlags.Private | ts.ModifierFlags.Static)) === 0)
    .flatMap(({ name }) => (name !== undefined && ts.isIdentifier(name) ? [name.text] : []));
}

const functions = Object.entries(sdk).flatMap(([name, value]) =>
  typeof value === 'function' && !String(value).startsWith('class') ? [name] : [],
);

const PROGRAM = [
  `import * as sdk from 'parley';`,
  ...actsOf().map((name) => `export const act_${name} = (client: sdk.ParleyClient) => client.${name};`),
  ...functions.map((name) => `export const made_by_${name} = [sdk.${name}];`),
  // a loop as docs/INTEGRATING.md has it: no cursor is kept before the first time
  `export const next = async (client: sdk.ParleyClient) => client.inboxPage({ after: (await client.readCursor()) ?? undefined, waitS: 30 });`,
];

it('names every type that its acts take and give, so that a program around them can be declared', () => {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules', 'parley'));
  writeFileSync(join(folder, 'program.mts'), PROGRAM.join('\n'));
  const program = ts.createProgram([join(folder, 'program.mts')], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    declaration: true,
    types: [],
    outDir: join(folder, 'out'),
    rootDir: folder,
  });
  expect(actsOf()).toContain('send');
  // TS7056: the union of all messages is longer than a compiler writes out; `SignedMessage` names it
  const found = ts.getPreEmitDiagnostics(program).filter(({ code }) => code !== 7056);
  expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
}, 120_000);
