/**
 * On what a release rests, so far as the file shows it: whether the consents that it cites cover it, and whether it bears what was added
 * before. That it was lawful the gateway decided, on more than a party sees; what of it nobody can look at here is named.
 */
import { citedIn, exemptionOf, isReseal, presumedOf } from '../../../domain/basis.js';
import { inForce, inScope, type Consent } from '../../../domain/consent.js';
import { restsOnExchange } from '../../../domain/exemption.js';
import { standing, type HandedOn } from '../../../domain/handed-on.js';
import type { AuthorityId } from '../../../domain/ids.js';
import { isAtLeast, type Label } from '../../../domain/label.js';
import { speakersOf, type LabelChange } from '../../../domain/label-change.js';
import type { StatementOf } from '../../../domain/statement.js';
import { parseInstant } from '../../../domain/time.js';
import type { AuthorityType } from '../../../domain/vocabulary.js';
import { certain } from '../../../domain/result.js';
import { actOf, consentOf } from '../reading-order.js';
import { isDelivery, type CheckedItem, type CheckedStatement, type Item } from './check-statements.js';

type Release = StatementOf<'parley-release+json'>;

/** What the log had taken in before, in its order. */
interface Before {
  readonly release: Release;
  readonly item: Item;
  readonly at: CheckedStatement['leaf'];
  readonly earlier: readonly CheckedStatement[];
  readonly has: (digest: string) => boolean;
}

/** @param statements in log order @returns a line for each thing that is not shown, or does not fit; nothing where all is here and fits */
export function restingRemarks(statements: readonly CheckedStatement[], items: readonly Pick<CheckedItem, 'item'>[]): string[] {
  const found = new Map(items.map(({ item }) => [item.digest, item]));
  const digests = new Set<string>(statements.map(({ statement }) => statement.digest));
  return statements.flatMap(({ statement: release, leaf: at }, index) => {
    if (release.typ !== 'parley-release+json' || 'reseal' in release.payload.basis) return [];
    const item = found.get(release.payload.item);
    if (item === undefined) return [];
    const before: Before = { release, item, at, earlier: statements.slice(0, index), has: (digest) => digests.has(digest) };
    return [...agreementRemarks(before), ...holderRemarks(before)].map((line) => `Release ${release.digest} (#${at.index}): ${line}`);
  });
}

function agreementRemarks(before: Before): string[] {
  const { release, item, has } = before;
  const { basis, holder, to } = release.payload;
  if ('notices' in basis)
    return [...basis.notices, ...basis.approvals].flatMap((one) => (has(one) ? [] : [`NOT SHOWN: ${one}, a notice or its approval.`]));
  if ('exemption' in basis && (item.payload.kind === 'PUBLIC_RECORD' || item.payload.kind === 'FPS_REPORT')) return [];
  const originators = new Set<AuthorityId>([...speakersOf(item.payload, changesBefore(before)), ...release.payload.label.originators]);
  return [...originators].filter((one) => one !== holder && one !== to).flatMap((one) => agreementOf(one, before));
}

const changesBefore = ({ item, earlier }: Before): readonly LabelChange[] =>
  earlier.flatMap(({ statement: { typ, payload } }) => (typ === 'parley-label+json' && payload.item === item.digest ? [payload] : []));

function agreementOf(originator: AuthorityId, before: Before): string[] {
  const { basis } = before.release.payload;
  const presumed = presumedOf(basis, originator);
  if (presumed !== null) {
    if (before.earlier.some((one) => isTightening(one, originator, before)))
      return [`NOT COVERED: ${originator} tightened it, or took it back, before: then nothing is presumed.`];
    return before.has(presumed) ? [] : [`NOT SHOWN: the request ${presumed}, by which ${originator} is said to agree.`];
  }
  const exemption = exemptionOf(basis, originator);
  // what gave the item to its holder is asked for below
  if (exemption !== null && restsOnExchange(exemption)) return [];
  return isAgreed(originator, before) ? [] : [`NOT COVERED: no consent of ${originator} that it cites covers it as it was taken in.`];
}

