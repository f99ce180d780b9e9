/** Whoever sends slowly, or does not read, stands in its own way, and not for long. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import type { AuthorityId } from '../../../domain/ids.js';
import { ok } from '../../../domain/result.js';
import { readBody } from '../../../gateway/http/body.js';
import { mount, type Post } from '../../../gateway/http/mount.js';
import type { Doors } from '../../../gateway/http/doors.js';
import { aside, turned, type Reply, type Route } from '../../../gateway/http/route.js';
import { byteRoutes } from '../../../gateway/http/routes/bytes.js';
import { answerWith } from '../../../gateway/http/unparsed.js';
import { createPlaces } from '../../../gateway/places.js';
import { createUploads } from '../../../gateway/uploads.js';
import { createWorld } from '../../support/world.js';

const [SLOW, OTHER] = ['ZZ-SLOW', 'AA-ONE'] as unknown as readonly [AuthorityId, AuthorityId];
const never = () => new Promise<never>(() => undefined);

describe('parts that do not come', () => {
  it('take the places of their own authority and leave others theirs', async () => {
    const uploads = createUploads(createWorld(1));
    const turnedAway: unknown[] = [];
    for (let n = 0; n < 8; n += 1) void uploads.held(SLOW, never).catch((error: unknown) => turnedAway.push(error));
    expect(await uploads.held(OTHER, () => Promise.resolve('kept'))).toBe('kept');
    expect(turnedAway).toHaveLength(6);
  });

  it('of four authorities leave a place to each of some others', async () => {
    const uploads = createUploads(createWorld(1));
    const ends: Promise<unknown>[] = [];
    const hold = (owner: string): number => ends.push(uploads.held(owner as AuthorityId, never).catch((error: unknown) => error));
    for (const owner of ['AA-A', 'AA-B', 'AA-C', 'AA-D']) for (let n = 0; n < 2; n += 1) hold(owner);
    expect(await uploads.held(OTHER, () => Promise.resolve('kept'))).toBe('kept');
    hold(OTHER);
    await expect(uploads.held(OTHER, () => Promise.resolve('kept'))).rejects.toMatchObject({ code: 'OVERLOADED' });
    // and memory has an end
    for (let n = 0; n < 40; n += 1) hold(`AA-${n}`);
    await expect(uploads.held(SLOW, () => Promise.resolve('kept'))).rejects.toMatchObject({ code: 'OVERLOADED' });
  });

  it('give their places back', async () => {
    const uploads = createUploads(createWorld(1));
    for (let n = 0; n < 10; n += 1) await uploads.held(SLOW, () => Promise.resolve());
    await expect(uploads.held(SLOW, () => Promise.reject(new Error('cut off')))).rejects.toThrow('cut off');
    expect(await uploads.held(SLOW, () => Promise.resolve('kept'))).toBe('kept');
    const others = Array.from({ length: 4 }, (_, n) => [`AA-${n}`, `AA-${n}`] as unknown as AuthorityId[]).flat();
    let end!: () => void;
    const until = new Promise<void>((resolve) => (end = resolve));
    const held = others.map((owner) => uploads.held(owner, () => until));
    // beside so many, and two again once they are gone
    await uploads.held(SLOW, () => Promise.resolve());
    end();
    await Promise.all(held);
    void uploads.held(SLOW, never);
    expect(await uploads.held(SLOW, () => Promise.resolve('kept'))).toBe('kept');
  });
});

describe('parts of which nothing is taken', () => {
  const part = { sizeBytes: 3, leafHash: new Uint8Array(32), path: [] };
  const doors = {
    tickets: { redeem: () => ({ upload: 'u' }) },
    uploads: { part: () => Promise.resolve(part), read: () => Promise.resolve(new Uint8Array(3)) },
    stillRead: { objection: () => Promise.resolve(null) },
    downloads: createPlaces(2),
  };
  const route = byteRoutes.find(({ operation }) => operation === 'readPart')!;
  /** @returns what is to be sent, or the code of the refusal */
  const take = async (authority: AuthorityId): Promise<Readable | string> => {
    const asked = { params: { id: 't', n: 0 }, range: {}, caller: { authority } };
    const answer = await route.handle(asked as unknown as Parameters<Route['handle']>[0], doors as unknown as Doors);
    if (!answer.ok) return answer.error.refusal.code;
    return (answer.value as unknown as { readonly bytes: Readable }).bytes;
  };

  it('take the places of their own authority, leave others theirs, and give them back', async () => {
    const [one, two] = (await Promise.all([take(SLOW), take(SLOW)])) as [Readable, Readable];
    expect(await take(SLOW)).toBe('RATE_LIMITED');
    expect(await take(OTHER)).toBeInstanceOf(Readable);
    // never begun, and read to its end
    await Promise.all([once(one.destroy(), 'close'), once(two.resume(), 'close')]);
    expect((await Promise.all([take(SLOW), take(SLOW)])).every((bytes) => bytes instanceof Readable)).toBe(true);
    expect(await take(SLOW)).toBe('RATE_LIMITED');
  });
});

describe('a body of which nothing comes any more', () => {
  const slow = () => {
    let stalls = (): void => undefined;
    const waits: number[] = [];
    const request = Object.assign(new PassThrough(), {
      headers: { 'content-length': '10' },
      setTimeout: (ms: number, then?: () => void) => {
        waits.push(ms);
        if (then !== undefined) stalls = then;
      },
    });
    const read = readBody(request as unknown as IncomingMessage, 10, { header: '', signed: false, covered: false });
    return { request, read, waits, stall: () => stalls() };
  };

  it('is cut off', async () => {
    const { request, read, stall } = slow();
    request.write('a');
    stall();
    await expect(read).rejects.toThrow('nothing of the body came');
    expect(request.destroyed).toBe(true);
  });

  it('is waited for only until it is there', async () => {
    const { request, read, waits } = slow();
    request.end('0123456789');
    expect(await read).toMatchObject({ ok: true });
    expect(waits).toEqual([10_000, 0]);
  });
});

