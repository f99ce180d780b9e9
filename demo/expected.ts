/** What a story owes: written down beside the story, in files that no code of the gateway can import. */
import { readFileSync } from 'node:fs';

export interface Expected {
  /** codes of every broken rule, by the name of the refusal: whole sets, compared exactly */
  readonly refusals: Readonly<Record<string, readonly string[]>>;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Compiled code lies two folders below the package, and JSON is not compiled. */
export const readExpected = (story: string): Expected =>
  JSON.parse(readFileSync(new URL(`../../demo/expected/story-${story}.json`, import.meta.url), 'utf8')) as Expected;
