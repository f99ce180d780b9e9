/** What stands in clear in an opening message, in words for people: the gateway decides by it (rulings 1). */
import type { Profile } from './profile.js';
import type { ExchangeType } from '../vocabulary.js';

interface Words {
  readonly title: string;
  readonly help: string;
}

/** Members of the envelope and its body that some profile asks for. */
export const CLEAR_MEMBERS: Readonly<Record<string, Words>> = {
  legalBasis: { title: 'Legal basis', help: 'Treaty, convention, domestic law, memorandum or reciprocity; a framework alone is none.' },
  purposes: { title: 'Purposes', help: 'What the answer may be used for; any other use needs consent.' },
  matterType: { title: 'Matter', help: 'CRIMINAL, CIVIL, ADMINISTRATIVE, INTELLIGENCE or PREVENTION, on the asking side.' },
  language: { title: 'Language', help: 'One that the addressee accepts, or a translation goes with it.' },
  urgency: {
    title: 'Urgency',
    help: 'ROUTINE, PRIORITY, URGENT or EMERGENCY; PRIORITY needs a date with its reason, the last two a threshold and a reason.',
  },
  links: { title: 'Link with the territory', help: 'The addressee’s territory, with the digest of the item that explains it.' },
  confidentiality: { title: 'Confidentiality', help: 'FACT_AND_SUBSTANCE, SUBSTANCE or NONE, said in so many words: there is no default.' },
  onBehalfOf: { title: 'On behalf of', help: 'The authority that needs the information.' },
  intendedRecipients: { title: 'Intended recipients', help: 'Who is to receive the answer, as what and for what; may be empty.' },
  periodFrom: { title: 'Period', help: 'From which day on, and to which; a long look back is justified in the sealed form.' },
  alsoRequestedVia: {
    title: 'Also asked elsewhere',
    help: 'Other channels on which the same was asked; declared even when there is none.',
  },
  urgencyThresholds: {
    title: 'Why it is urgent',
    help: 'THREAT_TO_LIFE, THREAT_TO_PUBLIC_SECURITY, DISSIPATION_OF_ASSETS, DETENTION_DECISION, RELEVANCE_EXPIRES or TERRORISM.',
  },
  reciprocity: { title: 'Reciprocity', help: 'The statement that the asking side would do the same.' },
  fallbackReason: { title: 'Why not the first way', help: 'TECHNICAL_FAILURE or COUNTERPART_NOT_CONNECTED.' },
  consultationKind: { title: 'Kind', help: 'REQUIREMENTS_QUESTION, FEASIBILITY, DRAFT_REVIEW, STATUS_CONTACT or STRATEGY.' },
  matterTypeRequested: { title: 'Matter on the other side', help: 'What it is there; where it differs, a coordination plan goes with it.' },
  parts: {
    title: 'Parts',
    help: 'What is asked for, each part with its kind of assistance and whether it compels anybody; or assistanceTypes.',
  },
  chain: { title: 'Chain', help: 'Every body in order: who needs it, who asks for it, who is asked.' },
  ultimatePurpose: { title: 'Last purpose', help: 'What the first of the chain wants it for.' },
  art3Compliant: { title: 'Attestation', help: 'Nothing in it is political, military, religious or racial.' },
  spontaneousBasis: { title: 'Basis', help: 'UNCAC_46_4, UNCAC_48 or UNCAC_56.' },
  consent: { title: 'What is asked', help: 'Items, single fields, recipient, purposes and until when.' },
};

export interface ClearMember extends Words {
  readonly name: string;
  readonly article: string;
}

const COMMON = [
  ['legalBasis', 'A.8 [D]; [S¶17]'],
  ['purposes', 'INR.40 ¶1 [F:S13]'],
  ['matterType', '7.5; [S¶20]'],
  ['language', 'UNCAC 46(14) [M]'],
  ['urgency', 'Egmont ¶21 [F2:S9]; A.7'],
] as const;

/** What URGENT and EMERGENCY state besides, on every profile (`form/urgency`). */
export const URGENT_MEMBERS: readonly ClearMember[] = (
  [
    ['urgencyThresholds', 'Egmont ¶21, fn 2 [F2:S9]; A.7'],
    ['alsoRequestedVia', 'Egmont fn 2 [F2:S9]; INR.40 ¶1 [F:S13]'],
  ] as const
).map(([name, article]) => ({ name, article, ...CLEAR_MEMBERS[name]! }));

/** All that an opening message of this kind states in clear on the profile, whoever asks for it. */
export function clearMembersOf(profile: Profile, type: ExchangeType): ClearMember[] {
  const { openings, countryLink, confidentialityChoice, exchangeTypes } = profile;
  const isMain = openings[type]?.form === openings[exchangeTypes[0]!]?.form;
  const owed: (readonly [string, string])[] = [
    ...COMMON,
    ...(openings[type]?.body ?? []).map(({ field, article }) => [field, article] as const),
    ...(isMain && countryLink ? [['links', 'Egmont ¶25 [F2:S9]'] as const] : []),
    ...(isMain && confidentialityChoice ? [['confidentiality', 'UNCAC 46(20) [M]; 7.5'] as const] : []),
    ...(type === 'FORMAL_MLA_REQUEST' ? [['parts', 'UNCAC 46(15)(d) [M]'] as const] : []),
    ...(type === 'DIAGONAL_REQUEST' ? [['onBehalfOf', 'INR.40 ¶18-19 [M]'] as const] : []),
  ];
  return owed.map(([name, article]) => ({ name, article, ...CLEAR_MEMBERS[name]! }));
}
