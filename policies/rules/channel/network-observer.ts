import { seatIn } from '../../../domain/seats.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import type { ReleaseFacts, SendFacts } from '../../facts.js';
import { chooseAnother } from '../../remedies.js';
import { rule } from '../../rule.js';

/** By which network it goes, or came: an answer given in one is copied to none of its observers. */
function channelOf(facts: SendFacts | ReleaseFacts): { profile: SendFacts['envelope']['profile'] | null; to: string } {
  return facts.action === 'send'
    ? { profile: facts.envelope.profile, to: facts.envelope.to }
    : { profile: facts.item.givenOn, to: facts.release.to };
}

export const networkObserver = rule({
  id: 'channel/network-observer',
  code: 'OBSERVER_NO_CASE_DATA',
  on: ['send', 'release'],
  source: '5.1 [F:S36]; section 12',
  sentence: '{to} sits in {network} as {seat} and receives no case data by it.',
  remedy: 'Choose a member of the network.',
  violatedBy(facts) {
    const { profile, to } = channelOf(facts);
    const network = profile === null ? null : PROFILES[profile].network;
    const seat = network === null ? null : seatIn(facts.to, network);
    return network === null || seat === null || seat === 'MEMBER'
      ? []
      : [{ fill: { to, network, seat }, offenders: [to], remedy: chooseAnother(facts) }];
  },
});
