/**
 * The operator's register: who is designated, who approved it, who agreed with whom. Where the deployment names approvers, a designation
 * waits for one of them; what only suspends does not wait (docs/decisions/0014).
 */
import type { Authority, Directory } from '../../domain/authority.js';
import type { Seat } from '../../domain/vocabulary.js';
import type { Link } from '../../domain/ports.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { successorOf } from '../../domain/register.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { StatementOf } from '../../domain/statement.js';
import type { DesignationPayload } from '../../domain/wire/directory.js';
import type { Operator } from '../deps.js';
import { roleIn } from '../checks/entry.js';
import { plainPlan, type Gathering, type Plan } from '../plan.js';
import { IN_FORCE, WAITING, waitingOf } from '../read/designations.js';

export function gatherDesignation(
  { payload }: StatementOf<'parley-designation+json'>,
  { directory, operator }: Gathering & { readonly operator: Operator },
): Result<Plan, Refusal> {
  const unfit = unfitDesignation(payload, directory) ?? unfitRoot(payload, directory, operator);
  if (unfit !== null) return no(unfit);
  const { authority, status } = payload;
  const waits = operator.approvers.length > 0 && !onlySuspends(payload, directory);
  const keys = waits ? [WAITING, waitingOf(authority), authority] : [IN_FORCE, authority];
  // until it is in force no epoch has a slot for whom it names first, and its stream begins with the approval
  const isToldNow = !waits || directory.authorities.has(authority);
  return ok({
    ...plainPlan({
      action: 'DESIGNATE',
      parties: [...new Set([payload.operator, ...(isToldNow ? [authority] : [])])],
      originators: [],
      counterparty: authority,
      basis: waits ? `${status} WAITING` : status,
    }),
    links: keys.map((key): Link => ({ kind: 'designation', key })),
    // also where it waits: an approval is decided by what was said last
    bumps: ['directory'],
  });
}

/** A root that is lost gives way to a new comparison, by two persons; whoever trusted it is told, and compares (docs/decisions/0019). */
function unfitRoot({ authority, root }: DesignationPayload, directory: Directory, { approvers }: Operator): Refusal | null {
  if (!replacesRoot({ authority, root }, directory)) return null;
  if (approvers.length === 0)
    return refusal(
      'NOT_OFFERED',
      `${authority} has another root; a lost one is replaced by two persons: name approvers in PARLEY_OPERATOR_APPROVERS, start again and designate it once more`,
    );
  return roleIn(directory, root) === null ? null : refusal('KEY_NOT_TRUSTED', `${root} is listed in another role already`);
}

const replacesRoot = ({ authority, root }: Pick<DesignationPayload, 'authority' | 'root'>, { authorities }: Directory): boolean =>
  authorities.has(authority) && authorities.get(authority)?.root !== root;

function unfitDesignation(
  { authority, status, reason, succeeds = [], networks = [] }: DesignationPayload,
  directory: Directory,
): Refusal | null {
  if (status === 'SUSPENDED' && reason === undefined) return refusal('MALFORMED', 'reason: a suspension says why, by a code');
  if (new Set(networks.map(({ network }) => network)).size !== networks.length)
    return refusal('MALFORMED', 'networks: one seat in each of them');
  for (const before of succeeds) {
    if (!directory.authorities.has(before)) return refusal('NOT_FOUND', `${before} is not designated`);
    const successor = directory.successors.get(before) ?? authority;
    if (successor !== authority) return refusal('CONFLICT', `${before} was succeeded by ${successor}`);
    if (before === authority || successorOf(directory, authority) === before)
      return refusal('CONFLICT', `${authority} does not come after ${before}`);
  }
  return null;
}

/** One signature takes rights away at once; to give them, or to give them back, is two persons' deed. */
function onlySuspends({ authority, root, status, types, networks, succeeds = [] }: DesignationPayload, directory: Directory): boolean {
  const known = directory.authorities.get(authority);
  if (replacesRoot({ authority, root }, directory)) return false;
  const adds = known === undefined || types.some((type) => !known.designatedTypes.includes(type)) || addsSeats(networks ?? null, known);
  return status === 'SUSPENDED' && !adds && succeeds.every((before) => directory.successors.get(before) === authority);
}

/** Whoever says nothing of seats leaves them to the entry. */
function addsSeats(networks: readonly Seat[] | null, { designatedSeats: before }: Authority): boolean {
  if (before === null) return false;
  return networks === null || networks.some((one) => !before.some(({ network, seat }) => network === one.network && seat === one.seat));
}

/** Only what was said last about an authority is approved: else an old proposal would lift a suspension that came after it. */
export async function gatherDesignationApproval(
  { payload }: StatementOf<'parley-designation-approval+json'>,
  { library, directory, operator }: Gathering & { readonly operator: Operator },
): Promise<Result<Plan, Refusal>> {
  const proposed = (await library.volume(payload.designation))?.statement;
  if (proposed?.typ !== 'parley-designation+json') return no(refusal('NOT_FOUND', `no designation ${payload.designation}`));
  const { authority, status } = proposed.payload;
  const last = (await library.linked('designation', authority)).at(-1);
  const waiting = (await library.linked('designation', waitingOf(authority))).at(-1);
  if (last?.stored.digest !== payload.designation || waiting?.stored.digest !== payload.designation)
    return no(refusal('CONFLICT', `${authority}: it is in force already, or another designation came after it`));
  const unfit = unfitDesignation(proposed.payload, directory) ?? unfitRoot(proposed.payload, directory, operator);
  if (unfit !== null) return no(unfit);
  const isNewRoot = replacesRoot(proposed.payload, directory);
  return ok({
    ...plainPlan({
      action: isNewRoot ? 'ROOT_CHANGE' : 'APPROVE',
      parties: [...new Set([payload.operator, authority])],
      originators: [],
      counterparty: authority,
      basis: isNewRoot ? 'NEW_COMPARISON' : status,
    }),
    links: [
      { kind: 'designation', key: IN_FORCE },
      { kind: 'designation', key: authority },
    ],
    bumps: ['directory'],
  });
}

export function gatherAgreement({ payload }: StatementOf<'parley-agreement+json'>, { directory }: Gathering): Result<Plan, Refusal> {
  const { operator, parties, from, until, kind } = payload;
  const unknown = parties.filter((id) => !directory.authorities.has(id));
  if (unknown.length > 0) return no(refusal('NOT_FOUND', `not designated: ${unknown.slice(0, 8).join(', ')}`));
  if (new Set(parties).size !== parties.length) return no(refusal('MALFORMED', 'parties: one of them twice'));
  if (until !== undefined && until < from) return no(refusal('MALFORMED', 'until: before it begins'));
  return ok({
    ...plainPlan({ action: 'AGREEMENT', parties: [operator], originators: [], counterparty: operator, basis: kind }),
    links: [{ kind: 'designation', key: 'agreement' }],
    bumps: ['directory'],
  });
}
