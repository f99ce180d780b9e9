/** Whose keys are whose. These statements carry their own authority: a root's signature. */
import { sitsAt, type Directory } from '../../domain/authority.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { StatementOf } from '../../domain/statement.js';
import type { EntryPayload } from '../../domain/wire/directory.js';
import { checkEntry, checkRootChange } from '../checks/entry.js';
import { detailsOfEntry } from './about.js';
import { plainPlan, type Gathering, type Plan } from '../plan.js';

export async function gatherEntry(
  { payload }: StatementOf<'parley-entry+json'>,
  { directory, library, now }: Gathering,
): Promise<Result<Plan, Refusal>> {
  const earlier = await library.linkedOf('entry', payload.authority, 'parley-entry+json');
  const dealt = earlier.flatMap(({ statement }) => statement.payload.quorum ?? []);
  const checked = await checkEntry(payload, directory, dealt, now);
  if (!checked.ok) return checked;
  return ok({
    ...plainPlan({
      action: 'ENTRY',
      parties: [payload.authority],
      originators: [],
      counterparty: payload.authority,
      ...warningOf(payload, directory),
      details: detailsOfEntry(payload),
    }),
    links: [
      { kind: 'entry', key: 'all' },
      { kind: 'entry', key: payload.authority },
    ],
    bumps: ['directory'],
  });
}

/** Whoever left had the secrets of their desks: until a desk turns its keys, they open what it receives. The log says so. */
function warningOf(entry: EntryPayload, { authorities }: Directory): { basis?: string } {
  const last = authorities.get(entry.authority)?.entry;
  const stays = new Set(entry.officers.map(({ officer, encryption }) => `${officer} ${encryption.kid}`));
  const left = (last?.officers ?? []).filter(({ officer, encryption }) => !stays.has(`${officer} ${encryption.kid}`));
  const kept = entry.desks.filter(({ desk, generation }) => last?.desks.some((one) => one.desk === desk && one.generation === generation));
  const unturned = kept.filter(({ desk }) => left.some((officer) => sitsAt(officer, desk))).map(({ desk }) => desk);
  return unturned.length === 0 ? {} : { basis: `DESK_NOT_TURNED ${unturned.join(' ')}` };
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
  const { reason, doubtfulSince, at } = payload;
  if ((reason === 'COMPROMISED') !== (doubtfulSince !== undefined))
    return no(refusal('MALFORMED', 'doubtfulSince: owed for COMPROMISED, and for nothing else'));
  if (doubtfulSince !== undefined && doubtfulSince > at) return no(refusal('MALFORMED', 'doubtfulSince: after the revocation itself'));
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
