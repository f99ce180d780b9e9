/** Who is designated, and whose keys are whose. These statements carry their own authority: a root's or the operator's signature. */
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { StatementOf } from '../../domain/statement.js';
import { checkEntry } from '../checks/entry.js';
import { plainPlan, type Gathering, type Plan } from '../plan.js';

export async function gatherEntry(
  { payload }: StatementOf<'parley-entry+json'>,
  { directory, now }: Gathering,
): Promise<Result<Plan, Refusal>> {
  const checked = await checkEntry(payload, directory, now);
  if (!checked.ok) return checked;
  return ok({
    ...plainPlan({ action: 'ENTRY', parties: [payload.authority], originators: [], counterparty: payload.authority }),
    links: [
      { kind: 'entry', key: 'all' },
      { kind: 'entry', key: payload.authority },
    ],
    bumps: ['directory'],
  });
}

export function gatherDesignation({ payload }: StatementOf<'parley-designation+json'>, { directory }: Gathering): Result<Plan, Refusal> {
  const known = directory.authorities.get(payload.authority);
  // a root changes by the old root or by a new comparison out of band: that way is not offered yet
  if (known !== undefined && known.root !== payload.root)
    return no(refusal('NOT_OFFERED', `${payload.authority} has another root already`));
  return ok({
    ...plainPlan({
      action: 'DESIGNATE',
      parties: [...new Set([payload.operator, payload.authority])],
      originators: [],
      counterparty: payload.authority,
      basis: payload.status,
    }),
    links: [
      { kind: 'designation', key: 'all' },
      { kind: 'designation', key: payload.authority },
    ],
    bumps: ['directory'],
  });
}

export function gatherKeyRevocation({ payload }: StatementOf<'parley-revocation+json'>, { directory }: Gathering): Result<Plan, Refusal> {
  const owner = directory.officerKeys.get(payload.kid)?.authority ?? directory.receivingKeys.get(payload.kid)?.authority;
  if (owner !== payload.authority) return no(refusal('NOT_FOUND', `${payload.authority} has no key ${payload.kid}`));
  return ok({
    ...plainPlan({
      action: 'KEY_REVOKE',
      parties: [payload.authority],
      originators: [],
      counterparty: payload.authority,
      basis: payload.reason,
    }),
    links: [{ kind: 'entry', key: 'revocation' }],
    bumps: ['directory'],
  });
}
