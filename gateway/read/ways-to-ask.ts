/** How a holder could ask for a consent that is lacking: of who gave it the item, or through who handed it on (rulings 2). */
import type { Authority, Directory } from '../../domain/authority.js';
import type { AuthorityId, Digest } from '../../domain/ids.js';
import { PROFILES } from '../../domain/profiles/index.js';
import type { Statement, StatementOf } from '../../domain/statement.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import type { AuthorityType, ProfileId, Purpose } from '../../domain/vocabulary.js';
import type { ConsentDraft } from '../../domain/wire/explain.js';
import { belong, joins } from '../../policies/channels.js';
import { inOneTerritory } from '../../policies/vocabulary.js';
import { lineageOf } from '../cases/lineage.js';
import type { Library } from './library.js';

/** What is to be asked for. */
export interface Wish {
  readonly item: Digest;
  readonly recipient: AuthorityId;
  /** null: as what the asker has it, or as what the recipient is designated first */
  readonly recipientType: AuthorityType | null;
  readonly purpose: Purpose;
  readonly until: Instant;
}

type Way = Pick<ConsentDraft, 'to' | 'toType' | 'fromType' | 'profile' | 'legalBasis' | 'framework' | 'matterType' | 'language'>;

interface Shelf {
  readonly library: Library;
  readonly directory: Directory;
}

/** @returns null where the asker was given nothing by which it could ask */
export async function draftOfAsking(originator: AuthorityId, wish: Wish, asker: AuthorityId, shelf: Shelf): Promise<ConsentDraft | null> {
  const way = await wayTo(originator, wish.item, asker, shelf);
  if (way === null) return null;
  const { item, recipient, purpose, until } = wish;
  const designated = recipient === asker ? way.fromType : shelf.directory.authorities.get(recipient)?.designatedTypes[0];
  const recipientType = wish.recipientType ?? designated;
  if (recipientType === undefined) return null;
  return {
    ...way,
    exchangeType: 'CONSENT_REQUEST',
    purposes: [purpose],
    urgency: 'ROUTINE',
    body: {
      consent: {
        items: [item],
        recipient: { authority: recipient, authorityType: recipientType, purposes: [purpose] },
        until: formatInstant(until),
      },
    },
  };
}

/**
 * Only what was addressed to the asker itself is looked at: nothing else is its to know. Of what it made from what others gave it, it asks
 * who gave that. An originator that gave it nothing, since its name came into the label later, is asked on a channel that the two share.
 */
async function wayTo(originator: AuthorityId, item: Digest, asker: AuthorityId, { library, directory }: Shelf): Promise<Way | null> {
  const ways: Way[] = [];
  const straight: Way[] = [];
  for (const one of await lineageOf([item], library)) {
    const given = (await library.linked('held', one)).map(({ statement }) => statement).toReversed();
    const envelopes = given.flatMap((giving) => (giving.typ === 'parley-envelope+json' ? [giving.payload] : []));
    const direct = envelopes.find(({ from, to }) => from === originator && to === asker);
    if (direct !== undefined) return back(direct);
    const asked = await askedBefore(originator, asker, given, library);
    if (asked !== null) return asked;
    // what it sealed anew to itself nobody gave it
    const releases = given.flatMap(({ typ, payload }) =>
      typ === 'parley-release+json' && payload.to === asker && payload.holder !== asker ? [payload] : [],
    );
    ways.push(...releases.map((release) => wayOf(release.holder, asker, release, directory)).filter((way) => way !== null));
    const toAsker = envelopes.filter(({ to }) => to === asker);
    straight.push(...[...releases, ...toAsker].map((giving) => wayOf(originator, asker, giving, directory)).filter((way) => way !== null));
  }
  return ways[0] ?? straight[0] ?? null;
}

/** The text of a refusal is asked about as what was refused was. */
async function askedBefore(
  originator: AuthorityId,
  asker: AuthorityId,
  given: readonly Statement[],
  library: Library,
): Promise<Way | null> {
  for (const { typ, payload } of given) {
    if (typ !== 'parley-consent-refusal+json' || payload.originator !== originator || payload.holder !== asker) continue;
    const request = (await library.volume(payload.request))?.statement;
    if (request?.typ === 'parley-envelope+json') return wayIn(request.payload);
  }
  return null;
}

const wayIn = ({ to, toType, fromType, ...given }: StatementOf<'parley-envelope+json'>['payload']): Way => ({
  to,
  toType,
  fromType,
  profile: given.profile,
  legalBasis: [...given.legalBasis],
  framework: [...given.framework],
  matterType: given.matterType,
  language: given.language,
});

const back = (given: StatementOf<'parley-envelope+json'>['payload']): Way =>
  wayIn({ ...given, to: given.from, toType: given.fromType, fromType: given.toType });

interface Giving {
  readonly toType?: AuthorityType | undefined;
  readonly legalBasis: string | readonly string[];
}

/** On a profile on which the one asked would hand on to such a body, so that the answer retraces the pair. */
function wayOf(asked: AuthorityId, by: AuthorityId, { toType, legalBasis }: Giving, { authorities }: Directory): Way | null {
  const from = authorities.get(asked);
  const asker = authorities.get(by);
  if (from === undefined || asker === undefined || toType === undefined) return null;
  const found = channelOf(from, asker, toType);
  if (found === null) return null;
  const language = from.entry?.languages[0] ?? 'en';
  return {
    to: asked,
    toType: found.type,
    fromType: toType,
    profile: found.profile,
    legalBasis: [legalBasis].flat(),
    framework: [],
    matterType: 'INTELLIGENCE',
    language,
  };
}

function channelOf(from: Authority, to: Authority, toType: AuthorityType): { profile: ProfileId; type: AuthorityType } | null {
  // within one State the way of handing on comes first
  const profiles = Object.values(PROFILES).toSorted((a, b) => Number(b.domestic) - Number(a.domestic));
  for (const profile of profiles)
    for (const type of from.designatedTypes) {
      const ends = { from, fromType: type, to, toType };
      if (joins(profile, ends, null) && belong(profile, ends)) return { profile: profile.id, type };
    }
  // whom a lawful way reached asks back at home, whatever the two are
  const [type] = from.designatedTypes;
  return type !== undefined && inOneTerritory(from, to) ? { profile: 'DOMESTIC_ONWARD', type } : null;
}
