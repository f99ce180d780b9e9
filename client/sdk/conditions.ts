/** Conditions bind once they are accepted (46(26)): the answer that they are about bears them on its label. */
import { caveatsOwed } from '../../domain/consultation.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { Caveat } from '../../domain/label.js';
import { isReply, type Message } from '../../domain/messages.js';
import type { ExchangeSummary } from '../../domain/wire/http-answers.js';
import { readDigest, readInstant } from './codes.js';

/**
 * What an answer's label has to bear beside its own, as the gateway tells of the exchange: it can tighten and no more.
 *
 * @param by whose answer it is
 */
export function conditionsOwed(
  { requested, agreements }: Pick<ExchangeSummary, 'requested' | 'agreements'>,
  message: Message,
  body: { readonly parts?: unknown },
  by: AuthorityId,
): readonly Caveat[] {
  if (!isReply({ message }) || by !== requested) return [];
  const known = agreements.map((one) => ({
    ...one,
    proposal: readDigest(one.proposal),
    texts: one.texts.map(readDigest),
    notBefore: one.notBefore === null ? null : readInstant(one.notBefore),
  }));
  return caveatsOwed({ consultations: [], agreements: known }, Array.isArray(body.parts) ? body.parts.map(String) : undefined, by);
}
