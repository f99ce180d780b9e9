/**
 * `npm start`: plays story 1 against a gateway with a whole directory, then leaves the gateway serving and says what to type next. With `--keep`
 * a gateway that ran on this port before goes on with what lies there, and nothing is played.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DIRECTORY, OPERATOR } from './directory.js';
import { holdPort, startGateway, stopGateways, type Gateway } from './gateway.js';
import { playStory, printerFor } from './play.js';
import { gatewayFolder, homesIn, keptOperator } from './set-up.js';
import { STORY_1 } from './story-1.js';
import { wordsOf } from './words.js';

/** as many of the directory as a small machine starts in half a minute */
const AUTHORITIES = 15;
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
  const [other] = process.argv.slice(2).filter((word) => word !== '--keep');
  if (other !== undefined) throw new RangeError(`npm start takes --keep and nothing else, not ${other}; PARLEY_PORT=… names another port`);
  const port = await chosenPort(process.env['PARLEY_PORT'] ?? '');
  // whoever has that port owns the folder: what is removed below belongs to nobody any more
  await holdPort(port);
  const folder = folderFor(port);
  const gateway = (process.argv.includes('--keep') ? await goOn(port, folder) : null) ?? (await begin(port, folder));
  tellWhatNext(gateway, folder);
  await gateway.ended;
  if (!ending) print.note(`The gateway ended by itself. Its log: ${gateway.logFile}`);
  await end(1);
}

/**
 * @returns null where nothing was left to go on with
 * @throws RangeError with a sentence where what was left is not whole: it may be wanted all the same
 */
async function goOn(port: number, folder: string): Promise<Gateway | null> {
  const publicKey = await keptOperator(folder);
  if (publicKey === null && !existsSync(folder)) return null;
  if (publicKey === null)
    throw new RangeError(
      `${folder} is of a start that was stopped too early, or of an older version. Move it away, or npm start without --keep removes it and begins anew`,
    );
  const operator = { authority: OPERATOR.authority, publicKey };
  return startGateway({ folder: gatewayFolder(folder), port, operator, at: null, environment: process.env });
}

async function begin(port: number, folder: string): Promise<Gateway> {
  await rm(folder, { recursive: true, force: true });
  const others = DIRECTORY.map(({ authority }) => authority).filter((code) => !STORY_1.cast.includes(code));
  const bystanders = others.slice(0, AUTHORITIES - STORY_1.cast.length);
  print.note(
    `A gateway starts on port ${port} with ${AUTHORITIES} fictional authorities, each a process with its own keys, enrolled over HTTP.`,
  );
  const stage = await playStory(STORY_1, { folder, port, bystanders, environment: process.env }, print);
  stage.dismiss();
  return stage.gateway;
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

function tellWhatNext({ origin, logFile }: Gateway, folder: string): void {
  const { keys, passphraseFile } = homesIn(folder);
  const here = (path: string): string => relative(process.cwd(), path) || path;
  const [request, question] = ['request', 'question'].map((name) => here(join(folder, `${name}.json`)));
  const lines = [
    '',
    'The gateway goes on serving, now in real time. Ctrl-C ends it.',
    '',
    `  address   ${origin}`,
    `  API       ${origin}/docs and ${origin}/openapi.json`,
    `  data      ${here(folder)}: database, key stores, opened files`,
    `  log       ${here(logFile)}`,
    '',
    'The next start on this port begins anew; npm start -- --keep goes on with what is there.',
    'Any of the authorities is yours to play, in another terminal; here two financial intelligence units:',
    '',
    `  export PARLEY_HOME=${here(keys)} PARLEY_PASSPHRASE_FILE=${here(passphraseFile)}`,
    "  alias parley='npx --no -- parley'",
    `  parley --profile ng-fia compose EGMONT_FIU --to CH-FIN --out ${request}`,
    `  parley --profile ng-fia check ${request}     # what is still to be filled in`,
    `  parley --profile ng-fia send ${request}`,
    '  parley --profile ch-fin inbox',
    '  parley --profile ch-fin open ITEM',
    '  parley --profile ch-fin show EXCHANGE          # who owes what, and what may be done now',
    '  parley --profile vg-fix audit                  # who got what of the story',
    '',
    'and two central authorities, who consult before a formal request:',
    '',
    `  parley --profile kz-pgo compose INFORMAL_MLA_CONSULT --to GG-LAW --out ${question}`,
  ];
  for (const line of lines) print.plain(line);
}

// whoever read it is gone (`npm start | head`)
process.stdout.on('error', () => void end(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(EXIT_CODES[signal]));
try {
  await main();
} catch (error) {
  if (!ending) {
    print.note(`\nIt cannot go on: ${error instanceof Error && !('code' in error) ? error.message : wordsOf(error)}`);
    await end(1);
  }
}
