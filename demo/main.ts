/** `npm start`: plays story 1 against a gateway with a whole directory, then leaves the gateway serving and says what to type next. */
import { rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DIRECTORY } from './directory.js';
import { requireFree, stopGateways } from './gateway.js';
import { playStory, printerFor } from './play.js';
import { homesIn } from './set-up.js';
import type { Stage } from './stage.js';
import { STORY_1 } from './story-1.js';

/** as many of the directory as a small machine starts in half a minute */
const AUTHORITIES = 14;
const PORT = 8470;
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;
const print = printerFor(process.stdout, process.env);

/** Compiled code lies two folders below the package. */
const folderFor = (port: number): string => fileURLToPath(new URL(`../../.parley/demo/${port}`, import.meta.url));

let ending = false;
/** The cast goes when this process does; the gateway is waited for, so that its port is free again. */
async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  await stopGateways();
  process.exit(code);
}

async function main(): Promise<void> {
  const port = await chosenPort(process.env['PARLEY_PORT'] ?? '');
  // whoever runs on that port owns the folder: what is removed below belongs to nobody any more
  await requireFree(port);
  const folder = folderFor(port);
  await rm(folder, { recursive: true, force: true });
  const others = DIRECTORY.map(({ authority }) => authority).filter((code) => !STORY_1.cast.includes(code));
  const bystanders = others.slice(0, AUTHORITIES - STORY_1.cast.length);
  print.note(
    `A gateway starts on port ${port} with ${AUTHORITIES} fictional authorities, each a process with its own keys, enrolled over HTTP.`,
  );
  const stage = await playStory(STORY_1, { folder, port, bystanders, environment: process.env }, print);
  stage.dismiss();
  tellWhatNext(stage, folder);
  await stage.gateway.ended;
  if (!ending) print.note(`The gateway ended by itself. Its log: ${stage.gateway.logFile}`);
  await end(1);
}

/** @throws RangeError with a sentence */
async function chosenPort(text: string): Promise<number> {
  if (text === '') return PORT;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new RangeError(`PARLEY_PORT is a number from 0 to 65535, not ${text}`);
  return text === '0' ? freePort() : Number(text);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function tellWhatNext(stage: Stage, folder: string): void {
  const { keys, passphraseFile } = homesIn(folder);
  const here = (path: string): string => relative(process.cwd(), path) || path;
  const { origin, logFile } = stage.gateway;
  const lines = [
    '',
    'The gateway goes on serving, now in real time. Ctrl-C ends it.',
    '',
    `  address   ${origin}`,
    `  API       ${origin}/docs and ${origin}/openapi.json`,
    `  data      ${here(folder)}: database, key stores, opened files; the next start on this port begins anew`,
    `  log       ${here(logFile)}`,
    '',
    'Any of the authorities is yours to play, in another terminal:',
    '',
    `  export PARLEY_HOME=${here(keys)} PARLEY_PASSPHRASE_FILE=${here(passphraseFile)}`,
    '  npx --no -- parley --profile ng-efcx inbox',
    '  npx --no -- parley --profile vg-fix audit',
    '  npx --no -- parley --profile kz-pgo directory',
    '  npx --no -- parley --help',
  ];
  for (const line of lines) print.plain(line);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(EXIT_CODES[signal]));
try {
  await main();
} catch (error) {
  if (!ending) {
    print.note(`\nIt cannot go on: ${error instanceof Error ? error.message : String(error)}`);
    await end(1);
  }
}
