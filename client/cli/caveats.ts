/** Caveats as they are typed: a code, and after `=` what it says. Whose they are is known where they are put on a label. */
import { InvalidArgumentError } from 'commander';
import { ACTION_LIMITS, CAVEAT_CODES, PLAIN_CAVEATS, type Caveat, type CaveatCode } from '../../domain/label.js';
import type { AuthorityId } from '../../domain/ids.js';
import { parseInstant, type Instant } from '../../domain/time.js';
import { ParleyError, type DirectoryView } from '../sdk/index.js';
import { authority, digest, oneOf, reference, until } from './arguments.js';

export type OwnCaveat = (by: AuthorityId) => Caveat;

/** For the help of options. */
export const CAVEAT_HELP =
  'a caveat of yours, such as NO_EXPORT, CONFIDENTIAL_UNTIL=2027-01-31T12:00:00Z (or 90d), NAMED_RECIPIENTS=CODE,CODE, ACTION_LIMIT=PASSIVE, SPECIALITY=PROCEEDINGS, CONDITIONS=DIGEST,TIME, OTHER_RESTRICTION=DIGEST (of an item that says it in words); may be repeated';

const read = oneOf(CAVEAT_CODES);
const isPlain = (code: CaveatCode): code is (typeof PLAIN_CAVEATS)[number] => PLAIN_CAVEATS.some((one) => one === code);

export const confidentialUntil =
  (end: Instant): OwnCaveat =>
  (by) => ({ code: 'CONFIDENTIAL_UNTIL', by, until: end });

const ONE_TERM: ReadonlySet<CaveatCode> = new Set(['CONFIDENTIAL_UNTIL', 'ACTION_LIMIT']);

/** `CODE`, or `CODE=TERM,TERM` */
export function ownCaveat(text: string): OwnCaveat {
  const [word = '', ...rest] = text.split('=');
  const code = read(word);
  const terms = rest
    .join('=')
    .split(',')
    .filter((term) => term !== '');
  if (isPlain(code)) {
    if (terms.length > 0) throw new InvalidArgumentError(`${code} says no more than its code.`);
    return (by) => ({ code, by });
  }
  const [first] = terms;
  if (first === undefined) throw new InvalidArgumentError(`Write what it says: ${code}=…`);
  if (ONE_TERM.has(code) && terms.length > 1) throw new InvalidArgumentError(`${code} says one thing: give one, or the caveat twice.`);
  switch (code) {
    case 'CONFIDENTIAL_UNTIL':
      return confidentialUntil(until(first));
    case 'ACTION_LIMIT': {
      const limit = oneOf(ACTION_LIMITS)(first);
      return (by) => ({ code, by, limit });
    }
    case 'NAMED_RECIPIENTS': {
      const recipients = terms.map(authority);
      return (by) => ({ code, by, recipients });
    }
    case 'SPECIALITY': {
      const proceedings = terms.map(reference);
      return (by) => ({ code, by, proceedings });
    }
    case 'OTHER_RESTRICTION': {
      const texts = terms.map(digest);
      return (by) => ({ code, by, texts });
    }
    case 'CONDITIONS': {
      const times = terms.map((term) => parseInstant(term)).flatMap((time) => (time.ok ? [time.value] : []));
      if (times.length > 1) throw new InvalidArgumentError('CONDITIONS has one time before which nothing is done.');
      const texts = terms.filter((term) => !parseInstant(term).ok).map(digest);
      return (by) => ({ code, by, texts, notBefore: times[0] ?? null });
    }
  }
}

/**
 * Who is not in the directory can be given nothing, and is a slip of the pen; who comes later is added by a consent.
 *
 * @throws ParleyError `NO_SUCH_AUTHORITY`
 */
export function checkNamed({ directory }: DirectoryView, caveats: readonly Caveat[]): void {
  const named = caveats.flatMap((caveat) => (caveat.code === 'NAMED_RECIPIENTS' ? caveat.recipients : []));
  const unknown = named.filter((one) => !directory.authorities.has(one));
  if (unknown.length > 0)
    throw new ParleyError(
      'NO_SUCH_AUTHORITY',
      `NAMED_RECIPIENTS names ${unknown.join(', ')}, and the directory has no such authority.`,
      'Correct the code, or leave it out; see those it has: parley directory list',
    );
}
