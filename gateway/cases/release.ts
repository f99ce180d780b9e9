/** A release: a holder hands one item to one more reader, on a basis. The seal is new; the body stays where it is. */
import { basisName, citedIn } from '../../domain/basis.js';
import { concerns, type Consent } from '../../domain/consent.js';
import { givenKey, handedKey } from '../../domain/guard-keys.js';
import { present } from '../../domain/present.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { StatementOf } from '../../domain/statement.js';
import { instantFromMs, type Instant } from '../../domain/time.js';
import type { ReleaseFacts } from '../../policies/facts.js';
import { checkSeals } from '../checks/seals.js';
import { plainPlan, type Gathering, type Plan, type Sight } from '../plan.js';
import type { Item } from '../read/library.js';
import { actingAs } from './about.js';
import { isErased, notErased } from './erase.js';
import { type Behind, exchangeBehind, givenInFrom, presumptionFrom } from './given-in.js';
import { caveatOwners, heldAs, heldBy, holds, isAuthority, type Found } from './holders.js';
import { asHeld, consentsFor, storedItemFacts } from './items.js';
import { heldItem } from './known-to.js';
import { overlong } from './lineage.js';
import { noticesCited, verifiedWith } from './notice.js';
import { versionsNow, versionsOf } from './send.js';

type Release = StatementOf<'parley-release+json'>;

export async function gatherRelease(release: Release, gathering: Gathering): Promise<Result<Plan, Refusal>> {
  const { payload } = release;
  const { library } = gathering;
  const found = await heldItem(payload.holder, payload.item, library);
  // an item that somebody else holds and one that does not exist look the same
  if (found === null || (await isErased(payload.item, gathering.store)))
    return no(refusal('NOT_FOUND', `${payload.holder} holds no item ${payload.item}`));
  const tooMuch = await overlong([payload.item], gathering);
  if (tooMuch !== null) return no(tooMuch);
  // what whoever handed it on adds comes with a release
  const expects = [
    ...(await versionsOf([payload.item], gathering)),
    notErased(payload.item),
    ...(await versionsNow([handedKey(payload.item, payload.holder)], gathering.store)),
  ];
  const behind = await exchangeBehind(release, found, gathering);
  const facts = await factsOf(release, found, behind, gathering);
  const grants = facts.cited.filter((grant) => grant !== null);
  return ok({
    ...plainPlan(sightOf(release, facts, grants)),
    facts,
    malformed: await checkForm(release, found.item, gathering),
    links: [
      { kind: 'release', key: payload.item },
      { kind: 'held', key: payload.item },
    ],
    deliverTo: facts.to === null ? [] : [facts.to.id],
    bumps: [givenKey(payload.item), handedKey(payload.item, payload.to)],
    expects: [...expects, ...(behind?.expects ?? [])],
    validUntil: earliest(payload.until, grants),
  });
}

async function factsOf(release: Release, found: Found, behind: Behind | null, gathering: Gathering): Promise<ReleaseFacts> {
  const { payload } = release;
  const { directory, library, now, deployment, officer } = gathering;
  const { basis, holder } = payload;
  const consents = await consentsFor(payload.item, library);
  const theirs = consents.filter((grant) => concerns(grant, holder));
  const role = payload.holderType ?? null;
  const held = await heldBy(holder, found, library, role);
  const acting = { holder, heldAs: await heldAs(holder, found, library, role) };
  const item = asHeld(await storedItemFacts(found, [], library, directory), held, consents, now, payload.label);
  return {
    action: 'release',
    now,
    deployment,
    officer,
    release: payload,
    item: { ...item, handedUnder: await caveatOwners(holder, found, library) },
    holder: directory.authorities.get(holder) ?? null,
    holds: await holds(holder, found, library, role),
    heldAs: acting.heldAs,
    heldBy: held,
    to: isAuthority(payload.to) ? (directory.authorities.get(payload.to) ?? null) : null,
    consents,
    cited: citedIn(basis).map(
      (cited) => theirs.find((grant) => grant.digest === cited.consent && (cited.for ?? grant.originator) === grant.originator) ?? null,
    ),
    presumption: presumptionFrom(behind, acting, gathering),
    givenIn: givenInFrom(behind, acting),
    notices: 'notices' in basis ? await noticesCited(basis, found, item.told, library) : [],
    verifiedWith: await verifiedWith(payload.verifications ?? [], holder, found, item.tightened, library),
  };
}

function sightOf(release: Release, { item, to, heldAs }: ReleaseFacts, grants: readonly Consent[]): Sight {
  const { payload } = release;
  const parties = [payload.holder, ...(to === null ? [] : [to.id])];
  return {
    action: 'RELEASE',
    parties,
    // told of what goes past it is whoever would have had to consent
    originators: 'notices' in payload.basis ? item.label.originators : item.told,
    item: payload.item,
    counterparty: payload.to,
    purpose: payload.purpose,
    legalBasis: [payload.legalBasis],
    consents: grants.map((grant) => grant.digest),
    basis: basisName(payload.basis),
    until: payload.until,
    ...actingAs(heldAs),
    ...present({ toType: payload.toType, seal: payload.seal }),
    // what its holder shortens binds whoever has it by this
    ...(payload.label.destroyBy === null ? {} : { destroyBy: payload.label.destroyBy }),
  };
}

/** By then the commit would turn it away too, and could not say why. */
export const endFault = (until: Instant, now: Instant): Refusal | null =>
  until <= now ? refusal('MALFORMED', 'until: it has passed') : null;

async function checkForm({ payload }: Release, item: Item, { parsed, directory, now }: Gathering): Promise<Refusal | null> {
  const ended = endFault(payload.until, now);
  if (ended !== null) return ended;
  if (payload.keyCommitment !== item.payload.keyCommitment) return refusal('SEALS_MISMATCH', 'the key commitment is not the item’s');
  if (
    !isAuthority(payload.to) ||
    payload.seal === undefined ||
    payload.kid === undefined ||
    payload.toType === undefined ||
    payload.suite === undefined
  )
    return refusal('SEALS_MISMATCH', 'a release names its reader’s type, key, suite and seal');
  const readers = [{ authority: payload.to, type: payload.toType, required: true }];
  const claimed = [{ item: payload.item, kid: payload.kid, seal: payload.seal }];
  const seals = await checkSeals(claimed, parsed.seals, new Map([[payload.item, item.payload.format]]), readers, directory, now);
  if (!seals.ok) return seals.error;
  if (seals.value.get(payload.item)?.[0] !== payload.suite) return refusal('SEALS_MISMATCH', 'the suite is not that of the key');
  return parsed.items.length > 0 || parsed.bodies.size > 0 ? refusal('MALFORMED', 'a release carries a seal and nothing else') : null;
}

const earliest = (until: Instant, grants: readonly Consent[]): Instant =>
  instantFromMs(Math.min(until, ...grants.map((grant) => grant.until)));
