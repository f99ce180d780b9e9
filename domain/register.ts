/** What the operator's register says of authorities: who came after whom, and which agreements are in force. Facts, not permissions. */
import type { Directory } from './authority.js';
import type { AuthorityId } from './ids.js';
import type { ProfileId } from './vocabulary.js';
import type { AgreementPayload } from './wire/register.js';

/** Who came after it, and after that one: the last of them; null: nobody. A client was not there when the circle was ruled out. */
export function successorOf({ successors }: Directory, id: AuthorityId): AuthorityId | null {
  const line = [id];
  for (let next = successors.get(id); next !== undefined && !line.includes(next); next = successors.get(next)) line.push(next);
  return line.length === 1 ? null : line.at(-1)!;
}

/** @param day `yyyy-mm-dd` */
export const isInForce = ({ from, until }: AgreementPayload, day: string): boolean => from <= day && (until === undefined || day <= until);

export const agreementsBetween = (
  { agreements }: Directory,
  a: AuthorityId,
  b: AuthorityId,
  profile: ProfileId,
  day: string,
): readonly AgreementPayload[] =>
  [...agreements.values()].filter(
    (one) => one.parties.includes(a) && one.parties.includes(b) && one.profiles.includes(profile) && isInForce(one, day),
  );
