/** The channel profiles. A further one is a file and a row here. */
import type { ExchangeType, ProfileId, Purpose } from '../vocabulary.js';
import { ARINS } from './arin.js';
import { BVI_BILATERAL_FIU } from './bvi-bilateral-fiu.js';
import { CARIN } from './carin.js';
import { CIVIL_ADMIN } from './civil-admin.js';
import { DIAGONAL } from './diagonal.js';
import { DOMESTIC_ONWARD } from './domestic-onward.js';
import { EGMONT_FIU } from './egmont-fiu.js';
import { EU_FIU } from './eu-fiu.js';
import { EXTRADITION_CONSULT } from './extradition-consult.js';
import { FORMAL_MLA } from './formal-mla.js';
import { GLOBE } from './globe.js';
import { INFORMAL_MLA_CONSULT } from './informal-mla-consult.js';
import { INTERPOL } from './interpol.js';
import { LE_ART48 } from './le-art48.js';
import { PREVENTION } from './prevention.js';
import type { Opening, Profile } from './profile.js';
import { SPONTANEOUS } from './spontaneous.js';

export const PROFILES: Readonly<Record<ProfileId, Profile>> = {
  EGMONT_FIU,
  EU_FIU,
  BVI_BILATERAL_FIU,
  CARIN,
  ...ARINS,
  GLOBE,
  INTERPOL,
  LE_ART48,
  INFORMAL_MLA_CONSULT,
  EXTRADITION_CONSULT,
  FORMAL_MLA,
  CIVIL_ADMIN,
  PREVENTION,
  DIAGONAL,
  SPONTANEOUS,
  DOMESTIC_ONWARD,
};

/** What opens such an exchange on the profile; null: it is not offered there. */
export const openingOf = (profile: ProfileId, type: ExchangeType): Opening | null => PROFILES[profile].openings[type] ?? null;

/**
 * The purposes together with those that the profile says they imply. Sources are closed so before their labels are joined (rulings 3).
 * @param profile the one on which the item was given; null: nothing is implied
 */
export function closePurposes(purposes: readonly Purpose[], profile: ProfileId | null): readonly Purpose[] {
  if (profile === null) return purposes;
  const implied = PROFILES[profile].impliedPurposes;
  if (!purposes.some((purpose) => implied[purpose] !== undefined)) return purposes;
  return [...new Set(purposes.flatMap((purpose) => [purpose, ...(implied[purpose] ?? [])]))];
}
