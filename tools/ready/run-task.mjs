import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { tasks } from '../tasks.mjs';
import { endChildren } from './child.mjs';
import { followParent } from './follow-parent.mjs';
import { inRoot } from './paths.mjs';
import { prepare } from './prepare.mjs';

/** Makes ready and runs one task of the table; ends the process with a sentence when either cannot be done. */
export async function runTask(name, args) {
  const task = Object.hasOwn(tasks, name) ? tasks[name] : null;
  if (!task) return stop(`no task '${name}'; there are: ${Object.keys(tasks).join(', ')}`, 2);
  followParent();
  await makeReady(task.project);
  // Set for other programs, it would change what the task does: the web framework and the test runner both look at it.
  delete process.env.NODE_ENV;
  await enter(task.module, [...(task.args ?? []), ...args]);
}

/** {@link prepare}, interruptible: a signal ends the installer or the compiler as well, and leaves no stamp behind. */
export async function makeReady(project) {
  const interrupt = async (signal) => {
    await endChildren();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    await prepare(project);
  } catch (error) {
    await endChildren();
    stop(`set-up failed: ${error.message}. What went wrong stands above; the same command tries again.`, 1);
  }
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
}

/** Hands the process over to a program as if Node had been started with it. */
export async function enter(module, args) {
  const file = inRoot(module);
  if (!existsSync(file)) return stop(`${module} is not there, although everything was built`, 1);
  process.argv.splice(1, process.argv.length, file, ...args);
  await import(pathToFileURL(file).href);
}

function stop(sentence, code) {
  process.stderr.write(`parley: ${sentence}\n`);
  process.exit(code);
}
