/** One request to several authorities: a child for each, which learns that others were asked and not who (Egmont ¶25; rulings 5). */
import { CHILDREN_MAX } from '../../domain/messages.js';
import type { ClientContext } from './context.js';
import { sendEnvelope, type EnvelopeDraft, type SentEnvelope } from './envelope.js';
import { ParleyError } from './error.js';
import { createUuid } from '../../domain/uuid.js';

/**
 * Sends one child to each addressee. They have no more in common than an opaque id, and each is a whole request with its own link.
 *
 * @param children drafts of type MULTI_FIU_REQUEST, one for each addressee
 * @returns what was sent, in order; a refusal of one leaves those before it sent
 * @throws ParleyError `DISTRIBUTION_LIST_TOO_BROAD` before anything is sealed
 */
export async function askSeveral(context: ClientContext, children: readonly EnvelopeDraft[]): Promise<readonly SentEnvelope[]> {
  if (children.length > CHILDREN_MAX)
    throw new ParleyError(
      'DISTRIBUTION_LIST_TOO_BROAD',
      `${children.length} addressees, and ${CHILDREN_MAX} at most.`,
      'Ask those whose link with the case you can explain.',
    );
  const parent = createUuid(context.chance);
  const sent: SentEnvelope[] = [];
  for (const child of children) sent.push(await sendEnvelope(context, { ...child, body: { ...child.body, parent } }));
  return sent;
}
