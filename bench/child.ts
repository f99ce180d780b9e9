/** Programs that run beside the bench, each in its own process. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Program {
  readonly process: ChildProcess;
  /** Sends one line and waits for the next line that comes back. */
  ask(line: string): Promise<string>;
  /** the next line that it prints */
  line(): Promise<string>;
  stop(): Promise<void>;
}

/** @param file compiled, relative to dist/ */
export function startProgram(file: string, environment: Readonly<Record<string, string>> = {}): Program {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const child = spawn(process.execPath, [path], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...environment } });
  // a bench that is stopped stops what it started
  process.once('exit', () => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<string> => {
    const next = await lines.next();
    if (next.done === true) throw new Error(`${file} ended`);
    return next.value;
  };
  return {
    process: child,
    line,
    ask(text) {
      child.stdin.write(`${text}\n`);
      return line();
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
