/** Where the inbox was read to is kept: a gateway that lies about it once must not have everything hidden, or nothing read, from then on. */
import { beforeEach, expect, it } from 'vitest';
import { cursorOf } from '../../../crypto/cursor.js';
import type { InboxEntry } from '../../../client/sdk/index.js';
import { openTown } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

type Wire = Record<string, unknown> & { index: number; receipt: { body: string } };
let lie: ((entry: Wire) => object) | null = null;
let keepsBack = false;

const { owner, holder } = await openTown({ owner: ['CH-FIN', 'FIU'], holder: ['EE-FIN', 'FIU'] }, (real) => async (input, init) => {
  const answer = await real(input, init);
  if (keepsBack && String(input).endsWith('/v1/access'))
    return Response.json({ ...((await answer.json()) as object), labels: [] }, { status: answer.status });
  if (lie === null || new URL(String(input)).pathname !== '/v1/inbox') return answer;
  const page = (await answer.json()) as { entries: Wire[] };
  return Response.json({ ...page, entries: page.entries.map((entry) => ({ ...entry, ...lie!(entry) })) });
});
beforeEach(async () => {
  [lie, keepsBack] = [null, false];
  await holder.store.remove('cursor');
  await holder.store.remove('told');
});

const READ = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;
const sendNote = async () => {
  const sent = await owner.client.send(noteTo(owner.client, holder.client));
  await waitFor(holder.client, ({ statement }) => statement?.digest === sent.digest);
  return { item: sent.items[0]!.statement.digest, via: sent.digest };
};
/** As a program does it: from what is kept, and each is kept. */
const readOn = async (): Promise<InboxEntry[]> => {
  const { client } = holder;
  const entries: InboxEntry[] = [];
  for await (const entry of client.inbox((await client.readCursor()) ?? undefined)) entries.push(entry);
  for (const { cursor } of entries) await client.keepCursor(cursor);
  return entries;
};

const FAR = cursorOf(900_000_000);

it.each([
  ['a cursor that is none', () => ({ cursor: 'zz' })],
  ['a cursor far behind everything', () => ({ cursor: FAR })],
  ['a place far behind everything', () => ({ cursor: FAR, index: 899_999_999 })],
  [
    'a receipt of that place that nobody signed',
    ({ receipt }: Wire) => ({
      cursor: FAR,
      index: 899_999_999,
      receipt: { ...receipt, body: receipt.body.replace(/"index":\d+/, '"index":899999999') },
    }),
  ],
])('%s is not kept: what comes next is shown', async (_what, change) => {
  await sendNote();
  lie = change;
  await readOn();
  lie = null;
  const { via } = await sendNote();
  expect((await readOn()).map(({ statement }) => statement?.digest)).toContain(via);
  // and what was read is not read again
  expect(await readOn()).toEqual([]);
});

it.each([
  ['a cursor that is none', () => ({ cursor: 'zz' })],
  ['a cursor far behind everything', () => ({ cursor: FAR })],
])('%s keeps nothing from being opened, and no label statement from being demanded', async (_what, change) => {
  const given = await sendNote();
  lie = change;
  await holder.client.open({ ...given, ...READ });
  lie = null;
  const opened = await holder.client.open({ ...given, ...READ });
  const sent = await owner.client.addCaveat(given.item, {
    ...opened.label,
    caveats: [{ code: 'NO_EXPORT', by: owner.client.authority }],
  });
  await waitFor(holder.client, ({ statement }) => statement?.digest === sent.digest);
  keepsBack = true;
  await expect(holder.client.open({ ...given, ...READ })).rejects.toMatchObject({ check: 'LABEL' });
});

it('a cursor that an older client kept and that is none is no cursor', async () => {
  await holder.store.write('cursor', new TextEncoder().encode('{"after":"zz"}'));
  await holder.store.write('told', new TextEncoder().encode('{"after":"zz"}'));
  const given = await sendNote();
  expect((await readOn()).map(({ statement }) => statement?.digest)).toContain(given.via);
  await holder.client.open({ ...given, ...READ });
});

it('a label statement whose line nobody signed is not demanded for ever', async () => {
  const given = await sendNote();
  const opened = await holder.client.open({ ...given, ...READ });
  const other = await sendNote();
  const { digest } = await owner.client.addCaveat(other.item, { ...opened.label, caveats: [] });
  const label = await waitFor(holder.client, ({ statement }) => statement?.digest === digest);
  // the line of another statement with the label statement's words about the first item
  await holder.store.remove('told');
  const [head, body, signature] = label.statement!.compact.split('.') as [string, string, string];
  const payload = Buffer.from(body, 'base64url').toString().replace(other.item, given.item);
  const madeUp = [head, Buffer.from(payload).toString('base64url'), signature].join('.');
  lie = (entry) => (entry.statement === label.statement!.compact ? { statement: madeUp } : {});
  await holder.client.open({ ...given, ...READ });
  lie = null;
  await expect(holder.client.open({ ...given, ...READ })).resolves.toMatchObject({ via: given.via });
});
