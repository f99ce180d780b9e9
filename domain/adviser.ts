/** Which channel fits what is needed, and why: the four tools of [S¶31], in the order of 7.1. Advice; the rules decide. */
import { CHANNEL_ADVICE, FORMAL_ROAD, type ChannelRow, type Help, type Tool } from './channel-advice.js';
import { PROFILES } from './profiles/index.js';
import type { AuthorityType, Network, ProfileId } from './vocabulary.js';

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
  /** in which the two lie; empty: not said */
  readonly territories: readonly string[];
  /** networks in which one of the two neither sits nor declares that it protects as well; empty: not said */
  readonly unassured: readonly Network[];
  /** profiles or other ways on which the same was asked already; null: not said */
  readonly alsoRequestedVia: readonly string[] | null;
}

export type Obstacle =
  /** only these may address such a body on it: ask through one of them */
  | { readonly code: 'ASK_THROUGH'; readonly types: readonly AuthorityType[] }
  | { readonly code: 'NOT_MEMBERS' | 'NOT_ASSURED'; readonly network: Network }
  | { readonly code: 'OUTSIDE_REGION'; readonly region: readonly string[] };

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

export function adviseChannel(need: Need): Advised {
  const isFormal = need.isCoercive || need.isEvidence;
  const fitting = CHANNEL_ADVICE.filter(({ help }) => help.includes(need.help));
  const consulting = CHANNEL_ADVICE.filter(({ tool, help }) => tool === 'CONSULTATION' && help.includes('DRAFT_REVIEW'));
  const rows = isFormal ? [FORMAL_ROAD, ...consulting, ...fitting.filter((row) => !consulting.includes(row))] : fitting;
  const advice = rows.flatMap((row) => adviceOf(row, need, isFormal && row !== FORMAL_ROAD ? 'PREPARES' : 'ANSWERS'));
  return {
    advice: [...advice.filter(({ obstacles }) => obstacles.length === 0), ...advice.filter(({ obstacles }) => obstacles.length > 0)],
    remarks: remarksOn(need, advice, isFormal),
  };
}

const adviceOf = ({ tool, profiles, because, source }: ChannelRow, need: Need, role: Advice['role']): Advice[] =>
  profiles.map((profile) => ({ tool, profile, role, because, source, obstacles: profile === null ? [] : obstaclesOn(profile, need) }));

/** What is not said is not held against it. */
function obstaclesOn(profile: ProfileId, need: Need): Obstacle[] {
  const { from, to, unassured } = need;
  const { pairs, assurance, ...own } = PROFILES[profile];
  const reaching = pairs.filter((pair) => to.length === 0 || pair.to.some((type) => to.includes(type)));
  const yours = reaching.filter((pair) => from.length === 0 || pair.from.some((type) => from.includes(type)));
  // as whichever of their types the way is freest
  const [freest] = yours
    .map(({ network, region }) => boundsOn({ network: own.network ?? network, region: own.region ?? region }, need))
    .sort((a, b) => a.length - b.length);
  const types = [...new Set(reaching.flatMap((pair) => pair.from))];
  return [
    ...(freest ?? [{ code: 'ASK_THROUGH', types } as const, ...boundsOn(own, need)]),
    ...unassured.filter((one) => one === assurance.membersOf).map((one) => ({ code: 'NOT_ASSURED', network: one }) as const),
  ];
}

/** To what both sides have to belong: by the profile, or by the pair that they are. */
interface Bounds {
  readonly network: Network | null | undefined;
  readonly region: readonly string[] | null | undefined;
}

const boundsOn = ({ network, region }: Bounds, { networks, territories }: Need): Obstacle[] => [
  ...(!network || networks.includes(network) ? [] : [{ code: 'NOT_MEMBERS', network } as const]),
  ...(!region || territories.every((one) => region.includes(one)) ? [] : [{ code: 'OUTSIDE_REGION', region } as const]),
];

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
