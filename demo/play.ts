/** Plays one story on a stage of its own and holds it to what it owes. */
import { readExpected } from './expected.js';
import { createPrinter, type Printer } from './print.js';
import { Stage, type StageFacts } from './stage.js';
import { STORY_1 } from './story-1.js';
import { STORY_3 } from './story-3.js';
import { STORY_4 } from './story-4.js';
import { STORY_6 } from './story-6.js';
import { STORY_9 } from './story-9.js';
import { STORY_10 } from './story-10.js';
import type { Story } from './told.js';

export const STORIES: readonly Story[] = [STORY_1, STORY_3, STORY_4, STORY_6, STORY_9, STORY_10];

/** @throws StoryFailed at the first deviation; then nothing of it runs on */
export async function playStory(
  story: Story,
  facts: Omit<StageFacts, 'cast' | 'days' | 'further' | 'begins'>,
  print: Printer,
): Promise<Stage> {
  print.title(story.title, story.below);
  print.note('');
  const expected = readExpected(story.id);
  const { cast, days, further = [], begins } = story;
  const stage = await Stage.open({ ...facts, cast, days, further, ...(begins === undefined ? {} : { begins }) }, expected, print);
  try {
    const { witness, receipt } = await story.play(stage);
    stage.complete();
    const { proved, index, size } = await stage.provesAll(witness, receipt);
    print.note('');
    print.note(
      `Proved offline, with the gateway's public key alone: ${witness}'s receipt says leaf ${index}, and leaf ${index} stands in the signed tree of ${size} leaves. ` +
        `${proved} readings were proved likewise by their readers. No witness cosigns this log: a demonstration calls itself unwitnessed.`,
    );
    print.note(`Story ${story.id} went as told: ${stage.refusals} refusals, each with exactly the codes that were expected.`);
    return stage;
  } catch (error) {
    await stage.close();
    throw error;
  }
}

/** Colour where the reader is a terminal that wants it: https://no-color.org */
export const printerFor = (stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Printer =>
  createPrinter((text) => stream.write(text), stream.isTTY && (environment['NO_COLOR'] ?? '') === '');
