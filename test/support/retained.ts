/** What tests of retention and erasure look at. */
import type { AuditEvent } from '../../domain/audit-event.js';
import type { Signed } from './actors.js';
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
