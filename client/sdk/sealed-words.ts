/** What a message says in words goes sealed, in an item; its clear part names the item, so that the words can be proved to be there. */
import type { Digest } from '../../domain/ids.js';
import type { Message } from '../../domain/vocabulary.js';
import type { Enclosure, ItemDraft } from './draft.js';

const REASONED: ReadonlySet<Message> = new Set(['REFUSE', 'POSTPONE', 'DELAY_NOTICE', 'PRE_REFUSAL_CONSULTATION', 'URGENCY_NOT_ACCEPTED']);

/** Does it owe its reason in words, sealed (46(23))? */
export const owesReason = (message: Message): boolean => REASONED.has(message);

/** @param body as the caller gave it: what it says of the texts itself stays */
export function withSealedWords(message: Message, body: object, items: readonly Enclosure[]): object {
  const texts = items.flatMap(({ statement: { digest, payload } }): Digest[] => (payload.itemRole === 'TEXT' ? [digest] : []));
  const [first] = texts;
  if (first === undefined) return body;
  if (owesReason(message)) return { text: first, ...body };
  return message === 'CONDITIONS_PROPOSED' ? { texts, ...body } : body;
}

/**
 * An opening message's explanations stand in its form: the link with the addressee's territory, and why a period reaches far back. Its
 * clear part names the form's item, whose digest is salted; that of the text alone would let a reader of the envelope try sentences.
 *
 * @param territory of the addressee, as its entry says; absent: it has none
 * @param items in the order of `drafts`
 */
export function withExplanations(
  body: object,
  territory: string | undefined,
  drafts: readonly ItemDraft[],
  items: readonly Enclosure[],
): object {
  const explains = (field: string): Digest | undefined => {
    const at = drafts.findIndex(({ content }) => content.role === 'FORM' && isText(content.fields[field]));
    return items[at]?.statement.digest;
  };
  const [link, period] = [explains('countryLink'), explains('periodJustification')];
  return {
    ...(link !== undefined && territory !== undefined ? { links: [{ territory, digest: link }] } : {}),
    ...(period === undefined ? {} : { periodJustified: period }),
    ...body,
  };
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
