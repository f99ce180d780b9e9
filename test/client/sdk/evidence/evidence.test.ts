import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unzipSync } from 'fflate';
import { verifyEvidenceFile } from '../../../../client/sdk/index.js';
import { playExchange, SECRET_WORDS, type Played } from '../../../tamper/exchange.js';
import { openGateway, type LiveGateway } from '../live-gateway.js';

let gateway: LiveGateway;
let played: Played;
beforeAll(async () => {
  gateway = await openGateway();
  played = await playExchange(gateway);
});
afterAll(() => gateway.running.drain());

const inMemory = (bytes: Uint8Array) => ({
  size: bytes.length,
  read: (from: number, length: number) => Promise.resolve(bytes.subarray(from, from + length)),
});
async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return new Uint8Array(Buffer.concat(parts));
}

describe('evidence', () => {
  it('is made', async () => {
    const file = await whole((await played.requesting.makeEvidence(played.exchange)).bytes());
    const report = await verifyEvidenceFile(inMemory(file), { root: played.requesting.identity.root!.kid });
    console.log(JSON.stringify(report, null, 1));
    console.log(Object.keys(unzipSync(file)).join('\n'), file.length);
    console.log(new TextDecoder().decode(unzipSync(file)['timeline.txt']));
    expect(report.wrong).toBeNull();
    expect(SECRET_WORDS.length).toBe(2);
  });
});
