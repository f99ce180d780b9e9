/** A holder answers what it was told of an item: it has deleted it, or it cannot. No law is asked: both are the holder's own word. */
import type { AuthorityId, Digest } from '../../domain/ids.js';
import { ANSWERED_CHANGES } from '../../domain/label-change.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { StatementOf } from '../../domain/statement.js';
import { plainPlan, type Gathering, type Plan } from '../plan.js';
import { holds } from './holders.js';
import { storedItemFacts } from './items.js';
import { others, versionsOf } from './send.js';

type Answer = StatementOf<'parley-deletion+json' | 'parley-inability+json'>['payload'];

/** From here on it holds the item no more: it hands nothing on and reads nothing, unless it is given it again. */
export async function gatherDeletion(
  { payload }: StatementOf<'parley-deletion+json'>,
  gathering: Gathering,
): Promise<Result<Plan, Refusal>> {
  const plan = await gatherAnswer(payload, 'DELETE', payload.answers === undefined ? 'UNASKED' : 'ANSWER', gathering);
  return plan.ok ? ok({ ...plan.value, bumps: [`item:${payload.item}`] }) : plan;
}

/** Told to who asked: a hold of the holder's own law beats the originator's wish (rulings 3). */
export const gatherInability = ({ payload }: StatementOf<'parley-inability+json'>, gathering: Gathering): Promise<Result<Plan, Refusal>> =>
  gatherAnswer(payload, 'INABILITY', `${payload.of}(${payload.code})`, gathering);

async function gatherAnswer(
  answer: Answer,
  action: 'DELETE' | 'INABILITY',
  basis: string,
  gathering: Gathering,
): Promise<Result<Plan, Refusal>> {
  const { library, directory } = gathering;
  const { holder, item: digest } = answer;
  const expects = await versionsOf([digest], gathering);
  const found = await library.item(digest);
  if (found === null || !(await holds(holder, found, library))) return no(refusal('NOT_FOUND', `${holder} holds no item ${digest}`));
  const asker = answer.answers === undefined ? null : await askerOf(answer.answers, digest, gathering);
  if (answer.answers !== undefined && asker === null)
    return no(refusal('NOT_FOUND', `nothing that is answered so stands under ${answer.answers}`));
  const { label } = await storedItemFacts(found, [], library, directory);
  // CONFIDENTIAL_FACT may be the requester's, who is no originator
  const owners = others([...label.originators, ...label.caveats.map(({ by }) => by)], [holder]);
  const told = asker === null ? owners : others([asker], [holder]);
  return ok({
    ...plainPlan({
      action,
      parties: [holder, ...told],
      originators: others(owners, told),
      item: digest,
      counterparty: told.join('+'),
      basis,
    }),
    links: [{ kind: 'answer', key: digest }],
    deliverTo: told,
    expects,
  });
}

/** Who said what is answered, if it is about this item and asks for an answer. */
async function askerOf(change: Digest, item: Digest, { library }: Gathering): Promise<AuthorityId | null> {
  const statement = (await library.volume(change))?.statement;
  if (statement?.typ !== 'parley-label+json' || statement.payload.item !== item) return null;
  return ANSWERED_CHANGES.has(statement.payload.change) ? statement.payload.originator : null;
}
