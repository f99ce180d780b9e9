/** A process that dies while it sends: what never left is sent by the next one, and what may have left is not sent twice. */
import { beforeEach, expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { ParleyClient, type KeyStore } from '../../../client/sdk/index.js';
import { digestOfBytes } from '../../../crypto/digest.js';
import { openTown } from './live-gateway.js';
import { noteTo } from './notes.js';

let n = 0;

const { gateway, sender, reader } = await openTown({ sender: ['CH-FIN', 'FIU', ['age-pq-1']], reader: ['EE-FIN', 'FIU', ['age-pq-1']] });
beforeEach(() => void (n += 1));

const draft = () => ({ ...noteTo(sender.client, reader.client), once: digestOfBytes(new TextEncoder().encode(`draft ${n}`)) });

/** One that dies before it writes a record of this name: of the way there, all is kept. */
const dying = async (prefix: string): Promise<ParleyClient> => {
  const { store } = sender;
  const alive = (name: string): KeyStore => {
    if (name.startsWith(prefix)) throw new Error(`died before ${prefix}`);
    return store;
  };
  const write: KeyStore['write'] = async (name, bytes) => alive(name).write(name, bytes);
  const create: KeyStore['create'] = async (name, bytes) => alive(name).create(name, bytes);
  return ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, triesMax: 2, store: { ...store, write, create } });
};

it.each(['drafts/', 'outbox/'])('before it writes %s, nothing has left: the draft is sent', async (prefix) => {
  await expect((await dying(prefix)).send(draft())).rejects.toThrow('died');
  expect((await sender.client.resend()).sent).toEqual([]);
  const { exchange } = await sender.client.send(draft());
  await expect(sender.client.send(draft())).rejects.toMatchObject({
    code: 'SENT_BEFORE',
    what: expect.stringContaining(exchange) as string,
  });
});

it.each(['exchanges/', 'held/'])('before it writes %s, it is in the outbox or was sent: there is one exchange', async (prefix) => {
  const before = (await sender.client.exchanges()).length;
  await expect((await dying(prefix)).send(draft())).rejects.toThrow('died');
  await expect(sender.client.send(draft())).rejects.toMatchObject({ code: 'SENT_BEFORE' });
  await sender.client.resend();
  await expect(sender.client.send(draft())).rejects.toMatchObject({ code: 'SENT_BEFORE' });
  expect(await sender.client.exchanges()).toHaveLength(before + 1);
});

it('what is refused when it is handed in again may be sent anew', async () => {
  const before = (await sender.client.exchanges()).length;
  await expect((await dying('exchanges/')).send({ ...draft(), legalBasis: [] })).rejects.toThrow('died');
  const { sent, refused } = await sender.client.resend();
  expect(sent).toEqual([]);
  expect(refused).toMatchObject([{ error: { codes: ['LEGAL_BASIS_MISSING'] } }]);
  await sender.client.send(draft());
  await expect(sender.client.send(draft())).rejects.toMatchObject({ code: 'SENT_BEFORE' });
  expect(await sender.client.exchanges()).toHaveLength(before + 1);
});

it('opens one exchange where two programs over this key store send it at once', async () => {
  const before = (await sender.client.exchanges()).length;
  const other = await ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, store: sender.store });
  const both = await Promise.allSettled([sender.client, other].map((client) => client.send(draft())));
  expect(both.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { code: 'SENT_BEFORE' } }]);
  expect(await sender.client.exchanges()).toHaveLength(before + 1);
});

/** Over the same key store, where what `before` is told of comes first. */
const beside = (before: (name: string) => Promise<unknown>): Promise<ParleyClient> => {
  const { store } = sender;
  const write: KeyStore['write'] = async (name, bytes) => before(name).then(() => store.write(name, bytes));
  const create: KeyStore['create'] = async (name, bytes) => before(name).then(() => store.create(name, bytes));
  return ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, store: { ...store, write, create } });
};

const sentBefore = (exchange: string) => ({ code: 'SENT_BEFORE', what: expect.stringContaining(exchange) as string });

it('opens one exchange where another program sends it all between the note and the outbox of this one', async () => {
  const before = (await sender.client.exchanges()).length;
  const theirs: Promise<{ exchange: string }>[] = [];
  const slow = await beside(async (name) => {
    if (name.startsWith('outbox/')) await (theirs[0] ??= sender.client.send(draft()));
  });
  const refused = await slow.send(draft()).catch((error: unknown) => error);
  const { exchange } = await theirs[0]!;
  expect(refused).toMatchObject(sentBefore(exchange));
  expect((await sender.client.resend()).sent).toEqual([]);
  await expect(sender.client.send(draft())).rejects.toMatchObject(sentBefore(exchange));
  expect(await sender.client.exchanges()).toHaveLength(before + 1);
});

it('opens one exchange where this program goes on while another one takes it for dead', async () => {
  const before = (await sender.client.exchanges()).length;
  let goOn = (): void => undefined;
  const looked = new Promise<void>((resolve) => (goOn = resolve));
  let other: Promise<unknown> | null = null;
  const first = await beside(async (name) => {
    if (!name.startsWith('outbox/') || other !== null) return;
    other = second.send(draft()).catch((error: unknown) => error);
    await looked;
  });
  const second = await beside(async (name) => {
    if (!name.startsWith('drafts/')) return;
    goOn();
    await sent;
  });
  const sent = first.send(draft());
  const { exchange } = await sent;
  expect(await other).toMatchObject(sentBefore(exchange));
  expect((await sender.client.resend()).sent).toEqual([]);
  await expect(sender.client.send(draft())).rejects.toMatchObject(sentBefore(exchange));
  expect(await sender.client.exchanges()).toHaveLength(before + 1);
});

it('opens one exchange where this program dies with it in the outbox, after another one took it for dead', async () => {
  const before = (await sender.client.exchanges()).length;
  const theirs: Promise<{ exchange: string }>[] = [];
  const slow = await beside(async (name) => {
    if (theirs.length > 0) throw new Error('died');
    if (name.startsWith('outbox/')) await theirs[theirs.push(sender.client.send(draft())) - 1];
  });
  await expect(slow.send(draft())).rejects.toThrow('died');
  const { exchange } = await theirs[0]!;
  expect(await sender.store.names('outbox/')).toHaveLength(1);
  expect(await sender.client.resend()).toEqual({ sent: [], refused: [] });
  expect(await sender.store.names('outbox/')).toEqual([]);
  await expect(sender.client.send(draft())).rejects.toMatchObject(sentBefore(exchange));
  expect(await sender.client.exchanges()).toHaveLength(before + 1);
});

it('opens one exchange where another program hands in again what is in the outbox, while a third takes this one for dead', async () => {
  const before = (await sender.client.exchanges()).length;
  await expect((await dying('exchanges/')).send(draft())).rejects.toThrow('died');
  const [waiting = ''] = await sender.store.names('outbox/');
  const bytes = (await sender.store.read(waiting))!;
  await sender.store.remove(waiting);
  // as it was before it was confirmed, and looked at by the third before it was in the outbox
  await sender.store.remove(waiting.replace('outbox/', 'drafts/'));
  const third = await beside(async (name) => {
    if (!name.startsWith('drafts/')) return;
    await sender.store.write(waiting, bytes);
    await sender.client.resend();
  });
  await expect(third.send(draft())).rejects.toMatchObject({ code: 'SENT_BEFORE' });
  expect(await sender.client.exchanges()).toHaveLength(before + 1);
});
