/** What a label bears beside what its author chooses: conditions once they are accepted (46(26)), whose proceedings it serves (46(19)), and what the request chose (46(20)). */
import { caveatsOwed } from '../../domain/consultation.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { Caveat } from '../../domain/label.js';
import { isReply, type Message } from '../../domain/messages.js';
import { PROFILES } from '../../domain/profiles/index.js';
import type { StatementOf } from '../../domain/statement.js';
import type { ExchangeSummary } from '../../domain/wire/http-answers.js';
import { readDigest, readInstant } from './codes.js';

const KEEPING: readonly string[] = ['CONFIDENTIAL_FACT', 'CONFIDENTIAL_UNTIL'];

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

/**
 * What the requester's own items bear where its request says that its fact is confidential too (46(20)).
 *
 * @param choice of the request
 * @param given caveats that they bear already: an end that the requester names itself stands
 */
export const confidentialityOwed = (choice: unknown, given: readonly Caveat[], by: AuthorityId): readonly Caveat[] =>
  choice !== 'FACT_AND_SUBSTANCE' || given.some((own) => own.by === by && KEEPING.includes(own.code))
    ? []
    : [{ code: 'CONFIDENTIAL_FACT', by }];
