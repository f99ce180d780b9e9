/**
 * The door to opening that knows no suite. For clients alone: no file of the server reaches this one, however indirectly.
 *
 * @see protocol.md 4
 */
import type { KeyId } from '../domain/ids.js';
import { no, ok, type Result } from '../domain/result.js';
import type { Suite } from '../domain/vocabulary.js';
import { createStreamOpener, openStream } from './age/open-stream.js';
import { concat } from './age/bytes.js';
import { openAgeSeal } from './age/open-seal.js';
import { keyCommitment } from './key-commitment.js';
import { openOpenpgpBody } from './openpgp/open-body.js';
import { openOpenpgpSeal } from './openpgp/open-seal.js';
import type { ItemName, SealedFormat } from './seal.js';

/** One generation of a desk's key, of one suite. */
export interface DeskSecret {
  readonly kid: KeyId;
  readonly suite: Suite;
  /** age: 32 bytes; OpenPGP: transferable secret key */
  readonly secret: Uint8Array;
}

/** Which check did not hold. After any of them nothing is shown. */
export type OpenGap =
  /** the seal is malformed, altered or for another key: the sender seals the same item again, without new consent */
  | 'SEAL_UNOPENABLE'
  /** the key that came out is not the one that the issuer signed: one body may tell two readers two things */
  | 'KEY_COMMITMENT'
  /** the body is not what was sealed under this key: altered, cut off or continued */
  | 'BODY_REFUSED';

/** The signed facts that an opened key is held to. */
export interface CommittedItem extends ItemName {
  readonly keyCommitment: string;
}

/**
 * Opens a seal and holds the key that comes out to the issuer's commitment, before anything is decrypted with it.
 *
 * @returns the content key
 */
export async function openSeal(item: CommittedItem, seal: Uint8Array, secret: DeskSecret): Promise<Result<Uint8Array, OpenGap>> {
  const contentKey = await contentKeyOf(seal, secret);
  if (contentKey === null) return no('SEAL_UNOPENABLE');
  return keyCommitment(contentKey, item.format, item.id, item.issuer) === item.keyCommitment ? ok(contentKey) : no('KEY_COMMITMENT');
}

async function contentKeyOf(seal: Uint8Array, { suite, secret }: DeskSecret): Promise<Uint8Array | null> {
  if (suite !== 'openpgp-4') return openAgeSeal(suite, seal, secret);
  const opened = await openOpenpgpSeal(seal, secret);
  return opened.ok ? opened.value : null;
}

/** Opens a whole body in memory; never returns a part of it. */
export async function openBody(format: SealedFormat, contentKey: Uint8Array, body: Uint8Array): Promise<Result<Uint8Array, OpenGap>> {
  if (format === 'openpgp') {
    const opened = await openOpenpgpBody(body, contentKey);
    return opened.ok ? opened : no('BODY_REFUSED');
  }
  const opener = createStreamOpener(contentKey);
  try {
    return ok(concat(...opener.push(body), opener.final()));
  } catch {
    return no('BODY_REFUSED');
  }
}

/**
 * Opens a body as it comes: age in constant memory, OpenPGP whole, so that the caller bounds its size before. What comes out is unproved
 * until the end: stage it, and show nothing before the iteration has ended without an error.
 *
 * @throws where it was altered, cut off or continued
 */
export async function* openBodyStream(
  format: SealedFormat,
  contentKey: Uint8Array,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (format === 'age') yield* openStream(source, contentKey);
  else yield await openOpenpgpSource(source, contentKey);
}

/** Seal, commitment, body: all of it or nothing. */
export async function openItem(
  item: CommittedItem,
  seal: Uint8Array,
  secret: DeskSecret,
  body: Uint8Array,
): Promise<Result<{ readonly contentKey: Uint8Array; readonly plaintext: Uint8Array }, OpenGap>> {
  const contentKey = await openSeal(item, seal, secret);
  if (!contentKey.ok) return contentKey;
  const plaintext = await openBody(item.format, contentKey.value, body);
  return plaintext.ok ? ok({ contentKey: contentKey.value, plaintext: plaintext.value }) : plaintext;
}

/** @returns all of it, once its end was checked */
async function openOpenpgpSource(source: AsyncIterable<Uint8Array>, contentKey: Uint8Array): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece);
  const opened = await openOpenpgpBody(concat(...pieces), contentKey);
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}
