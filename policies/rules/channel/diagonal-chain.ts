import { DIAGONAL } from '../../../domain/profiles/diagonal.js';
import type { SendFacts } from '../../facts.js';
import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

type Chain = NonNullable<Extract<SendFacts['envelope'], { message: 'SUBMIT' }>['body']['chain']>;

/** Each leg is a pair of the profile, by type: whose territory the others lie in is seen when their own leg is sent. */
const isLeg = (chain: Chain, place: number): boolean =>
  DIAGONAL.pairs.some((pair) => pair.from.includes(chain[place]!.authorityType) && pair.to.includes(chain[place + 1]!.authorityType));

function faultsOf(chain: Chain, { from, fromType, to, toType, onBehalfOf }: SendFacts['envelope']): string[] {
  const ids = chain.map(({ authority }) => authority);
  const here = chain.findIndex(
    (link, place) =>
      link.authority === from &&
      link.authorityType === fromType &&
      chain[place + 1]?.authority === to &&
      chain[place + 1]?.authorityType === toType,
  );
  return [
    ...(onBehalfOf === undefined || ids[0] === onBehalfOf ? [] : ['it does not begin with the body on whose behalf is asked']),
    ...(here >= 0 ? [] : ['it does not lead from the sender to the addressee']),
    ...(new Set(ids).size === ids.length ? [] : ['a body stands in it twice']),
    ...(chain.slice(1).every((_, place) => isLeg(chain, place)) ? [] : ['a leg of it joins bodies that may not speak to each other']),
  ];
}

export const diagonalChain = rule({
  id: 'channel/diagonal-chain',
  code: 'CHANNEL_NOT_PERMITTED',
  on: ['send'],
  source: 'INR.40 ¶18-19 [M]; section 12',
  sentence: 'The chain {chain} does not hold: {faults}.',
  remedy: 'Name every body in order: who needs it, who asks for it, who is asked.',
  violatedBy({ envelope }) {
    if (envelope.message !== 'SUBMIT' || envelope.body.chain === undefined) return [];
    const { chain } = envelope.body;
    const faults = faultsOf(chain, envelope);
    const ids = chain.map(({ authority }) => authority);
    return faults.length === 0
      ? []
      : [
          {
            fill: { chain: named(ids), faults: named(faults) },
            offenders: ids,
            remedy: { action: 'complete-field', fields: ['body.chain'] },
          },
        ];
  },
});
