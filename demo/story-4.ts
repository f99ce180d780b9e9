/** Story 4 of the domain document: from a question between contact points to a formal request, which takes nothing along that was received. */
import type { Stage } from './stage.js';
import { ASKED, ASKING, DAY, GG, KZ, OBSERVER, TEAM } from './story-4/facts.js';
import { consults, misfiles, promotes } from './story-4/formal.js';
import { answers, asks, givesToTheCentralAuthority, handsToTheTeam, triesToCopyTheAnswer, triesToFreeze } from './story-4/tracing.js';
import type { Story } from './told.js';

export const STORY_4: Story = {
  id: '4',
  title: 'Story 4: tracing assets, and the formal request after it',
  below:
    'KZ-ARC, a contact point of the network CARIN, asks GG-ARC where a suspect’s assets are. What comes back guides the investigation and proves nothing: ' +
    'evidence and freezing are asked for by the central authorities, KZ-PGO and GG-LAW, in a request made of KZ’s own data. Modelled on what the network ' +
    'says of itself; not affiliated with it, not connected.',
  cast: [KZ, GG, TEAM, ASKING, ASKED, OBSERVER],
  days: DAY.last,
  async play(stage) {
    const tracing = await asks(stage);
    await triesToFreeze(stage);
    const answer = await answers(stage, tracing);
    await handsToTheTeam(stage, answer);
    await triesToCopyTheAnswer(stage, answer);
    await givesToTheCentralAuthority(stage, answer);
    const consulted = await consults(stage);
    await misfiles(stage, answer);
    const { receipt } = await promotes(stage, consulted);
    await stage.toToday();
    await readsReport(stage);
    return { witness: ASKED, receipt };
  },
};

async function readsReport(stage: Stage): Promise<void> {
  const { disclosures } = await stage.does(GG, 'disclosureReport', {});
  stage.holds(
    'disclosures',
    disclosures.map(({ holder, to, purpose, basis }) => ({ holder, to, purpose, basis })),
  );
  stage.tell(
    {
      mark: '',
      who: GG,
      whom: 'its own log',
      what: 'its compliance officer reads: two disclosures of what it gave, as this log recorded them.',
    },
    [
      ...disclosures.map(({ holder, to, purpose, basis }) => `${holder} → ${to} for ${purpose}, on ${basis}`),
      'neither the observing body nor GG-LAW is among them',
    ],
  );
}
