/**
 * `npm run bench [-- --json] [-- GROUP …]`: each number beside a reference that was measured in turns with it. Of several groups each has a
 * process of its own: what one leaves in memory is in no other one's figures.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { acceptRows } from './accept.js';
import { commitRows } from './commit.js';
import { decideRows } from './decide.js';
import { e2eRows } from './e2e.js';
import { logRows } from './log.js';
import { memoryRows } from './memory.js';
import { reportRows } from './report.js';
import type { Row } from './row.js';
import { sealRows } from './seal.js';

type Group = (say: (line: string) => void) => Promise<readonly Row[]>;
const GROUPS: Readonly<Record<string, Group>> = {
  accept: acceptRows,
  commit: commitRows,
  e2e: e2eRows,
  seal: sealRows,
  decide: decideRows,
  log: logRows,
  report: reportRows,
  memory: memoryRows,
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const say = (line: string): void => console.error(`bench: ${line}`);
const args = process.argv.slice(2);
const asJson = args.includes('--json');
const wanted = args.filter((arg) => arg !== '--json');
const unknown = wanted.filter((name) => !Object.hasOwn(GROUPS, name));
if (unknown.length > 0) {
  say(`no group ${unknown.join(', ')}; there are: ${Object.keys(GROUPS).join(', ')}`);
  process.exit(2);
}

const groups = wanted.length > 0 ? wanted : Object.keys(GROUPS);
for (const name of groups.length > 1 ? groups : []) await runAlone(name);
if (groups.length > 1) process.exit();

const machine = `${cpus()[0]?.model.trim() ?? 'unknown processor'} × ${cpus().length}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform}`;
const busy = loadavg()[0]?.toFixed(1) ?? '?';
if (asJson) say(`${machine}; load ${busy}`);
else console.log(`${machine}; load before the start ${busy}\n${lineOf('', 'median', '', 'ratio', 'reference', '')}`);
for (const name of groups) for (const row of (await GROUPS[name]?.(say)) ?? []) print(row);

async function runAlone(name: string): Promise<void> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), name, ...(asJson ? ['--json'] : [])], { stdio: 'inherit' });
  process.once('exit', () => child.kill());
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) process.exit(1);
}

function print(row: Row): void {
  if (asJson) console.log(JSON.stringify(row));
  else console.log(lineOf(row.name, numberOf(row.median), row.unit, numberOf(row.ratio), numberOf(row.referenceMedian), row.reference));
}

function lineOf(name: string, median: string, unit: string, ratio: string, referenceMedian: string, reference: string): string {
  return `${name.padEnd(52)} ${median.padStart(10)} ${unit.padEnd(13)} ${ratio.padStart(7)} × ${referenceMedian.padStart(10)} ${reference}`;
}

function numberOf(value: number | null): string {
  if (value === null) return '–';
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
