/** What an originator says of its item later, and what a holder is about to do with it. */
import { erasedKey, handedKey, itemKey } from '../../domain/guard-keys.js';
import type { AuthorityId } from '../../domain/ids.js';
import { asDated, misfit, speakersOf } from '../../domain/label-change.js';
import type { Link } from '../../domain/ports.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { StatementOf } from '../../domain/statement.js';
import { formatInstant } from '../../domain/time.js';
import { ORIGINATORS_MAX } from '../../domain/wire/label.js';
import type { UseFacts } from '../../policies/facts.js';
import { serving } from '../../policies/in-the-way.js';
import { plainPlan, type Gathering, type Plan } from '../plan.js';
import type { Library } from '../read/library.js';
import { actingAs, detailsOfChange } from './about.js';
import { endsWith, eraseAll, givenSoFar, isErased } from './erase.js';
import { heldAs, heldBy, holdersAlong, holdersOf, holds, type Found } from './holders.js';
import { asHeld, consentsFor, storedItemFacts } from './items.js';
import { heldItem, knownItem } from './known-to.js';
import { createKnown, overlong, withoutSources } from './lineage.js';
import { verifiedWith } from './notice.js';
import { releasedSources } from './own-sources.js';
import { others, versionsNow, versionsOf } from './send.js';

type Change = StatementOf<'parley-label+json'>;

/** Goes to every holder along the releases, who never saw the envelope. */
export async function gatherLabel({ payload, digest }: Change, gathering: Gathering): Promise<Result<Plan, Refusal>> {
  const { library, directory } = gathering;
  const found = await knownItem(payload.originator, payload.item, library);
  const unknown = no(refusal('NOT_FOUND', `no item ${payload.item}`));
  if (found === null) return unknown;
  const isEnd = payload.change === 'RETRACT';
  const tooMuch = isEnd ? null : await overlong([payload.item], gathering);
  if (tooMuch !== null) return no(tooMuch);
  // versions first: what is read after them may only be newer, and the commit notices; whether its copy may go rests on who has been given it
  const expects = [...(await versionsOf([payload.item], gathering)), await givenSoFar(payload.item, gathering.store)];
  // whatever was said of what it is made from, its originators take it back
  const item = await storedItemFacts(found, [], library, directory, isEnd ? withoutSources(payload.item) : createKnown());
  // whether an item exists is nobody's business but its originators'
  if (!item.told.includes(payload.originator)) return unknown;
  const added = others(payload.label?.originators ?? [], item.label.originators);
  // what was wrong, is taken back or bears one more caveat does so in every extract too; what is lifted is lifted there alone
  const reach = payload.change === 'RELAX' ? holdersOf : holdersAlong;
  const holders = others(await reach(found, library), [payload.originator]);
  // whom its issuer names learns of it from this word on
  const told = speakersOf({ ...item, label: { originators: item.told } }, [payload]);
  return ok({
    ...plainPlan({
      action: 'LABEL_CHANGE',
      parties: [payload.originator],
      originators: told,
      item: payload.item,
      basis: payload.change,
      details: detailsOfChange(payload),
    }),
    facts: {
      action: 'label',
      now: gathering.now,
      deployment: gathering.deployment,
      officer: gathering.officer,
      change: payload,
      item,
      originator: directory.authorities.get(payload.originator) ?? null,
      added: added.map((id) => ({ id, authority: directory.authorities.get(id) ?? null })),
    },
    malformed: await checkChange(payload, item.label.originators, gathering),
    links: [{ kind: 'label', key: payload.item }, ...added.map((key): Link => ({ kind: 'added', key }))],
    deliverTo: holders,
    ...(await erasureBy({ payload, digest }, found, gathering)),
    expects,
  });
}

/** What its issuer deleted before and takes back now goes, unless somebody holds it back. */
async function erasureBy(
  { payload, digest }: Pick<Change, 'payload' | 'digest'>,
  found: Found,
  { library, store, now }: Gathering,
): Promise<Pick<Plan, 'bumps' | 'alarms'>> {
  const { item, change, originator } = payload;
  const bumps = [itemKey(item)];
  const word = { certifies: null, lifts: null, retracts: originator };
  const isEnd = change === 'RETRACT' && !(await isErased(item, store)) && (await endsWith(word, found, library, now));
  return isEnd ? { bumps: [...bumps, erasedKey(item)], alarms: [eraseAll(item, digest, now)] } : { bumps, alarms: [] };
}

