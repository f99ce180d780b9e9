#!/usr/bin/env node
// The `parley` command: sets up what is missing, without a word when nothing is, and hands over to the client.
// It never imports the gateway: `parley serve` starts that as a process of its own.
import { tooOld } from './ready/node-version.mjs';

const complaint = tooOld(process.versions.node);
if (complaint) {
  process.stderr.write(`${complaint}\n`);
  process.exit(1);
}
const { existsSync } = await import('node:fs');
const { inRoot } = await import('./ready/paths.mjs');
const { enter, makeReady } = await import('./ready/run-task.mjs');
const { followParent } = await import('./ready/follow-parent.mjs');
followParent();
// a package has no sources, and nothing in it is missing
if (existsSync(inRoot('tsconfig.json'))) await makeReady('tsconfig.json');
await enter('dist/client/cli/main.js', process.argv.slice(2));
