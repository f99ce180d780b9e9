import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ParleyError, ResendUnanswered } from '../../../client/sdk/index.js';
import type { StatementOf } from '../../../domain/statement.js';
import { openGateway, type LiveGateway, type Member } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

let gateway: LiveGateway;
let sender: Member;
let reader: Member;
let lost: string | null = null;
/** what comes in place of the gateway's answer to a statement that it took in */
let instead: (() => Response) | null = null;

beforeAll(async () => {
  gateway = await openGateway((real) => async (url, init) => {
    const answer = await real(url, init);
    if (lost !== null && String(url).includes(lost)) throw new TypeError('fetch failed');
    return instead !== null && String(url).endsWith('/v1/statements') ? instead() : answer;
  });
  sender = await gateway.join('NG-FIA', 'FIU', ['age-pq-1']);
  reader = await gateway.join('VG-FIX', 'FIU', ['age-pq-1']);
  await gateway.compareAll();
});
afterAll(() => gateway.running.drain());

describe('an answer that is lost', () => {
  it('leads to the same bytes once more, and to one exchange', async () => {
    lost = '/v1/statements';
    await expect(sender.client.send(noteTo(sender.client, reader.client))).rejects.toMatchObject({
      code: 'GATEWAY_UNREACHABLE',
      next: expect.stringMatching(/may have arrived.*parley resend$/) as string,
    });
    await expect(sender.client.resend()).rejects.toMatchObject({ next: expect.stringContaining('parley resend') as string });
    lost = null;
    expect((await sender.client.resend()).sent).toHaveLength(1);
    expect((await sender.client.resend()).sent).toHaveLength(0);
    const came = new Set<string>();
    for (let tries = 0; tries < 50 && came.size === 0; tries++) {
      for await (const { statement } of reader.client.inbox())
        if (statement?.typ === 'parley-envelope+json') came.add(statement.payload.exchange);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(came.size).toBe(1);
  });

  it('to a file keeps what its upload would be taken up by until it is handed in again, and no longer', async () => {
    const { items = [], ...note } = noteTo(sender.client, reader.client);
    const bytes = new Uint8Array(1_500_000).fill(7);
    const file = { sizeBytes: bytes.length, open: () => Readable.from([bytes]) };
    const attached = (more: object) => {
      const content = { role: 'FILE', file, name: 'scan.txt', mediaType: 'text/plain', ...more } as const;
      return { ...note, items: [...items, { ...items[0]!, content }] };
    };
    lost = '/v1/statements';
    await expect(sender.client.send(attached({ resume: 'scan' }))).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
    lost = null;
    expect(await sender.store.names('uploads/')).toEqual(['uploads/scan']);
    expect((await sender.client.resend()).sent).toHaveLength(1);
    expect(await sender.store.names('uploads/')).toEqual([]);
    await sender.client.send(attached({}));
    expect(await sender.store.names('uploads/')).toEqual([]);
  });

  it.each([
    ['429', () => new Response('', { status: 429, headers: { 'Retry-After': '1' } }), /^Try again in 1 s\..*parley resend$/],
    [
      '503',
      () => Response.json({ code: 'OVERLOADED' }, { status: 503, headers: { 'Retry-After': '1' } }),
      /^Try again in 1 s\..*parley resend$/,
    ],
    ['500', () => new Response('', { status: 500 }), /parley resend$/],
    ['200 without a receipt', () => Response.json({}), /parley resend$/],
    ['200 without JSON', () => new Response('<html>'), /parley resend$/],
  ])('is one of %s as well: it is handed in again, and is one statement', async (_what, answer, next) => {
    instead = answer;
    const refused = sender.client.send(noteTo(sender.client, reader.client));
    await expect(refused.finally(() => (instead = null))).rejects.toMatchObject({ next: expect.stringMatching(next) as string });
    expect((await sender.client.resend()).sent).toHaveLength(1);
  });

  it('is no matter for what only reads', async () => {
    lost = '/v1/directory';
    await expect(sender.client.directory(true)).rejects.toMatchObject({
      code: 'GATEWAY_UNREACHABLE',
      next: expect.stringContaining('then repeat') as string,
    });
    lost = null;
  });
});

describe('an answer whose receipt is nobody’s', () => {
  it('settles nothing: the statement stays to be handed in again, and keeps nothing else back', async () => {
    const { receipt } = await sender.client.send(noteTo(sender.client, reader.client));
    // the operator throws the statement away, and says that it took it
    instead = () => Response.json({ receipt: { ...receipt, batch: `${receipt.batch.slice(0, -4)}AAAA` } }, { status: 202 });
    const refused = sender.client.send(noteTo(sender.client, reader.client));
    await expect(refused).rejects.toMatchObject({ code: 'RECEIPT_INVALID', next: expect.stringMatching(/parley resend$/) as string });
    await expect(sender.client.send(noteTo(sender.client, reader.client))).rejects.toMatchObject({ code: 'RECEIPT_INVALID' });
    let answers = 0;
    const false1 = instead;
    instead = () => (answers++ === 0 ? false1() : Response.json({}));
    await expect(sender.client.resend()).rejects.toMatchObject({ code: 'RECEIPT_INVALID' });
    expect(answers).toBe(2);
    instead = null;
    expect((await sender.client.resend()).sent).toHaveLength(2);
    expect(await sender.store.names('outbox/')).toEqual([]);
  });

  it('nor does a refusal that is not readable end in anything but a refusal', async () => {
    instead = () => Response.json({ code: 'POLICY', detail: 'no', violations: [null, { code: 'X' }, 7] }, { status: 403 });
    await expect(sender.client.send(noteTo(sender.client, reader.client)).finally(() => (instead = null))).rejects.toMatchObject({
      code: 'POLICY',
      violations: [],
    });
  });
});

describe('what waited in the outbox', () => {
  const waiting = async () => {
    instead = () => Response.json({});
    const failed: unknown = await sender.client.send(noteTo(sender.client, reader.client)).catch((error: unknown) => error);
    instead = null;
    return failed as ParleyError;
  };

  it('is named by the error, and holds its items as if it had been answered', async () => {
    const { inOutbox, next } = await waiting();
    const { sent, refused } = await sender.client.resend();
    expect(sent).toMatchObject([{ digest: inOutbox, message: 'SUBMIT', exchange: expect.any(String) as string }]);
    expect(refused).toEqual([]);
    expect(next).toContain(`${inOutbox} of exchange ${sent[0]!.exchange}`);
    const held = await Promise.all((await sender.store.names('held/')).map((name) => sender.client.holding(name.slice('held/'.length))));
    expect(held.map(({ via }) => via)).toContain(inOutbox);
    // its label is as old as the envelope, which may have arrived long ago
    const { statement } = await waitFor(reader.client, (entry) => entry.statement?.digest === inOutbox);
    const { sentAt } = (statement as StatementOf<'parley-envelope+json'>).payload;
    expect(held.find(({ via }) => via === inOutbox)!.labelAt).toBe(sentAt);
  });

  it('is nothing where the gateway could not even be asked', async () => {
    lost = '/v1/directory';
    const failed: unknown = await sender.client.send(noteTo(sender.client, reader.client)).catch((error: unknown) => error);
    lost = null;
    expect(failed).toMatchObject({ code: 'GATEWAY_UNREACHABLE', inOutbox: null });
    expect((failed as ParleyError).next).not.toContain('resend');
  });

  it('may be refused: that is said beside what was sent, and beside what has no answer again', async () => {
    const no = () => Response.json({ code: 'POLICY', detail: 'no', violations: [] }, { status: 403 });
    const digests = [await waiting(), await waiting()].map(({ inOutbox }) => inOutbox);
    const bothWays = [no, () => Response.json({})];
    instead = () => bothWays.shift()!();
    const first: unknown = await sender.client.resend().catch((error: unknown) => error);
    const { answered, inOutbox } = first as ResendUnanswered;
    expect(answered).toMatchObject({ sent: [], refused: [{ error: { code: 'POLICY' } }] });
    expect([answered.refused[0]!.digest, inOutbox].sort()).toEqual(digests.sort());
    instead = no;
    expect(await sender.client.resend()).toMatchObject({ sent: [], refused: [{ digest: inOutbox }] });
    instead = null;
    expect(await sender.client.resend()).toEqual({ sent: [], refused: [] });
  });
});