describe('an answer of which nothing is taken', () => {
  const bytes = new Uint8Array(64 * 1024 * 1024);
  const server = createServer();
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });
  /** @returns its port */
  async function serve(
    over: object,
    reply = (): Reply | Promise<Reply> => ({ status: 200, bytes, type: 'bin' }),
    door = {},
  ): Promise<number> {
    const handle: Route['handle'] = async () => ok(await reply());
    const route: Route = { ...aside('/', 'test', () => turned('NOT_FOUND', '')), who: 'optional', handle };
    const everybody = { admits: () => Promise.resolve(true) };
    const told = { request: () => undefined, refusal: () => undefined, failure: () => undefined };
    const doors = {
      clock: createWorld(1).clock,
      draining: new AbortController().signal,
      metrics: told,
      signIn: { knows: () => false },
      ...door,
    };
    const common = { doors, log: told, newRequestId: () => 'r', perOfficer: everybody, perAddress: everybody };
    const post = { ...common, unreadMs: 30_000, unread: createPlaces(bytes.length), ...over };
    const app = express().get('/', mount(post as unknown as Post, route));
    server.removeAllListeners('request');
    answerWith(server, app, { log: told, metrics: told, newRequestId: () => 'r', headers: new Map() });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return (server.address() as AddressInfo).port;
  }
  /** It asks so often at once, and listens to nothing. */
  async function ask(port: number, times = 1, header = ''): Promise<{ reader: Socket; responses: ServerResponse[] }> {
    const responses: ServerResponse[] = [];
    const asked = new Promise<void>((resolve) => {
      server.on('request', (_request, response: ServerResponse) => void (responses.push(response) === times && resolve()));
    });
    const reader = connect(port, '127.0.0.1').once('error', () => undefined);
    reader.write(`GET / HTTP/1.1\r\nHost: x\r\n${header}\r\n`.repeat(times));
    await asked;
    return { reader, responses };
  }
  const statusOf = async (port: number, headers = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { headers });
    await answer.body?.cancel();
    return [answer.status, answer.headers.get('retry-after')];
  };

  it('is cut off', async () => {
    const port = await serve({ unreadMs: 50 });
    const { reader, responses } = await ask(port);
    await once(responses[0]!, 'close');
    let taken = 0;
    reader.on('data', (chunk: Buffer) => (taken += chunk.length));
    await once(reader, 'close');
    expect(taken).toBeLessThan(bytes.length);
  });

  it('stands in the way of whoever asked for it, until its connection has ended', async () => {
    const port = await serve({});
    const { reader, responses } = await ask(port);
    await expect.poll(() => statusOf(port)).toEqual([429, '1']);
    reader.resetAndDestroy();
    await once(responses[0]!, 'close');
    await expect.poll(() => statusOf(port)).toEqual([200, null]);
  });

  it('stands in the way of its own authority, and of none that comes from the same address', async () => {
    const authenticate = ({ signatureInput }: { signatureInput: string }) => {
      const authority = /keyid="(.+)"/.exec(signatureInput)![1]!;
      return Promise.resolve(ok({ caller: { authority, officer: 'o1', roles: [] } }));
    };
    const reads = (_authority: AuthorityId, read: () => Promise<unknown>) => read();
    const port = await serve({}, undefined, { signIn: { knows: () => true, authenticate }, reads });
    await ask(port, 1, `Signature-Input: s=();keyid="${SLOW}"\r\n`);
    await expect.poll(() => statusOf(port, { 'signature-input': `s=();keyid="${SLOW}"` })).toEqual([429, '1']);
    expect(await statusOf(port, { 'signature-input': `s=();keyid="${OTHER}"` })).toEqual([200, null]);
  });

  it('is over with its connection also where it waits behind another one', async () => {
    const port = await serve({ unread: createPlaces(3 * bytes.length) });
    const { reader, responses } = await ask(port, 3);
    const closed = Promise.all(responses.map((response) => once(response, 'close')));
    reader.resetAndDestroy();
    await closed;
    const three = await Promise.all([ask(port), ask(port), ask(port)]);
    expect(three).toHaveLength(3);
    await expect.poll(() => statusOf(port)).toEqual([429, '1']);
  });

  it('keeps nobody from being told what was made or accepted', async () => {
    const port = await serve({ unread: createPlaces(0) }, () => ({ status: 202, json: {} }));
    expect(await statusOf(port)).toEqual([202, null]);
  });

  it('is over too where its connection had ended before it was there', async () => {
    const streams = [new PassThrough(), new PassThrough()];
    let find = (): void => undefined;
    const found = new Promise<void>((resolve) => (find = resolve));
    let asked = 0;
    const port = await serve({}, async () => {
      const stream = streams[asked++]!;
      await found;
      return { status: 200, bytes: stream, type: 'bin' };
    });
    const { reader, responses } = await ask(port, 2);
    const closed = Promise.all(responses.map((response) => once(response, 'close')));
    reader.resetAndDestroy();
    await closed;
    find();
    await expect.poll(() => streams.map(({ destroyed }) => destroyed)).toEqual([true, true]);
  });
});
