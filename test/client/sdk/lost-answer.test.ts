import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { ParleyClient, type ParleyError, type ResendUnanswered } from '../../../client/sdk/index.js';
import { keepHolding, readHolding } from '../../../client/sdk/holding.js';
import { readIdentity } from '../../../client/sdk/identity.js';
import { readStatementOf } from '../../../client/sdk/statements.js';
import { decodeBase64url, encodeBase64url } from '../../../crypto/base64url.js';
import { digestOfBytes } from '../../../crypto/digest.js';
import { createSigningKey } from '../../../crypto/signing-key.js';
import type { Digest } from '../../../domain/ids.js';
import { certain } from '../../../domain/result.js';
import type { StatementOf } from '../../../domain/statement.js';
import type { Submission } from '../../../domain/wire/submission.js';
import { openTown } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';
import { refusalBy } from './receipts.js';

const ONCE = digestOfBytes(new TextEncoder().encode('one draft'));
let lost: string | null = null;
/** what comes in place of the gateway's answer to a statement that it took in */
let instead: ((submission: Uint8Array) => Response | Promise<Response>) | null = null;

let refusesSessions = false;

const lying =
  (real: typeof fetch): typeof fetch =>
  async (url, init) => {
    if (refusesSessions && String(url).endsWith('/v1/sessions')) return Response.json({ code: 'KEY_NOT_TRUSTED' }, { status: 403 });
    const answer = await real(url, init);
    if (lost !== null && String(url).includes(lost)) throw new TypeError('fetch failed');
    return instead !== null && String(url).endsWith('/v1/statements') ? instead(init!.body as Uint8Array) : answer;
  };

const { gateway, sender, reader } = await openTown(
  { sender: ['NG-FIA', 'FIU', ['age-pq-1']], reader: ['VG-FIX', 'FIU', ['age-pq-1']] },
  lying,
);

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

  it('keeps nothing back that stands behind what another program settled meanwhile', async () => {
    lost = '/v1/statements';
    await expect(sender.client.send(noteTo(sender.client, reader.client))).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
    lost = null;
    const names = async (prefix: string) => [...(prefix === 'outbox/' ? [`outbox/${ONCE}`] : []), ...(await sender.store.names(prefix))];
    const store = { ...sender.store, names };
    const again = await ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, store });
    expect(await again.resend()).toMatchObject({ sent: [{ message: 'SUBMIT' }], refused: [] });
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

  it('leaves its sender a copy of each item under the seal made for it; what was learnt of a label meanwhile stands', async () => {
    const { items = [], ...note } = noteTo(sender.client, reader.client);
    const file = { sizeBytes: 3, open: () => Readable.from([new Uint8Array(3)]) };
    const content = { role: 'FILE', file, name: 'scan.txt', mediaType: 'text/plain' } as const;
    let given: Submission | null = null;
    instead = (submission) => {
      given = JSON.parse(new TextDecoder().decode(submission)) as Submission;
      return new Response('', { status: 500 });
    };
    const unanswered = sender.client.send({ ...note, items: [...items, { ...items[0]!, content }] });
    await expect(unanswered.finally(() => (instead = null))).rejects.toMatchObject({ code: 'HTTP_500' });
    const { items: compacts = [], seals = [] } = given! as Submission;
    const [form, scan] = compacts.map((compact) => certain(readStatementOf('parley-item+json', compact)));
    const own = (await readIdentity(sender.store))!.desks[0]!.keys[0]!.kid;
    const sealOf = ({ digest }: { readonly digest: Digest }) =>
      seals.filter(({ item, kid }) => item === digest && kid === own).map(({ bytes }) => bytes);
    const seal = { kid: own, bytes: certain(decodeBase64url(sealOf(form!)[0]!)) };
    const { label } = form!.payload;
    await keepHolding(sender.store, { item: form!, label, labelEpoch: 3, labelAt: clock.now(), via: form!.digest, seal });
    expect((await sender.client.resend()).sent).toHaveLength(1);
    expect((await readHolding(sender.store, form!.digest)).labelEpoch).toBe(3);
    expect(encodeBase64url((await readHolding(sender.store, scan!.digest)).seal.bytes)).toBe(sealOf(scan!)[0]);
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
    instead = (submission) => (answers++ === 0 ? false1(submission) : Response.json({}));
    await expect(sender.client.resend()).rejects.toMatchObject({ code: 'RECEIPT_INVALID' });
    expect(answers).toBe(2);
    instead = null;
    expect((await sender.client.resend()).sent).toHaveLength(2);
    expect(await sender.store.names('outbox/')).toEqual([]);
  });
});

