/** Which channel fits what is needed, and why: the four tools of [S¶31], in the order of 7.1. Advice; the rules decide. */
import { PROFILES } from './profiles/index.js';
import { NETWORKS, type AuthorityType, type Network, type ProfileId } from './vocabulary.js';

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

export interface Need {
  readonly help: Help;
  /** must anybody be compelled to something? */
  readonly isCoercive: boolean;
  /** is it to stand before a court? */
  readonly isEvidence: boolean;
  /** as what one may act; empty: not said */
  readonly from: readonly AuthorityType[];
  /** who could be asked; empty: not said */
  readonly to: readonly AuthorityType[];
  /** networks in which both sides are members */
  readonly networks: readonly Network[];
  /** profiles or other ways on which the same was asked already; null: not said */
  readonly alsoRequestedVia: readonly string[] | null;
}

export type Obstacle =
  /** only these may address such a body on it: ask through one of them */
  { readonly code: 'ASK_THROUGH'; readonly types: readonly AuthorityType[] } | { readonly code: 'NOT_MEMBERS'; readonly network: Network };

export interface Advice {
  readonly tool: Tool;
  /** null: no authority is asked at all */
  readonly profile: ProfileId | null;
  /** PREPARES: it finds out what to ask for formally, and gives neither a measure nor evidence */
  readonly role: 'ANSWERS' | 'PREPARES';
  readonly because: string;
  readonly source: string;
  readonly obstacles: readonly Obstacle[];
}

export interface Remark {
  readonly code: 'SAY_ALSO_REQUESTED_VIA' | 'ASKED_THERE_ALREADY' | 'CONSULT_FIRST' | 'SUSPENSION_BY_FIU' | 'OWN_FIU_FIRST';
  readonly sentence: string;
  readonly source: string;
}

export interface Advised {
  /** what fits first; what has an obstacle last */
  readonly advice: readonly Advice[];
  readonly remarks: readonly Remark[];
}

interface Row {
  readonly tool: Tool;
  readonly help: readonly Help[];
  readonly profiles: readonly (ProfileId | null)[];
  readonly because: string;
  readonly source: string;
}

const ARINS = NETWORKS.filter((network) => network === 'CARIN' || network.startsWith('ARIN_')) as (Network & ProfileId)[];

const MLA: Row = {
  tool: 'MLA',
  help: [],
  profiles: ['FORMAL_MLA'],
  because: 'What compels anybody, or is to stand before a court, is asked for formally, through the central authorities.',
  source: 'rule 0.11; [S¶16, ¶29-31]; UNCAC 46(13) [M]; 7.1 [D]',
};

/** In the order of 7.1: what needs no request, then intelligence, networks, police, consultation. */
export const CHANNEL_ADVICE: readonly Row[] = [
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

export function adviseChannel(need: Need): Advised {
  const isFormal = need.isCoercive || need.isEvidence;
  const fitting = CHANNEL_ADVICE.filter(({ help }) => help.includes(need.help));
  const consulting = CHANNEL_ADVICE.filter(({ tool, help }) => tool === 'CONSULTATION' && help.includes('DRAFT_REVIEW'));
  const rows = isFormal ? [MLA, ...consulting, ...fitting.filter((row) => !consulting.includes(row))] : fitting;
  const advice = rows.flatMap((row) => adviceOf(row, need, isFormal && row !== MLA ? 'PREPARES' : 'ANSWERS'));
  return {
    advice: [...advice.filter(({ obstacles }) => obstacles.length === 0), ...advice.filter(({ obstacles }) => obstacles.length > 0)],
    remarks: remarksOn(need, advice, isFormal),
  };
}

const adviceOf = ({ tool, profiles, because, source }: Row, need: Need, role: Advice['role']): Advice[] =>
  profiles.map((profile) => ({ tool, profile, role, because, source, obstacles: profile === null ? [] : obstaclesOn(profile, need) }));

/** What is not said is not held against it. */
function obstaclesOn(profile: ProfileId, { from, to, networks }: Need): Obstacle[] {
  const { pairs, network } = PROFILES[profile];
  const reaching = pairs.filter((pair) => to.length === 0 || pair.to.some((type) => to.includes(type)));
  const isYours = from.length === 0 || reaching.some((pair) => pair.from.some((type) => from.includes(type)));
  return [
    ...(isYours ? [] : [{ code: 'ASK_THROUGH', types: [...new Set(reaching.flatMap((pair) => pair.from))] } as const]),
    ...(network === null || networks.includes(network) ? [] : [{ code: 'NOT_MEMBERS', network } as const]),
  ];
}

function remarksOn({ help, isCoercive, from, alsoRequestedVia }: Need, advice: readonly Advice[], isFormal: boolean): Remark[] {
  const again = (alsoRequestedVia ?? []).filter((way) => advice.some(({ profile, tool }) => way === profile || way === tool));
  const isNoUnit = from.length > 0 && !from.includes('FIU');
  return [
    ...(alsoRequestedVia === null ? [SAY] : []),
    ...again.map((way) => ({
      ...ASKED,
      sentence: `The same was asked by ${way}: do not call a second request urgent, and name the first one in it.`,
    })),
    ...(isFormal ? [CONSULT] : []),
    ...(isCoercive && help === 'FINANCIAL_INTELLIGENCE' ? [SUSPENSION] : []),
    ...(isNoUnit && help === 'FINANCIAL_INTELLIGENCE' ? [OWN_FIU] : []),
  ];
}

const SAY: Remark = {
  code: 'SAY_ALSO_REQUESTED_VIA',
  sentence: 'On which other ways was the same asked? Say it in the request (alsoRequestedVia), also when there is none.',
  source: 'Egmont ¶21, fn 2 [F2:S9]; [S¶31]',
};
const ASKED: Omit<Remark, 'sentence'> = { code: 'ASKED_THERE_ALREADY', source: 'Egmont ¶21, fn 2 [F2:S9]' };
const CONSULT: Remark = {
  code: 'CONSULT_FIRST',
  sentence:
    'Ask informally before you ask formally: what is needed to execute it, and what stands in its way. It is advice, and no condition.',
  source: '[S¶29-30]; StAR [F:S48]',
};
const SUSPENSION: Remark = {
  code: 'SUSPENSION_BY_FIU',
  sentence: 'A unit may hold a transaction back for a short time where its law lets it do so for a foreign one: POSTPONEMENT_REQUEST.',
  source: 'rule 0.11; 2.2',
};
const OWN_FIU: Remark = {
  code: 'OWN_FIU_FIRST',
  sentence: 'You are no financial intelligence unit: ask your own one, which may ask the other.',
  source: 'INR.40 ¶18-19 [M]',
};
