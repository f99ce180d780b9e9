/** Programs that run beside the bench, each in its own process. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Program {
  readonly process: ChildProcess;
  /** Sends one line and waits for the next line that comes back. */
  ask(line: string): Promise<string>;
  /** the next line that it prints */
  line(): Promise<string>;
  /** From now on its lines are read and dropped. */
  ignore(): void;
  stop(): Promise<void>;
}

/** @param file compiled, relative to dist/ */
export function startProgram(file: string, environment: Readonly<Record<string, string>> = {}): Program {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const child = spawn(process.execPath, [path], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...environment } });
  // a bench that is stopped stops what it started
  process.once('exit', () => child.kill('SIGKILL'));
  const { line, ignore } = linesOf(createInterface({ input: child.stdout }), file);
  return {
    process: child,
    line,
    ignore,
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

/** Reads on whether anybody asks or not: a pipe that is full would stop the program that writes into it. */
function linesOf(input: Interface, file: string): { line(): Promise<string>; ignore(): void } {
  const came: string[] = [];
  let asked: { resolve(line: string): void; reject(error: Error): void } | null = null;
  let ended = false;
  const take = (line: string): void => {
    if (asked === null) came.push(line);
    else asked.resolve(line);
    asked = null;
  };
  input.on('line', take).once('close', () => {
    ended = true;
    asked?.reject(new Error(`${file} ended`));
  });
  return {
    line: () =>
      new Promise((resolve, reject) => {
        const first = came.shift();
        if (first !== undefined) resolve(first);
        else if (ended) reject(new Error(`${file} ended`));
        else asked = { resolve, reject };
      }),
    ignore: () => void input.off('line', take),
  };
}
