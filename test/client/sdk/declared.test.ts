/** What a compiler makes of the package in a program of one's own: strict, and declared for others. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
];

/** what docs/INTEGRATING.md leaves to the program around its samples */
const AROUND = `
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import * as sdk from 'parley';
import { readStanding, systemClock } from 'parley/node';
const { DAY_MS, answerForm, completenessOf, defaultLabel, openingForm, plusMs, readDigest, readExchangeId, readReviewedDraft } = sdk;
declare const client: sdk.ParleyClient;
declare const keep: (entry: sdk.InboxEntry) => Promise<void>;
declare const entries: sdk.InboxEntry[];
declare const ask: NonNullable<sdk.Explanation['missing'][number]['ask']>;
declare const { purpose, action }: Required<sdk.UseInMind>;
declare const profile: Parameters<typeof defaultLabel>[0];
declare const exchangeType: Parameters<typeof completenessOf>[2];
declare const fields: Record<string, unknown>;
declare const exchange: Parameters<typeof client.exchange>[0];
declare const item: sdk.UseInMind['item'], consent: typeof item, asked: typeof item, inOutbox: typeof item;
declare const after: string, text: string, handlerRef: string, path: string, language: string, to: string, proceedings: string;
`;

/** Each piece of its blocks, and each call in its prose that leaves nothing out, in a function of its own. */
function samples(): string[] {
  const page = readFileSync(join(ROOT, 'docs/INTEGRATING.md'), 'utf8');
  const pieces = [...page.matchAll(/```js\n(?!import)([^]*?)```/g)].flatMap(([, block]) => block!.split('\n\n'));
  const calls = [...page.matchAll(/`((?:client\.)?\w+\([^`…]+\))`/g)].map(([, call]) => `return ${call!};`);
  expect({ pieces: pieces.length, calls: calls.length }).toEqual({ pieces: 6, calls: 11 });
  return [...pieces, ...calls].map((body, at) => `export async function sample${at}() {\n${body}\n}`);
}

beforeAll(() => {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules', 'parley'));
});

/** @returns what a strict compiler says of it */
function complaints(name: string, lines: readonly string[], more: ts.CompilerOptions): string[] {
  writeFileSync(join(folder, name), lines.join('\n'));
  const program = ts.createProgram([join(folder, name)], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    outDir: join(folder, 'out'),
    rootDir: folder,
    ...more,
  });
  // TS7056: the union of all messages is longer than a compiler writes out; `SignedMessage` names it
  const found = ts.getPreEmitDiagnostics(program).filter(({ code }) => code !== 7056);
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

it('names every type that its acts take and give, so that a program around them can be declared', () => {
  expect(actsOf()).toContain('send');
  expect(complaints('program.mts', PROGRAM, { declaration: true, types: [] })).toEqual([]);
}, 120_000);

it('takes what docs/INTEGRATING.md shows', () => {
  const ofNode = { types: ['node'], typeRoots: [join(ROOT, 'node_modules/@types')], skipLibCheck: true };
  expect(complaints('samples.mts', [AROUND, ...samples()], ofNode)).toEqual([]);
}, 120_000);
