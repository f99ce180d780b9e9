/** Standard output (or error) as the log writes to it: at once, and never waited for, since the gateway serves whether or not somebody reads its log. */
import { constants, openSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';

/** of lines that were not taken yet */
const KEPT_BYTES_MAX = 1024 * 1024;
const DESCRIPTORS = { stdout: 1, stderr: 2 } as const;
type Standard = keyof typeof DESCRIPTORS;

export interface LogOutput {
  /** Never waits, never fails: what finds no room, or nobody who reads, is kept, and written with the next line that is taken. */
  write(line: string): void;
  /** lines that were kept too long: those are lost */
  readonly lost: number;
  /**
   * Once, before the process ends: what is kept is tried a last time.
   * @returns lines that were lost in all
   */
  end(): number;
}

/** @param take takes as much as there is room for, in bytes; throws where there is none */
export function createLogOutput(take: (bytes: Uint8Array) => number = takerOf('stdout')): LogOutput {
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let lost = 0;
  const flush = (): void => {
    for (let next = kept[0]; next !== undefined; next = kept[0]) {
      const taken = take(next);
      keptBytes -= taken;
      if (taken < next.length) kept[0] = next.subarray(taken);
      else kept.shift();
    }
  };
  return {
    write(line) {
      const bytes = Buffer.from(line);
      kept.push(bytes);
      keptBytes += bytes.length;
      try {
        flush();
      } catch {
        // a full disk, a reader that stands still or is gone: the lines that are lost are counted
        if (keptBytes <= KEPT_BYTES_MAX) return;
        keptBytes -= kept.pop()!.length;
        lost += 1;
      }
    },
    get lost() {
      return lost;
    },
    end() {
      try {
        flush();
      } catch {
        lost += kept.length;
        kept.length = 0;
      }
      return lost;
    },
  };
}

/** A pipe or a terminal that nobody reads would hold up whoever writes to it, and that is everybody: it is made one that says so instead. */
export function takerOf(standard: Standard): (bytes: Uint8Array) => number {
  const fd = isatty(DESCRIPTORS[standard]) ? openTerminal(standard) : DESCRIPTORS[standard];
  // to be asked for is enough: Node makes pipes and sockets such that they do not block
  void process[standard];
  return (bytes) => writeSync(fd, bytes);
}

/** A terminal stays one that blocks, for Node and for whoever has it beside us: this is one of our own. */
function openTerminal(standard: Standard): number {
  try {
    return openSync(`/dev/${standard}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    // another account's: then it holds us up as it does everybody
    return DESCRIPTORS[standard];
  }
}