function isAgreed(originator: AuthorityId, before: Before): boolean {
  const { release, item, at, earlier } = before;
  // no reader is told by a release that does not say as what it receives
  if (release.payload.toType === undefined) return false;
  const act = actOf(release, item);
  const now = certain(parseInstant(at.body.at));
  const ended = new Set(
    earlier.flatMap(({ statement: { typ, payload } }) => (typ === 'parley-consent-revocation+json' ? [payload.consent] : [])),
  );
  const cited = citedIn(release.payload.basis).filter((one) => (one.for ?? originator) === originator && !ended.has(one.consent));
  return earlier.some(({ statement }, place) => {
    if (statement.typ !== 'parley-consent+json' || statement.payload.originator !== originator) return false;
    const grant: Consent = consentOf(statement);
    const isCited = cited.some(({ consent }) => consent === grant.digest);
    return isCited && inScope(grant, act) && inForce(grant, now) && !isBeaten(statement, place, before);
  });
}

/** A later caveat beats an earlier grant (rulings 4). Of a change that its delivery alone shows, its author's own dates say which came first. */
const isBeaten = ({ payload }: StatementOf<'parley-consent+json'>, place: number, before: Before): boolean =>
  before.earlier
    .slice(place + 1)
    .some((one) => isTightening(one, payload.originator, before) && (!isDelivery(one.leaf) || one.statement.payload.at > payload.at));

const isTightening = (
  one: CheckedStatement,
  originator: AuthorityId,
  { item }: Before,
): one is CheckedStatement & { statement: StatementOf<'parley-label+json'> } => {
  const { typ, payload } = one.statement;
  return (
    typ === 'parley-label+json' &&
    payload.originator === originator &&
    payload.item === item.digest &&
    (payload.change === 'ADD' || payload.change === 'RETRACT')
  );
};

/** By what its holder had it, and whether it hands on what was added to that: of several who gave it, what one of them added is enough. */
function holderRemarks({ release, item, at, earlier }: Before): string[] {
  const { holder, holderType, label } = release.payload;
  if (item.payload.issuer === holder) return [];
  const isRole = (type: AuthorityType | undefined): boolean => holderType === undefined || holderType === type;
  const byEnvelope = earlier.some(
    ({ statement: { typ, payload } }) =>
      typ === 'parley-envelope+json' && payload.to === holder && isRole(payload.toType) && payload.items.includes(item.digest),
  );
  if (byEnvelope) return [];
  const releases = earlier.flatMap(({ statement: { typ, payload } }) =>
    typ === 'parley-release+json' && payload.to === holder && isRole(payload.toType) && payload.item === item.digest
      ? [handedOnBy(payload)]
      : [],
  );
  const given = standing(
    releases.filter(({ isReseal }) => !isReseal),
    [],
    certain(parseInstant(at.body.at)),
  );
  if (given.length === 0) return [`NOT SHOWN: what gave the item to ${holder}, and what was added to its label by then.`];
  const isKept = given.some((one) => isAtLeast({ ...label, purposes: [] }, addedIn(one.label)));
  const givers = given.map((one) => one.holder).join(', ');
  return isKept ? [] : [`WEAKER: its label leaves out what ${givers} added when handing the item to ${holder}, as far as this file shows.`];
}

const handedOnBy = ({ disclosed, ...release }: Release['payload']): HandedOn => ({
  ...{ ...release, isReseal: isReseal(release), isPortion: disclosed !== undefined },
  // neither is asked of what is only compared
  ...{ consents: [], logIndex: 0 },
});

/** Of an originator what stands on the item counts, not the copy in a release (decisions/0031). */
const addedIn = (label: Label): Label => ({
  ...label,
  originators: [],
  caveats: label.caveats.filter(({ by }) => !label.originators.includes(by)),
});
