/** `npm run story -- N|all`: plays stories against fresh gateways in temporary folders. Exit code 0: each went as told. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopGateways } from './gateway.js';
import { playStory, printerFor, STORIES } from './play.js';
import type { Story } from './told.js';

const print = printerFor(process.stdout, process.env);

async function run(story: Story): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), `parley-story-${story.id}-`));
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  // stopped by a signal, it comes no further
  process.once('exit', remove);
  try {
    const stage = await playStory(story, { folder, port: 0, bystanders: [], environment: process.env }, print);
    await stage.close();
    return true;
  } catch (error) {
    print.note(`\nStory ${story.id} FAILED: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    remove();
    process.off('exit', remove);
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stopGateways().then(() => process.exit(1)));
const wanted = process.argv.slice(2).filter((argument) => argument !== '--');
const chosen = wanted.includes('all') ? STORIES : STORIES.filter(({ id }) => wanted.includes(id));
if (chosen.length === 0) {
  print.note(`Which story? npm run story -- ${STORIES.map(({ id }) => id).join(' | ')} | all`);
  process.exit(2);
}
let failed = 0;
for (const story of chosen) failed += (await run(story)) ? 0 : 1;
process.exit(failed === 0 ? 0 : 1);
