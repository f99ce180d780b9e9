/** For each exchange type: a channel, two authorities that may use it, and an opening message that owes nothing. */
import type { Digest } from '../../../domain/ids.js';
import { isTold } from '../../../domain/profiles/form.js';
import { openingOf, PROFILES } from '../../../domain/profiles/index.js';
import type { Network, AuthorityType, ExchangeType, ProfileId } from '../../../domain/vocabulary.js';
import type { Actor } from '../../support/actors.js';
import { labelOf } from '../../support/letters.js';

export interface Setting {
  readonly profile: ProfileId;
  /** as what both act */
  readonly type: AuthorityType;
  readonly network?: Network;
}

export const SETTINGS: Readonly<Record<Exclude<ExchangeType, 'MATCH_QUERY'>, Setting>> = {
  FIU_REQUEST: { profile: 'BVI_BILATERAL_FIU', type: 'FIU' },
  MULTI_FIU_REQUEST: { profile: 'EGMONT_FIU', type: 'FIU', network: 'EGMONT' },
  LE_REQUEST: { profile: 'LE_ART48', type: 'LAW_ENFORCEMENT' },
  ASSET_TRACING_REQUEST: { profile: 'CARIN', type: 'ARIN_CONTACT_LE', network: 'CARIN' },
  EMERGENCY_ASSET_REQUEST: { profile: 'INTERPOL', type: 'ASSET_RECOVERY_FOCAL_POINT', network: 'INTERPOL_GFPN' },
  CIVIL_ADMIN_REQUEST: { profile: 'CIVIL_ADMIN', type: 'CIVIL_ADMIN_FOCAL_POINT' },
  DIAGONAL_REQUEST: { profile: 'DIAGONAL', type: 'FIU' },
  INFORMAL_CONSULTATION: { profile: 'INFORMAL_MLA_CONSULT', type: 'CENTRAL_AUTHORITY_MLA' },
  EXTRADITION_CONSULTATION: { profile: 'EXTRADITION_CONSULT', type: 'CENTRAL_AUTHORITY_EXTRADITION' },
  FORMAL_MLA_REQUEST: { profile: 'FORMAL_MLA', type: 'CENTRAL_AUTHORITY_MLA' },
  SPONTANEOUS_DISCLOSURE: { profile: 'SPONTANEOUS', type: 'FIU' },
  CONSENT_REQUEST: { profile: 'BVI_BILATERAL_FIU', type: 'FIU' },
  FEEDBACK: { profile: 'BVI_BILATERAL_FIU', type: 'FIU' },
  SUBJECT_ACCESS_CONSULTATION: { profile: 'BVI_BILATERAL_FIU', type: 'FIU' },
  POSTPONEMENT_REQUEST: { profile: 'EGMONT_FIU', type: 'FIU', network: 'EGMONT' },
};

/** What the entry of both says beside what every entry says. */
export const entryOf = ({ network }: Setting): object => ({
  canSuspendForForeignFiu: true,
  ...(network === undefined ? {} : { networks: [{ network, seat: 'MEMBER' }] }),
});

/** Members of opening bodies, as any lawful request might fill them. */
const samples = (R: Actor, Q: Actor): Readonly<Record<string, unknown>> => ({
  intendedRecipients: [],
  alsoRequestedVia: [],
  periodFrom: '2024-01-01',
  reciprocity: true,
  consultationKind: 'FEASIBILITY',
  spontaneousBasis: 'UNCAC_46_4',
  art3Compliant: true,
  matterTypeRequested: 'INTELLIGENCE',
  ultimatePurpose: 'INTELLIGENCE',
  chain: [
    { authority: 'NG-POL', authorityType: 'LAW_ENFORCEMENT' },
    { authority: R.id, authorityType: R.type },
    { authority: Q.id, authorityType: Q.type },
  ],
});

/** @param form digest of the sealed form, in which the link with the other country is explained */
export function openingBody(type: ExchangeType, { profile }: Setting, R: Actor, Q: Actor, form: Digest): object {
  const { countryLink, confidentialityChoice } = PROFILES[profile];
  const owed = openingOf(profile, type)?.body ?? [];
  const values = samples(R, Q);
  return {
    ...Object.fromEntries(owed.flatMap(({ field }) => (field in values ? [[field, values[field]]] : []))),
    ...(countryLink ? { links: [{ territory: Q.id.slice(0, 2), digest: form }] } : {}),
    ...(confidentialityChoice ? { confidentiality: 'SUBSTANCE' } : {}),
    ...(type === 'FORMAL_MLA_REQUEST' ? { parts: [{ id: 'a', assistanceType: 'COMPANY_RECORDS', coercive: false }] } : {}),
  };
}

/** The sealed form of the opening, as far as the gateway sees it. */
export function openingItem(type: ExchangeType, { profile }: Setting, issuer: Actor): object {
  const form = openingOf(profile, type)?.form ?? null;
  const label = labelFor(profile, issuer);
  if (form === null) return { label };
  return { itemRole: 'FORM', form: { schema: form.schema, present: form.fields.filter(isTold).map(({ name }) => name), _sd: [] }, label };
}

/** Kept no longer than the channel lets anything be kept. */
const KEPT_UNTIL = '2028-01-01T00:00:00Z';

export function labelFor(profile: ProfileId, issuer: Actor): object {
  const { minimumCaveats, retentionYearsMax, speciality } = PROFILES[profile];
  const plain = [...new Set(['NO_THIRD_PARTY', ...minimumCaveats])].map((code) => ({ code, by: issuer.id }));
  const caveats = [...plain, ...(speciality ? [{ code: 'SPECIALITY', by: issuer.id, proceedings: ['case-1'] }] : [])];
  return labelOf(issuer, { caveats, destroyBy: retentionYearsMax === null ? null : KEPT_UNTIL });
}
