/** What a hostile gateway says of its log and of itself, in whatever form: a clear end, and the client remembers nothing of it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock as clock } from '../../client/cli/clock-system.js';
import { createMemoryKeyStore, enrol, ParleyClient, ParleyError, type KeyStore } from '../../client/sdk/index.js';
import { certain } from '../../domain/result.js';
import { parseOfficerId } from '../../domain/ids.js';
import { authority, desk } from '../support/ids.js';
import { createChance } from '../support/world.js';
import { openHostileProxy, saying, type HostileProxy, type Lie } from './hostile-proxy.js';
import { openGateway, type LiveGateway, type Member } from './sdk/live-gateway.js';
import { givenNote } from './sdk/notes.js';

let gateway: LiveGateway;
let proxy: HostileProxy;
let reader: Member;

beforeAll(async () => {
  proxy = await openHostileProxy();
  gateway = await openGateway(() => proxy.fetch, { PARLEY_RATE_PER_OFFICER: '0' });
  const owner = await gateway.join('CH-FIN', 'FIU');
  reader = await gateway.join('EE-FIN', 'FIU');
  await gateway.compareAll();
  await reader.client.open(await givenNote(owner.client, reader.client));
  for (let epoch = 0; epoch === 0; await clock.sleep(50)) epoch = await reader.client.watch().then(({ epoch: n }) => n);
});
afterAll(async () => {
  await gateway.running.drain();
  await proxy.close();
});

const connect = (store: KeyStore): Promise<ParleyClient> => {
  const hasty = { ...clock, sleep: () => clock.sleep(1) };
  return ParleyClient.connect({ origin: gateway.origin, fetch: proxy.fetch, clock: hasty, chance: createChance(3), triesMax: 2, store });
};

/** The reader's key store without what it knows of the log. */
async function freshStore(): Promise<KeyStore> {
  const store = createMemoryKeyStore();
  for (const name of await reader.store.names(''))
    if (!/^(?:checkpoint|stream|watch|sights)/.test(name)) await store.write(name, (await reader.store.read(name))!);
  return store;
}

async function newStore(): Promise<KeyStore> {
  const store = createMemoryKeyStore();
  const wanted = {
    authority: authority('LV-FIN'),
    officer: certain(parseOfficerId('o.1')),
    desk: desk('INTAKE'),
    suites: ['age-x25519-1'] as const,
  };
  await enrol(store, wanted, createChance(4), clock.now());
  return store;
}

/** where it is lied, and what is asked; all but the first with a client that is connected already */
const ACTS: Readonly<Record<string, readonly [string, (client: ParleyClient) => Promise<unknown>]>> = {
  checkpoint: ['/v1/checkpoint', (client) => client.checkLog()],
  leaves: ['/v1/log/leaves', (client) => client.proveStream()],
  entries: ['/v1/streams/own?', (client) => client.proveStream()],
  openings: ['/v1/streams/own/', (client) => client.proveStream()],
  readings: ['/v1/audit/readings', (client) => client.auditEvents()],
  inclusion: ['/v1/log/proof', (client) => client.checkProofs()],
  session: ['/v1/sessions', (client) => client.exchanges()],
};

/** past what any program that writes HTTP lets through */
const raw =
  (head: string): Lie =>
  (_honest, response) =>
    void response.socket!.end(`HTTP/1.1 200 OK\r\n${head}\r\nContent-Length: 2\r\n\r\n{}`);
const FORMS: Readonly<Record<string, Lie>> = {
  nothing: saying(''),
  HTML: saying('<!doctype html>', 200, { 'Content-Type': 'text/html' }),
  null: saying('null'),
  'another object': saying('{}'),
  'a 404 of somebody else': saying('<h1>Not found</h1>', 404),
  'bytes that are no text': saying(Buffer.alloc(5_000, 0xff)),
  'three million line feeds': saying('\n'.repeat(3_000_000)),
  'half a million lines like signatures': saying('— x y\n'.repeat(500_000)),
  'a header with a line feed of its own': raw('X-A: b\nX-C: d\rX-E: f\r\n Folded: g'),
  'a header of 200 kB': raw(`X-A: ${'y'.repeat(200_000)}`),
  'two lengths': raw('Content-Length: 1'),
  'what is no gzip and says so': saying('not gzip', 200, { 'Content-Encoding': 'gzip' }),
  'no HTTP': (_honest, response) => void response.socket!.end('\u0016\u0003\u0001'),
  'a byte order mark before it': ({ status, headers, body }, response) =>
    void response.writeHead(status, headers).end(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body])),
};

/** @returns the error; null: it ended well */
async function under(path: string, tell: Lie, act: () => Promise<unknown>): Promise<unknown> {
  Object.assign(proxy, { lie: { path, tell }, asked: 0, sent: 0 });
  try {
    await act();
    return null;
  } catch (error) {
    return error;
  } finally {
    proxy.lie = null;
  }
}

function expectClearEnd(error: unknown): void {
  expect(proxy.asked).toBeGreaterThan(0);
  if (error === null) return;
  expect(error).toBeInstanceOf(ParleyError);
  const { code, next, message } = error as ParleyError;
  expect([code, next]).toEqual([expect.stringMatching(/^[A-Z][A-Z0-9_]{2,47}$/), expect.stringMatching(/\S/)]);
  expect(message.length).toBeLessThan(4_000);
}

it.each(Object.keys(FORMS))('a log that answers with %s', async (form) => {
  for (const [path, act] of Object.values(ACTS)) {
    const store = await freshStore();
    const client = await connect(store);
    const error = await under(path, FORMS[form]!, () => act(client));
    expectClearEnd(error);
    if (path === '/v1/checkpoint' && error !== null) expect(await store.names('checkpoint')).toEqual([]);
    // and no lie of that kind convicts a log of two histories
    expect(await client.logAlarms()).toEqual([]);
  }
});

it.each(Object.keys(FORMS))('a gateway that says of itself %s is not met', async (form) => {
  const store = await newStore();
  const names = await store.names('');
  const error = await under('/v1/log', FORMS[form]!, () => connect(store));
  expect(error).not.toBeNull();
  expectClearEnd(error);
  expect(await store.names('')).toEqual(names);
});
