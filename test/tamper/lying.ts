/** A gateway that signs what its witnessed log does not hold. */
import { CONSISTENCY, FIRST, memberName, NEWEST } from '../../client/sdk/evidence/layout.js';
import { certain } from '../../domain/result.js';
import { encodeBase64 } from '../../crypto/base64.js';
import { parseCheckpoint, signCheckpoint } from '../../crypto/checkpoint.js';
import { createNoteSigner } from '../../crypto/note-key.js';
import { parseNote } from '../../crypto/note.js';
import { batchReceipts, formatReceiptBatch } from '../../crypto/receipt-batch.js';
import { signStatement } from '../../crypto/statement.js';
import { receiptText, type Receipt, type ReceiptBody } from '../../domain/receipt.js';
import { bytesOf, textOf, withNote, type Genuine } from './genuine.js';
import { byMaker, flipByte, keysIn, type Row } from './row.js';

const headOf = (note: string) => certain(parseCheckpoint(certain(parseNote(note)).text));

/** The maker and the gateway lie together: what the gateway signs is not what its witnessed tree holds. */
export function lyingRows(genuine: Genuine): Row[] {
  const of = byMaker(genuine);
  const { members, keys, payload } = genuine;
  const signer = createNoteSigner(payload.aud, 'ED25519', keys.gateway.seed);
  const first = headOf(textOf(members.get(FIRST)!));
  const newest = headOf(textOf(members.get(NEWEST)!));
  const receipt = receiptOfStep(members);
  return [
    of(
      'lying gateway',
      'signs another tree as the first checkpoint',
      'INCONSISTENT',
      (all) => void all.set(FIRST, bytesOf(signCheckpoint({ size: first.size, root: keys.stranger.publicKey }, signer))),
    ),
    of('lying gateway', 'signs another tree as the newest checkpoint, which no witness saw', 'CHECKPOINT_UNTRUSTED', () =>
      withNote(members, signCheckpoint({ size: newest.size, root: keys.stranger.publicKey }, signer)),
    ),
    of('lying gateway', 'dates a receipt back', 'EVENT_DIFFERS', (all) =>
      resigned(genuine, all, receipt, (body) => ({ ...body, at: '2026-01-01T00:00:00Z' })),
    ),
    of('lying gateway', 'signs a receipt of a leaf that its log does not hold', 'NOT_INCLUDED', async (all) => {
      const leaf = receipt.replace('.receipt.json', '');
      const data = keys.stranger.publicKey;
      await resigned(genuine, all, receipt, (body) => ({ ...body, leaf: Buffer.from(data).toString('base64url') as ReceiptBody['leaf'] }));
      all.set(`${leaf}.data`, data);
    }),
    of('lying gateway', 'signs that a statement was taken in that its leaf does not name', 'EVENT_DIFFERS', (all) =>
      resigned(genuine, all, receipt, (body) => ({ ...body, statement: 'A'.repeat(43) as ReceiptBody['statement'] })),
    ),
    of('lying gateway', 'a stray byte in its leaf', 'RECEIPT_DIFFERS', (all) =>
      flipByte(all, receipt.replace('.receipt.json', '.data'), 31),
    ),
    of('lying gateway', 'another version of the exchange', 'ORDER_BROKEN', (all) =>
      resigned(genuine, all, receipt, (body) => ({ ...body, version: 9 })),
    ),
    of('receipts', 'signed by a stranger', 'RECEIPT_INVALID', (all) => resigned(genuine, all, receipt, (body) => body, keys.stranger)),
    of(
      'consistency',
      'a hash of 31 bytes',
      'MEMBER_MALFORMED',
      (all) => void all.set(CONSISTENCY, bytesOf(`${encodeBase64(new Uint8Array(31))}\n`)),
    ),
  ];
}

/** Of a step of the exchange: its version is the exchange's, while others' may be of a key or of nothing. */
function receiptOfStep(members: Genuine['members']): string {
  const names = keysIn(members, 'receipt').map((index) => memberName('receipt', index));
  const found = names.find((name) => {
    const { stage, version } = JSON.parse((JSON.parse(textOf(members.get(name)!)) as Receipt).body) as ReceiptBody;
    return stage === 'accepted' && version > 0;
  });
  if (found === undefined) throw new Error('no step of the exchange in the file');
  return found;
}

async function resigned(
  { payload, keys }: Genuine,
  members: Map<string, Uint8Array>,
  name: string,
  change: (body: ReceiptBody) => ReceiptBody,
  key = keys.gateway,
): Promise<void> {
  const receipt = JSON.parse(textOf(members.get(name)!)) as Receipt;
  const body = receiptText(change(JSON.parse(receipt.body) as ReceiptBody));
  const { batch, paths } = batchReceipts(payload.aud, [bytesOf(body)]);
  const signed = await signStatement('parley-receipts+json', formatReceiptBatch(batch), key);
  const whole: Receipt = { body, position: 0, path: paths[0]!.hashes, batch: signed };
  members.set(name, bytesOf(`${JSON.stringify(whole)}\n`));
}
