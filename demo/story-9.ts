/** Story 9 of the domain document: a civil claim here, an investigation there, and what is confidential said in so many words. */
import { agreesOnConditions, answers, asks, files, looksBack } from './story-9/exchange.js';
import { BEGINS, DAY } from './story-9/facts.js';
import { triesAnUnwillingDoor, triesDiscipline, triesTheLawyers, triesTooEarly, triesWithoutChoice } from './story-9/refusals.js';
import type { Story } from './told.js';

export const STORY_9: Story = {
  id: '9',
  title: 'Story 9: civil proceedings abroad, with confidentiality made explicit',
  below:
    'AO-CIV prepares a civil claim and asks PT-CIV for register entries; in PT the same facts are under criminal investigation, which an open filing ' +
    'would warn. What may be used, where and from which day on is agreed before the answer and holds after it. All authorities are fictional.',
  cast: ['AO-CIV', 'PT-CIV', 'CH-CEN'],
  begins: BEGINS,
  days: DAY.last,
  async play(stage) {
    await triesWithoutChoice(stage);
    await triesAnUnwillingDoor(stage);
    const exchange = await asks(stage);
    const condition = await agreesOnConditions(stage, exchange);
    const answer = await answers(stage, exchange, condition);
    await triesTheLawyers(stage, answer);
    await triesTooEarly(stage, answer);
    const filed = await files(stage, answer);
    await triesDiscipline(stage, answer);
    await looksBack(stage);
    return { witness: 'AO-CIV', receipt: filed.receipt };
  },
};
