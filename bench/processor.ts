/** Processor time, which other load spoils less than a rate: Linux alone tells it. */
import { readdirSync, readFileSync } from 'node:fs';

export const TELLS_PROCESSOR_TIME = process.platform === 'linux';

/** in /proc/<pid>/stat, behind the name: the parent, then time in the program, in the kernel, and both of children that have ended */
const PARENT = 1;
const OWN = [11, 12];
const WITH_ENDED = [...OWN, 13, 14];
/** the kernel counts in hundredths of a second */
const TICK_US = 10_000;

/** @returns microseconds that all threads of a process have run so far; 0 where there is no /proc */
export function processorUs(pid: number): number {
  return TELLS_PROCESSOR_TIME ? sumOf(fieldsOf(pid), OWN) : 0;
}

/** @returns the same of a process and all it has started itself, those that have ended included */
export function familyUs(pid: number): number {
  if (!TELLS_PROCESSOR_TIME) return 0;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(fieldsOf)
    .filter((fields) => fields[PARENT] === String(pid));
  return children.reduce((sum, fields) => sum + sumOf(fields, OWN), sumOf(fieldsOf(pid), WITH_ENDED));
}

/** Empty where the process has gone. */
function fieldsOf(pid: number | string): string[] {
  try {
    // the name before the last bracket may hold anything
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  } catch {
    return [];
  }
}

const sumOf = (fields: readonly string[], places: readonly number[]): number =>
  places.reduce((sum, place) => sum + Number(fields[place] ?? 0), 0) * TICK_US;
