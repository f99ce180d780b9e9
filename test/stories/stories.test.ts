import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../dist/demo/story.js', import.meta.url));
/** A story takes about ten seconds; a machine that does other things beside it is given time. */
const STORY_MS = 240_000;

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

function run(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
  return new Promise((resolve) => child.on('exit', (code) => resolve({ code, said })));
}

/** `npm test` compiles first; a single test run by hand may find nothing compiled. */
const isCompiled = existsSync(PROGRAM);
const name = (sentence: string): string => (isCompiled ? sentence : `${sentence} (not compiled: npm test does)`);

/** The first; `npm run story -- all`, which .ci/run calls, plays the others too. */
describe.skipIf(!isCompiled)('a story over HTTP, against a fresh gateway (skipped where nothing is compiled: npm test does)', () => {
  it(
    name('goes as told: story 1, refused 7 times with exactly the codes expected'),
    async () => {
      const { code, said } = await run('1');
      expect(said).toContain('Story 1 went as told: 7 refusals');
      expect(said).toContain('Proved offline');
      expect(code).toBe(0);
    },
    STORY_MS,
  );

  it(name('is not played where there is none of that number'), async () => {
    const { code, said } = await run('2');
    expect(said).toContain('Which story?');
    expect(code).toBe(2);
  });
});
