/**
 * Content without a desk's officers: by a quorum of the owning authority's holders, for one case, for a time. Neither the operator nor
 * one administrator suffices (domain.md 9.2, BREAK_GLASS by more than one person).
 */
import type { KeyId, OfficerId } from './ids.js';
import { DAY_MS, type Instant } from './time.js';

/** Why content is opened by the quorum [D]. */
export const QUORUM_REASONS = [
  'ABSENCE',
  'DEATH_OR_INCAPACITY',
  'KEY_LOST',
  'COURT_ORDER',
  'SUPERVISORY_REVIEW',
  'DATA_PROTECTION_REVIEW',
  'INTERNAL_INVESTIGATION',
] as const;
export type QuorumReason = (typeof QUORUM_REASONS)[number];

/**
 * Is the counterpart of the case told that it was read so, without who and why? Not where the authority looks into its own officer: the
 * counterpart's officer may be the other half of the matter [D]. Whoever originated an item sees each reading of it in any case, because
 * the completeness of its stream rests on that.
 */
export const COUNTERPART_SEES: Readonly<Record<QuorumReason, boolean>> = {
  ABSENCE: true,
  DEATH_OR_INCAPACITY: true,
  KEY_LOST: true,
  COURT_ORDER: true,
  SUPERVISORY_REVIEW: true,
  DATA_PROTECTION_REVIEW: true,
  INTERNAL_INVESTIGATION: false,
};

/** How long a request may stand [D]. */
export const QUORUM_WINDOW_MS_MAX = 7 * DAY_MS;

/** The name under which shares are kept among an authority's keyrings; no desk is called so. */
export const QUORUM_DESK = 'QUORUM';

/** What a request asks, as far as counting it goes. */
export interface Asked {
  readonly quorum: KeyId;
  readonly until: Instant;
  readonly requester: OfficerId;
}

/** The quorum of the newest entry, as far as counting goes. */
export interface Holding {
  readonly kid: KeyId;
  readonly need: number;
  readonly holders: readonly { readonly officer: OfficerId }[];
}

export const isHolder = (quorum: Holding, officer: OfficerId): boolean => quorum.holders.some((one) => one.officer === officer);

/**
 * Who agreed and still counts: holders of the newest entry, each once, never whoever asks; none where the key was dealt anew since.
 *
 * @param quorum null: the newest entry has none
 * @param agreed in any order
 */
export function countedFor(asked: Asked, agreed: readonly OfficerId[], quorum: Holding | null): readonly OfficerId[] {
  if (quorum?.kid !== asked.quorum) return [];
  return [...new Set(agreed)].filter((officer) => officer !== asked.requester && isHolder(quorum, officer));
}

/** May it be opened now? */
export const isQuorate = (asked: Asked, agreed: readonly OfficerId[], quorum: Holding | null, now: Instant): boolean =>
  quorum !== null && now < asked.until && countedFor(asked, agreed, quorum).length >= quorum.need;