/** Each change has its own members, and a correction names an item that the originator gave itself. */
async function checkChange(change: Change['payload'], known: readonly AuthorityId[], { library }: Gathering): Promise<Refusal | null> {
  const wrong = misfit(change);
  if (wrong !== null) return refusal('MALFORMED', wrong);
  const more = others(change.label?.originators ?? [], known);
  if (more.length > 0 && known.length + more.length > ORIGINATORS_MAX)
    return refusal('LIMIT_REACHED', `an item has at most ${ORIGINATORS_MAX} originators, all labels together`);
  const late = change.change === 'RETRACT' ? await takenBackBefore(change, library) : await datedBefore(change, library);
  if (late !== null || change.replacement === undefined) return late;
  const right = await library.item(change.replacement);
  return right?.item.payload.issuer === change.originator ? null : refusal('NOT_FOUND', `no item ${change.replacement}`);
}

/** A second time would ask every holder for a second answer, and end nothing more. */
async function takenBackBefore({ item, originator }: Change['payload'], library: Library): Promise<Refusal | null> {
  const said = await library.linkedOf('label', item, 'parley-label+json');
  const first = said.find(({ statement: { payload } }) => payload.change === 'RETRACT' && payload.originator === originator);
  if (first === undefined) return null;
  const { digest, payload } = first.statement;
  return refusal(
    'STEP_NOT_ALLOWED',
    `${originator} took ${item} back already, which ended it at ${formatInstant(payload.at)}, by ${digest}`,
  );
}

/** Readers lift nothing that its owner dated later (`asDated`): then the gateway takes no such lifting, or the two would see two labels. */
async function datedBefore(change: Change['payload'], library: Library): Promise<Refusal | null> {
  const earlier = change.lifts === undefined ? [] : await library.linkedOf('label', change.item, 'parley-label+json');
  const { lifts = [] } = asDated(
    change,
    earlier.map(({ statement }) => statement.payload),
  );
  const left = (change.lifts ?? []).filter((code) => !lifts.includes(code));
  if (left.length === 0) return null;
  const detail = `${left.join(', ')}: set by a word that bears a later date than this one; look at the clocks of your programs, and say it again once it is later`;
  return refusal('CONFLICT', detail);
}

export async function gatherUse({ payload }: StatementOf<'parley-use+json'>, gathering: Gathering): Promise<Result<Plan, Refusal>> {
  const { library, directory } = gathering;
  const found = await heldItem(payload.holder, payload.item, library);
  if (found === null) return no(refusal('NOT_FOUND', `${payload.holder} holds no item ${payload.item}`));
  const tooMuch = await overlong([payload.item], gathering);
  if (tooMuch !== null) return no(tooMuch);
  // what whoever handed it on adds comes with a release
  const expects = [
    ...(await versionsOf([payload.item], gathering)),
    ...(await versionsNow([handedKey(payload.item, payload.holder)], gathering.store)),
  ];
  const consents = await consentsFor(payload.item, library);
  const role = payload.holderType ?? null;
  const as = await heldAs(payload.holder, found, library, role);
  const held = await heldBy(payload.holder, found, library, role);
  const item = await storedItemFacts(found, [], library, directory);
  const facts: UseFacts = {
    action: 'use',
    now: gathering.now,
    deployment: gathering.deployment,
    officer: gathering.officer,
    use: payload,
    item,
    holder: directory.authorities.get(payload.holder) ?? null,
    holds: await holds(payload.holder, found, library, role),
    heldAs: as,
    heldBy: held,
    consents,
    madeFrom: held === null && found.item.payload.issuer === payload.holder ? await releasedSources(payload.holder, found, gathering) : [],
    verifiedWith: await verifiedWith(payload.verifications ?? [], payload.holder, found, item.tightened, library),
  };
  return ok({
    ...plainPlan({
      action: 'USE',
      parties: [payload.holder],
      originators: item.told,
      item: payload.item,
      purpose: payload.purpose,
      ...actingAs(as),
    }),
    facts: { ...facts, item: asHeld(item, held === null ? null : serving(facts, held), consents, gathering.now) },
    links: [{ kind: 'use', key: payload.item }],
    expects,
  });
}
