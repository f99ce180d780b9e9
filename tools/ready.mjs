#!/usr/bin/env node
// `node tools/ready.mjs TASK [args]`: does whatever set-up is still missing, then runs the task in this same process.
// Node built-ins only, and nothing newer than ES2020 in this file: it must still speak on a Node that is too old.
import { tooOld } from './ready/node-version.mjs';

const complaint = tooOld(process.versions.node);
if (complaint) {
  process.stderr.write(`${complaint}\n`);
  process.exit(1);
}
const [task = '', ...args] = process.argv.slice(2);
const { runTask } = await import('./ready/run-task.mjs');
await runTask(task, args);
