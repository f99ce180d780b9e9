/** Story 1 of the domain document: one bilateral answer, for intelligence only, and everything that may not be done with it. */
import { asksWhatItTakes, forwards, obtainsConsent, readsReport } from './story-1/consent.js';
import { answers, asksAndClarifies, givesFeedback } from './story-1/exchange.js';
import { DAY } from './story-1/facts.js';
import { triesPastConsent, triesTheWrongDoor, triesTooLate, triesUnderConsent, triesWithoutConsent } from './story-1/refusals.js';
import type { Story } from './told.js';

export const STORY_1: Story = {
  id: '1',
  title: 'Story 1: a bilateral answer, for intelligence only',
  below:
    'NG-FIA, a financial intelligence unit, asks VG-FIX about a company; what comes back may be read, and passed on only as VG-FIX allows. ' +
    'All authorities are fictional. Sources in brackets: [S¶n] paragraph of the report that the story is taken from, [F:Sn] text that was read, ' +
    '[F2:Sn] the same second-hand, [M] known without a copy at hand, [D] design of this project.',
  cast: ['NG-FIA', 'VG-FIX', 'NG-EFCX', 'NG-PROS', 'NG-TAX'],
  days: DAY.last,
  async play(stage) {
    const exchange = await asksAndClarifies(stage);
    const answer = await answers(stage, exchange);
    const item = answer.form;
    await triesWithoutConsent(stage, item);
    await asksWhatItTakes(stage, item);
    const consent = await obtainsConsent(stage, item);
    const read = await forwards(stage, answer, consent);
    await triesUnderConsent(stage, item, consent);
    await triesPastConsent(stage, item);
    await triesTheWrongDoor(stage);
    await stage.toDay(DAY.late);
    await triesTooLate(stage, item, consent);
    await givesFeedback(stage, exchange);
    await readsReport(stage, consent);
    return { witness: 'NG-EFCX', receipt: read.receipt };
  },
};
