/** Enrolment: making an authority's keys, believing a gateway's, and publishing what the authority says of itself. */
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import { kidOf, SIGNING_SUITE } from '../../crypto/signing-key.js';
import type { DeskId } from '../../domain/ids.js';
import { present } from '../../domain/present.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import type { Suite } from '../../domain/vocabulary.js';
import type { EntryPayload } from '../../domain/wire/directory.js';
import type { Quorum } from '../../domain/wire/quorum.js';
import { logAnswer } from '../../domain/wire/http-answers.js';
import { readAnswer } from './answers.js';
import type { ClientContext } from './context.js';
import { ownEntry } from './directory.js';
import type { Door } from './door.js';
import { factsOf, makeEntry, rootOf, rowOf, type EntryFacts, type OfficerRow } from './entry.js';
import { ParleyError, PolicyRefusal } from './error.js';
import { keepSigned } from './own-entries.js';
import { certain } from '../../domain/result.js';
import { createGeneration, currentDesk, deskKey, keepDesks, type DeskGeneration, type Identity } from './identity.js';
import { createRecord, readRecord, writeRecord, type KeyStore } from './key-store.js';
import type { PinnedGateway } from './receipt.js';
import { headOf, makeStatement } from './statements.js';
import { submissionOf, submit, type Sent } from './submit.js';
import { readWitnessPins } from './witness-pins.js';

const GATEWAY = 'gateway';
const ENTRY = 'entry';

interface GatewayRecord {
  readonly origin: string;
  readonly publicKey: string;
}

async function readGateway(store: KeyStore): Promise<PinnedGateway | null> {
  const record = (await readRecord(store, GATEWAY)) as GatewayRecord | null;
  if (record === null) return null;
  return { origin: record.origin, publicKey: certain(decodeBase64url(record.publicKey)), ...(await readWitnessPins(store)) };
}

/**
 * Asks the gateway who it is, and holds it to what was pinned. On first contact its key is pinned, or compared where `expected`
 * was got another way.
 *
 * @param expected the gateway key's id
 * @throws ParleyError `GATEWAY_KEY_CHANGED`
 */
export async function meetGateway(door: Door, store: KeyStore, expected?: string): Promise<PinnedGateway> {
  const { origin, key, levelMax } = readAnswer(logAnswer, await door.get('/v1/log', false), 'who it is');
  const publicKey = certain(decodeBase64url(key.publicKey));
  const pinned = await readGateway(store);
  const known = pinned === null ? expected : kidOf(SIGNING_SUITE, pinned.publicKey);
  const kid = kidOf(SIGNING_SUITE, publicKey);
  if ((known !== undefined && known !== kid) || (pinned !== null && pinned.origin !== origin))
    throw new ParleyError(
      'GATEWAY_KEY_CHANGED',
      `The gateway shows another key or log (${origin}, ${kid}).`,
      'Do not go on: ask the operator by another way.',
    );
  const first: GatewayRecord = { origin, publicKey: encodeBase64url(publicKey) };
  // of two programs that meet it at once one pins it, and the other compares
  if (pinned === null && !(await createRecord(store, GATEWAY, first))) return meetGateway(door, store, expected);
  return { origin, publicKey, ...present({ levelMax }), ...(await readWitnessPins(store)) };
}

/**
 * Publishes the authority's entry, signed by its root, with the newest generation of each desk and the officers of the last one.
 *
 * @param facts absent: those of the last entry that was published from here
 * @param change who else is an officer from now on; default: who was
 * @param more `quorum`: dealt anew, or null where it ends; `before`: what a root that has signed none yet goes on from; `confirms`: has
 *   somebody gone through the facts now? Default: where they are given
 */
