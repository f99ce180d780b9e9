/** One authority's own view of a leaf, as it can check it. */
import { encodeBase64url } from '../../crypto/base64url.js';
import { viewHash } from '../../crypto/views.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { StoredLeaf } from '../../domain/ports.js';

export interface OwnView {
  readonly salt: string;
  /** the exact text that was hashed */
  readonly event: string;
  /** hashes of the other authorities' views: they say how many, not whose */
  readonly others: string[];
}

const utf8 = new TextDecoder();

/** All that the leaf is made of, erased or not. */
export const viewHashesOf = ({ views, erased }: Pick<StoredLeaf, 'views' | 'erased'>): Uint8Array[] => [
  ...views.map(({ salt, event }) => viewHash(salt, event)),
  ...erased.map(({ hash }) => hash),
];

/** Is one of its views this authority's, even where its event was erased? */
export const isConcerned = ({ views, erased }: Pick<StoredLeaf, 'views' | 'erased'>, who: AuthorityId): boolean =>
  [...views, ...erased].some(({ view }) => view === who);

/** @returns null where the leaf does not concern `who`, or its event was erased */
export function ownViewOf(leaf: StoredLeaf, who: AuthorityId): OwnView | null {
  const own = leaf.views.find(({ view }) => view === who);
  if (own === undefined) return null;
  const others = [
    ...leaf.views.filter((view) => view !== own).map(({ salt, event }) => viewHash(salt, event)),
    ...leaf.erased.map(({ hash }) => hash),
  ].map(encodeBase64url);
  // sorted: the stored order could say whose is whose
  return { salt: encodeBase64url(own.salt), event: utf8.decode(own.event), others: others.toSorted() };
}
