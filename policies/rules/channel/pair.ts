import type { Exchange } from '../../../domain/exchange.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import type { Remedy } from '../../../domain/violation.js';
import type { EnvelopePayload } from '../../../domain/wire/envelope.js';
import { mayOpen, otherProfiles } from '../../channels.js';
import type { SendFacts } from '../../facts.js';
import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

/** The way back: on the same profile, between the same bodies in the same capacity. */
function isContinued(envelope: EnvelopePayload, exchange: Exchange): boolean {
  const asked = envelope.from === exchange.requesting;
  const [near, far] = asked ? [exchange.requestingType, exchange.requestedType] : [exchange.requestedType, exchange.requestingType];
  return (
    envelope.profile === exchange.profile &&
    envelope.exchangeType === exchange.type &&
    envelope.fromType === near &&
    envelope.toType === far
  );
}

function remedyFor(facts: SendFacts): Remedy {
  const ways = otherProfiles(facts);
  return ways.action === 'none' ? { action: 'choose-addressee', types: askersOf(facts) } : ways;
}

/** Who may open such an exchange with such a body on the profile: the way round for who may not. */
function askersOf({ envelope: { profile, exchangeType, toType } }: SendFacts): string[] {
  const { pairs, exchangeTypes } = PROFILES[profile];
  if (!exchangeTypes.includes(exchangeType)) return [];
  const fitting = pairs.filter(({ to, on }) => to.includes(toType) && (on === undefined || on.includes(exchangeType)));
  return [...new Set(fitting.flatMap(({ from }) => from))];
}

export const pair = rule({
  id: 'channel/pair',
  code: 'CHANNEL_NOT_PERMITTED',
  on: ['send'],
  source: 'section 12; [S¶29]; INR.40 ¶18-19 [M]',
  sentence: '{from} may not address {to} with {exchange} on {profile}; those who may: {askers}.',
  remedy: 'Use a profile that joins the two, or ask through a body that may.',
  violatedBy(facts) {
    const { envelope, exchange } = facts;
    if (exchange === null ? mayOpen(facts, PROFILES[envelope.profile]) : isContinued(envelope, exchange)) return [];
    const { fromType, toType, exchangeType, profile } = envelope;
    return [
      {
        fill: { from: fromType, to: toType, exchange: exchangeType, profile, askers: named(askersOf(facts)) },
        offenders: [envelope.from, envelope.to],
        remedy: remedyFor(facts),
      },
    ];
  },
});
