/** Checkpoints, receipts, inclusion and own views: what the log says, by the keys of whom one believes. */
import { verifyCheckpoint, type Checkpoint, type LogTrust, type WitnessedCheckpoint } from '../../../crypto/checkpoint.js';
import { verifyEpochLeaf } from '../../../crypto/epoch-leaf.js';
import { decodeBase64url, encodeBase64url } from '../../../crypto/base64url.js';
import { decodeDigest } from '../../../crypto/merkle/digests.js';
import { leafHash, verifyConsistency, verifyInclusion } from '../../../crypto/merkle.js';
import { parseTlogProof } from '../../../crypto/proof.js';
import { verifyView } from '../../../crypto/views.js';
import type { AuditEvent } from '../../../domain/audit-event.js';
import type { EvidenceManifest } from '../../../domain/wire/evidence.js';
import { parseDigest } from '../../../domain/ids.js';
import { parseJsonStrict } from '../../../domain/wire/strict-json.js';
import { verifyReceipt, type PinnedGateway } from '../receipt.js';
import { wrong } from './codes.js';
import type { Dossier, DossierLeaf, ReadLeaf } from './dossier.js';
import { CONSISTENCY, EPOCH_LEAF, EPOCH_PROOF, FIRST, memberName, NEWEST } from './layout.js';

export interface CheckedLog {
  readonly newest: WitnessedCheckpoint;
  readonly first: WitnessedCheckpoint | null;
  /** number of the epoch */
  readonly epoch: number;
}

/** @throws EvidenceWrong `CHECKPOINT_UNTRUSTED`, `INCONSISTENT`, `EPOCH_LEAF` */
export function checkCheckpoints(dossier: Dossier, trust: LogTrust): CheckedLog {
  const newest = verifyCheckpoint(dossier.newest, trust);
  if (!newest.ok) return wrong('CHECKPOINT_UNTRUSTED', NEWEST, newest.error);
  const { checkpoint } = newest.value;
  const first = dossier.first === null ? null : checkFirst(dossier.first, checkpoint, trust);
  const proof = parseTlogProof(dossier.epoch.proof);
  if (!proof.ok) return wrong('EPOCH_LEAF', EPOCH_PROOF, proof.error);
  if (proof.value.note !== dossier.newest || proof.value.index !== checkpoint.size - 1 || proof.value.extra !== undefined)
    return wrong('EPOCH_LEAF', EPOCH_PROOF, 'it is not of the last leaf under the newest checkpoint');
  const epoch = verifyEpochLeaf(dossier.epoch.data, proof.value.path, checkpoint);
  return epoch.ok ? { newest: newest.value, first, epoch: epoch.value.n } : wrong('EPOCH_LEAF', EPOCH_LEAF, epoch.error);
}

/** Its witnesses are shown and not counted: the newest checkpoint contains it, and that one is held to the quorum. */
function checkFirst({ note, consistency }: NonNullable<Dossier['first']>, newest: Checkpoint, trust: LogTrust): WitnessedCheckpoint {
  const first = verifyCheckpoint(note, { ...trust, quorum: 0 });
  if (!first.ok) return wrong('CHECKPOINT_UNTRUSTED', FIRST, first.error);
  const { checkpoint } = first.value;
  if (checkpoint.size >= newest.size || !verifyConsistency(checkpoint, newest, consistency)) wrong('INCONSISTENT', CONSISTENCY);
  return first.value;
}

/** The newest checkpoint, verified, and its note. */
export interface Head {
  readonly note: string;
  readonly checkpoint: Checkpoint;
}

/** @throws EvidenceWrong `RECEIPT_INVALID`, `RECEIPT_DIFFERS`, `NOT_INCLUDED`, `VIEW_DIFFERS`, `EVENT_DIFFERS` */
export async function checkLeaf(leaf: DossierLeaf, manifest: EvidenceManifest, trust: LogTrust, head: Head): Promise<ReadLeaf> {
  const { index, receipt } = leaf;
  const gateway: PinnedGateway = { origin: trust.origin, publicKey: trust.logKeys[0]!.publicKey };
  const read = await verifyReceipt(receipt, gateway);
  if (!read.ok) return wrong('RECEIPT_INVALID', memberName('receipt', index), read.error);
  const body = read.value;
  const digest = parseDigest(body.leaf);
  if (body.index !== index || !digest.ok || body.leaf !== encodeBase64url(leaf.data))
    return wrong('RECEIPT_DIFFERS', memberName('receipt', index), 'it is of another leaf');
  checkIncluded(leaf, head);
  const event = eventOf(leaf, decodeDigest(digest.value));
  const isTold =
    event.view === manifest.authority &&
    event.log === body.log &&
    event.at === body.at &&
    event.outcome === body.outcome &&
    (event.object.statement === undefined || event.object.statement === body.statement);
  return isTold ? { ...leaf, body, event } : wrong('EVENT_DIFFERS', memberName('view', index));
}

/** Each proof names the checkpoint that was verified once: the same note, byte for byte. */
function checkIncluded({ index, data, proof }: DossierLeaf, { note, checkpoint }: Head): void {
  const where = memberName('proof', index);
  const read = parseTlogProof(proof);
  if (!read.ok) return wrong('NOT_INCLUDED', where, read.error);
  if (read.value.note !== note || read.value.extra !== undefined) wrong('NOT_INCLUDED', where, 'it is not against the newest checkpoint');
  if (read.value.index !== index) wrong('NOT_INCLUDED', where, 'it is of another leaf');
  if (!verifyInclusion(leafHash(data), index, checkpoint.size, read.value.path, checkpoint.root))
    wrong('NOT_INCLUDED', where, 'its path does not lead to the root');
}

function eventOf({ index, view }: DossierLeaf, data: Uint8Array): AuditEvent {
  const where = memberName('view', index);
  const [salt, ...others] = [view.salt, ...view.others].map((hash) => decodeBase64url(hash));
  const bytes = new TextEncoder().encode(view.event);
  const hashes = others.flatMap((hash) => (hash.ok ? [hash.value] : []));
  if (salt?.ok !== true || hashes.length !== others.length || !verifyView({ salt: salt.value, event: bytes, others: hashes }, data))
    return wrong('VIEW_DIFFERS', where);
  // what was hashed is the gateway's own text, and still read strictly
  const json = parseJsonStrict(bytes);
  return json.ok && isEvent(json.value) ? json.value : wrong('EVENT_DIFFERS', where, 'not an event');
}

function isEvent(value: unknown): value is AuditEvent {
  const { v, actor, object, codes, rules, consents, action } = Object(value) as Partial<AuditEvent>;
  return (
    v === 1 &&
    typeof action === 'string' &&
    typeof Object(actor).authority === 'string' &&
    typeof object === 'object' &&
    [codes, rules, consents].every(Array.isArray)
  );
}
