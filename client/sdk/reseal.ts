/** After a desk's keys have turned: what is held under an older generation is sealed to the newest one, as a release to oneself. */
import { sealContentKey } from '../../crypto/seal.js';
import { parseAuthorityId, type Digest } from '../../domain/ids.js';
import { DAY_MS, plusMs, type Instant } from '../../domain/time.js';
import { FORMAT_OF_SUITE, type AuthorityType } from '../../domain/vocabulary.js';
import { unreadable } from './answers.js';
import type { ClientContext } from './context.js';
import { ParleyError } from './error.js';
import { verifiedEntries } from './inbox-words.js';
import { HELD, keepResealed, readHolding, type Holding } from './holding.js';
import { currentDesk, type DeskGeneration, type DeskKey } from './identity.js';
import { contentKeyOf, stateRelease } from './release.js';
import { readShown } from './shown.js';
import { readStatement } from './statements.js';

/** Longer than any desk keeps anything: a label that ends earlier ends it, whatever the reseal says. */
const RESEAL_MS = 3_650 * DAY_MS;

export interface Resealing {
  readonly resealed: readonly Digest[];
  /** what could not be, with the code that says why: its old seal still opens with the old generation's key */
  readonly left: readonly { readonly item: string; readonly code: string }[];
  /** received under an older generation and never opened here: whoever opened them seals them anew */
  readonly unopened: readonly Digest[];
}

/**
 * Seals each item that this client holds, and can open, to the newest generation of its desk. It discloses nothing to anybody, so
 * a label last seen long ago is no bar: the gateway knows the label as it stands.
 */
export async function resealOpen(context: ClientContext): Promise<Resealing> {
  const resealed: Digest[] = [];
  const left: { item: string; code: string }[] = [];
  const held = new Set<string>();
  for (const name of await context.store.names(HELD)) {
    const holding = await readHolding(context.store, name.slice(HELD.length));
    held.add(holding.item.digest);
    const ring = context.identity.desks.find(({ keys }) => keys.some(({ kid }) => kid === holding.seal.kid));
    const newest = ring === undefined ? undefined : currentDesk(context.identity, ring.desk);
    if (ring !== undefined && ring === newest) continue;
    try {
      await reseal(context, holding, newest);
      resealed.push(holding.item.digest);
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error;
      left.push({ item: holding.item.digest, code: error.code });
    }
  }
  return { resealed, left, unopened: await neverOpened(context, held) };
}

/**
 * What the desk received under an older generation and this client never opened: a reading is stated with its reason before bytes leave, so
 * nothing is opened here only to be sealed again. Whoever opened it seals it anew, or the old generation is kept.
 */
async function neverOpened(context: ClientContext, held: ReadonlySet<string>): Promise<readonly Digest[]> {
  const { receivingKeys } = (await context.directory()).directory;
  const newest = new Map(context.identity.desks.map(({ desk, generation }) => [desk, generation]));
  const left = new Set<Digest>();
  for await (const { statement } of verifiedEntries(context, ({ typ }) => typ === 'parley-envelope+json')) {
    if (statement?.typ !== 'parley-envelope+json' || statement.payload.to !== context.identity.authority) continue;
    for (const { item, kid } of statement.payload.seals) {
      const key = receivingKeys.get(kid);
      const isOlder = key?.authority === context.identity.authority && key.generation < (newest.get(key.desk) ?? 0);
      if (isOlder && !held.has(item)) left.add(item);
    }
  }
  return [...left];
}

async function reseal(context: ClientContext, holding: Holding, newest: DeskGeneration | undefined): Promise<void> {
  const { identity, chance, clock, store } = context;
  const contentKey = await contentKeyOf(context, holding);
  const key = keyFor(holding, newest);
  const seal = await sealContentKey(contentKey, key, { chance, at: clock.now() });
  const { type: toType, until } = await heldUnder(context, holding.via);
  const { release } = await stateRelease(
    context,
    holding,
    {
      to: identity.authority,
      ...{ holderType: toType, toType },
      purpose: holding.label.purposes[0] ?? 'INTELLIGENCE',
      legalBasis: 'DOMESTIC_LAW:KEY-CHANGE',
      basis: { reseal: true },
      until: until ?? plusMs(clock.now(), RESEAL_MS),
    },
    seal,
  );
  await keepResealed(store, holding.item.digest, { via: release, seal: { kid: seal.kid, bytes: seal.bytes } });
}

function keyFor({ item }: Holding, newest: DeskGeneration | undefined): DeskKey {
  const key = newest?.keys.find(({ suite }) => FORMAT_OF_SUITE[suite] === item.payload.format);
  if (key !== undefined) return key;
  throw new ParleyError(
    'SUITE_NOT_SHARED',
    'The desk’s newest keys are of another format.',
    'Turn the desk’s keys with a suite of this format.',
  );
}

/** As what this authority got or gave it, under which type it stays, and until when; null: for as long as its label says. */
async function heldUnder(
  { door, identity }: ClientContext,
  via: Digest,
): Promise<{ readonly type: AuthorityType; readonly until: Instant | null }> {
  const answer = await readShown({ door }, via);
  const given = readStatement(answer.statement);
  // verified when the item was opened, and it is the very one
  if (!given.ok || given.value.digest !== via) throw unreadable('another statement than was asked for');
  const { typ, payload } = given.value;
  if (typ === 'parley-envelope+json') return { type: payload.to === identity.authority ? payload.toType : payload.fromType, until: null };
  const to = typ === 'parley-release+json' ? parseAuthorityId(payload.to) : null;
  if (typ === 'parley-release+json' && to?.ok && payload.toType !== undefined) return { type: payload.toType, until: payload.until };
  throw new ParleyError('NOT_OFFERED', 'The text of a refusal is not sealed again.', 'Keep the old generation of the desk’s key.');
}
