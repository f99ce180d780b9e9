/** Could I? What the law would say of an act, without doing it: nothing is signed or written, and it counts as no attempt (rulings 8). */
import { BEFORE_THE_LAW } from '../../domain/before-the-law.js';
import type { Caller } from '../../domain/caller.js';
import { consentsIn } from '../../domain/basis.js';
import type { Calendars, Clock, Store } from '../../domain/ports.js';
import { present } from '../../domain/present.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { Explaining, Explanation, ExplainRequest } from '../../domain/wire/explain.js';
import { decide, decideBy, type Decision } from '../../policies/decide.js';
import type { DeploymentFacts, ItemFacts, ReleaseFacts } from '../../policies/facts.js';
import { RULES } from '../../policies/table.js';
import { advanceExchange } from '../cases/advance.js';
import { endFault } from '../cases/release.js';
import { releaseInMind, sendInMind, signedByNobody, useInMind } from '../cases/in-mind.js';
import type { Gathering } from '../plan.js';
import type { DirectoryReader } from './directory.js';
import type { Library } from './library.js';
import { missingOf, type Missing } from './missing-consents.js';

export interface Explainer {
  /**
   * @returns a refusal `NOT_FOUND` for an item that the caller does not hold, whether or not there is one: then what it would take
   *   is nobody's to tell it
   */
  explain(caller: Caller, asked: ExplainRequest): Promise<Result<Explanation, Refusal>>;
}

export interface ExplainerWorld {
  readonly store: Store;
  readonly library: Library;
  readonly clock: Clock;
  readonly calendars: Calendars;
  readonly directory: Pick<DirectoryReader, 'current'>;
  readonly deployment: DeploymentFacts;
}

interface Judged {
  readonly decision: Decision;
  /** no rule of the law; null: nothing */
  readonly obstacle: Explanation['obstacle'] | null;
  readonly restsOn: Explanation['restsOn'];
  readonly missing: readonly Missing[];
}

type Judging = Promise<Result<Judged, Refusal>>;

const NOTHING: Pick<Judged, 'obstacle' | 'restsOn'> = { obstacle: null, restsOn: { consents: [] } };
/** what of a release's law is about the copy itself, wherever it goes */
const OF_A_COPY = ['label/export', 'label/weakened', 'label/contradictory', 'recipient/observer'];
const COPYING = RULES.filter(({ id }) => OF_A_COPY.includes(id));

export function createExplainer(world: ExplainerWorld): Explainer {
  const { store, library, clock, deployment } = world;
  return {
    async explain(caller, asked) {
      const directory = await world.directory.current();
      const gathering = { ...signedByNobody(caller, clock.now()), directory, store, library, deployment };
      const judged = await judge(asked, gathering, world.calendars);
      if (!judged.ok) return judged;
      const { decision, obstacle, restsOn, missing } = judged.value;
      const violations = violationsOf(decision);
      return ok({
        act: asked.act,
        allowed: violations.length === 0 && obstacle === null,
        violations: violations.map(({ offenders, remedy, ...rest }) => ({ ...rest, offenders: [...offenders], remedy: { ...remedy } })),
        ...(obstacle === null ? {} : { obstacle }),
        restsOn,
        missing: [...missing],
      });
    },
  };
}

function judge(asked: ExplainRequest, gathering: Gathering, calendars: Calendars): Judging {
  switch (asked.act) {
    case 'release':
      return judgeRelease(asked, gathering);
    case 'use':
      return judgeUse(asked, gathering);
    case 'export':
      return judgeExport(asked, gathering);
    case 'send':
      return judgeSend(asked, gathering, calendars);
  }
}

async function judgeRelease(asked: Explaining<'release'>, gathering: Gathering): Judging {
  const bases = await releaseInMind(asked, gathering);
  if (!bases.ok) return bases;
  const [first] = bases.value;
  // the first basis on which it is allowed; on none of them, what consent would have to mend
  const facts = bases.value.find((one) => decide(one).outcome === 'ALLOW') ?? first;
  const decision = decide(facts);
  const missing = await missingOf(violationsOf(decision), { items: [facts.item], recipientType: asked.toType ?? null }, gathering);
  return ok({ decision, obstacle: obstacleOf(endFault(facts.release.until, gathering.now)), restsOn: basisOf(facts), missing });
}

