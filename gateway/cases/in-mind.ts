/** An act that somebody has in mind: the facts that the law would see, gathered by the same cases as for one that is signed. */
import type { BasisOfOne } from '../../domain/basis.js';
import type { Caller } from '../../domain/caller.js';
import { covers, type Consent } from '../../domain/consent.js';
import type { ChannelExemption } from '../../domain/exemption.js';
import { parseDigest, parseKeyId, parseUuid, type AuthorityId, type Digest } from '../../domain/ids.js';
import { PROFILES } from '../../domain/profiles/index.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { certain, no, ok, type Result } from '../../domain/result.js';
import type { StatementOf, StatementType } from '../../domain/statement.js';
import { DAY_MS, plusMs, type Instant } from '../../domain/time.js';
import type { Explaining, ItemInMind } from '../../domain/wire/explain.js';
import type { ReleasePayload } from '../../domain/wire/release.js';
import type { ReleaseFacts, UseFacts } from '../../policies/facts.js';
import { actOf, isBeaten } from '../../policies/vocabulary.js';
import type { Gathering, Plan } from '../plan.js';
import type { Item } from '../read/library.js';
import { gatherUse } from './label-and-use.js';
import { gatherRelease } from './release.js';
import { gatherSend, strangersIn, unborne } from './send.js';

/** What a signature would bring. No rule and no fact reads them. */
const ZEROS = 'A'.repeat(43);
const UNSIGNED = { digest: certain(parseDigest(ZEROS)), kid: certain(parseKeyId(ZEROS)), compact: '' };
const ID = certain(parseUuid('00000000-0000-4000-8000-000000000000'));
/** how long a release or a consent would last where nobody says; the clients propose the same [D] */
const LASTS_MS = 90 * DAY_MS;

const unsigned = <T extends StatementType>(
  typ: T,
  payload: StatementOf<T>['payload'],
  digest: Digest = UNSIGNED.digest,
): StatementOf<T> => ({
  ...UNSIGNED,
  typ,
  digest,
  payload,
});

/** What every case is given, where nothing was handed in. */
export const signedByNobody = (caller: Caller, now: Instant): Pick<Gathering, 'parsed' | 'author' | 'officer' | 'now'> => ({
  parsed: { items: [], seals: [], bodies: new Map() },
  author: { authority: caller.authority, id: ID, officer: null },
  officer: caller,
  now,
});

const common = ({ author, now }: Gathering) => ({ v: 1, aud: 'explain', id: ID, at: now, holder: author.authority }) as const;

/**
 * A release as it would stand, under the item's own label unless another is named.
 * @returns the facts once for each basis that it could rest on, as if it cited that; where the asker names one, for that alone
 */
export async function releaseInMind(
  asked: Explaining<'release'>,
  gathering: Gathering,
): Promise<Result<readonly [ReleaseFacts, ...ReleaseFacts[]], Refusal>> {
  const { act: _act, label, basis, until, legalBasis, ...named } = asked;
  const payload: ReleasePayload = {
    ...common(gathering),
    ...named,
    keyCommitment: UNSIGNED.digest,
    legalBasis: legalBasis ?? 'RECIPROCITY',
    label: label ?? NO_LABEL,
    labelEpoch: 0,
    basis: basis ?? { consents: [] },
    until: until ?? plusMs(gathering.now, LASTS_MS),
  };
  const plan = await gatherRelease(unsigned('parley-release+json', payload), gathering);
  if (!plan.ok) return plan;
  const { facts } = plan.value;
  if (facts?.action !== 'release') return no(refusal('NOT_OFFERED', 'nothing to decide'));
  const { item } = facts;
  // facts are written to by nobody, so that the label need not be copied
  const release = { ...payload, label: label ?? (item.label as ReleasePayload['label']), labelEpoch: item.labelEpoch };
  const whole = { ...facts, release };
  return ok(basis === undefined ? onEachBasis(whole) : [whole]);
}

/** joined with nothing: the item's own label takes its place as soon as it is known */
const NO_LABEL: ReleasePayload['label'] = { level: 'PUBLIC', tlp: 'CLEAR', caveats: [], purposes: [], originators: [], destroyBy: null };

