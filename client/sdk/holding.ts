/** What this authority holds of an item without its content: enough to reseal it and to carry its provenance on. */
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import { digestOfBytes } from '../../crypto/digest.js';
import { parseDigest, parseKeyId, type Digest, type KeyId } from '../../domain/ids.js';
import { isAtLeast, join, type Label } from '../../domain/label.js';
import { labelAfter, type LabelChange } from '../../domain/label-change.js';
import type { StatementOf } from '../../domain/statement.js';
import { formatInstant, parseInstant, type Instant } from '../../domain/time.js';
import { label as labelSchema } from '../../domain/wire/label.js';
import { ParleyError } from './error.js';
import { certain } from '../../domain/result.js';
import { inTurn, readRecord, writeRecord, type KeyStore } from './key-store.js';
import { writeLabel } from './labels.js';
import { readStatementOf } from './statements.js';

export interface Holding {
  readonly item: StatementOf<'parley-item+json'>;
  /** the item's label joined with every later label statement about it, and with what whoever handed it on adds */
  readonly label: Label;
  /** number of those label statements; a release says which state it rested on */
  readonly labelEpoch: number;
  /** when the gateway was asked, by this client's clock: a withheld retraction makes an old label worthless */
  readonly labelAt: Instant;
  /** the envelope or release that gave it */
  readonly via: Digest;
  readonly seal: { readonly kid: KeyId; readonly bytes: Uint8Array };
}

/** where a key store keeps what is held, by item */
export const HELD = 'held/';
const nameOf = (item: string): string => `${HELD}${item}`;

export async function keepHolding(store: KeyStore, holding: Holding): Promise<void> {
  await writeRecord(store, nameOf(holding.item.digest), {
    item: holding.item.compact,
    label: writeLabel(holding.label),
    labelEpoch: holding.labelEpoch,
    labelAt: formatInstant(holding.labelAt),
    via: holding.via,
    seal: { kid: holding.seal.kid, bytes: encodeBase64url(holding.seal.bytes) },
  });
}

/** @throws ParleyError `NOT_HELD` for an item that was never opened or sent with this key store */
export async function readHolding(store: KeyStore, item: string): Promise<Holding> {
  const record = (await readRecord(store, nameOf(item))) as HoldingRecord | null;
  if (record === null) throw new ParleyError('NOT_HELD', `Item ${item} was never opened here.`, 'Open it first: parley open ' + item);
  return {
    item: certain(readStatementOf('parley-item+json', record.item)),
    label: labelIn(record.label),
    labelEpoch: record.labelEpoch,
    labelAt: certain(parseInstant(record.labelAt)),
    via: certain(parseDigest(record.via)),
    seal: { kid: certain(parseKeyId(record.seal.kid)), bytes: certain(decodeBase64url(record.seal.bytes)) },
  };
}

function labelIn(written: unknown): Label {
  const label = labelSchema.safeParse(written);
  if (label.success) return label.data;
  throw new ParleyError('KEY_STORE_DAMAGED', 'The label of what is held is not readable.', 'Restore the key store from its backup.');
}

/** What this authority said of its label just now holds here too; how many statements there are is learnt when it is opened again. */
export const changeHolding = (store: KeyStore, item: string, change: LabelChange): Promise<void> =>
  inTurn(store, async () => {
    const holding = await readHeld(store, item);
    if (holding === null) return;
    await keepHolding(store, { ...holding, label: labelAfter(holding.label, change) });
  });

/** Sealed anew, under whatever label it has by now. */
export const keepResealed = (store: KeyStore, item: string, { via, seal }: Pick<Holding, 'via' | 'seal'>): Promise<void> =>
  inTurn(store, async () => keepHolding(store, { ...(await readHolding(store, item)), via, seal }));

const erasedName = (item: string): string => `erased/${item}`;

/** Nothing of it stays in this key store, no seal, and so no way to its content: but for which seals those were, until that is certified. */
export async function forgetHolding(store: KeyStore, item: string): Promise<void> {
  const seals = await sealsKept(store, item);
  if (seals.length > 0) await writeRecord(store, erasedName(item), seals);
  await store.remove(nameOf(item));
}

/** Digests of what opened it here, though it was forgotten since; none where it was never opened, or its deletion is certified. */
export async function sealsKept(store: KeyStore, item: string): Promise<Digest[]> {
  const held = await readHeld(store, item);
  if (held !== null) return [digestOfBytes(held.seal.bytes)];
  return ((await readRecord(store, erasedName(item))) as Digest[] | null) ?? [];
}

/** To be called before its certificate leaves the outbox. */
export const forgetSeals = (store: KeyStore, item: string): Promise<void> => store.remove(erasedName(item));

/** As it is kept; null where it is not held. */
export const readHeld = async (store: KeyStore, item: string): Promise<Holding | null> =>
  (await store.read(nameOf(item))) === null ? null : readHolding(store, item);

/**
 * What a reading showed. Where its label is no more what it was before the reading, whoever changed it meanwhile may know what the answer
 * did not: then both labels hold, until the next reading. What was erased meanwhile stays away.
 *
 * @param before as `readHeld` gave it before the reading was asked for
 */
export const keepRead = (store: KeyStore, shown: Holding, before: Holding | null): Promise<void> =>
  inTurn(store, async () => {
    const now = await readHeld(store, shown.item.digest);
    // its deletion was certified meanwhile
    if (now === null && before !== null) return;
    if (now === null || (before !== null && isSameLabel(now, before))) return keepHolding(store, shown);
    await keepHolding(store, { ...shown, label: join(shown.label, now.label), labelEpoch: Math.max(shown.labelEpoch, now.labelEpoch) });
  });

const isSameLabel = (a: Holding, b: Holding): boolean => isAtLeast(a.label, b.label) && isAtLeast(b.label, a.label);

interface HoldingRecord {
  readonly item: string;
  readonly label: unknown;
  readonly labelEpoch: number;
  readonly labelAt: string;
  readonly via: string;
  readonly seal: { readonly kid: string; readonly bytes: string };
}
