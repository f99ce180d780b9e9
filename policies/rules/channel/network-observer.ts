import { seatIn } from '../../../domain/seats.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import type { Network } from '../../../domain/vocabulary.js';
import type { ReleaseFacts, SendFacts } from '../../facts.js';
import { chooseAnother } from '../../remedies.js';
import { networkOf } from '../../channels.js';
import { rule } from '../../rule.js';

/** By which network it goes, or came: an answer given in one is copied to none of its observers. */
function channelOf(facts: SendFacts | ReleaseFacts): { network: Network | null; to: string } {
  if (facts.action === 'send') return { network: networkOf(PROFILES[facts.envelope.profile], facts.envelope), to: facts.envelope.to };
  const { item, release } = facts;
  return { network: item.givenOn === null ? null : PROFILES[item.givenOn].network, to: release.to };
}

export const networkObserver = rule({
  id: 'channel/network-observer',
  code: 'OBSERVER_NO_CASE_DATA',
  on: ['send', 'release'],
  source: '5.1 [F:S36]; section 12',
  sentence: '{to} sits in {network} as {seat} and receives no case data by it.',
  remedy: 'Choose a member of the network.',
  violatedBy(facts) {
    const { network, to } = channelOf(facts);
    const seat = network === null ? null : seatIn(facts.to, network);
    return network === null || seat === null || seat === 'MEMBER'
      ? []
      : [{ fill: { to, network, seat }, offenders: [to], remedy: chooseAnother(facts) }];
  },
});
