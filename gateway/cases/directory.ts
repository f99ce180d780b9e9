/** Whose keys are whose. These statements carry their own authority: a root's signature. */
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { StatementOf } from '../../domain/statement.js';
import { checkEntry, checkRootChange } from '../checks/entry.js';
import { detailsOfEntry } from './about.js';
import { plainPlan, type Gathering, type Plan } from '../plan.js';

export async function gatherEntry(
  { payload }: StatementOf<'parley-entry+json'>,
  { directory, now }: Gathering,
): Promise<Result<Plan, Refusal>> {
  const checked = await checkEntry(payload, directory, now);
  if (!checked.ok) return checked;
  return ok({
    ...plainPlan({
      action: 'ENTRY',
      parties: [payload.authority],
      originators: [],
      counterparty: payload.authority,
      details: detailsOfEntry(payload),
    }),
    links: [
      { kind: 'entry', key: 'all' },
      { kind: 'entry', key: payload.authority },
    ],
    bumps: ['directory'],
  });
}

/** Signed by the old root, for the last time. What it signed before stays as it is. */
export function gatherRootChange({ payload }: StatementOf<'parley-root+json'>, { directory }: Gathering): Result<Plan, Refusal> {
  const unfit = checkRootChange(payload, directory);
  if (unfit !== null) return no(unfit);
  const { authority } = payload;
  return ok({
    ...plainPlan({ action: 'ROOT_CHANGE', parties: [authority], originators: [], counterparty: authority, basis: 'OLD_ROOT' }),
    links: [{ kind: 'entry', key: 'root' }],
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
