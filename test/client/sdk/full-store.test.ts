/** A key store whose disk is full in the middle of an act: room is made, what waits is handed in again, and only where nothing waited the act is done anew. */
import { expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { ParleyClient, type KeyStore } from '../../../client/sdk/index.js';
import { openTown, type Member } from './live-gateway.js';
import { noteTo } from './notes.js';

const { gateway, sender, reader } = await openTown({ sender: ['EE-FIN', 'FIU'], reader: ['NG-FIA', 'FIU'] });

const FULL = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });

/** @param record from the first write of this kind on there is no room; what is removed needs none */
function filling({ store }: Member, record: string): KeyStore {
  let isFull = false;
  const take = (name: string) => {
    isFull ||= name.startsWith(record);
    if (isFull) throw FULL;
  };
  return {
    ...store,
    write: async (name, bytes) => (take(name), store.write(name, bytes)),
    create: async (name, bytes) => (take(name), store.create(name, bytes)),
  };
}

const sentSoFar = async (): Promise<number> =>
  (await sender.client.auditEvents()).filter(({ event }) => event.action === 'SEND' && event.outcome === 'ALLOW').length;

it.each([
  ['outbox/', 0],
  ['exchanges/', 1],
  ['proofs/', 1],
])('leads to one exchange, full from %s on', async (record, waiting) => {
  const before = await sentSoFar();
  const options = { origin: gateway.origin, fetch, clock, chance, triesMax: 2 };
  const full = await ParleyClient.connect({ ...options, store: filling(sender, record) });
  await expect(full.send(noteTo(full, reader.client))).rejects.toBe(FULL);
  const { sent } = await sender.client.resend();
  expect(sent).toHaveLength(waiting);
  if (waiting === 0) await sender.client.send(noteTo(sender.client, reader.client));
  expect((await sentSoFar()) - before).toBe(1);
});
