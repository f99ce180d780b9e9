/** Story 6 of the domain document: informal first, then a formal request in parts, and the duties of whoever refuses one of them. */
import type { Stage } from './stage.js';
import { executes, needsItNoMore, putsConditions, usesIt } from './story-6/answer.js';
import { consults, triesPastItsCentralAuthority } from './story-6/consultation.js';
import { DAY, MY, US } from './story-6/facts.js';
import { consultsFirst, refuses, refusesOnSecrecy, refusesUnheard, refusesWithoutCoercion } from './story-6/refusals.js';
import { asksHowItStands, files, filesBadly } from './story-6/request.js';
import type { Story } from './told.js';

export const STORY_6: Story = {
  id: '6',
  title: 'Story 6: a formal request in parts, and how one of them is refused',
  below:
    'MY-AGX, a central authority, asks US-OIX for bank records and for extracts of the company register in a case of illicit enrichment. ' +
    'They talk first. What needs coercion may fail for want of dual criminality; what needs none may not, and nothing is refused unheard.',
  cast: [US, MY, 'MY-ACX'],
  days: DAY.last,
  async play(stage) {
    await triesPastItsCentralAuthority(stage);
    await consults(stage);
    await filesBadly(stage);
    const exchange = await files(stage);
    await refusesUnheard(stage, exchange);
    await asksHowItStands(stage, exchange, 0);
    const condition = await putsConditions(stage, exchange);
    await refusesWithoutCoercion(stage, exchange);
    await consultsFirst(stage, exchange);
    await refusesOnSecrecy(stage, exchange);
    await asksHowItStands(stage, exchange, 1);
    await refuses(stage, exchange);
    await needsItNoMore(stage, exchange);
    await asksHowItStands(stage, exchange, 2);
    const { item, receipt } = await executes(stage, exchange, condition);
    await usesIt(stage, item);
    await stage.toToday();
    await readsLog(stage);
    return { witness: MY, receipt };
  },
};

async function readsLog(stage: Stage): Promise<void> {
  const refused = await stage.does(US, 'ownRefusals', {});
  stage.holds(
    'refusalsOfUsOix',
    refused.map(({ counterparty, codes }) => [counterparty, ...codes]),
  );
  stage.tell(
    { mark: '', who: US, whom: 'its own log', what: 'its compliance officer reads: three refusals that it tried and could not give.' },
    ['MY-AGX sees none of them: what was considered and could not be done is the affair of who considered it'],
  );
}