export async function publishEntry(
  context: ClientContext,
  facts?: EntryFacts,
  change: (colleagues: readonly OfficerRow[]) => readonly OfficerRow[] = (colleagues) => colleagues,
  more: { readonly quorum?: Quorum | null | undefined; readonly before?: EntryPayload; readonly confirms?: boolean } = {},
): Promise<Sent> {
  const { gateway, chance, clock, store } = context;
  // another program over this key store may have turned a desk's keys: listed again, the older ones would be sealed to
  const identity = await keepDesks(store, context.identity);
  const said = facts ?? ((await readRecord(store, ENTRY)) as EntryFacts | null);
  if (said === null)
    throw new ParleyError('ENTRY_MISSING', 'Nothing is known yet of what the entry says.', 'Give its facts once: parley entry FACTS.json.');
  const view = await context.directory(true);
  const own = ownEntry(view, identity);
  const last = own ?? more.before ?? null;
  const colleagues = change((last?.officers ?? []).filter(({ officer }) => officer !== identity.officer).map(rowOf));
  const options = {
    aud: gateway.origin,
    seq: (own?.seq ?? 0) + 1,
    now: clock.now(),
    chance,
    last,
    colleagues,
    confirms: more.confirms ?? facts !== undefined,
    quorum: more.quorum,
    revocations: view.revocations.filter(({ payload }) => payload.authority === identity.authority).map(({ digest }) => digest),
  };
  const entry = await makeEntry(identity, said, options);
  const sent = await submit(context, entry, submissionOf(entry));
  await writeRecord(store, ENTRY, said);
  await keepSigned(store, entry, sent);
  await context.directory(true);
  return sent;
}

/**
 * The same entry again, with the day on which somebody went through it: what is not confirmed for twelve months is shown as stale.
 *
 * @throws ParleyError `ENTRY_MISSING`, `ENTRY_DIFFERS` where this key store holds other desk keys than the entry lists
 */
export async function confirmEntry(context: ClientContext): Promise<Sent> {
  const { identity } = context;
  const last = ownEntry(await context.directory(true), identity);
  if (last === null) throw new ParleyError('ENTRY_MISSING', 'There is no entry to confirm.', 'Publish one: parley entry FACTS.json');
  requireItsDesks(last, identity);
  return publishEntry(context, factsOf(last, identity.officer));
}

/** Published from a key store with older keys, an entry would have everybody seal to them. @throws ParleyError `ENTRY_DIFFERS` */
export function requireItsDesks(entry: EntryPayload, identity: Identity): void {
  const listed = entry.desks.map(({ desk, generation }) => `${desk}.${generation}`).sort();
  const ours = [...new Set(identity.desks.map(({ desk }) => desk))].map((desk) => currentDesk(identity, desk));
  const isOther = (ring: DeskGeneration): boolean =>
    entry.desks.some(({ desk, keys }) => desk === ring.desk && keys.some(({ kid }) => deskKey(identity, kid) === null));
  const held = ours.map((ring) => `${ring.desk}.${ring.generation}${isOther(ring) ? ' with other keys' : ''}`).sort();
  if (listed.join() !== held.join())
    throw new ParleyError(
      'ENTRY_DIFFERS',
      `The entry lists ${listed.join(', ')}; this key store holds ${held.join(', ')}.`,
      'Get the newest keys: parley keys fetch. Where newer ones were made here, list them first: parley entry FACTS.json',
    );
}

/** A first key for one more desk. Publish the entry afterwards, with what the desk serves. */
export async function addDesk(
  { identity, chance, clock, store }: ClientContext,
  desk: DeskId,
  suites: readonly Suite[],
): Promise<Identity> {
  rootOf(identity);
  if (identity.desks.some((one) => one.desk === desk))
    throw new ParleyError('DESK_EXISTS', `${desk} has keys already.`, 'Turn them instead: parley keys turn');
  const first = await createGeneration(identity.authority, desk, 1, suites, chance, clock.now());
  return keepDesks(store, { ...identity, desks: [...identity.desks, first] });
}

/**
 * A new generation of a desk's key: what was sealed to the old one still opens here. Publish the entry afterwards. One that was made and not
 * published, as by a killed program, is taken up: no entry would ever list it, and the gateway takes no keyring of it.
 *
 * @throws ParleyError `ROOT_NOT_HERE`; `DESK_TURNED` where another program over this key store does it at the same time
 */
