/** Whatever profile a refusal names as the way round: on it the same two may open the same exchange. */
import { expect, it } from 'vitest';
import { PROFILES } from '../../../../domain/profiles/index.js';
import { PROFILE_IDS, type AuthorityType, type Network, type ProfileId } from '../../../../domain/vocabulary.js';
import type { SendFacts } from '../../../../policies/facts.js';
import { equalAssurance } from '../../../../policies/rules/channel/equal-assurance.js';
import { networkObserver } from '../../../../policies/rules/channel/network-observer.js';
import { network } from '../../../../policies/rules/channel/network.js';
import { pair } from '../../../../policies/rules/channel/pair.js';
import { region } from '../../../../policies/rules/channel/region.js';
import { contentOpening, withEntry } from '../../../support/openings.js';

const SEATS: readonly (readonly Network[])[] = [[], ['EGMONT', 'CARIN', 'ARIN_SA'], ['INTERPOL_GFPN', 'ARIN_SA']];
/** What keeps two bodies apart on a channel, whatever they say to each other. */
const JOINING = [pair, network, region, equalAssurance, networkObserver];

const entryOf = (networks: readonly Network[]) => ({ networks: networks.map((network) => ({ network, seat: 'MEMBER' as const })) });
const against = (facts: SendFacts) =>
  JOINING.flatMap((rule) => rule.violatedBy(facts).map(({ remedy, offenders }) => ({ rule: rule.id, remedy, offenders })));

/** Every exchange that some profile offers to two of its types, with every two sets of seats, as if it were opened on `profile`. */
function* openings(profile: ProfileId): Generator<SendFacts> {
  const seen = new Set<string>();
  for (const { id, pairs, exchangeTypes } of Object.values(PROFILES))
    for (const type of exchangeTypes.filter((one) => pairs.some(({ on }) => on === undefined || on.includes(one))))
      for (const fromType of new Set(pairs.flatMap(({ from }) => from)))
        for (const toType of new Set(pairs.flatMap(({ to }) => to))) {
          const name = [type, fromType, toType].join(' ');
          if (seen.has(name)) continue;
          seen.add(name);
          for (const near of SEATS)
            for (const far of SEATS) {
              const facts = contentOpening(id, {
                type,
                over: { fromType, toType, profile },
                fromEntry: entryOf(near),
                toEntry: entryOf(far),
              });
              const of = (one: SendFacts['from'], is: AuthorityType) => ({ ...withEntry(one!, { types: [is] }), designatedTypes: [is] });
              yield { ...facts, from: of(facts.from, fromType), to: of(facts.to, toType) };
            }
        }
}

it.each(PROFILE_IDS)('from %s leads to where nothing keeps the two apart', (profile) => {
  const amiss = new Set<string>();
  for (const facts of openings(profile))
    for (const { rule, remedy } of against(facts))
      for (const way of remedy.action === 'use-profile' ? (remedy.profiles as readonly ProfileId[]) : [])
        for (const still of against({ ...facts, envelope: { ...facts.envelope, profile: way } }))
          amiss.add(`${rule} names ${way}, where ${still.rule} refuses ${facts.envelope.exchangeType}`);
  expect([...amiss]).toEqual([]);
});

it('is told to whoever sits outside the network of units and has another channel', () => {
  const facts = contentOpening('EGMONT_FIU', { toEntry: entryOf(['GLOBE']) });
  expect(against(facts)).toMatchObject([
    { rule: 'channel/equal-assurance', remedy: { action: 'use-profile', profiles: ['BVI_BILATERAL_FIU'] } },
  ]);
});
