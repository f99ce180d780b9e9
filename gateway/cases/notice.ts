/** The lawful ways: a notice to every originator, a second person's approval, the originators' words, and a source that confirms. */
import type { Directory } from '../../domain/authority.js';
import type { Basis } from '../../domain/basis.js';
import { passed } from '../../domain/calendar/timers.js';
import { itemKey } from '../../domain/guard-keys.js';
import type { AuthorityId, Digest } from '../../domain/ids.js';
import { consultationEnds, isLate, WAYS, type ConsultationWord, type Notice } from '../../domain/lawful-way.js';
import type { Calendars } from '../../domain/ports.js';
import { PROFILES } from '../../domain/profiles/index.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { StatementOf } from '../../domain/statement.js';
import { inOneTerritory } from '../../policies/vocabulary.js';
import { plainPlan, type Gathering, type Plan } from '../plan.js';
import type { Library, Volume } from '../read/library.js';
import { heldAs, holds, type Found } from './holders.js';
import { storedItemFacts } from './items.js';
import { heldItem, knownItem } from './known-to.js';
import { originatorsNow } from './label-now.js';
import { ancestryOf, createKnown, overlong } from './lineage.js';
import { clockOf, noticeAlarm } from './notice-clock.js';
import { others, versionsOf } from './send.js';

type NoticeOf = StatementOf<'parley-notice+json'>;
type LawfulBasis = Extract<Basis, { readonly notices: unknown }>;

export async function gatherNotice(
  { digest: statement, payload }: NoticeOf,
  gathering: Gathering & { readonly calendars: Calendars },
): Promise<Result<Plan, Refusal>> {
  const { library, directory, now, calendars } = gathering;
  const { holder, item: digest, recipient, way, disclosedAt } = payload;
  const found = await heldItem(holder, digest, library);
  if (found === null) return no(refusal('NOT_FOUND', `${holder} holds no item ${digest}`));
  const tooMuch = await overlong([digest], gathering);
  if (tooMuch !== null) return no(tooMuch);
  const expects = await versionsOf([digest], gathering);
  const item = await storedItemFacts(found, [], library, directory);
  const told = others(item.label.originators, [holder]);
  const isAhead = disclosedAt !== undefined && disclosedAt > now;
  // nothing is counted from what has not happened
  const clock = isAhead ? null : clockOf(payload, calendars, directory);
  const late = clock !== null && isLate(clock, now) ? ` ${WAYS[way].clock.code} MISSED` : '';
  return ok({
    ...plainPlan({
      action: 'NOTICE',
      parties: [holder],
      originators: told,
      item: digest,
      counterparty: recipient.authority,
      purpose: payload.purpose,
      legalBasis: [payload.legalBasis],
      basis: `${way}${late}`,
    }),
    facts: {
      action: 'notice',
      now,
      deployment: gathering.deployment,
      officer: gathering.officer,
      notice: payload,
      item,
      holder: directory.authorities.get(holder) ?? null,
      heldAs: await heldAs(holder, found, library, null),
      to: directory.authorities.get(recipient.authority) ?? null,
    },
    malformed: isAhead ? refusal('MALFORMED', 'disclosedAt lies in the future') : null,
    links: [{ kind: 'notice', key: digest }],
    deliverTo: others([...told, ...secondOf(payload, directory)], [holder]),
    alarms: clock === null ? [] : [noticeAlarm(statement, null, passed(clock.due))],
    expects,
  });
}

/** Whose officer may be the second person: nobody approves what it has not seen. Whom the rule lets approve nothing is told nothing either. */
function secondOf({ holder, deputy, recipient }: NoticeOf['payload'], { authorities }: Directory): AuthorityId[] {
  if (deputy === undefined || deputy === recipient.authority) return [];
  return inOneTerritory(authorities.get(holder) ?? null, authorities.get(deputy) ?? null) ? [deputy] : [];
}

