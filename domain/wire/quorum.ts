/** An authority's quorum: the key in its entry, the dealt shares, what an officer asks of the holders and what each of them answers. */
import { z } from 'zod';
import { QUORUM_REASONS } from '../quorum.js';
import { authorityId, bytes64, deskId, digest, head, instant, keyId, officerId, origin, uuid, version1 } from './primitives.js';

const QUORUM_HOLDERS_MAX = 16;
const generation = z.int().min(1).max(1_000_000);

/** Of the entry: whose secret was dealt to whom, and how many of them open. Desk secrets are wrapped to it beside the officers. */
export const quorum = z.strictObject({
  /** rises with each dealing; the shares are kept under `QUORUM.` and the key's id */
  generation,
  suite: z.enum(['age-pq-1', 'age-x25519-1']),
  kid: keyId,
  publicKey: bytes64(1216),
  /** holders beside whoever asks */
  need: z
    .int()
    .min(2)
    .max(QUORUM_HOLDERS_MAX - 1),
  holders: z
    .array(z.strictObject({ officer: officerId, commitment: digest }))
    .min(3)
    .max(QUORUM_HOLDERS_MAX),
});
export type Quorum = z.output<typeof quorum>;

const sealed = { keyCommitment: digest, body: bytes64(512), kid: keyId, seal: bytes64(4_096) };

/**
 * `parley-quorum-ring+json`: the dealt shares, each sealed to its holder's encryption key. Kept by the gateway as a blob, never submitted,
 * never a leaf; that each share is the true one the commitments in the entry say.
 */
export const quorumRing = z.strictObject({
  v: version1,
  aud: origin,
  at: instant,
  authority: authorityId,
  generation,
  /** the quorum key */
  quorum: keyId,
  shares: z
    .array(z.strictObject({ officer: officerId, ...sealed }))
    .min(3)
    .max(QUORUM_HOLDERS_MAX),
});
export type QuorumRing = z.output<typeof quorumRing>;

/** What is sealed to a holder, and by a holder to whoever asks: then with the request, so that it answers no other. */
export const shareSecret = z.strictObject({ v: version1, share: bytes64(33), request: digest.optional() });

const asked = {
  ...head,
  authority: authorityId,
  /** the quorum key that is asked for: another dealing ends the request */
  quorum: keyId,
  reason: z.enum(QUORUM_REASONS),
  until: instant,
};

/** `parley-quorum-request+json`: an officer asks the holders, for one case or for the secrets of one desk. */
export const quorumRequest = z.discriminatedUnion('act', [
  z.strictObject({ ...asked, act: z.literal('OPEN'), exchange: uuid }),
  z.strictObject({ ...asked, act: z.literal('RECOVER'), desk: deskId }),
]);
export type QuorumRequestPayload = z.output<typeof quorumRequest>;

/** `parley-quorum-share+json`: one holder agrees, with a share sealed to the asking officer's encryption key and bound to the request. */
export const quorumShare = z.strictObject({
  ...head,
  authority: authorityId,
  request: digest,
  ...sealed,
});
export type QuorumSharePayload = z.output<typeof quorumShare>;

const compact = z.string().min(1).max(8_192);
const summary = {
  statement: digest,
  request: compact,
  requester: officerId,
  /** holders whose agreement counts now */
  agreed: z.array(officerId).max(QUORUM_HOLDERS_MAX),
  need: z.int().min(0).max(QUORUM_HOLDERS_MAX),
  /** enough agreed, and the window is open */
  isOpen: z.boolean(),
};
const quorumSummary = z.strictObject(summary);
export type QuorumSummary = z.output<typeof quorumSummary>;
export const quorumPage = z.strictObject({ requests: z.array(quorumSummary).max(200), next: z.string().max(24).optional() });

/** To whoever asked, once it is open: the shares, and of a case what there is to read; to colleagues how it stands. */
export const quorumAnswer = z.strictObject({
  ...summary,
  shares: z.array(compact).max(QUORUM_HOLDERS_MAX),
  /** a page: which desk's secrets open which item, and what gave it */
  items: z.array(z.strictObject({ item: digest, via: digest, desk: deskId, generation })).max(16_384),
  next: z.string().max(24).optional(),
});
export type QuorumAnswer = z.output<typeof quorumAnswer>;