export async function turnDeskKey(context: ClientContext, desk?: DeskId): Promise<Identity> {
  const { identity, chance, clock, store } = context;
  // without the root the new generation could not be published
  const own = rootOf(identity);
  const kept = await keepDesks(store, identity);
  const last = currentDesk(kept, desk);
  const { root = own.kid, entry } = (await context.directory(true)).directory.authorities.get(identity.authority) ?? {};
  if (root !== own.kid)
    throw new ParleyError(
      'ROOT_NOT_HERE',
      `The root is ${root} now, and another one is in this key store.`,
      'Sign where the root is kept.',
    );
  const listed = entry?.desks.find((one) => one.desk === last.desk);
  if (listed !== undefined && listed.generation < last.generation && clock.now() < last.until) return kept;
  const suites = last.keys.map(({ suite }) => suite);
  const next = await createGeneration(identity.authority, last.desk, last.generation + 1, suites, chance, clock.now());
  return keepDesks(store, { ...kept, desks: [...kept.desks, next] });
}

/** The same of each desk whose keys are here. @throws ParleyError `NO_DESK_KEY` */
export async function turnDeskKeys(context: ClientContext): Promise<Identity> {
  let { identity } = context;
  const desks = new Set([currentDesk(identity), ...identity.desks].map(({ desk }) => desk));
  for (const desk of desks) identity = await turnDeskKey({ ...context, identity }, desk);
  return identity;
}

/** Why no entry lists a revocation yet: until one does, nothing proves it to whoever never saw it. */
export interface NotListed {
  readonly code: string;
  readonly what: string;
}

export interface KeyRevoked extends Sent {
  /** null: an entry lists it */
  readonly notListed: NotListed | null;
}

/**
 * The root ends one of the authority's keys, then publishes the entry again, which lists the revocation: an epoch binds it there, so that
 * a gateway cannot keep it from anybody. The key has ended, whatever becomes of the entry.
 *
 * @param doubtfulSince owed for COMPROMISED: from when on it may have been in other hands
 * @throws PolicyRefusal `CONFLICT` where it was revoked before; where no entry lists that, its next step is to publish one
 */
export async function revokeKey(
  context: ClientContext,
  kid: string,
  reason: 'SCHEDULED' | 'LOST' | 'COMPROMISED',
  doubtfulSince?: Instant,
): Promise<KeyRevoked> {
  const { identity } = context;
  const statement = await makeStatement(
    'parley-revocation+json',
    {
      ...headOf(context),
      authority: identity.authority,
      kid,
      reason,
      ...(doubtfulSince === undefined ? {} : { doubtfulSince: formatInstant(doubtfulSince) }),
    },
    rootOf(identity),
  );
  const sent = await submit(context, statement, submissionOf(statement)).catch(async (error: unknown) => {
    throw await toBeListed(context, kid, error);
  });
  return { ...sent, notListed: await listRevocations(context) };
}

/** It was revoked by a program that was cut off before it published the entry, perhaps. */
async function toBeListed(context: ClientContext, kid: string, error: unknown): Promise<unknown> {
  if (!(error instanceof PolicyRefusal) || error.code !== 'CONFLICT' || error.grounds === null) return error;
  const view = await context.directory(true);
  const listed = ownEntry(view, context.identity)?.revocations ?? [];
  if (view.revocations.some(({ payload, digest }) => payload.kid === kid && listed.includes(digest))) return error;
  const grounds = {
    ...error.grounds,
    next: 'The key has ended, and your entry does not list that: publish it again, parley entry confirm',
  };
  return new PolicyRefusal(error.code, error.what, error.status, error.violations, error.receipt, grounds);
}

/** The entry again, as nobody has gone through its facts for this. @returns null: it lists them, or there is none */
export async function listRevocations(context: ClientContext): Promise<NotListed | null> {
  try {
    const last = ownEntry(await context.directory(true), context.identity);
    if (last === null) return null;
    requireItsDesks(last, context.identity);
    await publishEntry(context, factsOf(last, context.identity.officer), undefined, { confirms: false });
    return null;
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    return { code: error.code, what: error.what };
  }
}
