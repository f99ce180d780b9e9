/** Whose keys are whose. These statements carry their own authority: a root's signature. */
import { newsIn, sitsAt, type Directory } from '../../domain/authority.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { StatementOf } from '../../domain/statement.js';
import type { EntryPayload, RevocationPayload } from '../../domain/wire/directory.js';
import { checkEntry, checkRootChange } from '../checks/entry.js';
import { overPace, revocationsOf } from '../checks/pace.js';
import { datedBack, unsaidKey } from '../checks/unsaid.js';
import type { Library } from '../read/library.js';
import { detailsOfEntry } from './about.js';
import { plainPlan, type Gathering, type Plan } from '../plan.js';

/** One key is ended so often at most: once, and found worse or ended earlier a few times. Graver it becomes twice, and that is always heard. */
const EARLIER_MAX = 8;

export async function gatherEntry(
  statement: StatementOf<'parley-entry+json'>,
  { directory, library, now }: Gathering,
): Promise<Result<Plan, Refusal>> {
  const { payload } = statement;
  const earlier = await library.linkedOf('entry', payload.authority, 'parley-entry+json');
  const dealt = earlier.flatMap(({ statement }) => statement.payload.quorum ?? []);
  const checked = await checkEntry(payload, directory, dealt, now);
  if (!checked.ok) return checked;
  const unfit =
    unsaidKey(payload, directory, now) ??
    (await unknownRevocation(payload, library)) ??
    (await overPace(statement, payload.authority, library, now));
  if (unfit !== null) return no(unfit);
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

/** Readers look for what it lists: one that is nowhere would make the entry unbelievable to everybody. */
async function unknownRevocation({ authority, revocations = [] }: EntryPayload, library: Library): Promise<Refusal | null> {
  const said = await library.linked('entry', revocationsOf(authority));
  const known = new Set(said.map(({ stored }) => stored.digest));
  const other = revocations.find((digest) => !known.has(digest));
  return other === undefined
    ? null
    : refusal('MALFORMED', `revocations: ${other} is no key revocation of ${authority} that stands in this log`);
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
export async function gatherRootChange(
  statement: StatementOf<'parley-root+json'>,
  { directory, library, now }: Gathering,
): Promise<Result<Plan, Refusal>> {
  const { payload } = statement;
  const unfit =
    checkRootChange(payload, directory) ?? datedBack(payload.at, now) ?? (await overPace(statement, payload.authority, library, now));
  if (unfit !== null) return no(unfit);
  const { authority } = payload;
  return ok({
    ...plainPlan({ action: 'ROOT_CHANGE', parties: [authority], originators: [], counterparty: authority, basis: 'OLD_ROOT' }),
    links: [{ kind: 'entry', key: 'root' }],
    bumps: ['directory'],
  });
}

export async function gatherKeyRevocation(
  statement: StatementOf<'parley-revocation+json'>,
  { directory, library, now }: Gathering,
): Promise<Result<Plan, Refusal>> {
  const { payload } = statement;
  const unfit =
    unfitRevocation(payload, directory) ??
    datedBack(payload.at, now) ??
    (await saidBefore(payload, directory, library)) ??
    (await overPace(statement, payload.authority, library, now));
  if (unfit !== null) return no(unfit);
  return ok({
    ...plainPlan({
      action: 'KEY_REVOKE',
      parties: [payload.authority],
      originators: [],
      counterparty: payload.authority,
      basis: payload.reason,
    }),
    links: [
      { kind: 'entry', key: 'revocation' },
      { kind: 'entry', key: revocationsOf(payload.authority) },
    ],
    bumps: ['directory'],
  });
}

function unfitRevocation({ authority, kid, reason, doubtfulSince, at }: RevocationPayload, directory: Directory): Refusal | null {
  const owner = directory.officerKeys.get(kid)?.authority ?? directory.receivingKeys.get(kid)?.authority;
  if (owner !== authority) return refusal('NOT_FOUND', `${authority} has no key ${kid}`);
  if ((reason === 'COMPROMISED') !== (doubtfulSince !== undefined))
    return refusal('MALFORMED', 'doubtfulSince: owed for COMPROMISED, and for nothing else');
  return doubtfulSince !== undefined && doubtfulSince > at ? refusal('MALFORMED', 'doubtfulSince: after the revocation itself') : null;
}

/** Everybody keeps every revocation for ever: one that says nothing new is not kept. */
async function saidBefore(payload: RevocationPayload, directory: Directory, library: Library): Promise<Refusal | null> {
  const { authority, kid } = payload;
  const news = newsIn(directory, payload);
  if (news === null) return refusal('CONFLICT', `${kid} is revoked already, no less gravely and no later: nothing more need be said of it`);
  if (news === 'GRAVER') return null;
  const said = await library.linkedOf('entry', revocationsOf(authority), 'parley-revocation+json');
  const times = said.filter(({ statement }) => statement.payload.kid === kid).length;
  return times < EARLIER_MAX ? null : refusal('LIMIT_REACHED', `one key is revoked at most ${EARLIER_MAX} times: ${kid}`);
}
