/** Whom a request names as recipients of its answer, and what the requested authority said of each last: kept with the exchange. */
import type { NamedRecipient } from './exemption.js';

export type RecipientAnswer = 'GRANT' | 'REFUSE' | 'SILENT';

/** What one message says of one of them. */
export interface SaidOf extends Pick<NamedRecipient, 'authority' | 'authorityType'> {
  readonly answer: RecipientAnswer;
}

export interface Intended extends NamedRecipient {
  /** with the exchange's version by then; null: nothing was said */
  readonly last: { readonly answer: RecipientAnswer; readonly version: number } | null;
}

/**
 * The last word holds, but that silence takes no refusal back. Of whom the request does not name, nothing is kept: an exchange grows with its
 * request, not with its answers.
 */
export const answeredOf = (intended: readonly Intended[], answers: readonly SaidOf[], version: number): readonly Intended[] =>
  answers.reduce<readonly Intended[]>(
    (all, { authority, authorityType, answer }) =>
      all.map((one) => {
        const isMeant = one.authority === authority && one.authorityType === authorityType;
        return !isMeant || (answer === 'SILENT' && one.last?.answer === 'REFUSE') ? one : { ...one, last: { answer, version } };
      }),
    intended,
  );

/** @param since the exchange's version when the item was given: a yes that was said before spoke of what was given before; a no stands */
export const answerOn = (
  intended: readonly Intended[],
  who: { readonly to: string; readonly toType?: string | undefined },
  since: number,
): RecipientAnswer | null => {
  const last = intended.find(({ authority, authorityType }) => authority === who.to && authorityType === who.toType)?.last ?? null;
  return last === null || (last.version < since && last.answer !== 'REFUSE') ? null : last.answer;
};
