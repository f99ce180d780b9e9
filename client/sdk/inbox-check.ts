/** What one's own proven stream says was delivered, and the inbox does not show: a retraction that the gateway would rather not hand out. */
import { OWN_VIEW, readLog } from './audit.js';
import type { ClientContext } from './context.js';
import { inboxEntries } from './inbox.js';
import { proveStream, type StreamProof } from './stream.js';

export interface Withheld {
  /** of the delivery's leaf, and the inbox cursor that it should have */
  readonly index: number;
  readonly statement: string;
  readonly at: string;
}

export interface InboxCheck {
  readonly withheld: readonly Withheld[];
  /** of the reading that the inbox was compared with: where it is not complete, more may be withheld than is listed */
  readonly proof: StreamProof;
}

/**
 * Reads one's own view, proves it, and compares what it says was delivered with the inbox: a gateway that hides both is caught by the proof.
 *
 * @throws PolicyRefusal `ROLE_REQUIRED` for who reads no log or no inbox
 */
export async function checkInbox(context: ClientContext): Promise<InboxCheck> {
  const { authority } = context.identity;
  const reading = await readLog(context, OWN_VIEW);
  const proof = await proveStream(context, reading);
  const shown = new Set<string>();
  for await (const { index, statement } of inboxEntries(context)) shown.add(`${index} ${statement?.digest ?? ''}`);
  const withheld = reading.events
    .filter(({ event }) => event.action === 'DELIVER' && event.outcome === 'DONE' && event.counterparty === authority)
    .map(({ index, event }) => ({ index, statement: event.object.statement ?? '', at: event.at }))
    .filter(({ index, statement }) => !shown.has(`${index} ${statement}`));
  return { withheld, proof };
}
