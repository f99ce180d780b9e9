/** Story 10 of the domain document: a consultation before extradition, who may look at it, what is taken back, and who is suspended. */
import { asks, handsOn, settles, talks } from './story-10/exchange.js';
import { DAY } from './story-10/facts.js';
import { triesAfterLapse } from './story-10/lapse.js';
import { triesAsCompliance, triesAsOperator } from './story-10/people.js';
import { findsTampering, reviewsQuarters, showsRecords } from './story-10/review.js';
import { triesReplay, triesToArrest, triesToRefuseUnheard } from './story-10/refusals.js';
import { certifies, retracts, suspends } from './story-10/retraction.js';
import type { Story } from './told.js';

export const STORY_10: Story = {
  id: '10',
  title: 'Story 10: extradition consultation, oversight, retraction and suspension',
  below:
    'KE-EXT asks AE-EXT whether an extradition would have prospects. Who oversees reads the log and no content, who operates can read nothing at all, ' +
    'and months later an item is taken back from everybody who had it. At the end those look at it who check on authorities: the compliance ' +
    'officer, and a data-protection authority. All authorities are fictional.',
  cast: ['KE-EXT', 'KE-PROS', 'AE-EXT'],
  further: ['OP', 'KE-CMP', 'AE-O2', 'AE-DPA'],
  days: DAY.last,
  async play(stage) {
    const { exchange, question } = await asks(stage);
    await triesToArrest(stage);
    await triesToRefuseUnheard(stage, exchange);
    await triesReplay(stage, exchange);
    await talks(stage, exchange);
    const seventh = await settles(stage, exchange);
    await handsOn(stage, seventh);
    await stage.toDay(DAY.oversight);
    await triesAsCompliance(stage, seventh);
    await triesAsOperator(stage, seventh);
    await triesAfterLapse(stage, question);
    const retraction = await retracts(stage, seventh);
    const certificate = await certifies(stage, seventh, retraction);
    await suspends(stage);
    await reviewsQuarters(stage);
    await findsTampering(stage);
    await showsRecords(stage);
    return { witness: 'KE-PROS', receipt: certificate.receipt };
  },
};
