/** The file and its manifest: every member is there, is listed, and is the one whose digest the maker signed. */
import { formatInstant } from '../../../domain/time.js';
import { digestOfBytes } from '../../../crypto/digest.js';
import { encodeDigest } from '../../../crypto/merkle/digests.js';
import { createPartHasher, PART_BYTES, partTreeOf } from '../../../crypto/part-tree.js';
import { parseStatement, signStatement, type ParsedStatement } from '../../../crypto/statement.js';
import type { SigningKey } from '../../../crypto/signing-key.js';
import { EVIDENCE_TYPE, EVIDENCE_VERSION, evidenceManifest, olderManifest, type EvidenceManifest } from '../../../domain/wire/evidence.js';
import { parseJsonStrict } from '../../../domain/wire/strict-json.js';
import { isSignedBy } from '../statements.js';
import { EvidenceWrong, wrong } from './codes.js';
import { checkValid, keyOf, type Directory } from './keys.js';
import { isManifest, isMemberName, kindOf, MANIFEST, MANIFEST_TEXT } from './layout.js';
import type { ZipMember } from './zip-format.js';
import { readMember, readZip, type ReadAt } from './zip-read.js';

/** a manifest of 50,000 members */
const MANIFEST_CHARS_MAX = 16 * 1024 * 1024;
const MEMBER_BYTES_MAX = 32 * 1024 * 1024;
/** all members but bodies: they are held in memory */
const TEXT_BYTES_MAX = 512 * 1024 * 1024;

export interface Loaded {
  readonly manifest: EvidenceManifest;
  readonly signed: ParsedStatement;
  readonly zip: readonly ZipMember[];
  /** all but manifest and bodies */
  readonly members: ReadonlyMap<string, Uint8Array>;
}

/** @throws EvidenceWrong about file, members and manifest */
export async function loadFile(file: ReadAt): Promise<Loaded> {
  const zip = await readZip(file, isMemberName);
  const small = zip.filter(({ name }) => kindOf(name)?.kind !== 'body');
  const large = small.find(({ name, size }) => size > (isManifest(name) ? MANIFEST_CHARS_MAX : MEMBER_BYTES_MAX));
  if (large !== undefined) wrong('FILE_TOO_LARGE', large.name);
  if (small.reduce((sum, { size }) => sum + size, 0) > TEXT_BYTES_MAX)
    wrong('FILE_TOO_LARGE', 'file', `more than ${TEXT_BYTES_MAX} bytes beside bodies`);
  const named = new Map(zip.map((member) => [member.name, member]));
  const whole = async (name: string): Promise<Uint8Array> => readWhole(file, named.get(name) ?? wrong('MEMBER_MISSING', name));
  const { manifest, signed } = readManifest(await whole(MANIFEST), await whole(MANIFEST_TEXT));
  const listed = new Map(manifest.members.map((member) => [member.name, member]));
  if (listed.size !== manifest.members.length || [...listed.keys()].some((name) => isManifest(name) || !isMemberName(name)))
    wrong('MANIFEST_MALFORMED', MANIFEST, 'it names a member twice, or one that no evidence has');
  const missing = [...listed.keys()].find((name) => !named.has(name));
  if (missing !== undefined) wrong('MEMBER_MISSING', missing);
  const members = new Map<string, Uint8Array>();
  for (const member of zip) {
    const { name, size } = member;
    if (isManifest(name)) continue;
    const said = listed.get(name) ?? wrong('MEMBER_UNLISTED', name);
    const isBody = kindOf(name)?.kind === 'body';
    const bytes = isBody ? null : await whole(name);
    const digest = bytes === null ? await bodyDigest(file, member) : digestOfBytes(bytes);
    if (said.bytes !== size || said.digest !== digest) wrong('MEMBER_DIGEST', name);
    if (bytes !== null) members.set(name, bytes);
  }
  return { manifest, signed, zip, members };
}

/** An officer of the authority that made it signed it, with a key that was good when it says that it was made: no log vouches for that time. */
export async function checkMaker({ manifest, signed }: Loaded, directory: Directory): Promise<string> {
  try {
    const key = keyOf(directory, manifest.authority, signed.kid, MANIFEST);
    checkValid(key, manifest.at, MANIFEST);
    if (await isSignedBy(signed.compact, key.publicKey, MANIFEST_CHARS_MAX)) return key.officer;
  } catch (error) {
    if (!(error instanceof EvidenceWrong)) throw error;
    return wrong('MANIFEST_SIGNATURE', MANIFEST, error.message);
  }
  return wrong('MANIFEST_SIGNATURE', MANIFEST);
}

/** @returns the two members that hold the manifest */
export async function signManifest(payload: object, key: SigningKey): Promise<Map<string, Uint8Array>> {
  const bytes = new TextEncoder().encode(JSON.stringify(payload));
  const compact = await signStatement(EVIDENCE_TYPE, bytes, key);
  return new Map([
    [MANIFEST, new TextEncoder().encode(compact)],
    [MANIFEST_TEXT, bytes],
  ]);
}

/**
 * Version 1 did not say of each row whose word it is; 2 had changes of label of which the delivery alone tells, and named a statement on rows
 * that are about none, on a page that no paper could hold; 3 had one that no narrow screen could hold.
 */
function refuseOlder(manifest: unknown): void {
  const older = olderManifest.safeParse(manifest);
  if (!older.success) return;
  const { v, authority, at } = older.data;
  const maker = `version ${v}, as it says of itself, and made by ${authority} at ${formatInstant(at)}`;
  wrong('VERSION_OLDER', MANIFEST, `${maker}: have it made anew, or verify it with the program that made it`);
}

function readManifest(bytes: Uint8Array, text: Uint8Array): { manifest: EvidenceManifest; signed: ParsedStatement } {
  const signed = parseStatement(new TextDecoder('latin1').decode(bytes), MANIFEST_CHARS_MAX);
  if (!signed.ok) return wrong('MANIFEST_MALFORMED', MANIFEST, signed.error);
  const json = parseJsonStrict(signed.value.payload);
  if (json.ok && signed.value.typ === EVIDENCE_TYPE) refuseOlder(json.value);
  const manifest = evidenceManifest.safeParse(json.ok ? json.value : null);
  if (signed.value.typ !== EVIDENCE_TYPE || !manifest.success)
    return wrong('MANIFEST_MALFORMED', MANIFEST, `not a manifest of version ${EVIDENCE_VERSION}`);
  const isSame = signed.value.payload.length === text.length && text.every((byte, i) => byte === signed.value.payload[i]);
  return isSame
    ? { manifest: manifest.data, signed: signed.value }
    : wrong('MANIFEST_MALFORMED', MANIFEST_TEXT, 'it is not what was signed');
}

async function readWhole(file: ReadAt, member: ZipMember): Promise<Uint8Array> {
  const bytes = new Uint8Array(member.size);
  let at = 0;
  for await (const chunk of readMember(file, member)) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

async function bodyDigest(file: ReadAt, member: ZipMember): Promise<string> {
  if (member.size === 0) wrong('BODY_DIFFERS', member.name, 'it is empty');
  // one part: no room for another is made
  if (member.size <= PART_BYTES) return encodeDigest(partTreeOf(await readWhole(file, member)).root);
  const hasher = createPartHasher();
  for await (const chunk of readMember(file, member)) hasher.push(chunk);
  return encodeDigest(hasher.finish().root);
}
