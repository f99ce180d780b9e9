/** The authority's quorum: an officer asks, holders agree, and only then is content read under that right. */
import { countedFor, COUNTERPART_SEES, isHolder, isQuorate, QUORUM_WINDOW_MS_MAX, type Asked } from '../../domain/quorum.js';
import { currentOfficer, sitsAt, type Directory } from '../../domain/authority.js';
import type { AuthorityId, Digest, KeyId, OfficerId } from '../../domain/ids.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { StatementOf } from '../../domain/statement.js';
import type { Instant } from '../../domain/time.js';
import type { AccessPayload } from '../../domain/wire/release.js';
import type { EntryPayload } from '../../domain/wire/directory.js';
import type { QuorumRequestPayload } from '../../domain/wire/quorum.js';
import { checkShare } from '../checks/quorum.js';
import { plainPlan, type Gathering, type Plan } from '../plan.js';
import type { Library, Volume } from '../read/library.js';
import { readExchange } from './exchanges.js';

type Request = StatementOf<'parley-quorum-request+json'>;

/** A request as it is counted now. */
export interface QuorumNow {
  readonly request: Request;
  readonly asked: Asked;
  /** is the key that asked good now? Else nobody's agreement counts: it may be in other hands */
  readonly isAskerGood: boolean;
  /** officers who agreed with a key that is good now, in log order */
  readonly agreed: readonly OfficerId[];
  readonly shares: readonly StatementOf<'parley-quorum-share+json'>[];
  /** whose agreement counts now */
  readonly counted: readonly OfficerId[];
  readonly isOpen: boolean;
}

const unknown = (digest: Digest): Result<never, Refusal> => no(refusal('NOT_FOUND', `no request ${digest} to this authority’s quorum`));

/** @returns null where `authority` asked nothing under this digest: what is another's looks the same */
export async function quorumNow(
  digest: Digest,
  authority: AuthorityId,
  { library, directory, now }: { readonly library: Library; readonly directory: Directory; readonly now: Instant },
): Promise<QuorumNow | null> {
  const request = (await library.volume(digest))?.statement;
  if (request?.typ !== 'parley-quorum-request+json' || request.payload.authority !== authority) return null;
  const requester = directory.officerKeys.get(request.kid)?.officer;
  if (requester === undefined) return null;
  const { quorum, until } = request.payload;
  const asked = { quorum, until, requester };
  const isGood = (kid: KeyId): boolean => currentOfficer(directory, kid, 'signing', now)?.authority === authority;
  const isAskerGood = isGood(request.kid);
  const linked = await library.linkedOf('quorum', digest, 'parley-quorum-share+json');
  // what a key in other hands agreed to, nobody may have agreed to
  const shares = linked.flatMap(({ statement }) => (isGood(statement.kid) ? [statement] : []));
  const agreed = shares.map(({ kid }) => directory.officerKeys.get(kid)!.officer);
  const holding = directory.authorities.get(authority)?.entry?.quorum ?? null;
  return {
    request,
    asked,
    isAskerGood,
    agreed,
    shares,
    counted: isAskerGood ? countedFor(asked, agreed, holding) : [],
    isOpen: isAskerGood && isQuorate(asked, agreed, holding, now),
  };
}

const askerEnded = ({ requester }: Asked): Result<never, Refusal> =>
  no(refusal('KEY_NOT_TRUSTED', `the key with which ${requester} asked is good no more; ask anew`));

const guardOf = (request: Digest): string => `quorum:${request}`;

export async function gatherQuorumRequest(request: Request, gathering: Gathering): Promise<Result<Plan, Refusal>> {
  const { payload } = request;
  const { authority, quorum, until, at, reason } = payload;
  const entry = gathering.directory.authorities.get(authority)?.entry;
  if (entry?.quorum?.kid !== quorum) return no(refusal('KEY_NOT_TRUSTED', `the newest entry of ${authority} has no quorum key ${quorum}`));
  if (until <= gathering.now || until - at > QUORUM_WINDOW_MS_MAX)
    return no(refusal('MALFORMED', 'until: later than now, by 7 days at most'));
  const may = await mayAsk(payload, entry, gathering);
  if (!may.ok) return may;
  const exchange = payload.act === 'OPEN' ? { exchange: payload.exchange } : {};
  return ok({
    ...plainPlan({ action: 'QUORUM_REQUEST', parties: [authority], originators: [], counterparty: authority, basis: reason, ...exchange }),
    links: [{ kind: 'quorum', key: authority }],
  });
}