/** A notice that `author` may speak about; what it may not know of and what there is not look the same. */
async function noticeFor(digest: Digest, library: Library): Promise<{ readonly volume: Volume; readonly statement: NoticeOf } | null> {
  const volume = await library.sought(digest);
  return volume?.statement.typ === 'parley-notice+json' ? { volume, statement: volume.statement } : null;
}

export async function gatherApproval(
  { payload }: StatementOf<'parley-approval+json'>,
  gathering: Gathering,
): Promise<Result<Plan, Refusal>> {
  const { library, directory } = gathering;
  const found = await noticeFor(payload.notice, library);
  const notice = found?.statement.payload;
  if (found === null || notice === undefined || ![notice.holder, notice.deputy].includes(payload.authority))
    return no(refusal('NOT_FOUND', `no notice ${payload.notice}`));
  const expects = await versionsOf([notice.item], gathering);
  const parties = [...new Set([payload.authority, notice.holder])];
  return ok({
    ...plainPlan({
      action: 'APPROVE',
      parties,
      originators: [],
      item: notice.item,
      counterparty: notice.recipient.authority,
      basis: notice.way,
    }),
    facts: {
      action: 'approval',
      now: gathering.now,
      deployment: gathering.deployment,
      officer: gathering.officer,
      approval: payload,
      notice,
      author: directory.officerKeys.get(found.statement.kid)?.officer ?? null,
      holder: directory.authorities.get(notice.holder) ?? null,
      approver: directory.authorities.get(payload.authority) ?? null,
    },
    links: [{ kind: 'word', key: payload.notice }],
    deliverTo: others([notice.holder], [payload.authority]),
    bumps: [itemKey(notice.item)],
    expects,
  });
}

/** No law is asked: an originator may always ask, and may say that it has nothing against it. */
export async function gatherConsultation(
  { payload }: StatementOf<'parley-consultation+json'>,
  gathering: Gathering,
): Promise<Result<Plan, Refusal>> {
  const { library } = gathering;
  const notice = (await noticeFor(payload.notice, library))?.statement.payload;
  const found = notice === undefined ? null : await library.item(notice.item);
  const told = found === null ? [] : await originatorsNow(found, gathering);
  if (notice === undefined || !told.includes(payload.originator)) return no(refusal('NOT_FOUND', `no notice ${payload.notice}`));
  return ok({
    ...plainPlan({
      action: 'CONSULTATION',
      parties: [payload.originator, notice.holder],
      originators: [],
      item: notice.item,
      counterparty: notice.holder,
      basis: payload.answer,
    }),
    links: [{ kind: 'word', key: payload.notice }],
    deliverTo: others([notice.holder], [payload.originator]),
    bumps: [itemKey(notice.item)],
  });
}

/** A source answers a holder that asked before it acts; the confirmation stands until a caveat comes after it. */
export async function gatherVerification(
  { payload }: StatementOf<'parley-verification+json'>,
  gathering: Gathering,
): Promise<Result<Plan, Refusal>> {
  const { library, directory } = gathering;
  const found = await knownItem(payload.originator, payload.item, library);
  const unknown = no(refusal('NOT_FOUND', `no item ${payload.item} of ${payload.originator} with ${payload.holder}`));
  if (found === null) return unknown;
  const tooMuch = await overlong([payload.item], gathering);
  if (tooMuch !== null) return no(tooMuch);
  const expects = await versionsOf([payload.item], gathering);
  const item = await storedItemFacts(found, [], library, directory);
  // one that was added later too: it may be asked
  if (!item.label.originators.includes(payload.originator) || !(await holds(payload.holder, found, library, null))) return unknown;
  return ok({
    ...plainPlan({
      action: 'VERIFY',
      parties: [payload.originator, payload.holder],
      originators: [],
      item: payload.item,
      counterparty: payload.holder,
      basis: payload.answer,
    }),
    facts: {
      action: 'verification',
      now: gathering.now,
      deployment: gathering.deployment,
      officer: gathering.officer,
      verification: payload,
      item,
      originator: directory.authorities.get(payload.originator) ?? null,
    },
    links: [{ kind: 'verification', key: payload.item }],
    deliverTo: others([payload.holder], [payload.originator]),
    bumps: [itemKey(payload.item)],
    expects,
  });
}

