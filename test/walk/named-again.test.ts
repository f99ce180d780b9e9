/** An item that goes out in a second exchange belongs to that one too: its evidence has the item, and what is said of it. */
import { expect, it } from 'vitest';
import type { ExchangeId } from '../../domain/ids.js';
import { createEvidenceReader } from '../../gateway/read/evidence.js';
import { OPERATOR } from '../support/actors.js';
import { answered, codesOf } from '../support/answered.js';
import { makeAccess, makeEnvelope, makeRequest, sentAgain } from '../support/letters.js';
import { work } from '../support/retained.js';

it('stands in the evidence of each exchange that it was given in', async () => {
  const scene = await answered(904);
  const { accept, fia, fix, found, desk, store, walk } = scene;
  const { exchange, signed } = await makeRequest(fia, fix, desk());
  expect(codesOf(await accept(signed, fia))).toEqual(['ALLOW']);
  await work(scene);
  const say = { from: fix, to: fia, exchange };
  await accept(makeEnvelope({ ...say, message: 'ACKNOWLEDGE', body: { receivedAt: '2026-01-05T09:00:00Z' } }, desk()), fix);
  const again = sentAgain({ ...say, message: 'INTERIM_REPLY' }, found, desk());
  expect(codesOf(await accept(again, fix))).toEqual(['ALLOW']);
  await work(scene);
  const read = makeAccess(fia, found.digest, again.digest, desk());
  expect(codesOf(await accept(read, fia))).toEqual(['ALLOW']);
  const operator = { authority: OPERATOR, root: '', publicKey: new Uint8Array(32) } as unknown as Parameters<
    typeof createEvidenceReader
  >[3];
  const evidence = createEvidenceReader(store, walk.library, (leaf) => walk.receiptOf(leaf), operator);
  const entries = (await evidence.page(fia.id, exchange as ExchangeId, 0, 200))?.entries ?? [];
  expect(entries.map(({ statement }) => statement)).toContain(read.submission.statement);
  expect(entries.find(({ statement }) => statement === again.submission.statement)?.items).toEqual([found.compact]);
});
