/** What tests of retention and erasure look at. */
import type { AuditEvent } from '../../domain/audit-event.js';
import type { AuthorityId } from '../../domain/ids.js';
import { eventRow } from '../../gateway/rows/bare-row.js';
import { ORIGIN, type Signed } from './actors.js';
import type { TestGateway } from './test-gateway.js';

const text = new TextDecoder();
export const RETRACT = { change: 'RETRACT', label: undefined };

/** What the gateway itself did, as whoever may see it reads it. */
export async function doneBy(
  { store }: Pick<TestGateway, 'store'>,
  action: AuditEvent['action'],
): Promise<readonly (AuditEvent & { tells: string | null })[]> {
  const leaves = await store.leaves(0, await store.leafCount());
  return leaves.flatMap(({ views, mailbox }) => {
    const own = views.find(({ view }) => view === mailbox) ?? views[0];
    const event = own === undefined ? null : (JSON.parse(text.decode(own.event)) as AuditEvent);
    return event?.action === action ? [{ ...event, tells: mailbox }] : [];
  });
}

/** How much of an item's sealed bytes a stored submission still has. */
export async function leftOf({ store }: Pick<TestGateway, 'store'>, statement: Signed, item: string) {
  const stored = await store.statement(statement.digest);
  const { seals = [], bodies = [] } = JSON.parse(text.decode(stored?.raw)) as { seals?: { item: string }[]; bodies?: { item: string }[] };
  return [seals, bodies].map((all) => all.filter((one) => one.item === item).length);
}

export async function work({ walk }: TestGateway): Promise<void> {
  while ((await walk.deliverDue()) > 0);
}

/** So many batches of 50 events that nobody but one authority and the operator has. */
export async function logins(
  { store, world }: Pick<TestGateway, 'store' | 'world'>,
  authority: AuthorityId,
  batches: number,
): Promise<void> {
  const happening = { log: ORIGIN, outcome: 'DONE' as const, correlation: 'old', statement: null, policy: null, rules: [], codes: [] };
  const actor = { authority, officer: null, role: null };
  for (let batch = 0; batch < batches; batch += 1) {
    const at = world.clock.now();
    const sight = { action: 'LOGIN' as const, parties: [authority], originators: [] };
    const rows = Array.from({ length: 50 }, () => eventRow({ ...happening, at, actor }, sight, { stage: 'accepted' }, world.chance));
    await store.commitBatch(rows, at);
  }
}
