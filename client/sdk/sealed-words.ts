/** What a message says in words goes sealed, in an item; its clear part names the item, so that the words can be proved to be there. */
import type { Digest } from '../../domain/ids.js';
import type { Message } from '../../domain/vocabulary.js';
import type { Enclosure } from './draft.js';

/** Messages that owe a reason. */
const REASONED: ReadonlySet<Message> = new Set(['REFUSE', 'POSTPONE', 'DELAY_NOTICE', 'PRE_REFUSAL_CONSULTATION', 'URGENCY_NOT_ACCEPTED']);

/** @param body as the caller gave it: what it says of the texts itself stays */
export function withSealedWords(message: Message, body: object, items: readonly Enclosure[]): object {
  const texts = items.flatMap(({ statement: { digest, payload } }): Digest[] => (payload.itemRole === 'TEXT' ? [digest] : []));
  const [first] = texts;
  if (first === undefined) return body;
  if (REASONED.has(message)) return { text: first, ...body };
  return message === 'CONDITIONS_PROPOSED' ? { texts, ...body } : body;
}
