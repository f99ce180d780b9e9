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
 * A seal that is missing is not noticed: the gateway takes away those of whoever certified a deletion.
 * @param gone uploads that were dropped while they were archived
 * @throws Failure `INVARIANT_BROKEN`
 */
export async function verifyVolume(volume: Volume, gone: ReadonlySet<Uuid>, store: Store): Promise<void> {
  const { submission, statement, items } = volume;
  for (const item of namedBy(statement.payload))
    if (!items.has(item) && !(await isCarried(item, store))) throw broken(`item ${item} of ${statement.digest} is missing or altered`);
  const signed = sealsOf(statement.payload);
  for (const { item, bytes } of submission.seals ?? []) {
    const seal = decodeBase64url(bytes);
    if (!seal.ok || !signed.has(digestOfBytes(seal.value))) throw broken(`a seal of ${item} is altered`);
  }
  for (const item of items.values()) {
    const body = submission.bodies?.find((one) => one.item === item.digest);
    if (await isErased(item.digest, store)) continue;
    if (body !== undefined && 'upload' in body && gone.has(body.upload)) continue;
    if (body === undefined || !isBodyOf(item, await treeOf(body, store))) throw broken(`the body of ${item.digest} is missing or altered`);
  }
}

/** Those that an accepted statement hands over: it came with them, or they were there. */
const namedBy = (payload: Volume['statement']['payload']): readonly Digest[] => [
  ...('exchangeType' in payload && 'items' in payload ? payload.items : []),
  ...('text' in payload && payload.text !== undefined ? [payload.text] : []),
];

const sealsOf = (payload: Volume['statement']['payload']): ReadonlySet<Digest> =>
  new Set([
    ...('seals' in payload ? payload.seals.map((one) => (typeof one === 'string' ? one : one.seal)) : []),
    ...('seal' in payload && payload.seal !== undefined ? [payload.seal] : []),
  ]);

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
