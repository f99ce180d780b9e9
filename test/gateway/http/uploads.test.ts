import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certain } from '../../../domain/result.js';
import { countedBytes } from './bytes.js';
import * as answers from '../../../domain/wire/http-answers.js';
import { PART_BYTES, partHash, verifyPart } from '../../../crypto/part-tree.js';
import { decodeBase64url, encodeBase64url } from '../../../crypto/base64url.js';
import { parseDigest } from '../../../domain/ids.js';
import { DAY_MS, plusMs } from '../../../domain/time.js';
import { consultation, openGate, ROLES, type Gate, type Member, type Session } from './gate.js';

describe('bodies in parts', () => {
  let gate: Gate;
  let sender: Member;
  let reader: Member;
  let ours: Session;
  let theirs: Session;

  const open = async (sizeBytes: number): Promise<string> => {
    const answer = await gate.ask({ path: '/v1/uploads', body: { sizeBytes }, session: ours });
    return answers.uploadOpened.parse(await answer.json()).upload;
  };
  const put = async (upload: string, n: number, body: Uint8Array, session = ours, headers = {}): Promise<string> => {
    const answer = await gate.ask({ path: `/v1/uploads/${upload}/parts/${n}`, method: 'PUT', body, session, headers });
    return answer.status === 204 ? '204' : ((await answer.json()) as { code: string }).code;
  };

  beforeAll(async () => {
    gate = await openGate({ limits: { uploadBytesMax: 100_000_000 } });
    sender = await gate.enrolMember('AA-ONE', ['CENTRAL_AUTHORITY_MLA'], ROLES);
    reader = await gate.enrolMember('BB-TWO', ['CENTRAL_AUTHORITY_MLA'], ROLES);
    await sender.client.pinRoot(reader.id, reader.identity.root!.kid);
    await reader.client.pinRoot(sender.id, sender.identity.root!.kid);
    [ours, theirs] = [await gate.openSession(sender), await gate.openSession(reader)];
  });
  afterAll(() => gate.close());

  it('takes each part once, the same bytes again, and no others', async () => {
    const upload = await open(PART_BYTES + 3);
    expect(await put(upload, 0, countedBytes(PART_BYTES))).toBe('204');
    expect(await put(upload, 0, countedBytes(PART_BYTES))).toBe('204');
    expect(await put(upload, 0, countedBytes(PART_BYTES, 1))).toBe('PART_MISMATCH');
    expect(await put(upload, 1, countedBytes(2))).toBe('PART_MISMATCH');
    expect(await put(upload, 1, countedBytes(4))).toBe('TOO_LARGE');
    expect(await put(upload, 1, countedBytes(3))).toBe('204');
    expect(await put(upload, 2, countedBytes(3))).toBe('NOT_FOUND');
    const listed = answers.uploadAnswer.parse(await (await gate.ask({ path: `/v1/uploads/${upload}`, session: ours })).json());
    expect(listed.parts.map(({ n, sizeBytes }) => [n, sizeBytes])).toEqual([
      [0, PART_BYTES],
      [1, 3],
    ]);
    expect(listed.parts[1]!.leafHash).toBe(encodeBase64url(partHash(countedBytes(3))));
  });

  it('hides an upload from every other authority', async () => {
    const upload = await open(3);
    expect(await put(upload, 0, countedBytes(3), theirs)).toBe('NOT_FOUND');
    expect((await gate.ask({ path: `/v1/uploads/${upload}`, session: theirs })).status).toBe(404);
  });

  it('refuses an upload larger than this gateway takes, and one of nothing', async () => {
    for (const [sizeBytes, code] of [
      [100_000_001, 'TOO_LARGE'],
      [0, 'MALFORMED'],
      [-1, 'MALFORMED'],
    ] as const) {
      const answer = await gate.ask({ path: '/v1/uploads', body: { sizeBytes }, session: ours });
      expect(((await answer.json()) as { code: string }).code).toBe(code);
    }
  });

  it('refuses a part without digest, with another one, or compressed', async () => {
    const upload = await open(3);
    expect(await put(upload, 0, countedBytes(3), ours, { 'Content-Encoding': 'gzip' })).toBe('MALFORMED');
    expect(await put(upload, 0, countedBytes(3), ours, { 'Content-Digest': `sha-256=:${Buffer.alloc(32).toString('base64')}:` })).toBe(
      'NOT_CALLER',
    );
  });

  it('drops what nobody claimed for a day', async () => {
    const upload = await open(3);
    await put(upload, 0, countedBytes(3));
    const stale = await gate.world.store.staleUploads(plusMs(gate.world.clock.now(), DAY_MS), 100);
    expect(stale.map(({ id }) => String(id))).toContain(upload);
  });

  it('carries a file of two parts to its reader, who takes it range by range on one ticket', async () => {
    const size = PART_BYTES + 100_000;
    const file = { sizeBytes: size, open: () => chunked(countedBytes(size)) };
    const draft = consultation(sender.id, reader.id, { role: 'FILE', file, name: 'a.bin', mediaType: 'application/octet-stream' });
    const sent = await sender.client.send(draft);
    const item = sent.items.find(({ body }) => 'upload' in body)!.statement;
    await expect.poll(async () => (await reader.client.inboxPage()).entries.length).toBeGreaterThan(0);

    const written: Uint8Array[] = [];
    const stage = {
      write: (bytes: Uint8Array) => Promise.resolve(void written.push(bytes.slice())),
      keep: () => Promise.resolve(),
      discard: () => Promise.resolve(),
    };
    const request = { item: item.digest, via: sent.digest, purpose: 'MLA_PREPARATION', justification: 'CASE_WORK' } as const;
    await reader.client.open(request, stage);
    expect(Buffer.concat(written).equals(Buffer.from(countedBytes(size)))).toBe(true);

    const ticket = await ticketOf(gate, reader, request, theirs);
    const path = `/v1/tickets/${ticket}/parts/1`;
    const whole = await gate.ask({ path, session: theirs });
    const bytes = new Uint8Array(await whole.arrayBuffer());
    const root = parseDigest(item.payload.ciphertext);
    const hashes = whole.headers.get('parley-part-path')!.split(',').map(decoded);
    expect(root.ok && verifyPart({ index: 1, bytes, path: hashes }, { size: item.payload.size, root: decoded(root.value) })).toBe(true);

    const { blobs } = gate.world;
    const { readPart } = blobs;
    let readBytes = 0;
    blobs.readPart = (id, n, from, length) => ((readBytes += length), readPart(id, n, from, length));
    for (let time = 0; time < 40; time += 1) {
      const head = await gate.ask({ method: 'HEAD', path, session: theirs });
      expect([head.status, head.headers.get('content-length'), head.headers.get('etag')]).toEqual([
        200,
        String(bytes.length),
        whole.headers.get('etag'),
      ]);
    }
    blobs.readPart = readPart;
    // one byte each time, to see that it is there; and each gives its place back: there are fewer
    expect(readBytes).toBe(40);

    const etag = whole.headers.get('etag')!;
    const range = async (headers: Record<string, string>) => {
      const answer = await gate.ask({ path, session: theirs, headers });
      return [answer.status, answer.headers.get('content-range'), Buffer.from(await answer.arrayBuffer()).length] as const;
    };
    const total = bytes.length;
    expect(await range({ Range: 'bytes=10-19' })).toEqual([206, `bytes 10-19/${total}`, 10]);
    expect(await range({ Range: 'bytes=-5', 'If-Range': etag })).toEqual([206, `bytes ${total - 5}-${total - 1}/${total}`, 5]);
    expect(await range({ Range: `bytes=${total - 1}-` })).toEqual([206, `bytes ${total - 1}-${total - 1}/${total}`, 1]);
    expect(await range({ Range: 'bytes=0-1,3-4' })).toEqual([200, null, total]);
    expect(await range({ Range: 'bytes=0-1', 'If-Range': '"other"' })).toEqual([200, null, total]);
    expect((await gate.ask({ path, session: theirs, headers: { Range: `bytes=${total}-` } })).status).toBe(416);
    expect((await gate.ask({ path, session: theirs, headers: { Range: 'bytes=5-1' } })).status).toBe(416);

    // the ticket is this officer's alone, and its code cannot be guessed
    expect((await gate.ask({ path, session: ours })).status).toBe(404);
    const forged = `${ticket.slice(0, -3)}${ticket.endsWith('AAA') ? 'BBB' : 'AAA'}`;
    expect((await gate.ask({ path: `/v1/tickets/${forged}/parts/1`, session: theirs })).status).toBe(404);
    expect((await gate.ask({ path: `/v1/tickets/${ticket}/parts/2`, session: theirs })).status).toBe(404);
  });

  it('says by its code that a body is lost or cut, to its reader and to the operator, and is silent to neither where it is lost on the way', async () => {
    const size = 2_500_000;
    const file = { sizeBytes: size, open: () => chunked(countedBytes(size)) };
    const draft = consultation(sender.id, reader.id, { role: 'FILE', file, name: 'a.bin', mediaType: 'application/octet-stream' });
    const sent = await sender.client.send(draft);
    const item = sent.items.find(({ body }) => 'upload' in body)!.statement.digest;
    const request = { item, via: sent.digest, purpose: 'MLA_PREPARATION', justification: 'CASE_WORK' };
    const path = `/v1/tickets/${await ticketOf(gate, reader, request, theirs)}/parts/0`;
    const { blobs } = gate.world;
    const { readPart } = blobs;
    const taken = async (by: typeof readPart): Promise<string> => {
      blobs.readPart = by;
      const answer = await gate.ask({ path, session: theirs });
      const text = await answer.text().catch(() => 'cut off');
      blobs.readPart = readPart;
      return answer.status === 503 ? (JSON.parse(text) as { code: string }).code : text;
    };
    const cutAt = (end: number): typeof readPart => {
      return async (id, n, from, length) => (await readPart(id, n, from, length))?.subarray(0, Math.max(0, end - from)) ?? null;
    };
    expect(await taken(() => Promise.resolve(null))).toBe('BLOBS_UNAVAILABLE');
    expect(await taken(cutAt(1_500_000))).toBe('BLOBS_UNAVAILABLE');
    let reads = 0;
    expect(await taken((...asked) => ((reads += 1) > 2 ? Promise.resolve(null) : readPart(...asked)))).toBe('cut off');
    await expect.poll(() => gate.lines.filter((line) => line.includes('"msg":"failure"') && line.includes('is not whole')).length).toBe(3);
    expect(await (await gate.ask({ path: '/metrics' })).text()).toContain('parley_failures_total{code="BLOBS_UNAVAILABLE"} 3');
  });

  it('carries nothing on a ticket once the access would be refused, and says what the access would', async () => {
    const operator = await gate.enrolOperator(['OPERATOR']);
    const withFile = async () => {
      const file = { sizeBytes: 300_000, open: () => chunked(countedBytes(300_000)) };
      const draft = consultation(sender.id, reader.id, { role: 'FILE', file, name: 'a.bin', mediaType: 'application/octet-stream' });
      const sent = await sender.client.send(draft);
      const item = sent.items.find(({ body }) => 'upload' in body)!.statement.digest;
      const request = { item, via: sent.digest, purpose: 'MLA_PREPARATION', justification: 'CASE_WORK' };
      return { item, ticket: await ticketOf(gate, reader, request, theirs) };
    };
    const take = async (ticket: string) => {
      const answer = await gate.ask({ path: `/v1/tickets/${ticket}/parts/0`, session: theirs });
      if (answer.status === 200) return (await answer.arrayBuffer()).byteLength > 300_000;
      return ((await answer.json()) as { violations: { code: string }[] }).violations.map(({ code }) => code);
    };
    const [one, other] = [await withFile(), await withFile()];
    expect([await take(one.ticket), await take(other.ticket)]).toEqual([true, true]);
    await sender.client.retract(one.item);
    expect([await take(one.ticket), await take(other.ticket)]).toEqual([['ITEM_RETRACTED'], true]);
    const root = reader.identity.root!.kid;
    const types = ['CENTRAL_AUTHORITY_MLA'] as const;
    await operator.client.designate({ authority: reader.id, root, types: [...types], status: 'SUSPENDED', reason: 'BREACH' });
    expect(await take(other.ticket)).toEqual(['PARTICIPANT_SUSPENDED']);
  });
});

const decoded = (text: string): Uint8Array => certain(decodeBase64url(text.trim()));

async function* chunked(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1_000_000) yield await Promise.resolve(bytes.subarray(at, at + 1_000_000));
}

async function ticketOf(gate: Gate, reader: Member, request: object, session: Session): Promise<string> {
  const { makeStatement } = await import('../../../client/sdk/statements.js');
  const { createUuid } = await import('../../../domain/uuid.js');
  const { formatInstant } = await import('../../../domain/time.js');
  const { clock, chance } = gate.world;
  const payload = {
    v: 1,
    aud: 'parley.example/test',
    id: createUuid(chance),
    at: formatInstant(clock.now()),
    reader: reader.id,
    ...request,
  };
  const { compact } = await makeStatement('parley-access+json', payload as never, reader.identity.signing);
  const answer = await gate.ask({ path: '/v1/access', body: { statement: compact }, session });
  const { body } = answers.reading.parse(await answer.json());
  if (!('ticket' in body)) throw new Error('an inline body');
  return body.ticket;
}
