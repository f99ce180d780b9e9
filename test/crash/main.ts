/**
 * `npm run crash`: SIGKILL at random moments under load, on both databases; afterwards a process that knows receipts and the database
 * alone counts. `npm run crash -- --rounds 10` for each database.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { postgresUrl } from '../../testing/postgres.js';
import { designation, entry } from '../support/actors.js';
import { doorOf, systemClock } from '../support/door.js';
import { freePort } from '../../testing/free-port.js';
import { program, startGateway, type GatewayProgram, type GatewaySettings } from '../support/gateway-program.js';
import { createChance } from '../support/world.js';
import { crashCast } from './cast.js';
import type { CheckReport } from './checker.js';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '25' } } });
const LANES = 6;
const LIFE_MS = [150, 900] as const;
const SETTLE_MS = 4_000;
/** looks at the outbox before a row counts as lost: each lets a whole lease pass */
const SETTLES_MAX = 4;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Run {
  readonly name: string;
  readonly rounds: number;
  readonly report: CheckReport;
}

async function enrolCast(url: string): Promise<void> {
  const { operator, fia, fix } = crashCast();
  const chance = createChance(randomInt(2 ** 31));
  for (const actor of [fia, fix]) {
    const door = doorOf(url, actor, 10);
    for (const { submission } of [designation(operator, actor, systemClock.now(), chance), entry(actor, systemClock.now(), chance)])
      await door.post('/v1/statements', submission, false);
  }
}

/** ended with us, whatever goes wrong: an orphan would hold its port and our standard output */
const children = new Set<ChildProcess>();
process.once('exit', () => children.forEach((child) => child.kill('SIGKILL')));

/** @param databaseUrl of an empty database; null: the embedded one */
async function crash(name: string, databaseUrl: string | null, rounds: number): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-crash-'));
  const url = databaseUrl ?? `file:${join(folder, 'parley.db')}`;
  const receipts = join(folder, 'receipts');
  const settings: GatewaySettings = { operator: crashCast().operator, port: await freePort(), data: folder, databaseUrl: url };
  const started = async (): Promise<GatewayProgram> => {
    const gateway = await startGateway(settings);
    children.add(gateway.process);
    return gateway;
  };
  let gateway = await started();
  await enrolCast(gateway.url);
  const load = spawn(process.execPath, [program('test/crash/load.js'), gateway.url, receipts, String(LANES)], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  children.add(load);
  const loadEnded = endOf(load);
  for (let round = 0; round < rounds; round += 1) {
    await systemClock.sleep(randomInt(...LIFE_MS));
    const before = linesOf(receipts);
    await gateway.kill();
    if (load.exitCode !== null) throw new Error(`${name}, round ${round}: the load ended: it was refused, or it gave up`);
    gateway = await started();
    // a round counts when something was acknowledged in it, or else the kills would hit an idle server
    await until(() => linesOf(receipts) > before || load.exitCode !== null);
  }
  load.stdin?.end();
  if ((await loadEnded) !== 0) throw new Error(`${name}: the load ended badly`);
  const keyFile = readKeyFile(folder);
  for (let settles = 1; ; settles += 1) {
    await systemClock.sleep(SETTLE_MS);
    await gateway.stop();
    const report = await check(url, receipts, keyFile);
    if (report.outboxOpen === 0 || settles >= SETTLES_MAX) {
      rmSync(folder, { recursive: true, force: true });
      return { name, rounds, report };
    }
    gateway = await started();
  }
}

const readKeyFile = (folder: string): string => join(folder, 'keys', 'gateway.json');
const linesOf = (file: string): number => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').length : 0);
const endOf = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', (code) => resolve(code)));

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await systemClock.sleep(10);
}

async function check(url: string, receipts: string, keyFile: string): Promise<CheckReport> {
  const checker = spawn(process.execPath, [program('test/crash/checker.js'), url, receipts, keyFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  checker.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await new Promise((resolve) => checker.stdout.once('close', resolve));
  return JSON.parse(text) as CheckReport;
}

function tell({ name, rounds, report }: Run): boolean {
  const { acknowledged, stored, lost, doubled, undelivered, outboxOpen, leaves, violations } = report;
  say(
    `${name}: rounds ${rounds}, acknowledged ${acknowledged}, stored ${stored}, leaves ${leaves}, ` +
      `lost ${lost}, doubled ${doubled}, undelivered ${undelivered + outboxOpen}, violations ${violations.length}`,
  );
  for (const violation of violations.slice(0, 5)) say(`  ${violation}`);
  return lost + doubled + undelivered + outboxOpen + violations.length === 0 && acknowledged > 0;
}

async function main(): Promise<boolean> {
  const rounds = Number(values.rounds);
  const postgres = await postgresUrl();
  if (postgres === null) say('PostgreSQL: neither installed nor given by PARLEY_TEST_POSTGRES_URL: NOT run');
  try {
    const runs = await Promise.all([
      crash('libsql', null, rounds),
      ...(postgres === null ? [] : [crash('PostgreSQL', postgres.url, rounds)]),
    ]);
    const good = runs.map(tell).every(Boolean);
    const total = (of: (report: CheckReport) => number) => runs.reduce((sum, { report }) => sum + of(report), 0);
    say(
      `rounds ${runs.length * rounds}, acknowledged ${total((report) => report.acknowledged)}, ` +
        `lost ${total((report) => report.lost)}, doubled ${total((report) => report.doubled)}`,
    );
    return good && postgres !== null;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return false;
  } finally {
    await postgres?.stop();
  }
}

process.exit((await main()) ? 0 : 1);