/** Content of a case is asked for by a holder; a desk's secrets also by whoever sits there and has lost them. */
async function mayAsk(payload: QuorumRequestPayload, entry: EntryPayload, { author, store }: Gathering): Promise<Result<null, Refusal>> {
  const row = entry.officers.find(({ officer }) => officer === author.officer?.officer);
  const holds = row !== undefined && isHolder(entry.quorum!, row.officer);
  if (payload.act === 'RECOVER') {
    if (!entry.desks.some(({ desk }) => desk === payload.desk)) return no(refusal('NOT_FOUND', `no desk ${payload.desk}`));
    return row !== undefined && sitsAt(row, payload.desk)
      ? ok(null)
      : no(refusal('ROLE_REQUIRED', `asked for: an officer of desk ${payload.desk}`));
  }
  const exchange = await readExchange(payload.exchange, store);
  if (exchange === null || ![exchange.requesting, exchange.requested].includes(payload.authority))
    return no(refusal('NOT_FOUND', `no exchange ${payload.exchange}`));
  return holds ? ok(null) : no(refusal('ROLE_REQUIRED', 'asked for: a holder of the authority’s quorum'));
}

export async function gatherQuorumShare(
  { payload }: StatementOf<'parley-quorum-share+json'>,
  gathering: Gathering,
): Promise<Result<Plan, Refusal>> {
  const { directory, author, store, now } = gathering;
  const guard = guardOf(payload.request);
  const version = await store.version(guard);
  const found = await quorumNow(payload.request, payload.authority, gathering);
  if (found === null) return unknown(payload.request);
  const { asked, agreed, request, isAskerGood } = found;
  const entry = directory.authorities.get(payload.authority)?.entry;
  const officer = author.officer?.officer;
  if (now >= asked.until) return no(refusal('STALE', 'the request has run out; ask anew'));
  if (entry?.quorum?.kid !== asked.quorum) return no(refusal('CONFLICT', 'the quorum’s key was dealt anew since; ask anew'));
  if (officer === undefined || !isHolder(entry.quorum, officer))
    return no(refusal('ROLE_REQUIRED', 'asked for: a holder of the authority’s quorum'));
  if (officer === asked.requester) return no(refusal('ROLE_REQUIRED', 'asked for: another holder than whoever asks'));
  // to holders alone: who asked is nobody else's to know
  if (!isAskerGood) return askerEnded(asked);
  if (agreed.includes(officer)) return no(refusal('CONFLICT', `${officer} has agreed already`));
  const fits = checkShare(payload, entry, asked.requester, directory);
  if (fits !== null) return no(fits);
  const { act, reason } = request.payload;
  const exchange = act === 'OPEN' ? { exchange: request.payload.exchange } : {};
  const parties = [payload.authority];
  return ok({
    ...plainPlan({ action: 'QUORUM_SHARE', parties, originators: [], counterparty: payload.authority, basis: reason, ...exchange }),
    links: [{ kind: 'quorum', key: payload.request }],
    expects: [{ key: guard, version }],
    bumps: [guard],
    validUntil: asked.until,
  });
}

/** The right to read one item of the case: whoever asked, as long as the window is open and enough holders agreed. */
export async function rightByQuorum(
  { reader, quorum }: AccessPayload & { readonly quorum: Digest },
  via: Volume,
  gathering: Gathering,
): Promise<Result<QuorumNow, Refusal>> {
  const found = await quorumNow(quorum, reader, gathering);
  if (found === null) return unknown(quorum);
  const { request, asked, counted, isOpen, isAskerGood } = found;
  const { officer } = gathering.author;
  if (officer?.officer !== asked.requester) return no(refusal('ROLE_REQUIRED', 'asked for: the officer who asked the quorum'));
  if (!isAskerGood) return askerEnded(asked);
  if (gathering.now >= asked.until) return no(refusal('STALE', 'the request has run out; ask anew'));
  if (!isOpen) return no(refusal('ROLE_REQUIRED', `too few holders agreed so far: ${counted.length}`));
  const { statement } = via;
  const isOfCase =
    request.payload.act === 'OPEN' && statement.typ === 'parley-envelope+json' && statement.payload.exchange === request.payload.exchange;
  return isOfCase ? ok(found) : no(refusal('NOT_FOUND', 'what gave the item is no envelope of the case that was asked for'));
}

/** Who learns of such a reading beside the reader and the item's originators: the other party of the case, where that may be told. */
export const counterpartOf = ({ request }: QuorumNow, via: Volume): readonly AuthorityId[] => {
  const { statement } = via;
  if (!COUNTERPART_SEES[request.payload.reason] || statement.typ !== 'parley-envelope+json') return [];
  return [statement.payload.from, statement.payload.to].filter((one) => one !== request.payload.authority);
};
