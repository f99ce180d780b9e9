/**
 * Sealed to exactly the claimed readers? The gateway cannot know that a stanza fits a key (a hybrid stanza names none), so it
 * checks what can be checked: claimed ids against the directory, each seal's form, that every reader is one the statement names.
 */
import { decodeBase64url } from '../../crypto/base64url.js';
import { parseSeal } from '../../crypto/seal.js';
import { currentReceivingKeys, type Directory, type ReceivingKey } from '../../domain/authority.js';
import type { AuthorityId, Digest, KeyId } from '../../domain/ids.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { Instant } from '../../domain/time.js';
import { FORMAT_OF_SUITE, type AuthorityType, type Format, type Suite } from '../../domain/vocabulary.js';
import type { GivenSeal } from '../parsed.js';

export interface ClaimedSeal {
  readonly item: Digest;
  readonly kid: KeyId;
  readonly seal: Digest;
}

export interface Reader {
  readonly authority: AuthorityId;
  readonly type: AuthorityType;
  /** must each item be sealed to it? The sender's own copy is its own choice. */
  readonly required: boolean;
}

/** What seals an item has now: its suites decide how strong its protection is. */
export type SuitesByItem = ReadonlyMap<Digest, readonly Suite[]>;

const bad = (detail: string): Result<never, Refusal> => no(refusal('SEALS_MISMATCH', detail));

/**
 * @param claimed what the statement signed
 * @param items every item that must be sealed, with its format
 */
export async function checkSeals(
  claimed: readonly ClaimedSeal[],
  given: readonly GivenSeal[],
  items: ReadonlyMap<Digest, Format>,
  readers: readonly Reader[],
  directory: Directory,
  now: Instant,
): Promise<Result<SuitesByItem, Refusal>> {
  const named = new Set(claimed.map(({ item, kid, seal }) => `${item} ${kid} ${seal}`));
  const brought = new Set(given.map(({ item, kid, digest }) => `${item} ${kid} ${digest}`));
  if ([claimed.length, given.length, brought.size].some((size) => size !== named.size) || [...brought].some((one) => !named.has(one)))
    return bad('the seals are not exactly those that the statement names');
  const keys = keysOf(readers, directory, now);
  const suites = new Map<Digest, Suite[]>([...items.keys()].map((item) => [item, []]));
  const sealedTo = new Set<string>();
  for (const seal of given) {
    const key = keys.get(seal.kid);
    const format = items.get(seal.item);
    if (format === undefined) return bad(`a seal for ${seal.item}, which is not in this statement`);
    if (key === undefined)
      return no(refusal('KEY_NOT_TRUSTED', `${seal.kid} is not a current receiving key of a reader of this statement`));
    if (FORMAT_OF_SUITE[key.suite] !== format) return bad(`${key.suite} does not open a body of format ${format}`);
    const publicKey = decodeBase64url(key.publicKey);
    const parsed = publicKey.ok
      ? await parseSeal(seal.bytes, { kid: seal.kid, suite: key.suite, publicKey: publicKey.value }, now)
      : publicKey;
    if (!parsed.ok) return bad(`the seal of ${seal.item} to ${seal.kid}: ${parsed.error}`);
    suites.get(seal.item)?.push(key.suite);
    sealedTo.add(`${seal.item} ${key.authority}`);
  }
  for (const item of items.keys())
    for (const reader of readers)
      if (reader.required && !sealedTo.has(`${item} ${reader.authority}`)) return bad(`item ${item} is not sealed to ${reader.authority}`);
  return ok(suites);
}

function keysOf(readers: readonly Reader[], directory: Directory, now: Instant): ReadonlyMap<KeyId, ReceivingKey> {
  return new Map(
    readers.flatMap((reader) => currentReceivingKeys(directory, reader.authority, reader.type, now).map((key) => [key.kid, key] as const)),
  );
}
