/** What enrolment asks of a directory entry: next in order, within its designation, every key sound and named by its own bytes. */
import { decodeBase64url } from '../../crypto/base64url.js';
import { isSoundAgeKey } from '../../crypto/age/keys.js';
import { parseOpenpgpKey } from '../../crypto/openpgp/key.js';
import { kidOf, parseSigningPublicKey, SIGNING_SUITE } from '../../crypto/signing-key.js';
import type { Authority } from '../../domain/authority.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { Instant } from '../../domain/time.js';
import type { Suite } from '../../domain/vocabulary.js';
import type { EntryPayload } from '../../domain/wire/directory.js';

const untrusted = (detail: string): Result<never, Refusal> => no(refusal('KEY_NOT_TRUSTED', detail));

/** @param authority as designated; its root signed this entry */
export async function checkEntry(entry: EntryPayload, authority: Authority, now: Instant): Promise<Result<null, Refusal>> {
  const last = authority.entry?.seq ?? 0;
  if (entry.seq !== last + 1) return no(refusal('CONFLICT', `the next entry of ${entry.authority} has seq ${last + 1}`));
  const beyond = entry.types.filter((type) => !authority.designatedTypes.includes(type));
  if (beyond.length > 0) return untrusted(`not designated as ${beyond.join(', ')}`);
  if (entry.desks.some((desk) => desk.types.some((type) => !entry.types.includes(type))))
    return untrusted('a desk serves a type that the entry does not have');
  const signing = [entry.root, ...entry.officers.flatMap((officer) => [officer.signing, officer.auth])];
  const kids = new Set(signing.map((key) => key.kid));
  if (kids.size !== signing.length) return untrusted('one key in two roles');
  for (const { kid, publicKey } of signing) {
    const bytes = decodeBase64url(publicKey);
    if (!bytes.ok || !parseSigningPublicKey(bytes.value).ok || kidOf(SIGNING_SUITE, bytes.value) !== kid)
      return untrusted(`${kid} is not a sound Ed25519 key of that name`);
  }
  for (const { kid, suite, publicKey } of entry.desks.flatMap((desk) => desk.keys)) {
    const bytes = decodeBase64url(publicKey);
    if (!bytes.ok || kidOf(suite, bytes.value) !== kid || !(await isSound(suite, bytes.value, now)))
      return untrusted(`${kid} is not a sound ${suite} key of that name`);
  }
  return ok(null);
}

const isSound = async (suite: Suite, publicKey: Uint8Array, now: Instant): Promise<boolean> =>
  suite === 'openpgp-4' ? (await parseOpenpgpKey(publicKey, now)).ok : isSoundAgeKey(suite, publicKey);
