/**
 * The memory of a running process: every mapping that can be read, as `gcore` reads it and under the same right (ptrace), but without
 * the file in between. `gcore` of Node writes 23 GB, nearly all of it address space that WebAssembly reserves and nobody can read.
 */
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { searchRange, type Found } from './search.js';

const MAPPING = /^([0-9a-f]+)-([0-9a-f]+) (r\S+) \S+ \S+ \S+ *(.*)$/;
/** mapped by the kernel; reading them is refused to everybody */
const KERNELS = new Set(['[vvar]', '[vsyscall]', '[vvar_vclock]']);

/** @returns why it could not be searched; null where it was, or where there is no such process any more */
export function searchMemory(pid: number, found: Found): string | null {
  if (!existsSync(`/proc/${pid}`)) return null;
  try {
    // it stands still while it is read
    process.kill(pid, 'SIGSTOP');
    const memory = openSync(`/proc/${pid}/mem`, 'r');
    try {
      for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
        const [, from, to, , name = ''] = MAPPING.exec(line) ?? [];
        if (from !== undefined && to !== undefined && !KERNELS.has(name))
          searchRange(memory, Number(`0x${from}`), Number(`0x${to}`), `process ${pid} ${name}`, found);
      }
      return null;
    } finally {
      closeSync(memory);
      process.kill(pid, 'SIGCONT');
    }
  } catch (error) {
    return `memory of ${pid} could not be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

export function childrenOf(pid: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((one) => {
    try {
      // pid (name) state parent …; the name may hold spaces
      return readFileSync(`/proc/${one}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1] === String(pid);
    } catch {
      return false;
    }
  });
}
