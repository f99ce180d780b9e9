/** Carries one due envelope and settles its outbox row. A courier may be called twice; the settle under the fence counts once. */
import { Failure } from '../../domain/failure.js';
import type { Exchange } from '../../domain/exchange.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { OutboxRow } from '../../domain/ports.js';
import type { StatementType } from '../../domain/statement.js';
import { plusMs } from '../../domain/time.js';
import { advanceExchange } from '../cases/advance.js';
import { readExchange } from '../cases/exchanges.js';
import type { Volume } from '../read/library.js';
import { deliveryRow } from '../rows/delivery-row.js';
import type { Workshop } from '../workshop.js';

const ROUNDS_MAX = 8;
const ATTEMPTS_MAX = 20;
const OPENERS: ReadonlySet<string> = new Set(['SUBMIT', 'RESUBMIT']);
const BACKOFF_MS = 1_000;
const BACKOFF_MS_MAX = 600_000;
/** What somebody is given. What only binds it further, or tells it of an end, reaches it suspended or not (docs/decisions/0035). */
const GIVES: ReadonlySet<StatementType> = new Set(['parley-envelope+json', 'parley-release+json', 'parley-consent+json']);
/** between two looks at whether a suspension is over */
const HELD_MS = 600_000;

/** @returns whether the row is settled now; otherwise it is due again later, or another worker has it */
export async function deliver(shop: Workshop, row: OutboxRow): Promise<boolean> {
  const { library, courier, store, clock, chance } = shop;
  const volume = row.statement === null ? null : await library.volume(row.statement);
  if (volume === null || row.addressee === null) throw new Failure('INVARIANT_BROKEN', `outbox row ${row.key} delivers nothing`);
  if (await isHeld(shop, volume, row.addressee)) {
    // nothing was tried
    await store.retry(row.key, row.fence, plusMs(clock.now(), HELD_MS), false, row.attempts - 1);
    return false;
  }
  const carried = await courier.carry(volume.stored, row.addressee);
  const isParked = carried.kind === 'never' || (carried.kind === 'later' && row.attempts >= ATTEMPTS_MAX);
  if (carried.kind === 'later' && !isParked) {
    const backoffMs = Math.min(BACKOFF_MS_MAX, BACKOFF_MS * 2 ** row.attempts);
    const jitter = chance.bytes(1)[0]! / 256;
    await store.retry(row.key, row.fence, plusMs(clock.now(), Math.round(backoffMs * (0.5 + jitter / 2))), false);
    return false;
  }
  return settle(shop, row, volume, row.addressee, isParked ? 'PARK' : 'DELIVER');
}

async function isHeld({ directory }: Workshop, { statement }: Volume, addressee: AuthorityId): Promise<boolean> {
  // asked for every row: what is due together arrives in its order
  const { authorities } = await directory.current();
  return GIVES.has(statement.typ) && authorities.get(addressee)?.standing === 'SUSPENDED';
}

async function settle(
  shop: Workshop,
  row: OutboxRow,
  volume: Volume,
  addressee: AuthorityId,
  action: 'DELIVER' | 'PARK',
): Promise<boolean> {
  const { committer, clock, chance, config } = shop;
  const sees = [...new Set([volume.stored.author, addressee])];
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const now = clock.now();
    const exchange = action === 'DELIVER' ? await afterArrival(shop, volume) : null;
    const committed = await committer.commit(
      deliveryRow({ row, addressee, volume, exchange, sees, action, log: config.origin }, now, chance),
    );
    if (committed.kind === 'committed') return true;
    // another worker settled it under a newer fence: its delivery counts
    if (committed.kind === 'conflict' && committed.on.startsWith('fence:')) return false;
  }
  return false;
}

/** What opens an exchange, or opens it again, starts the clocks when it arrives; other messages arrive without moving anything. */
async function afterArrival({ store, directory, calendars, clock }: Workshop, volume: Volume): Promise<Exchange | null> {
  if (volume.statement.typ !== 'parley-envelope+json' || !OPENERS.has(volume.statement.payload.message)) return null;
  const exchange = await readExchange(volume.statement.payload.exchange, store);
  // resealed meanwhile: what arrives is an older envelope than the one that is waited for
  if (exchange?.state !== 'SUBMITTED' || exchange.last !== volume.statement.digest) return null;
  const moved = advanceExchange(
    { before: exchange, current: exchange, step: 'DELIVERY_RECEIPT', actor: 'S', said: null },
    null,
    { calendars, directory: await directory.current() },
    clock.now(),
  );
  return moved.ok ? moved.value : null;
}
