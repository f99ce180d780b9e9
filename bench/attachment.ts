/** Program: sends an attachment made on the fly, or opens one and compares its digest. One job a line, one report a line. */
import { createCipheriv, createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { createMemoryKeyStore, defaultLabel, type FileSource, type ParleyClient } from '../client/sdk/index.js';
import { certain } from '../domain/result.js';
import { parseDigest } from '../domain/ids.js';
import { connect, requestOf } from './cast.js';

export interface AttachmentReport {
  readonly item: string;
  readonly via: string;
  readonly sha256: string;
}

export type AttachmentJob = { readonly url: string; readonly records: readonly (readonly [name: string, base64: string])[] } & (
  { readonly to: string; readonly bytes: number; readonly open?: undefined } | { readonly open: AttachmentReport }
);

const PIECE_BYTES = 256 * 1024;

async function run(job: AttachmentJob): Promise<AttachmentReport> {
  const store = createMemoryKeyStore();
  for (const [name, bytes] of job.records) await store.write(name, Buffer.from(bytes, 'base64'));
  const client = await connect(job.url, store);
  return job.open === undefined ? send(client, job.to, job.bytes) : open(client, job.open);
}

async function send(client: ParleyClient, to: string, bytes: number): Promise<AttachmentReport> {
  const request = requestOf(client.authority, to);
  const content = { role: 'FILE', file: fileOf(bytes), name: 'accounts.bin', mediaType: 'application/octet-stream' } as const;
  const label = defaultLabel('BVI_BILATERAL_FIU', client.authority);
  const sent = await client.send({ ...request, items: [...request.items, { content, label, language: 'en' }] });
  const item = sent.items.at(-1)?.statement.digest ?? '';
  const hash = createHash('sha256');
  for await (const piece of fileOf(bytes).open()) hash.update(piece);
  return { item, via: sent.digest, sha256: hash.digest('hex') };
}

async function open(client: ParleyClient, sent: AttachmentReport): Promise<AttachmentReport> {
  const hash = createHash('sha256');
  const stage = {
    write: async (piece: Uint8Array) => void hash.update(piece),
    keep: async () => undefined,
    discard: async () => undefined,
  };
  const [item, via] = [certain(parseDigest(sent.item)), certain(parseDigest(sent.via))];
  await client.open({ item, via, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' }, stage);
  const sha256 = hash.digest('hex');
  if (sha256 !== sent.sha256) throw new Error('what came out is not what went in');
  return { ...sent, sha256 };
}

/** The same bytes each time it is opened: a key stream. */
const fileOf = (sizeBytes: number): FileSource => ({
  sizeBytes,
  async *open() {
    const stream = createCipheriv('aes-128-ctr', Buffer.alloc(16, 7), Buffer.alloc(16));
    for (let at = 0; at < sizeBytes; at += PIECE_BYTES) yield stream.update(Buffer.alloc(Math.min(PIECE_BYTES, sizeBytes - at)));
  },
});

for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(await run(JSON.parse(line) as AttachmentJob)));
