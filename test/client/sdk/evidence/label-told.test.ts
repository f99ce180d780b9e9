/** A holder has a change of label by its delivery alone, and its file of evidence shows that what it was given was corrected or taken back. */
import { beforeAll, expect, it } from 'vitest';
import { unzipSync } from 'fflate';
import { verifyEvidenceFile } from '../../../../client/sdk/index.js';

import { isManifest, MANIFEST_TEXT, memberName } from '../../../../client/sdk/evidence/layout.js';
import type { Payload } from '../../../../client/sdk/evidence/make.js';
import type { Digest, ExchangeId } from '../../../../domain/ids.js';
import { readerOf, repaired, textOf, whole } from '../../../tamper/genuine.js';
import { rename, signedBy, withSignature } from '../../../tamper/row.js';
import { openTown } from '../live-gateway.js';
import { noteTo, waitFor } from '../notes.js';

let [exchange, item, change]: string[] = [];
let bytes: Uint8Array;

const { owner, holder } = await openTown({ owner: ['CH-FIN', 'FIU'], holder: ['EE-FIN', 'FIU'] });

beforeAll(async () => {
  const sent = await owner.client.send(noteTo(owner.client, holder.client));
  [exchange, item] = [sent.exchange, sent.items[0]!.statement.digest];
  await waitFor(holder.client, ({ statement }) => statement?.digest === sent.digest);
  await owner.client.retract(item as Digest);
  const told = await waitFor(holder.client, ({ kind }) => kind === 'label');
  change = told.statement!.digest;
  bytes = await whole((await holder.client.makeEvidence(exchange as ExchangeId)).bytes());
}, 120_000);

const check = (file: Uint8Array) => verifyEvidenceFile(readerOf(file), { root: holder.client.identity.root!.kid });

it('holds, and has the statement with its author’s signature', async () => {
  const { wrong, remarks, checks } = await check(bytes);
  expect(wrong).toBeNull();
  expect(remarks.filter((line) => line.includes('NOT SHOWN'))).toEqual([]);
  const signed = checks.find(({ about }) => about === `parley-label+json ${change}`);
  expect(signed?.held).toMatch(/^signed by \S+ of CH-FIN, whose key was valid when it says; delivered at /);
});

it('tells of it where it is read', () => {
  const told = textOf(unzipSync(bytes)['timeline.txt']!);
  const [head = '', ...about] = told.slice(told.lastIndexOf('\n', told.indexOf(change!))).split('\n');
  expect(told).toMatch(/DELIVER → EE-FIN  delivered DONE  signed by CH-FIN, here\n/);
  expect([head, ...about].join('\n')).toContain(`    item ${item}\n    change of label RETRACT`);
});

it.each([
  ['altered', 'SIGNATURE_INVALID', async (text: string) => withSignature(text)],
  ['said anew by its holder', 'KEY_UNKNOWN', (text: string) => signedBy(text, holder.client.identity.signing)],
  ['said anew by its author', 'RECEIPT_MISSING', (text: string) => signedBy(text, owner.client.identity.signing, { change: 'CORRECT' })],
])('is noticed where it was %s', async (_, code, alter) => {
  const members = new Map(Object.entries(unzipSync(bytes)).filter(([name]) => !isManifest(name)));
  const payload = JSON.parse(textOf(unzipSync(bytes)[MANIFEST_TEXT]!)) as Payload;
  const altered = await alter(textOf(members.get(memberName('statement', change!))!));
  rename(members, 'statement', change!, altered);
  const file = await repaired({ payload, keys: { maker: holder.client.identity.signing } as never }, members);
  expect((await check(file)).wrong?.code).toBe(code);
});
