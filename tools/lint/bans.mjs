import { readFileSync } from 'node:fs';

const branded = ['domain/ids.ts', 'domain/time.ts'].flatMap((file) => {
  const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  return [...source.matchAll(/^export type (\w+)/gm)].map(([, name]) => name);
});

const ban = (selector, message) => ({ selector, message });
const forged = (names) => [
  ban(
    `TSAsExpression > TSTypeReference[typeName.name=/^(${names.join('|')})$/]`,
    'Parse it (domain/ids.ts, domain/time.ts, domain/wire/): a branded type is the proof that somebody did.',
  ),
];
const member = (object, property) => `MemberExpression[object.name='${object}'][property.name='${property}']`;

/** `no-restricted-syntax` entries by kind, so that a file that may do one thing may not do the others. */
export const bans = {
  defaultExport: [ban('ExportDefaultDeclaration', 'Export it by name: one thing, one name, everywhere.')],
  forgedIds: forged(branded),
  /** A hash that was just computed is a digest; nobody else may say so of a text. */
  forgedIdsButDigests: forged(branded.filter((name) => name !== 'Digest' && name !== 'KeyId')),
  time: [
    ban(member('Date', 'now'), 'Time comes in as an argument: take an Instant, or the Clock port of domain/ports.ts.'),
    ban("NewExpression[callee.name='Date']", 'Time is an Instant (domain/time.ts); `Date` lives in that file alone.'),
    ban(member('performance', 'now'), 'Time comes in as an argument: take the Clock port of domain/ports.ts.'),
  ],
  chance: [
    ban(member('Math', 'random'), 'Chance comes in as an argument: take the Chance port of domain/ports.ts.'),
    ban(
      "CallExpression[callee.property.name='randomUUID']",
      'Ids are made from the Chance port of domain/ports.ts (domain/ids.ts says how).',
    ),
    ban("CallExpression[callee.name='randomUUID']", 'Ids are made from the Chance port of domain/ports.ts (domain/ids.ts says how).'),
  ],
  environment: [
    ban(member('process', 'env'), 'The environment is read once, in main.ts: take Config or Secrets (gateway/config.ts) as an argument.'),
    ban("ImportSpecifier[imported.name='env']", 'The environment is read once, in main.ts: take Config or Secrets as an argument.'),
  ],
  /** A bare ZodError says to nobody what to do, and shows what it read. */
  unworded: [
    ban(
      'CallExpression[callee.property.name=/^parse(Async)?$/]:not([callee.object.name=/^(JSON|program)$/])',
      'Read what a gateway answers with readAnswer (client/sdk/answers.ts), and anything else with safeParse and words of its own.',
    ),
  ],
  timers: [
    ban(
      'CallExpression[callee.name=/^set(Timeout|Interval)$/]',
      'Wait with clock.sleep(ms, signal) of the Clock port: a simulation can then jump.',
    ),
    ban(
      "CallExpression[callee.object.name='globalThis'][callee.property.name=/^set(Timeout|Interval)$/]",
      'Wait with clock.sleep(ms, signal) of the Clock port: a simulation can then jump.',
    ),
    ban(
      'ImportDeclaration[source.value=/^(node:)?timers/]',
      'Wait with clock.sleep(ms, signal) of the Clock port: a simulation can then jump.',
    ),
  ],
};

/** What a file called so would be about is not said by its name. */
export const imports = {
  patterns: [
    {
      regex: '^\\.{1,2}/(.*/)?(utils?|helpers?|common|misc|shared|services?|managers?|impl)(\\.js|/|$)',
      message: 'Name the file after its one idea: there are no utils, helpers, common, service, manager or impl here.',
    },
    {
      regex:
        '^(?!node:)(assert|buffer|child_process|crypto|events|fs|http|https|net|os|path|stream|timers|url|util|worker_threads|zlib)(/|$)',
      message: 'Write node: before the name of a Node module.',
    },
  ],
};
