import { spawn } from 'node:child_process';
import { inRoot } from './paths.mjs';

const running = new Set();

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
export function runChild(command, args, extraEnv = {}) {
  return new Promise((resolve, reject) => {
    const env = { ...cleanEnvironment(process.env), ...extraEnv };
    const child = spawn(command, args, { cwd: inRoot(), env, stdio: ['ignore', 2, 2], shell: command.endsWith('.cmd') });
    running.add(child);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      running.delete(child);
      if (code === 0) resolve();
      else reject(new Error(`${[command, ...args].join(' ')} ended with ${signal ?? code}`));
    });
  });
}

/** Runs a JavaScript program with this very Node. */
export const runNode = (script, args, extraEnv) => runChild(process.execPath, [inRoot(script), ...args], extraEnv);

export function endChildren() {
  for (const child of running) child.kill('SIGTERM');
}
