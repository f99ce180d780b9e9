/** An opening message on any profile in which every rule is content. */
import type { Authority } from '../../domain/authority.js';
import { owedBy } from '../../domain/profiles/form.js';
import { openingOf, PROFILES } from '../../domain/profiles/index.js';
import type { ExchangeType, ProfileId } from '../../domain/vocabulary.js';
import type { SendFacts } from '../../policies/facts.js';
import { answerLabel, contentSend, designated, itemFacts, LATER, officer, plain, submit } from './facts.js';
import { authority, digest } from './ids.js';

type Over = NonNullable<Parameters<typeof submit>[0]>;
type Body = NonNullable<Parameters<typeof submit>[1]>;
type EntryOver = Partial<NonNullable<Authority['entry']>>;

export interface Opened {
  readonly type?: ExchangeType;
  readonly over?: Over;
  readonly body?: Body;
  readonly fromEntry?: EntryOver;
  readonly toEntry?: EntryOver;
  /** sealed fields filled beside those that are owed */
  readonly filled?: readonly string[];
  /** owed fields that are not filled */
  readonly unfilled?: readonly string[];
  readonly facts?: Partial<SendFacts>;
}

export function withEntry(of: Authority, over: EntryOver): Authority {
  return { ...of, entry: { ...of.entry!, ...over } };
}

/** Bodies of the pair's types, members of the network where there is one, in the region where there is one. */
function endsOf(profile: ProfileId, type: ExchangeType, { fromEntry = {}, toEntry = {} }: Opened) {
  const { pairs, network, region, domestic } = PROFILES[profile];
  const pair = pairs.find(({ on }) => on === undefined || on.includes(type))!;
  const [near, far] = region === null ? ['NG', 'VG'] : ['EE', 'DE'];
  const there = domestic || pair.domestic === true ? near : far;
  const networks = network === null ? {} : { networks: [{ network, seat: 'MEMBER' as const }] };
  const common = { ...networks, canSuspendForForeignFiu: true };
  const from = withEntry(designated(authority(`${near}-ONE`), [pair.from[0]!]), { ...common, ...fromEntry });
  const to = withEntry(designated(authority(`${there}-TWO`), [pair.to[0]!]), { ...common, ...toEntry });
  return { from, fromType: pair.from[0]!, to, toType: pair.to[0]! };
}

const PART = { id: 'a', assistanceType: 'COMPANY_RECORDS' as const, coercive: false };

export function contentOpening(profile: ProfileId, opened: Opened = {}): SendFacts {
  const { type = PROFILES[profile].exchangeTypes[0]!, over = {}, body = {}, filled = [], unfilled = [], facts = {} } = opened;
  const { from, fromType, to, toType } = endsOf(profile, type, opened);
  const form = openingOf(profile, type)?.form ?? null;
  const matterType = profile === 'CIVIL_ADMIN' ? ('CIVIL' as const) : ('CRIMINAL' as const);
  const chain = [
    { authority: from.id, authorityType: fromType },
    { authority: to.id, authorityType: toType },
    { authority: authority('VG-LAST'), authorityType: 'FIU' as const },
  ];
  const owes: Body = {
    links: [{ territory: to.entry!.territory, digest: digest('request') }],
    confidentiality: 'SUBSTANCE',
    consultationKind: 'FEASIBILITY',
    spontaneousBasis: 'UNCAC_56',
    art3Compliant: true,
    fallbackReason: 'TECHNICAL_FAILURE',
    matterTypeRequested: matterType,
    ...(profile === 'DIAGONAL' ? { chain, ultimatePurpose: 'INTELLIGENCE' } : {}),
    ...(type === 'FORMAL_MLA_REQUEST' && (over.assistanceTypes ?? []).length === 0 ? { parts: [PART] } : {}),
    ...body,
  };
  const ends = { from: from.id, fromType, to: to.id, toType, ...(profile === 'DIAGONAL' ? { onBehalfOf: from.id } : {}) };
  const envelope = submit({ profile, exchangeType: type, ...ends, matterType, ...over }, owes);
  const asked = [...(envelope.assistanceTypes ?? []), ...(envelope.body.parts ?? []).map(({ assistanceType }) => assistanceType)];
  const owed = form === null ? [] : owedBy(form, asked).map(({ field }) => field);
  const destroyBy = PROFILES[profile].retentionYearsMax === null ? null : LATER;
  const item = itemFacts({
    digest: digest('request'),
    issuer: from.id,
    label: { ...answerLabel, level: 'OFFICIAL', caveats: [plain('NO_THIRD_PARTY', from.id)], originators: [from.id], destroyBy },
    form: { schema: form?.schema ?? 'x', present: [...owed.filter((name) => !unfilled.includes(name)), ...filled], disclosures: [] },
    givenOn: null,
    cameFrom: [],
  });
  return contentSend({ officer: officer(from.id), envelope, opening: envelope, from, to, items: [item], ...facts });
}
