import { spawn } from 'node:child_process';
import { inRoot } from './paths.mjs';

const running = new Set();
let announce = () => {};

/** @param listener called with the pids of all children whenever one starts or ends */
export function onChildren(listener) {
  announce = () => listener([...running].map(({ pid }) => pid));
}

/** Variables by which a user's shell or npm settings would leave out what building and testing need. */
const misleading = ['NODE_ENV', 'npm_config_omit', 'npm_config_only', 'npm_config_production', 'npm_config_ignore_scripts'];

/** @returns a copy of the environment without them; npm reads its settings in any case of letters. */
export function cleanEnvironment(env) {
  const unwanted = new Set(misleading.map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(env).filter(([name]) => !unwanted.has(name.toLowerCase())));
}

/**
 * Runs a program in the repository and waits for it; its output goes to stderr, because stdout belongs to the task.
 * @throws Error with the exit code, after the program itself has said what is wrong
 */
export function runChild(command, args) {
  return new Promise((resolve, reject) => {
    const env = cleanEnvironment(process.env);
    const child = spawn(command, args, { cwd: inRoot(), env, stdio: ['ignore', 2, 2], shell: command.endsWith('.cmd') });
    running.add(child);
    if (child.pid) announce();
    child.on('error', (error) => {
      running.delete(child);
      reject(error);
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      announce();
      if (code === 0) resolve();
      else reject(new Error(`${[command, ...args].join(' ')} ended with ${signal ?? code}`));
    });
  });
}

/** Runs a JavaScript program with this very Node. */
export const runNode = (script, args) => runChild(process.execPath, [inRoot(script), ...args]);

const patienceMs = 3_000;

/** @returns when no child is left, so that the lock is not given up while an installer still writes */
export async function endChildren() {
  const last = [...running].map((child) => new Promise((resolve) => child.once('exit', resolve)));
  for (const child of running) child.kill('SIGTERM');
  const kill = setTimeout(() => running.forEach((child) => child.kill('SIGKILL')), patienceMs);
  await Promise.all(last);
  clearTimeout(kill);
}