/** Where each originator's part rests on something of its own, whose is whose is said too. */
function basisOf({ release: { basis } }: ReleaseFacts): Explanation['restsOn'] {
  const said = 'each' in basis ? (Object.assign({}, ...basis.each) as object) : basis;
  return {
    consents: [...consentsIn(basis)],
    ...('presumed' in said ? { presumed: String(said.presumed) } : {}),
    ...('exemption' in said ? { exemption: String(said.exemption) } : {}),
    ...('each' in basis ? { each: basis.each.map((one) => ({ ...one })) } : {}),
  };
}

async function judgeUse(asked: Explaining<'use'>, gathering: Gathering): Judging {
  const facts = await useInMind(asked, gathering);
  if (!facts.ok) return facts;
  const decision = decide(facts.value);
  const missing = await missingOf(
    violationsOf(decision),
    { items: [facts.value.item, ...facts.value.madeFrom.map(({ item }) => item)], recipientType: asked.holderType ?? null },
    gathering,
  );
  return ok({ ...NOTHING, decision, missing });
}

/** A copy in one's own system is a use of it, and it leaves the gateway: what says that it may not, or not under that label, is heard too. */
async function judgeExport({ label, ...copied }: Explaining<'export'>, gathering: Gathering): Judging {
  const { holderType, item, purpose } = copied;
  const using = await judgeUse({ ...copied, act: 'use' }, gathering);
  if (!using.ok) return using;
  const to = gathering.author.authority;
  const copying = await releaseInMind({ act: 'release', item, to, purpose, ...present({ holderType, label }) }, gathering);
  if (!copying.ok) return copying;
  const violations = [...violationsOf(using.value.decision), ...violationsOf(decideBy(COPYING, copying.value[0]))];
  return ok({ ...using.value, decision: violations.length === 0 ? { outcome: 'ALLOW' } : { outcome: 'DENY', violations } });
}

async function judgeSend(asked: Explaining<'send'>, gathering: Gathering, calendars: Calendars): Judging {
  const { envelope } = asked;
  if (envelope.from !== gathering.author.authority) return no(refusal('CALLER_MISMATCH', 'an envelope is its own authority’s'));
  const plan = await sendInMind(asked, gathering);
  if (!plan.ok) return plan;
  const { facts, exchange, malformed } = plan.value;
  if (facts?.action !== 'send') return no(refusal('NOT_OFFERED', 'nothing to decide'));
  const decision = decide(facts);
  const { directory, now } = gathering;
  const step = exchange === null ? ok(null) : advanceExchange(exchange, facts.exchange?.last ?? null, { calendars, directory }, now);
  const items = facts.items.flatMap((item) => [item, ...sourcesOf(item)]);
  const missing = await missingOf(violationsOf(decision), { items, recipientType: envelope.toType }, gathering);
  return ok({ ...NOTHING, decision, obstacle: obstacleOf(step.ok ? malformed : step.error), missing });
}

/** What a new item is made from, as far as it is known here. */
const sourcesOf = ({ derivedFrom, sources }: ItemFacts): Pick<ItemFacts, 'digest' | 'label'>[] =>
  derivedFrom.flatMap((digest, at) => {
    const label = sources[at] ?? null;
    return label === null ? [] : [{ digest, label }];
  });

/** No rule of the law stands behind it, and it has its rule, source and next step all the same. */
function obstacleOf(why: Refusal | null): Judged['obstacle'] {
  if (why === null || why.code === 'POLICY') return null;
  const { rule, source, next } = BEFORE_THE_LAW[why.code];
  return { code: why.code, detail: why.detail, rule, source, next };
}

const violationsOf = (decision: Decision) => (decision.outcome === 'DENY' ? decision.violations : []);
