/** To whose keys an item is sealed: the addressee's desk and one's own, under one suite that both have. */
import { decodeBase64url } from '../../crypto/base64url.js';
import type { ReaderKey, SealedFormat } from '../../crypto/seal.js';
import { currentReceivingKeys, type ReceivingKey } from '../../domain/authority.js';
import type { AuthorityId, DeskId, KeyId } from '../../domain/ids.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import { FORMAT_OF_SUITE, SUITES, type AuthorityType, type Suite } from '../../domain/vocabulary.js';
import { requireCompared, type DirectoryView } from './directory.js';
import { ParleyError } from './error.js';
import { certain } from '../../domain/result.js';

export interface Readership {
  readonly authority: AuthorityId;
  readonly type: AuthorityType;
  /** absent: every desk that serves the type */
  readonly desk?: DeskId;
}

export interface Readers {
  readonly format: SealedFormat;
  readonly suite: Suite;
  readonly keys: readonly ReaderKey[];
}

/**
 * @param addressee whose root must have been compared
 * @param own null: only the addressee will read
 * @param suites in order of preference; never a classical and a hybrid header for one item, since one classical seal takes the
 *   quantum protection from it
 * @throws ParleyError `SUITE_NOT_SHARED`, `ADDRESSEE_HAS_NO_KEY`, `ROOT_NOT_COMPARED`
 */
export function chooseReaders(
  view: DirectoryView,
  addressee: Readership,
  own: Readership | null,
  now: Instant,
  suites: readonly Suite[] = SUITES,
): Readers {
  requireCompared(view, addressee.authority);
  const theirs = keysOf(view, addressee, now);
  const ours = own === null ? null : keysOf(view, own, now);
  if (theirs.length === 0)
    throw new ParleyError(
      'ADDRESSEE_HAS_NO_KEY',
      `${addressee.authority} has no current key for ${addressee.type} (${sinceWhen(view, addressee, now)}).`,
      'Choose another addressee of the directory, or tell it: whoever holds its root publishes an entry with keys that have not ended (parley keys turn).',
    );
  const suite = suites.find((one) => hasSuite(theirs, one) && (ours === null || ours.length === 0 || hasSuite(ours, one)));
  if (suite === undefined)
    throw new ParleyError(
      'SUITE_NOT_SHARED',
      `No suite of ${suites.join(', ')} is shared with ${addressee.authority}.`,
      'Enrol a key of a suite that the addressee has, or ask it to enrol one of yours.',
    );
  const keys = [...theirs, ...(ours ?? [])].filter((key) => key.suite === suite).map(readerKey);
  return { format: suite === 'openpgp-4' ? 'openpgp' : 'age', suite, keys: [...new Map(keys.map((key) => [key.kid, key])).values()] };
}

/** The reader's keys of one format: a release cannot change the body's. */
export function releaseKeys(
  view: DirectoryView,
  to: Readership,
  format: string,
  now: Instant,
  suites: readonly Suite[] = SUITES,
): ReaderKey {
  requireCompared(view, to.authority);
  const keys = keysOf(view, to, now);
  const suite = suites.find((one) => FORMAT_OF_SUITE[one] === format && hasSuite(keys, one));
  const key = keys.find((one) => one.suite === suite);
  if (keys.length === 0)
    throw new ParleyError(
      'SUITE_NOT_SHARED',
      `${to.authority} has no desk that receives as ${to.type} now.`,
      `See as what it receives: parley directory show ${to.authority}`,
    );
  if (key === undefined)
    throw new ParleyError(
      'SUITE_NOT_SHARED',
      `${to.authority} has no key that opens a body of format ${format}.`,
      'Hand over a portion, or issue the information anew.',
    );
  return readerKey(key);
}

type Key = ReceivingKey & { readonly kid: KeyId };

const keysOf = (view: DirectoryView, { authority, type, desk }: Readership, now: Instant): Key[] =>
  currentReceivingKeys(view.directory, authority, type, now).filter((key) => desk === undefined || key.desk === desk);

function sinceWhen({ directory }: DirectoryView, { authority, type, desk }: Readership, now: Instant): string {
  const entry = directory.authorities.get(authority)?.entry;
  const ends = (entry?.desks ?? [])
    .filter((one) => one.types.includes(type) && (desk === undefined || one.desk === desk))
    .map(({ until }) => (until < entry!.validUntil ? until : entry!.validUntil));
  const last = ends.sort((a, b) => b - a)[0];
  if (last === undefined) return 'its entry names none';
  return last > now ? 'revoked, or not begun' : `since ${formatInstant(last)}`;
}

const hasSuite = (keys: readonly Key[], suite: Suite): boolean => keys.some((key) => key.suite === suite);

const readerKey = ({ kid, suite, publicKey }: Key): ReaderKey => ({ kid, suite, publicKey: certain(decodeBase64url(publicKey)) });
