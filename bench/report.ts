/**
 * Every report over a million events, each made once as whoever asks for it waits for it, beside parsing as much JSON: what a reader does in
 * any case. The events are there before the clock starts, and what the report before left behind is gone: nobody makes two in one process.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { questionOf, REPORT_KINDS } from '../client/sdk/index.js';
import { readEvents, timeAt, US } from './authority-view.js';
import { rowOf, secondsOf, type Row } from './row.js';

const EVENTS = 1_000_000;
/** of which as many are parsed for the reference */
const PARSED = EVENTS / 10;
const MIB = 1024 * 1024;
const REFERENCE = '1,000,000 events parsed as JSON';

export async function reportRows(say: (line: string) => void): Promise<Row[]> {
  const events = readEvents(EVENTS);
  say(`${EVENTS.toLocaleString('en')} events; ${heapMib()} MiB of heap`);
  const texts = events.slice(0, PARSED).map(({ event }) => JSON.stringify(event));
  const question = questionOf({}, events, US, timeAt(EVENTS));
  const collect = collector();
  const rows: Row[] = [];
  for (const [name, kind] of REPORT_KINDS) {
    const parsing = await secondsOf(() => texts.forEach((text) => JSON.parse(text) as unknown));
    collect();
    const before = process.cpuUsage();
    let made = 0;
    const making = await secondsOf(() => (made = kind.rows(question).length));
    const { user, system } = process.cpuUsage(before);
    say(`${name}: ${made} rows; ${((user + system) / 1e6).toFixed(2)} s of processor; ${heapMib()} MiB of heap`);
    rows.push(rowOf(`report ${name} over 1,000,000 events`, 's', [making], REFERENCE, [(parsing * EVENTS) / PARSED]));
  }
  return rows;
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

const heapMib = (): number => Math.round(process.memoryUsage().heapUsed / MIB);
