/** Whoever types what a page says gets that far: the command is there, takes each option, and misses none. */
import type { Command } from 'commander';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../client/cli/program.js';

const inRoot = (path: string) => new URL(`../../${path}`, import.meta.url);
const read = (path: string): string => readFileSync(inRoot(path), 'utf8');
const PAGES = ['README.md', ...readdirSync(inRoot('docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : []))];
const SCRIPTS = Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts);
const { program } = createProgram({}, { answer: () => undefined, complaint: () => undefined });

interface Typed {
  readonly page: string;
  readonly line: string;
  /** it stands in a block and leaves nothing out */
  readonly whole: boolean;
}

/** Lines of blocks, and spans of prose, that begin with it. */
const typedIn = (page: string, begin: RegExp): Typed[] =>
  [...read(page).matchAll(/```[^\n]*\n(.*?)```|`([^`]+)`/gs)].flatMap(([, block, span = '']) =>
    (block?.split('\n') ?? [span.replaceAll(/\s+/g, ' ')])
      .map((line) => line.replace(/ {2,}#.*$/, '').trim().replace(/^npx --no -- /, ''))
      .filter((line) => begin.test(line))
      .map((line) => ({ page, line, whole: block !== undefined && !line.includes('…') })),
  );

/** @returns what is wrong with it, or null */
function wrongWith({ line, whole }: Typed): string | null {
  const words = line.split(/[\s[\]|]+/).slice(1);
  let command: Command = program;
  const named: string[] = [];
  for (const word of words) {
    if (word.startsWith('-')) named.push(word.replace(/[=…,;.]+$/, ''));
    const under = command.commands.find((one) => [one.name(), ...one.aliases()].includes(word));
    if (under !== undefined) command = under;
    // what follows the name of a command is its arguments
    else if (command === program && !word.startsWith('-') && !takesWord(named.at(-1))) return `no command ${word}`;
  }
  const known = [...command.options, ...program.options];
  const odd = named.find((name) => !['--help', '--version'].includes(name) && !known.some(({ long, short }) => [long, short].includes(name)));
  if (odd !== undefined) return `${command.name()} takes no ${odd}`;
  const owed = command.options.find(({ mandatory, long }) => mandatory && !named.includes(long!));
  return owed === undefined || !whole ? null : `${command.name()} owes ${owed.long}`;
}

/** Whether the option before takes the word. */
const takesWord = (option: string | undefined): boolean => program.options.some(({ long, required }) => long === option && required);

describe('what the pages tell to type', () => {
  const commands = PAGES.flatMap((page) => typedIn(page, /^parley /));
  it('is found', () => expect(commands.length).toBeGreaterThan(100));
  it.each(commands)('$page: $line', (typed) => expect(wrongWith(typed)).toBeNull());
  it.each(PAGES.flatMap((page) => typedIn(page, /^npm run /)))('$page: $line', ({ line }) => expect(SCRIPTS).toContain(line.split(' ')[2]));
});
