/** The most that a statement may carry, in the longest names that the wire takes: pieces of facts for `test/policies/largest.test.ts`. */
import type { Authority } from '../../domain/authority.js';
import type { Consent } from '../../domain/consent.js';
import type { AuthorityId, Digest } from '../../domain/ids.js';
import { CAVEAT_CODES, type Caveat } from '../../domain/label.js';
import { AUTHORITY_TYPES, NETWORKS, PURPOSES, type AuthorityType, type NetworkSeat, type Purpose } from '../../domain/vocabulary.js';
import type { ItemFacts } from '../../policies/facts.js';
import { designated, itemFacts, LATER, LONG_AGO, type WireLabel } from './facts.js';
import { grant } from './grants.js';
import { authority, digest } from './ids.js';

const longest = (words: readonly string[]): string[] => [...words].sort((a, b) => b.length - a.length);

/** codes of 32 characters in one territory */
export const body = (territory: string, n: number): AuthorityId => authority(`${territory}-${String(n).padStart(29, 'X')}`);
export const bodies = (territory: string, count: number): AuthorityId[] => Array.from({ length: count }, (_, n) => body(territory, n));
export const digests = (name: string, count: number): Digest[] => Array.from({ length: count }, (_, n) => digest(`${name}${n}x`));
/** references of 64 characters */
export const references = (name: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${name}${n}`.padEnd(64, '.'));
/** codes of 48 characters */
export const codes = (name: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${name}${n}`.padEnd(48, '_'));

export const [SENDER, ADDRESSEE, HOLDER, READER] = [body('NG', 9001), body('VG', 9002), body('NG', 9003), body('NG', 9004)];
/** as many as one label names */
export const STATED_BY = bodies('KY', 16);
/** as many as the sources of one item have between them */
export const ADDED_BY = bodies('BM', 32 * 16);
const ALL_BY = [...STATED_BY, ...ADDED_BY];
/** more than a sentence names, and few enough to be looked at a thousand times */
export const SOME_BY = ALL_BY.slice(0, 24);
export const TYPES = longest(AUTHORITY_TYPES) as AuthorityType[];
export const PURPOSES_MOST = longest(PURPOSES).slice(0, 8) as Purpose[];
export const OFFICER = 'o'.repeat(32);

export const caveats = (codesOf: readonly Caveat['code'][], owners: readonly AuthorityId[]): WireLabel['caveats'] =>
  owners.flatMap((by) => codesOf.map((code) => caveat(code, by)));

function caveat(code: Caveat['code'], by: AuthorityId): WireLabel['caveats'][number] {
  switch (code) {
    case 'NAMED_RECIPIENTS':
      return { code, by, recipients: bodies('IM', 32) };
    case 'CONFIDENTIAL_UNTIL':
      return { code, by, until: LATER };
    case 'SPECIALITY':
      return { code, by, proceedings: references('proceedings', 8) };
    case 'ACTION_LIMIT':
      return { code, by, limit: 'NONE' };
    case 'CONDITIONS':
    case 'OTHER_RESTRICTION':
      // eight texts a word, and a few words
      return {
        code,
        by,
        texts: digests('text', 24),
        ...(code === 'CONDITIONS' ? { notBefore: LATER } : {}),
      } as WireLabel['caveats'][number];
    default:
      return { code, by };
  }
}

/** Without a word that loosens, beside which no other stands. */
const RESTRICTING = CAVEAT_CODES.filter((code) => code !== 'FPS_REPORT');

export const largeLabel = (over: Partial<WireLabel> = {}): WireLabel => ({
  level: 'TOP_SECRET',
  tlp: 'RED',
  caveats: caveats(RESTRICTING, STATED_BY),
  purposes: PURPOSES_MOST,
  originators: SOME_BY,
  destroyBy: LONG_AGO,
  ...over,
});

/** Made from as much as an item names, and taken back by everybody. */
export const largeItem = (over: Partial<ItemFacts> = {}): ItemFacts =>
  itemFacts({
    digest: digest('item'),
    issuer: STATED_BY[0]!,
    kind: 'PUBLIC_RECORD',
    statedLabel: largeLabel({ originators: STATED_BY }),
    label: largeLabel(),
    told: STATED_BY,
    retractedBy: SOME_BY,
    sources: [largeLabel({ originators: ALL_BY.slice(8, 32) }), ...Array.from({ length: 31 }, () => null)],
    sourcesOpen: false,
    sourcesComplete: false,
    derivedFrom: digests('source', 32),
    suites: ['age-x25519-1', 'openpgp-4'],
    givenOn: 'CARIN',
    cameFrom: [],
    ...over,
  });

/** Whose sources have as many originators as they may, and one of which was given under more texts than any answer lists. */
export const crowdedItem = (over: Partial<ItemFacts> = {}): ItemFacts => {
  const texts = digests('text', 300);
  const inWords = { code: 'OTHER_RESTRICTION' as const, by: STATED_BY[0]!, texts };
  const label = largeLabel({ caveats: [inWords], originators: ALL_BY });
  return largeItem({ label, retractedBy: ALL_BY, sources: [largeLabel({ originators: ADDED_BY })], ...over });
};

/** As many as an envelope names. */
export const largeItems = (over: Partial<ItemFacts> = {}, count = 64): ItemFacts[] =>
  digests('item', count).map((one) => largeItem({ digest: one, ...over }));

/** Of every type, in no network as a member. */
export const lesser = (id: AuthorityId, standing: Authority['standing'], seat: NetworkSeat = 'ASSOCIATE'): Authority => {
  const networks = NETWORKS.map((network) => ({ network, seat }));
  const made = designated(id, [...AUTHORITY_TYPES], { standing, designatedSeats: networks });
  return { ...made, entry: { ...made.entry!, networks, clearance: 'PUBLIC', languages: languages('a') } };
};

/** of five characters, each with a place */
export const languages = (first: string): string[] => Array.from({ length: 8 }, (_, n) => `${first}${first}${'abcdefgh'[n]}-GB`);

/** One of each originator, which names as much as one may. */
export const grants = (over: Partial<Consent> = {}, by: readonly AuthorityId[] = STATED_BY): Consent[] =>
  by.map((originator, n) =>
    grant({
      digest: digest(`grant${n}x`),
      originator,
      holder: HOLDER,
      recipient: READER,
      recipientType: TYPES[0]!,
      purposes: PURPOSES_MOST,
      items: digests('other', 32),
      fields: digests('field', 128),
      suites: ['age-x25519-1', 'openpgp-4'],
      ...over,
    }),
  );

export const officer = (of: AuthorityId) => ({ authority: of, officer: OFFICER, clearance: 'PUBLIC' as const });
