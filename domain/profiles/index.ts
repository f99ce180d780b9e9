/** The channel profiles of this slice. A further one is a file and a row here. */
import type { ProfileId, Purpose } from '../vocabulary.js';
import { BVI_BILATERAL_FIU } from './bvi-bilateral-fiu.js';
import { DOMESTIC_ONWARD } from './domestic-onward.js';
import { EGMONT_FIU } from './egmont-fiu.js';
import { INFORMAL_MLA_CONSULT } from './informal-mla-consult.js';
import type { Profile } from './profile.js';
import { SPONTANEOUS } from './spontaneous.js';

export const PROFILES: Readonly<Record<ProfileId, Profile>> = {
  EGMONT_FIU,
  BVI_BILATERAL_FIU,
  INFORMAL_MLA_CONSULT,
  SPONTANEOUS,
  DOMESTIC_ONWARD,
};

/**
 * The purposes together with those that the profile says they imply. Sources are closed so before their labels are joined (rulings 3).
 * @param profile the one on which the item was given; null: nothing is implied
 */
export function closePurposes(purposes: readonly Purpose[], profile: ProfileId | null): readonly Purpose[] {
  if (profile === null) return purposes;
  const implied = PROFILES[profile].impliedPurposes;
  return [...new Set(purposes.flatMap((purpose) => [purpose, ...(implied[purpose] ?? [])]))];
}