describe('a refusal that the log did not sign', () => {
  const bare = () => Response.json({ code: 'POLICY', detail: 'no', violations: [null, { code: 'X' }, 7] }, { status: 403 });

  it.each([
    ['without a receipt', bare],
    ['with what is none', () => Response.json({ code: 'POLICY', receipt: { body: 7 } }, { status: 403 })],
    [
      'with what leads nowhere',
      () => Response.json({ receipt: { body: '', position: 0, path: ['z'.repeat(43)], batch: '' } }, { status: 403 }),
    ],
    ['of a proxy', () => new Response('<html>', { status: 413 })],
    ['of another statement', (submission: Uint8Array) => refusalBy(gateway.key, submission, { statement: 'A'.repeat(43) as Digest })],
    ['with the receipt of its acceptance', (submission: Uint8Array) => refusalBy(gateway.key, submission, { outcome: 'ALLOW' })],
    ['signed by nobody', (submission: Uint8Array) => refusalBy(createSigningKey(chance), submission)],
  ])('%s settles nothing: it may have been taken, and is one statement', async (_what, answer) => {
    instead = answer;
    const refused = sender.client.send({ ...noteTo(sender.client, reader.client), once: ONCE });
    await expect(refused.finally(() => (instead = null))).rejects.toMatchObject({
      code: 'REFUSAL_NOT_SIGNED',
      inOutbox: expect.any(String) as string,
      next: expect.stringMatching(/may have arrived.*parley resend/) as string,
    });
    expect((await sender.client.resend()).sent).toHaveLength(1);
    await sender.store.remove(`drafts/${ONCE}`);
  });

  it('of the session settles nothing either: what was handed in is not what was refused', async () => {
    const { inOutbox } = await waiting();
    refusesSessions = true;
    const again = await ParleyClient.connect({
      origin: gateway.origin,
      fetch: lying(fetch),
      clock,
      chance,
      triesMax: 2,
      store: sender.store,
    });
    await expect(again.resend().finally(() => (refusesSessions = false))).rejects.toMatchObject({ inOutbox });
    expect((await sender.client.resend()).sent).toMatchObject([{ digest: inOutbox }]);
  });

  it('is not asked for where it is too long to be read: nothing leaves, and nothing waits', async () => {
    const note = noteTo(sender.client, reader.client);
    const text = { ...note.items[0]!, content: { role: 'TEXT' as const, text: 'x'.repeat(60_000) } };
    const draft = { ...note, items: [...note.items, ...Array.from({ length: 16 }, () => text)] };
    await expect(sender.client.send(draft)).rejects.toMatchObject({ code: 'TOO_LARGE', status: 0, inOutbox: null });
    expect(await sender.store.names('outbox/')).toEqual([]);
  });

  it('is all that there is of some: whoever has asked the operator gives it up', async () => {
    instead = bare;
    const failed: unknown = await sender.client.send(noteTo(sender.client, reader.client)).catch((error: unknown) => error);
    const digest = (failed as ParleyError).inOutbox!;
    await sender.client.giveUp(digest);
    expect(await sender.client.resend().finally(() => (instead = null))).toEqual({ sent: [], refused: [] });
    await expect(sender.client.giveUp(digest)).rejects.toMatchObject({ code: 'NOT_WAITING' });
  });
});

const waiting = async () => {
  instead = () => Response.json({});
  const failed: unknown = await sender.client.send(noteTo(sender.client, reader.client)).catch((error: unknown) => error);
  instead = null;
  return failed as ParleyError;
};

describe('what waited in the outbox', () => {
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
    const no = (submission: Uint8Array) => refusalBy(gateway.key, submission);
    const digests = [await waiting(), await waiting()].map(({ inOutbox }) => inOutbox);
    const bothWays = [no, () => Response.json({})];
    instead = (submission) => bothWays.shift()!(submission);
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
