/** The channels as advice: which kind of help is asked for on which of them, with the source that says so ([S¶31], 7.1). */
import { NETWORKS, type Network, type ProfileId } from './vocabulary.js';

export const HELP = [
  'FINANCIAL_INTELLIGENCE',
  'ASSET_LOCATION',
  'COMPANY_DATA',
  'PERSON_LOCATION',
  'CRIMINAL_RECORD',
  'POLICE_INFORMATION',
  'LEGAL_REQUIREMENTS',
  'DRAFT_REVIEW',
  'EXTRADITION_PROSPECTS',
  'CIVIL_OR_DISCIPLINARY',
  'PREVENTION_TOPIC',
  'INFORMATION_TO_GIVE',
] as const;
export type Help = (typeof HELP)[number];

/** The first four are those of [S¶31]. */
export type Tool = 'FIU' | 'NETWORK' | 'OPEN_SOURCE' | 'MLA' | 'CONSULTATION' | 'POLICE' | 'CIVIL_ADMIN' | 'PREVENTION' | 'SPONTANEOUS';

/** Help of one kind, and the channels on which it is asked for. */
export interface ChannelRow {
  readonly tool: Tool;
  readonly help: readonly Help[];
  readonly profiles: readonly (ProfileId | null)[];
  readonly because: string;
  readonly source: string;
}

const ARINS = NETWORKS.filter((network) => network === 'CARIN' || network.startsWith('ARIN_')) as (Network & ProfileId)[];

/** Beside the table: it answers whatever compels somebody or is evidence. */
export const FORMAL_ROAD: ChannelRow = {
  tool: 'MLA',
  help: [],
  profiles: ['FORMAL_MLA'],
  because: 'What compels anybody, or is to stand before a court, is asked for formally, through the central authorities.',
  source: 'rule 0.11; [S¶16, ¶29-31]; UNCAC 46(13) [M]; 7.1 [D]',
};

/** In the order of 7.1: what needs no request, then intelligence, networks, police, consultation. */
export const CHANNEL_ADVICE: readonly ChannelRow[] = [
  {
    tool: 'OPEN_SOURCE',
    help: ['COMPANY_DATA', 'ASSET_LOCATION'],
    profiles: [null],
    because: 'What stands in a public register needs no request; look there first, and say in a request what you found.',
    source: '[S¶31]; 7.1 [D]',
  },
  {
    tool: 'FIU',
    help: ['FINANCIAL_INTELLIGENCE'],
    profiles: ['EGMONT_FIU', 'EU_FIU', 'BVI_BILATERAL_FIU'],
    because: 'Financial intelligence at the stage of suspicion is exchanged between financial intelligence units, as intelligence only.',
    source: '[S¶29, ¶31]; 7.1 [D]; INR.40 [F:S13]',
  },
  {
    tool: 'FIU',
    help: ['FINANCIAL_INTELLIGENCE'],
    profiles: ['DIAGONAL'],
    because: 'Who is no counterpart of the other side asks through its own unit, and says on whose behalf and for what.',
    source: 'INR.40 ¶18-19 [M]; section 12',
  },
  {
    tool: 'NETWORK',
    help: ['ASSET_LOCATION', 'COMPANY_DATA'],
    profiles: ARINS,
    because: 'Contact points of an asset-recovery network trace assets and company data, before anything is frozen.',
    source: '[S¶30-31]; 5.1 [F:S36]; 7.1 [D]',
  },
  {
    tool: 'NETWORK',
    help: ['PERSON_LOCATION', 'CRIMINAL_RECORD', 'ASSET_LOCATION'],
    profiles: ['INTERPOL'],
    because: 'Persons and records are asked for between national central bureaus; assets between the focal points.',
    source: '[S¶31]; [F:S32, S33, S35]; 7.1 [D]',
  },
  {
    tool: 'POLICE',
    help: ['PERSON_LOCATION', 'CRIMINAL_RECORD', 'POLICE_INFORMATION'],
    profiles: ['LE_ART48', 'GLOBE'],
    because: 'What police may find out without compelling anybody, police ask of police.',
    source: 'UNCAC 48 [M]; [S¶21, ¶27]; 5.3 [F:S43]',
  },
  {
    tool: 'CONSULTATION',
    help: ['LEGAL_REQUIREMENTS', 'DRAFT_REVIEW'],
    profiles: ['INFORMAL_MLA_CONSULT'],
    because: 'What the other side needs for a request, and what a draft lacks, its central authority says before the request is made.',
    source: '[S¶16, ¶28-30]; StAR [F:S48]; Lausanne GL 5, 9 [F:S50]',
  },
  {
    tool: 'CONSULTATION',
    help: ['EXTRADITION_PROSPECTS'],
    profiles: ['EXTRADITION_CONSULT'],
    because: 'Prospects, obstacles and assurances are talked about before extradition is asked for; an arrest is not.',
    source: '[S¶14]; UNCAC 44(17) [F2:S3]; 7.1 [D]',
  },
  {
    tool: 'CIVIL_ADMIN',
    help: ['CIVIL_OR_DISCIPLINARY'],
    profiles: ['CIVIL_ADMIN'],
    because: 'Civil and administrative proceedings have focal points of their own, and confidentiality is chosen in so many words.',
    source: 'UNCAC 43(1) [M]; [S¶22, ¶33-36]; 7.1 [D]',
  },
  {
    tool: 'PREVENTION',
    help: ['PREVENTION_TOPIC'],
    profiles: ['PREVENTION'],
    because: 'Topics of prevention go between the authorities for it, without data of a case.',
    source: 'UNCAC 6(3) [M]; section 12',
  },
  {
    tool: 'SPONTANEOUS',
    help: ['INFORMATION_TO_GIVE'],
    profiles: ['SPONTANEOUS'],
    because: 'What may help another authority may be told to it unasked, under the caveats of who tells it.',
    source: 'UNCAC 46(4)-(5), 56 [M]; [S¶30]',
  },
];
