/** What stands in the operator's register beside designations: a second person's signature, and agreements between authorities. */
import { z } from 'zod';
import { PROFILE_IDS } from '../vocabulary.js';
import { authorityId, civilDate, digest, head, opaque } from './primitives.js';

const common = { ...head, operator: authorityId };

/** `parley-designation-approval+json`: another person of the operator, by a key that the deployment names beside the root. */
export const designationApproval = z.strictObject({ ...common, designation: digest });

export const AGREEMENT_KINDS = ['MOU', 'MLAT', 'NETWORK'] as const;

/** `parley-agreement+json`: who agreed with whom, on what, from when; the last statement about an agreement holds. */
export const agreement = z.strictObject({
  ...common,
  /** its name in the register: `MOU:2019-14` */
  agreement: opaque,
  kind: z.enum(AGREEMENT_KINDS),
  parties: z.array(authorityId).min(2).max(100),
  from: civilDate,
  /** the last day; absent: until further notice */
  until: civilDate.optional(),
  /** channels that it is about */
  profiles: z.array(z.enum(PROFILE_IDS)).min(1).max(32),
});
export type AgreementPayload = z.output<typeof agreement>;
