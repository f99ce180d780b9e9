/** What an answer's label bears beside what its author chooses: conditions once they are accepted (46(26)), and whose proceedings it serves (46(19)). */
import { caveatsOwed } from '../../domain/consultation.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { Caveat } from '../../domain/label.js';
import { isReply, type Message } from '../../domain/messages.js';
import { PROFILES } from '../../domain/profiles/index.js';
import type { StatementOf } from '../../domain/statement.js';
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

/**
 * On a channel where an answer serves the proceedings of the request and no others: these, by the case reference that the request states,
 * or by the exchange where it states none.
 *
 * @param opening of the exchange
 * @param given caveats that the answer bears already: proceedings that its author names itself stand
 * @param by whose answer it is
 */
export function specialityOwed(
  opening: StatementOf<'parley-envelope+json'>['payload'],
  message: Message,
  given: readonly Caveat[],
  by: AuthorityId,
): readonly Caveat[] {
  const { profile, to, exchange } = opening;
  if (!PROFILES[profile].speciality || !isReply({ message }) || by !== to) return [];
  if (given.some(({ code }) => code === 'SPECIALITY')) return [];
  const reference = opening.message === 'SUBMIT' ? opening.body.ownCase : undefined;
  return [{ code: 'SPECIALITY', by, proceedings: [reference ?? exchange] }];
}
