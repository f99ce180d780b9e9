/** What a message says in words goes sealed, in an item; its clear part names the item, so that the words can be proved to be there. */
import type { Digest } from '../../domain/ids.js';
import { present } from '../../domain/present.js';
import type { Message } from '../../domain/vocabulary.js';
import type { Violation } from '../../domain/violation.js';
import type { Enclosure, ItemDraft } from './draft.js';
import { PolicyRefusal } from './error.js';

/** What bears a text: a message, or the statement by which a consent is refused. */
type Said = Message | 'REFUSE_CONSENT';

const REASONED: ReadonlySet<Said> = new Set([
  ...(['REFUSE', 'POSTPONE', 'DELAY_NOTICE', 'PRE_REFUSAL_CONSULTATION', 'URGENCY_NOT_ACCEPTED'] as const),
  'REFUSE_CONSENT',
]);

/** Does it owe its reason in words, sealed (46(23))? */
export const owesReason = (said: Said): boolean => REASONED.has(said);

/** Do its texts stand in its clear part, each as what the message says? */
export const saysByTexts = (said: Said): boolean => owesReason(said) || said === 'CONDITIONS_PROPOSED';

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
    ...present({ periodJustified: period }),
    ...body,
  };
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

/** Characters of a reason below which it is a token; of a refusal A.3, of the others [D]. */
export const REASON_CHARS_MIN = 20;
/** Fields in which a form gives the reason of what its envelope claims. */
const REASON_FIELDS = ['urgencyReason', 'deadlineReason'] as const;

const isToken = (text: string): boolean => [...text.trim()].length < REASON_CHARS_MIN;

/** What is sealed, or was opened, so far as reasons may stand in it. */
type Saying =
  | { readonly role: 'TEXT'; readonly text: string }
  | { readonly role: 'FORM'; readonly fields: ReadonlyMap<string, unknown> }
  | { readonly role: 'FILE' };

/** @returns the names of the reasons that say nothing: of a form's field, or `text`; one that is absent is none */
export function tokensIn(said: Said, content: Saying): readonly string[] {
  if (content.role === 'TEXT') return owesReason(said) && isToken(content.text) ? ['text'] : [];
  if (content.role !== 'FORM') return [];
  return REASON_FIELDS.filter((name) => {
    const reason = content.fields.get(name);
    return isText(reason) && isToken(String(reason));
  });
}

/**
 * A reason is sealed, so that no gateway sees how much it says: it is held against the least here, before it is sealed (rulings 1). One that is absent
 * the gateway misses.
 *
 * @throws PolicyRefusal `REFUSAL_WITHOUT_REASON`, `URGENCY_UNJUSTIFIED`
 */
export function checkReasons(said: Said, drafts: readonly Pick<ItemDraft, 'content'>[]): void {
  const tokens = drafts.flatMap(({ content }) =>
    tokensIn(said, content.role === 'FORM' ? { role: 'FORM', fields: new Map(Object.entries(content.fields)) } : content),
  );
  const violations = tokens.map((field): Violation => ({
    code: field === 'text' ? 'REFUSAL_WITHOUT_REASON' : 'URGENCY_UNJUSTIFIED',
    rule: 'client/reason',
    source: 'UNCAC 46(23) [M]; AMLD6 34(2) [F:S18]; A.3: 20 characters, of others [D]; rulings 1',
    sentence: `${field} gives no reason: it has less than ${REASON_CHARS_MIN} characters.`,
    offenders: [field],
    remedy: { action: 'justify', fields: [field] },
  }));
  if (violations.length > 0) throw new PolicyRefusal('POLICY', 'Refused before sealing.', 0, violations, null);
}