/** a release cites no more (domain/wire/release.ts) */
const CITED_MAX = 16;

/** The holder's grants that cover it and stand; what the request made presumed; what the channel exempts. Which of them holds, the law says. */
function onEachBasis(facts: ReleaseFacts): [ReleaseFacts, ...ReleaseFacts[]] {
  const { consents, presumption, givenIn, item, now } = facts;
  const act = actOf(facts);
  const cited = act === null ? [] : consents.filter((grant) => covers(grant, act, now) && !isBeaten(grant, item)).slice(-CITED_MAX);
  const on = (basis: ReleasePayload['basis']): ReleaseFacts => ({ ...facts, release: { ...facts.release, basis } });
  const exemptions = givenIn === null ? [] : PROFILES[givenIn.profile].exemptions.map(({ code }) => code);
  return [
    { ...on({ consents: cited.map(({ digest }) => digest) }), cited },
    ...(presumption === null ? [] : [on({ presumed: presumption.request })]),
    ...[...new Set(exemptions)].map((exemption) => on({ exemption })),
    ...mixed(facts, cited, [...new Set(exemptions)]).map((each) => ({ ...on({ each }), cited: citedOf(each, cited) })),
  ];
}

const citedOf = (each: readonly BasisOfOne[], grants: readonly Consent[]): Consent[] =>
  each.flatMap((one) => ('consent' in one ? grants.filter(({ digest }) => digest === one.consent) : []));

/** Who gave it, by what the channel exempts or the request made presumed; everybody else by the newest grant that stands. */
function mixed({ item, presumption, givenIn }: ReleaseFacts, grants: readonly Consent[], exemptions: readonly ChannelExemption[]) {
  const consented = (giver: AuthorityId): BasisOfOne[] =>
    item.label.originators.flatMap((originator) => {
      const grant = originator === giver ? undefined : grants.findLast((one) => one.originator === originator);
      return grant === undefined ? [] : [{ originator, consent: grant.digest }];
    });
  const withGiver = (line: BasisOfOne) => [line, ...consented(line.originator)];
  return [
    ...(presumption === null ? [] : [withGiver({ originator: presumption.originator, presumed: presumption.request })]),
    ...(givenIn === null ? [] : exemptions.map((exemption) => withGiver({ originator: givenIn.by, exemption }))),
  ];
}

export async function useInMind(
  { act: _act, ...named }: Explaining<'use'> | Pick<Explaining<'export'>, 'act' | 'item' | 'purpose'>,
  gathering: Gathering,
): Promise<Result<UseFacts, Refusal>> {
  const plan = await gatherUse(unsigned('parley-use+json', { ...common(gathering), ...named }), gathering);
  if (!plan.ok) return plan;
  const { facts } = plan.value;
  return facts?.action === 'use' ? ok(facts) : no(refusal('NOT_OFFERED', 'nothing to decide'));
}

/** What an envelope would be: its items are named by what their statements would say. */
export async function sendInMind({ envelope, drafts }: Explaining<'send'>, gathering: Gathering): Promise<Result<Plan, Refusal>> {
  const items = drafts.map((draft) => ({ statement: itemOf(draft, gathering) }));
  const statement = unsigned('parley-envelope+json', envelope);
  const plan = await gatherSend(statement, { ...gathering, parsed: { ...gathering.parsed, items } }, true);
  if (!plan.ok || envelope.items.length === 0 || plan.value.exchange === null) return plan;
  // nothing was sealed, which is no fault of what is only thought of
  const { facts, exchange } = plan.value;
  const strangers = facts?.action === 'send' ? strangersIn(facts.items.slice(0, items.length)) : null;
  return ok({ ...plan.value, malformed: strangers ?? (await unborne(statement, exchange.current, gathering)) });
}

function itemOf({ digest, form, ...said }: ItemInMind, { author }: Gathering): Item {
  const payload: Item['payload'] = {
    ...said,
    v: 1,
    id: ID,
    issuer: author.authority,
    format: 'age',
    ciphertext: UNSIGNED.digest,
    size: 1,
    keyCommitment: UNSIGNED.digest,
    ...(form === undefined ? {} : { form: { ...form, _sd: [] } }),
  };
  return unsigned('parley-item+json', payload, digest);
}
