/** A holder answers what it was told of an item: it has deleted it, or it cannot. No law is asked: both are the holder's own word. */
import { erasedKey, itemKey } from '../../domain/guard-keys.js';
import type { AuthorityId, Digest } from '../../domain/ids.js';
import { ANSWERED_CHANGES } from '../../domain/label-change.js';
import { present } from '../../domain/present.js';
import { itemAlarm } from '../../domain/retention-alarms.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { StatementOf } from '../../domain/statement.js';
import { formatInstant } from '../../domain/time.js';
import { plainPlan, type Gathering, type Plan } from '../plan.js';
import type { Library } from '../read/library.js';
import { endsWith, eraseAll, eraseSeals, givenSoFar, holdsOn } from './erase.js';
import { heldItem } from './known-to.js';
import { heardBy } from './label-now.js';
import { lineageOf } from './lineage.js';
import { others, versionsOf } from './send.js';

type Certificate = Pick<StatementOf<'parley-deletion+json'>, 'payload' | 'digest'>;
type Answer = StatementOf<'parley-deletion+json' | 'parley-inability+json'>['payload'];

/** From here on it holds the item no more: it hands nothing on and reads nothing, unless it is given it again. */
export async function gatherDeletion({ payload, digest }: Certificate, gathering: Gathering): Promise<Result<Plan, Refusal>> {
  const plan = await gatherAnswer(payload, 'DELETE', payload.answers === undefined ? 'UNASKED' : 'ANSWER', gathering);
  return plan.ok ? ok(await withErasure(plan.value, { payload, digest }, gathering)) : plan;
}

/** With the last right in it the gateway's own copy goes; before that, the seals of whoever certified. */
async function withErasure(plan: Plan, { payload, digest }: Certificate, { library, now }: Gathering): Promise<Plan> {
  const { holder, item } = payload;
  const found = (await library.item(item))!;
  const isLast = await endsWith({ certifies: holder, lifts: null, retracts: null }, found, library, now);
  return {
    ...plan,
    bumps: [itemKey(item), ...(isLast ? [erasedKey(item)] : [])],
    alarms: [isLast ? eraseAll(item, digest, now) : eraseSeals(item, digest, holder, now)],
  };
}

/** Told to who asked: a hold of the holder's own law beats the originator's wish (rulings 3). */
export async function gatherInability(
  { payload, digest }: StatementOf<'parley-inability+json'>,
  gathering: Gathering,
): Promise<Result<Plan, Refusal>> {
  // a hold ends by one that is over as it comes, whatever date it bears
  const said = payload.of === 'DELETION' && payload.until !== undefined && payload.until <= gathering.now ? 'HOLD_ENDED' : payload.of;
  const plan = await gatherAnswer(payload, 'INABILITY', `${said}(${payload.code})`, gathering);
  if (!plan.ok || payload.of !== 'DELETION') return plan;
  const { holder, item, until } = payload;
  const { library, now } = gathering;
  // what rests on who holds it back is decided again
  const bumps = [itemKey(item)];
  if (until === undefined) return ok({ ...plan.value, bumps });
  if (until > now) return ok({ ...plan.value, bumps, alarms: [itemAlarm({ stage: 'DESTROY', item, end: until, round: 0 }, until)] });
  const found = (await library.item(item))!;
  if (!(await holdsOn(found, library, now)).some((hold) => hold.holder === holder))
    return no(refusal('NOT_FOUND', `${holder} holds nothing back of item ${item}`));
  const isLast = await endsWith({ certifies: null, lifts: holder, retracts: null }, found, library, now);
  return ok({
    ...plan.value,
    bumps: [...bumps, ...(isLast ? [erasedKey(item)] : [])],
    alarms: isLast ? [eraseAll(item, digest, now)] : [],
  });
}

async function gatherAnswer(
  answer: Answer,
  action: 'DELETE' | 'INABILITY',
  basis: string,
  gathering: Gathering,
): Promise<Result<Plan, Refusal>> {
  const { library, store } = gathering;
  const { holder, item: digest } = answer;
  if ((await heldItem(holder, digest, library)) === null) return no(await notHeld(holder, digest, library));
  // whether its copy may go rests on who has been given it
  const expects = [...(await versionsOf([digest], gathering)), await givenSoFar(digest, store)];
  const found = await heldItem(holder, digest, library);
  if (found === null) return no(await notHeld(holder, digest, library));
  const asker = answer.answers === undefined ? null : await askerOf(answer.answers, digest, gathering);
  if (answer.answers !== undefined && asker === null)
    return no(refusal('NOT_FOUND', `nothing that is answered so stands under ${answer.answers}`));
  const owners = others(await heardBy(found, library), [holder]);
  const told = asker === null ? owners : others([asker], [holder]);
  return ok({
    ...plainPlan({
      action,
      parties: [holder, ...told],
      originators: owners,
      item: digest,
      ...present({ answers: answer.answers }),
      counterparty: told.join('+'),
      basis,
    }),
    links: [{ kind: 'answer', key: digest }],
    deliverTo: told,
    expects,
  });
}

/** Whoever certified its deletion is told so; to anybody else what it does not hold is not there. */
async function notHeld(holder: AuthorityId, item: Digest, library: Library): Promise<Refusal> {
  const certificates = await library.linkedOf('answer', item, 'parley-deletion+json');
  const own = certificates.findLast(({ statement: { payload } }) => payload.holder === holder)?.statement;
  const since = own === undefined ? '' : ` any more: it certified its deletion at ${formatInstant(own.payload.at)} (${own.digest})`;
  return refusal('NOT_FOUND', `${holder} holds no item ${item}${since}`);
}

/** Who said what is answered, if it is about this item, or what that is made from, and asks for an answer. */
async function askerOf(change: Digest, item: Digest, { library }: Gathering): Promise<AuthorityId | null> {
  const statement = (await library.volume(change))?.statement;
  if (statement?.typ !== 'parley-label+json' || !(await lineageOf([item], library)).includes(statement.payload.item)) return null;
  return ANSWERED_CHANGES.has(statement.payload.change) ? statement.payload.originator : null;
}
