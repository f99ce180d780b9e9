/** A receipt is believed where every link of it holds: one that is missing is named. */
import { describe, expect, it } from 'vitest';
import { isAcceptance, verifyReceipt, type PinnedGateway } from '../../../client/sdk/receipt.js';
import { batchReceipts, formatReceiptBatch } from '../../../crypto/receipt-batch.js';
import { createSigningKey, type SigningKey } from '../../../crypto/signing-key.js';
import { signStatement } from '../../../crypto/statement.js';
import { receiptText, type Receipt, type ReceiptBody } from '../../../domain/receipt.js';
import { digest } from '../../support/ids.js';
import { createChance } from '../../support/world.js';

const LOG = 'parley.test/log';
const [key, other] = [createSigningKey(createChance(1)), createSigningKey(createChance(2))];
const gateway: PinnedGateway = { origin: LOG, publicKey: key.publicKey };
const SAID: ReceiptBody = {
  v: 1,
  log: LOG,
  statement: digest('statement'),
  stage: 'accepted',
  outcome: 'ALLOW',
  index: 7,
  leaf: digest('leaf'),
  version: 1,
  at: '2026-11-01T00:00:00.000Z',
  proofDelayMsMax: 1_000,
};
const TEXT = receiptText(SAID);

type Typ = Parameters<typeof signStatement>[0];
interface Over {
  readonly log?: string;
  readonly by?: SigningKey;
  readonly typ?: Typ;
}

/** The first of two that one signature vouches for. */
async function signed(body: string, { log = LOG, by = key, typ = 'parley-receipts+json' }: Over = {}): Promise<Receipt> {
  const { batch, paths } = batchReceipts(
    log,
    [body, receiptText({ ...SAID, index: 8 })].map((text) => new TextEncoder().encode(text)),
  );
  return { body, position: 0, path: paths[0]!.hashes, batch: await signStatement(typ, formatReceiptBatch(batch), by) };
}

describe('a receipt', () => {
  it('of the pinned gateway says what its body says', async () => {
    expect(await verifyReceipt(await signed(TEXT), gateway, SAID.statement)).toEqual({ ok: true, value: SAID });
    expect(await verifyReceipt(await signed(TEXT), gateway)).toEqual({ ok: true, value: SAID });
  });

  it.each<readonly [string, RegExp, () => Promise<Receipt>]>([
    ['whose batch is no statement', /no statement/, async () => ({ ...(await signed(TEXT)), batch: 'a.b.c' })],
    ['whose batch is another statement of the gateway', /not of receipts/, () => signed(TEXT, { typ: 'parley-session+json' })],
    [
      'whose batch names no log',
      /not the name of a log/,
      async () => ({ ...(await signed(TEXT)), batch: await signStatement('parley-receipts+json', {}, key) }),
    ],
    ['that somebody else signed', /not signed by the pinned gateway/, () => signed(TEXT, { by: other })],
    [
      'that somebody else signed in the gateway’s name',
      /not signed by the pinned gateway/,
      () => signed(TEXT, { by: { ...other, kid: key.kid } }),
    ],
    [
      'whose body was altered',
      /not in the signed batch/,
      async () => ({ ...(await signed(TEXT)), body: receiptText({ ...SAID, index: 9 }) }),
    ],
    ['of another place in the batch', /not in the signed batch/, async () => ({ ...(await signed(TEXT)), position: 1 })],
    ['without its path', /not in the signed batch/, async () => ({ ...(await signed(TEXT)), path: [] })],
    ['in another spelling', /not spelled/, () => signed(TEXT.replace('"v":1', '"v": 1'))],
    ['without a place', /not spelled/, () => signed(TEXT.replace('"index":7', '"index":7.5'))],
    ['whose place is a text', /not spelled/, () => signed(TEXT.replace('"index":7', '"index":"7"'))],
    ['whose statement is a number', /not spelled/, () => signed(TEXT.replace(`"${SAID.statement}"`, '7'))],
    ['that is null', /not spelled/, () => signed('null')],
    ['that is no JSON', /not spelled/, () => signed('{')],
    ['of no leaf', /not spelled/, () => signed(TEXT.replace(SAID.leaf, 'leaf'))],
    ['of no time', /not spelled/, () => signed(TEXT.replace(SAID.at, 'today'))],
    ['of another log, by the gateway’s key', /another log/, () => signed(receiptText({ ...SAID, log: 'other/log' }), { log: 'other/log' })],
    ['of another log than its batch', /another log/, () => signed(TEXT, { log: 'other/log' })],
    ['of another statement', /another statement/, () => signed(receiptText({ ...SAID, statement: digest('other') }))],
  ])('%s is not believed', async (_name, why, made) => {
    const error = expect.stringMatching(why) as string;
    expect(await verifyReceipt(await made(), gateway, SAID.statement)).toEqual({ ok: false, error });
  });

  it('says that the log took something in by one stage and one outcome alone', () => {
    expect(isAcceptance(SAID)).toBe(true);
    for (const over of [{ stage: 'refused', outcome: 'DENY' }, { outcome: 'DENY' }, { stage: 'delivered' }, { stage: 'accessed' }] as const)
      expect(isAcceptance({ ...SAID, ...over })).toBe(false);
  });
});
