/** Carries one due envelope and settles its outbox row. A courier may be called twice; the settle under the fence counts once. */
import type { Directory } from '../../domain/authority.js';
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
import { ROUNDS_MAX, type Workshop } from '../workshop.js';

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
  // asked for every row: what is due together arrives in its order
  if (isHeld(await shop.directory.current(), volume, row.addressee)) return hold(shop, row);
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

const isHeld = ({ authorities }: Directory, { statement }: Volume, addressee: AuthorityId): boolean =>
  GIVES.has(statement.typ) && authorities.get(addressee)?.standing === 'SUSPENDED';

/** Nothing was tried. */
async function hold({ store, clock }: Workshop, { key, fence, attempts }: OutboxRow): Promise<false> {
  await store.retry(key, fence, plusMs(clock.now(), HELD_MS), false, attempts - 1);
  return false;
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
    // suspended a moment ago it receives nothing more
    const directory = round === 0 ? await shop.directory.current() : await shop.directory.refresh();
    if (isHeld(directory, volume, addressee)) return hold(shop, row);
    const exchange = action === 'DELIVER' ? await afterArrival(shop, volume, directory) : null;
    const context = { log: config.origin, directoryVersion: directory.version };
    const committed = await committer.commit(deliveryRow({ row, addressee, volume, exchange, sees, action, ...context }, now, chance));
    if (committed.kind === 'committed') return true;
    // another worker settled it under a newer fence: its delivery counts
    if (committed.kind === 'conflict' && committed.on.of === 'fence') return false;
  }
  return false;
}

/** What opens an exchange, or opens it again, starts the clocks when it arrives; other messages arrive without moving anything. */
async function afterArrival({ store, calendars, clock }: Workshop, volume: Volume, directory: Directory): Promise<Exchange | null> {
  if (volume.statement.typ !== 'parley-envelope+json' || !OPENERS.has(volume.statement.payload.message)) return null;
  const exchange = await readExchange(volume.statement.payload.exchange, store);
  if (exchange === null) return null;
  const moved = advanceExchange(
    { before: exchange, current: exchange, step: 'DELIVERY_RECEIPT', actor: 'S', said: null },
    null,
    { calendars, directory },
    clock.now(),
  );
  return moved.ok ? moved.value : null;
}
