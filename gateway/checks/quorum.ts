/** What is asked of a quorum in an entry, and of a share that a holder gives: form and names. What is sealed inside stays sealed. */
import { parseAgeSeal } from '../../crypto/age/seal.js';
import { decodeBase64url } from '../../crypto/base64url.js';
import type { Directory } from '../../domain/authority.js';
import type { OfficerId } from '../../domain/ids.js';
import { QUORUM_DESK } from '../../domain/quorum.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import type { EntryPayload } from '../../domain/wire/directory.js';
import type { Quorum, QuorumSharePayload } from '../../domain/wire/quorum.js';

/**
 * @param dealt the quorums of all entries of this authority, in log order: an entry that leaves it out ends no rule. A key dealt anew has a
 * higher generation than any before; an earlier key is listed again as it was dealt, or not at all
 */
export function unfitQuorum({ quorum, officers, desks }: EntryPayload, dealt: readonly Quorum[]): string | null {
  if (desks.some(({ desk }) => desk === QUORUM_DESK)) return `desks: no desk is called ${QUORUM_DESK}`;
  if (quorum === undefined) return null;
  const holders = quorum.holders.map(({ officer }) => officer);
  if (new Set(holders).size !== holders.length) return 'quorum.holders: one officer twice';
  const stranger = holders.find((holder) => !officers.some(({ officer }) => officer === holder));
  if (stranger !== undefined) return `quorum.holders: ${stranger} is no officer of this entry`;
  if (quorum.need >= holders.length) return 'quorum.need: fewer than there are holders, since whoever asks is not counted';
  const newest = dealt.at(-1);
  if (newest === undefined) return null;
  if (newest.kid === quorum.kid && isSameDealing(newest, quorum)) return null;
  if (dealt.some(({ kid }) => kid === quorum.kid))
    return 'quorum: a key that was dealt before stays as it was dealt, and gives way to a new one for good';
  // a client that never saw that dealing goes on from this number: `client/sdk/quorum.ts` reads it
  return quorum.generation > newest.generation
    ? null
    : `quorum.generation: above ${newest.generation}, since it rises with each new key, and with nothing else`;
}

const isSameDealing = (before: Quorum, next: Quorum): boolean =>
  before.generation === next.generation && before.need === next.need && JSON.stringify(before.holders) === JSON.stringify(next.holders);

/** @returns what is wrong with it: not sealed to the asking officer's key as the newest entry lists it, to one that ended, or not in its form */
export function checkShare(
  { kid, seal }: QuorumSharePayload,
  { officers }: EntryPayload,
  requester: OfficerId,
  { revoked }: Pick<Directory, 'revoked'>,
): Refusal | null {
  const encryption = officers.find(({ officer }) => officer === requester)?.encryption;
  const bytes = decodeBase64url(seal);
  if (encryption?.kid !== kid) return refusal('SEALS_MISMATCH', `not sealed to the key of ${requester}, who asks`);
  if (revoked.has(kid)) return refusal('SEALS_MISMATCH', `the key of ${requester} that it is sealed to was revoked`);
  const parsed = bytes.ok ? parseAgeSeal(encryption.suite, bytes.value) : bytes;
  return parsed.ok ? null : refusal('SEALS_MISMATCH', parsed.error);
}
