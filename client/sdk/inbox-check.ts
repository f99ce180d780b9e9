/** What one's own proven stream says was delivered, and the inbox does not show: a retraction that the gateway would rather not hand out. */
import type { AuditRead } from './audit.js';
import type { ClientContext } from './context.js';
import { inboxEntries } from './inbox.js';

export interface Withheld {
  /** of the delivery's leaf, and the inbox cursor that it should have */
  readonly index: number;
  readonly statement: string;
  readonly at: string;
}

/**
 * @param events of one's own view, proved by `proveStream`: else the gateway hides both
 * @throws PolicyRefusal `ROLE_REQUIRED` for who reads no inbox
 */
export async function withheldFromInbox(context: ClientContext, events: readonly AuditRead[]): Promise<readonly Withheld[]> {
  const { authority } = context.identity;
  const shown = new Set<string>();
  for await (const { index, statement } of inboxEntries(context)) shown.add(`${index} ${statement?.digest ?? ''}`);
  return events
    .filter(({ event }) => event.action === 'DELIVER' && event.outcome === 'DONE' && event.counterparty === authority)
    .map(({ index, event }) => ({ index, statement: event.object.statement ?? '', at: event.at }))
    .filter(({ index, statement }) => !shown.has(`${index} ${statement}`));
}
