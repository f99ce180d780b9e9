/** An accepted submission as it was brought back: every item that it names, every sealed body and seal that is left of it, is as it was signed. */
import { decodeBase64url } from '../../crypto/base64url.js';
import { digestOfBytes } from '../../crypto/digest.js';
import { isSameHash } from '../../crypto/merkle.js';
import { decodeDigest } from '../../crypto/merkle/digests.js';
import { partTreeOf, rootOfParts, type PartTree } from '../../crypto/part-tree.js';
import { Failure } from '../../domain/failure.js';
import type { Digest, Uuid } from '../../domain/ids.js';
import type { Store } from '../../domain/ports.js';
import type { Submission } from '../../domain/wire/submission.js';
import { isErased } from '../cases/erase.js';
import { openVolume, type Item, type Volume } from '../read/library.js';

type Body = NonNullable<Submission['bodies']>[number];

const broken = (detail: string): Failure => new Failure('INVARIANT_BROKEN', detail);

/**
 * Looks at what was looked at when it was accepted: with other statements anything may have come, and nobody is given it. A seal that is
 * missing is not noticed: the gateway takes away those of whoever certified a deletion.
 * @param gone uploads that were dropped while they were archived
 * @returns items whose bodies those were, though the database does not say yet that they were erased
 * @throws Failure `INVARIANT_BROKEN`
 */
export async function verifyVolume(volume: Volume, gone: ReadonlySet<Uuid>, store: Store): Promise<readonly Digest[]> {
  const { submission, statement, items } = volume;
  const lost: Digest[] = [];
  const signed = signedIn(statement);
  if (signed === null) return lost;
  for (const item of signed.items)
    if (!items.has(item) && !(await isCarried(item, store))) throw broken(`item ${item} of ${statement.digest} is missing or altered`);
  for (const { item, bytes } of submission.seals ?? []) {
    const seal = decodeBase64url(bytes);
    if (!seal.ok || !signed.seals.includes(digestOfBytes(seal.value))) throw broken(`a seal of ${item} is altered`);
  }
  for (const item of items.values()) {
    const body = submission.bodies?.find((one) => one.item === item.digest);
    if (await isErased(item.digest, store)) continue;
    if (body !== undefined && 'upload' in body && gone.has(body.upload)) lost.push(item.digest);
    else if (body === undefined || !isBodyOf(item, await treeOf(body, store)))
      throw broken(`the body of ${item.digest} is missing or altered`);
  }
  return lost;
}

/** What a statement that hands sealed content over names of it; null: it hands none over. */
function signedIn({ typ, payload }: Volume['statement']): { readonly items: readonly Digest[]; readonly seals: readonly Digest[] } | null {
  if (typ === 'parley-envelope+json') return { items: payload.items, seals: payload.seals.map(({ seal }) => seal) };
  if (typ === 'parley-consent-refusal+json')
    return { items: payload.text === undefined ? [] : [payload.text], seals: payload.seals.map(({ seal }) => seal) };
  return typ === 'parley-release+json' ? { items: [payload.item], seals: payload.seal === undefined ? [] : [payload.seal] } : null;
}

async function isCarried(item: Digest, store: Store): Promise<boolean> {
  const [carrier] = await store.linked('item', item, 1);
  return carrier !== undefined && openVolume(carrier).items.has(item);
}

/** Of the bytes that are there, or of the parts that came: `verifyBodies` held those against their bytes. */
async function treeOf(body: Body, store: Store): Promise<Pick<PartTree, 'root' | 'size'> | null> {
  if ('bytes' in body) {
    const bytes = decodeBase64url(body.bytes);
    return bytes.ok ? partTreeOf(bytes.value) : null;
  }
  const parts = (await store.parts(body.upload)).toSorted((a, b) => a.n - b.n);
  if (parts.length === 0 || (await store.upload(body.upload)) === null) return null;
  return { root: rootOfParts(parts.map(({ leafHash }) => leafHash)), size: parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
}

const isBodyOf = ({ payload: { ciphertext, size } }: Item, tree: Pick<PartTree, 'root' | 'size'> | null): boolean =>
  tree?.size === size && isSameHash(tree.root, decodeDigest(ciphertext));
