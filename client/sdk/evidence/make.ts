/** Makes the file: what was collected, accompanying texts, the maker's signature over all of it. */
import { readAnswer } from '../answers.js';
import { digestOfBytes } from '../../../crypto/digest.js';
import type { ExchangeId } from '../../../domain/ids.js';
import type { ReadingPurpose } from '../../../domain/oversight.js';
import { formatInstant } from '../../../domain/time.js';
import { EVIDENCE_VERSION, evidenceManifest, type EvidenceManifest } from '../../../domain/wire/evidence.js';
import type { z } from 'zod';
import type { AuditEvent } from '../../../domain/audit-event.js';
import type { ReceiptBody } from '../../../domain/receipt.js';
import { CASE_ROLES } from '../../../domain/vocabulary.js';
import type { ClientContext } from '../context.js';
import { ownEntry } from '../directory.js';
import { ParleyError } from '../error.js';
import { NO_BODIES, readBodies, type BodyReading } from './bodies.js';
import { collect } from './collect.js';
import { membersOf, type Dossier, type ReadLeaf } from './dossier.js';
import { signManifest } from './file.js';
import { memberName, README, TIMELINE_HTML, TIMELINE_TEXT } from './layout.js';
import { readmeText } from './readme.js';
import { timelineHtml, timelineText } from './timeline.js';
import { writeZip, type MemberBytes } from './zip-write.js';

export type Payload = z.input<typeof evidenceManifest>;

/** A file of evidence, whose bytes come as they are read. */
export interface EvidenceFile {
  readonly manifest: EvidenceManifest;
  /** items whose sealed body was asked for and refused, and the code of the refusal */
  readonly withheld: readonly { readonly item: string; readonly code: string }[];
  /** the sealed bodies among them are fetched as they are read: within a quarter of an hour, once */
  bytes(): AsyncGenerator<Uint8Array>;
}

export interface EvidenceWish {
  /** what the log is read for; the leaf of the reading says it. Absent: lawfulness */
  readonly purpose?: ReadingPurpose;
  /** the sealed bodies too, each a reading that the log records first; absent: their digests are enough */
  readonly bodies?: BodyReading;
}

/**
 * Everything of one exchange that its party may have, as one file that is checked without asking anybody. The same state of the log gives
 * the same members; the manifest says when it was made.
 *
 * @throws ParleyError `NOT_PROVED_YET`, `ROLE_REQUIRED` where bodies are wanted without a role for cases; PolicyRefusal `NOT_FOUND` for an exchange that is not one's own, `ROLE_REQUIRED` without COMPLIANCE
 */
export async function makeEvidence(context: ClientContext, exchange: ExchangeId, wish: EvidenceWish = {}): Promise<EvidenceFile> {
  const { purpose = 'LAWFULNESS', bodies: reading } = wish;
  if (reading !== undefined) await requireCaseRole(context);
  const { bodies, withheld } = reading === undefined ? NO_BODIES : await readBodies(context, exchange, purpose, reading);
  const { dossier, operator } = await collect(context, exchange, purpose);
  const payload: Payload = {
    v: EVIDENCE_VERSION,
    aud: context.gateway.origin,
    authority: context.identity.authority,
    exchange,
    at: formatInstant(context.clock.now()),
    log: dossier.log,
    operator,
    members: [],
  };
  const members = new Map<string, MemberBytes>(withTexts(dossier, payload));
  const listed = [...membersListed(members)];
  for (const { item, bytes } of bodies) {
    const name = memberName('body', item.digest);
    members.set(name, bytes);
    listed.push({ name, bytes: item.payload.size, digest: item.payload.ciphertext });
  }
  const whole = { ...payload, members: listed.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
  const manifest = await signManifest(whole, context.identity.signing);
  return { manifest: readAnswer(evidenceManifest, whole, 'evidence'), withheld, bytes: () => writeZip(new Map([...manifest, ...members])) };
}

/** Else each body would be a refused reading of its own in the log. */
async function requireCaseRole({ directory, identity }: ClientContext): Promise<void> {
  const { officers = [] } = ownEntry(await directory(), identity) ?? {};
  const roles = officers.find(({ officer }) => officer === identity.officer)?.roles ?? [];
  if (!roles.some((role) => CASE_ROLES.includes(role)))
    throw new ParleyError(
      'ROLE_REQUIRED',
      `Each sealed body is a reading of a case: it needs ${CASE_ROLES.join(' or ')} beside COMPLIANCE, at the desk that it is sealed to.`,
      'Leave the bodies out: their digests are in the file. Or have an officer with both roles make it.',
    );
}

/** The members and the texts that accompany them. */
function withTexts(dossier: Dossier, payload: Payload): Map<string, Uint8Array> {
  const members = membersOf(dossier);
  const manifest = readAnswer(evidenceManifest, payload, 'evidence');
  const leaves = dossier.leaves.map((leaf): ReadLeaf => ({
    ...leaf,
    body: JSON.parse(leaf.receipt.body) as ReceiptBody,
    event: JSON.parse(leaf.view.event) as AuditEvent,
  }));
  const utf8 = new TextEncoder();
  members.set(README, utf8.encode(readmeText(manifest)));
  members.set(TIMELINE_TEXT, utf8.encode(timelineText(manifest, leaves, dossier.statements)));
  members.set(TIMELINE_HTML, utf8.encode(timelineHtml(manifest, leaves, dossier.statements)));
  return members;
}

export function* membersListed(members: ReadonlyMap<string, MemberBytes>): Generator<Payload['members'][number]> {
  for (const [name, bytes] of members) if (bytes instanceof Uint8Array) yield { name, bytes: bytes.length, digest: digestOfBytes(bytes) };
}