/**
 * Notices as a release cites them, in that order; null: cited but unknown.
 * @param told the item's originators who learn what happens to it, and may ask to be consulted
 */
export const noticesCited = (
  { notices, approvals }: LawfulBasis,
  found: Found,
  told: readonly AuthorityId[],
  library: Library,
): Promise<readonly (Notice | null)[]> =>
  Promise.all(
    notices.map(async (digest) => {
      const cited = await noticeFor(digest, library);
      return cited === null || cited.statement.payload.item !== found.item.digest
        ? null
        : noticeNow(cited, approvals, found, told, library);
    }),
  );

async function noticeNow(
  { volume, statement }: { readonly volume: Volume; readonly statement: NoticeOf },
  approvals: readonly Digest[],
  { item, volume: carrier }: Found,
  told: readonly AuthorityId[],
  library: Library,
): Promise<Notice> {
  const { way, holder, recipient, purpose } = statement.payload;
  const given = await library.linkedOf('word', statement.digest, 'parley-approval+json');
  const isConsulted = WAYS[way].isConsulted && !('impossible' in statement.payload && statement.payload.impossible !== undefined);
  return {
    digest: statement.digest,
    way,
    holder,
    item: item.digest,
    recipient: recipient.authority,
    recipientType: recipient.authorityType,
    purpose,
    isApproved: given.some(({ statement: { digest } }) => approvals.includes(digest)),
    opensAt: isConsulted
      ? consultationEnds(volume.stored.at, others(told, [holder]), await wordsOn(statement.digest, told, library), hoursOn(carrier))
      : volume.stored.at,
  };
}

/** How long the channel on which it was given leaves its originators. */
const hoursOn = ({ statement }: Volume): number | undefined =>
  statement.typ === 'parley-envelope+json' ? PROFILES[statement.payload.profile].exculpatoryWindowHours : undefined;

/** Whom another one than its issuer added has a word, and holds nothing up by it: each such name would be two days more for the accused. */
async function wordsOn(notice: Digest, told: readonly AuthorityId[], library: Library): Promise<ConsultationWord[]> {
  const words = await library.linkedOf('word', notice, 'parley-consultation+json');
  return words
    .filter(({ statement }) => told.includes(statement.payload.originator))
    .map(({ volume, statement }) => ({ ...statement.payload, at: volume.stored.at }));
}

/**
 * Which originators confirmed it to this holder, by the verifications that are cited: with nothing added to its label since, nor a no since to that
 * holder of it or of what it is made from.
 */
export async function verifiedWith(
  cited: readonly Digest[],
  holder: AuthorityId,
  { item }: Found,
  tightened: readonly { readonly by: AuthorityId; readonly logIndex: number }[],
  library: Library,
): Promise<readonly AuthorityId[]> {
  if (cited.length === 0) return [];
  const { sources } = await ancestryOf(item, library, createKnown());
  const digests = [item, ...sources.map((source) => source.item)].map(({ digest }) => digest);
  const said = await Promise.all(digests.map((digest) => library.linkedOf('verification', digest, 'parley-verification+json')));
  const last = new Map(
    said
      .flat()
      .filter(
        ({ statement: { payload } }) => payload.holder === holder && (payload.item === item.digest || payload.answer === 'NOT_CONFIRMED'),
      )
      .toSorted((a, b) => a.volume.stored.index - b.volume.stored.index)
      .map((one) => [one.statement.payload.originator, one]),
  );
  return [...last.values()]
    .filter(({ statement }) => cited.includes(statement.digest) && statement.payload.answer === 'CONFIRMED')
    .filter(
      ({ volume, statement }) =>
        !tightened.some(({ by, logIndex }) => by === statement.payload.originator && logIndex > volume.stored.index),
    )
    .map(({ statement }) => statement.payload.originator);
}
