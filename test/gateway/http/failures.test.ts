import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { createMemoryBlobs } from '../../support/memory-blobs.js';
import { createMemoryStore } from '../../support/memory-store.js';
import { createSystemClock } from '../../../adapters/clock-system.js';
import { plusMs } from '../../../domain/time.js';
import { Failure } from '../../../domain/failure.js';
import type { Store } from '../../../domain/ports.js';
import { mount, type Post } from '../../../gateway/http/mount.js';
import { aside, turned } from '../../../gateway/http/route.js';
import { createPlaces } from '../../../gateway/places.js';
import { openGate, ROLES, type Gate } from './gate.js';

const SECRET = 'host=db.internal password=hunter2';

describe('when the gateway cannot', () => {
  let gate: Gate | null = null;
  afterEach(async () => {
    await gate?.close();
    gate = null;
  });

  /** A store in which the named methods fail once told to. */
  function breakable(): {
    store: Store;
    break(method: keyof Store, error: Error): void;
    silence(method: keyof Store): void;
    mend(method: keyof Store): void;
    replace(method: keyof Store, by: () => Promise<never>): void;
  } {
    const broken = new Map<PropertyKey, () => Promise<never>>();
    const store = new Proxy(createMemoryStore(), {
      get: (target, name) => broken.get(name) ?? (Reflect.get(target, name) as unknown),
    });
    return {
      store,
      break: (method, error) => void broken.set(method, () => Promise.reject(error)),
      silence: (method) => void broken.set(method, () => new Promise<never>(() => undefined)),
      mend: (method) => void broken.delete(method),
      replace: (method, by) => void broken.set(method, by),
    };
  }

  it('says the code of a failure and nothing of its cause', async () => {
    const { store, ...world } = breakable();
    gate = await openGate({ store });
    const session = await gate.openSession(await gate.enrolMember('AA-ONE', ['FIU'], ROLES));
    world.break('inbox', new Failure('STORE_UNAVAILABLE', SECRET));
    const answer = await gate.ask({ path: '/v1/inbox', session });
    const text = await answer.text();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(JSON.parse(text)).toMatchObject({ code: 'STORE_UNAVAILABLE', detail: '', type: 'urn:parley:failure:STORE_UNAVAILABLE' });
    world.break('keyring', new Error(SECRET));
    const foreign = await gate.ask({ path: '/v1/keyrings/INTAKE.1', session });
    expect([foreign.status, ((await foreign.json()) as { code: string }).code]).toEqual([500, 'INTERNAL']);
    // a foreign error's message may quote what it choked on: only its kind and place are logged
    const failures = gate.lines.filter((line) => line.includes('"msg":"failure"'));
    expect(failures).toHaveLength(2);
    expect(failures[1]).not.toContain('hunter2');
    expect(failures[1]).toContain('"code":"INTERNAL"');
    const metrics = await (await gate.ask({ path: '/metrics' })).text();
    for (const code of ['STORE_UNAVAILABLE', 'INTERNAL']) expect(metrics).toContain(`parley_failures_total{code="${code}"} 1`);
  });

  it('is not ready without its store, and says which check failed', async () => {
    const { store, ...world } = breakable();
    gate = await openGate({ store });
    world.break('outboxOpen', new Failure('STORE_UNAVAILABLE', 'gone'));
    const answer = await gate.ask({ path: '/readyz' });
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { ready: false, checks: { store: false, blobs: true, accepting: true, outbox: true, log: true, clock: true } },
    ]);
    expect((await gate.ask({ path: '/healthz' })).status).toBe(200);
    const logged = gate.lines.map((line) => JSON.parse(line) as { route?: string; code?: string });
    expect(['/readyz', '/healthz'].map((path) => logged.find(({ route }) => route === path)?.code)).toEqual(['NOT_READY', 'OK']);
  });

  it('tells where no body can be put, and stays ready for all that needs none', async () => {
    const blobs = createMemoryBlobs();
    const gone = new Failure('BLOBS_UNAVAILABLE', 'its volume is not mounted');
    gate = await openGate({ blobs });
    const told = async (): Promise<unknown[]> => {
      const ready = await gate!.ask({ path: '/readyz' });
      const { checks } = (await ready.json()) as { readonly checks: { readonly blobs: boolean } };
      const metrics = await (await gate!.ask({ path: '/metrics' })).text();
      return [ready.status, checks.blobs, /^parley_blobs_usable (\d)$/m.exec(metrics)?.[1]];
    };
    expect(await told()).toEqual([200, true, '1']);
    const { assertUsable } = blobs;
    blobs.assertUsable = () => Promise.reject(gone);
    expect(await told()).toEqual([200, false, '0']);
    blobs.assertUsable = assertUsable;
    expect(await told()).toEqual([200, true, '1']);
  });

  it('refuses a part where the volume of bodies hangs, keeps nothing of it, and goes on with all else', async () => {
    const blobs = createMemoryBlobs();
    blobs.putPart = () => new Promise(() => undefined);
    const system = createSystemClock();
    // nobody waits for longer than this
    const sleep = (ms: number, signal?: AbortSignal): Promise<void> => system.sleep(Math.min(ms, 300), signal);
    gate = await openGate({ blobs, clock: { ...system, sleep } });
    const session = await gate.openSession(await gate.enrolMember('AA-ONE', ['FIU'], ROLES));
    const opened = await gate.ask({ path: '/v1/uploads', body: { sizeBytes: 5 }, session });
    const path = `/v1/uploads/${((await opened.json()) as { readonly upload: string }).upload}`;
    const put = await gate.ask({ path: `${path}/parts/0`, method: 'PUT', body: new Uint8Array(5), session });
    expect([put.status, await put.json()]).toMatchObject([503, { code: 'BLOBS_UNAVAILABLE' }]);
    expect(await (await gate.ask({ path, session })).json()).toMatchObject({ parts: [] });
    const ready = await gate.ask({ path: '/readyz' });
    expect([ready.status, await ready.json()]).toMatchObject([200, { ready: true, checks: { blobs: false } }]);
    expect((await gate.ask({ path: '/v1/inbox', session })).status).toBe(200);
  });

  it('says that it is not ready, and what it counted, beside a store that fails or says nothing', async () => {
    const { store, ...world } = breakable();
    gate = await openGate({ store });
    const told = async (): Promise<unknown[]> => {
      const ready = await gate!.ask({ path: '/readyz' });
      const metrics = await gate!.ask({ path: '/metrics' });
      const text = await metrics.text();
      const { checks } = (await ready.json()) as { readonly checks: { readonly store: boolean } };
      return [
        ready.status,
        checks.store,
        metrics.status,
        /^parley_store_answers (\d)$/m.exec(text)?.[1],
        text.includes('\nparley_outbox_open '),
      ];
    };
    expect(await told()).toEqual([200, true, 200, '1', true]);
    world.break('outboxOpen', new Failure('STORE_UNAVAILABLE', 'gone'));
    expect(await told()).toEqual([503, false, 200, '0', false]);
    world.silence('outboxOpen');
    expect(await told()).toEqual([503, false, 200, '0', false]);
    world.mend('outboxOpen');
    expect(await told()).toEqual([200, true, 200, '1', true]);
  });

  it('is not ready where nothing can be written, until something was, or may be tried again', async () => {
    const { store, ...world } = breakable();
    const system = createSystemClock();
    let aheadMs = 0;
    const clock = { ...system, now: () => plusMs(system.now(), aheadMs) };
    // nothing is written but what the test sends
    gate = await openGate({ store, clock, env: { PARLEY_CHECKPOINT_MS: '50000' } });
    const member = await gate.enrolMember('AA-ONE', ['FIU'], ROLES);
    const readyz = async () => (await gate!.ask({ path: '/readyz' })).status;
    // its leaf finds no room
    const fails = async (): Promise<void> => {
      world.break('commitBatch', new Failure('STORE_UNAVAILABLE', 'SQLITE_FULL'));
      await expect(gate!.openSession(member)).rejects.toThrow();
      world.mend('commitBatch');
    };
    await fails();
    expect(await readyz()).toBe(503);
    await gate.openSession(member);
    expect(await readyz()).toBe(200);
    await fails();
    expect(await readyz()).toBe(503);
    aheadMs = 30_000;
    expect(await readyz()).toBe(200);
    // nor longer because the clock was ahead when it failed
    aheadMs = 3_600_000;
    await fails();
    aheadMs = 0;
    expect(await readyz()).toBe(200);
  });

  it('says that it is the clock where it was for the clock that nothing could be written, however little that is behind', async () => {
    const { store, ...world } = breakable();
    gate = await openGate({ store, env: { PARLEY_CHECKPOINT_MS: '50000' } });
    const member = await gate.enrolMember('AA-ONE', ['FIU'], ROLES);
    world.break('commitBatch', new Failure('CLOCK_BEHIND', 'ten seconds'));
    await expect(gate.openSession(member)).rejects.toThrow();
    const answer = await gate.ask({ path: '/readyz' });
    expect([answer.status, await answer.json()]).toMatchObject([503, { checks: { store: true, log: true, clock: false } }]);
  });

  it('begins nothing while nothing may be written, reads on, and ends each connection once it drains', async () => {
    const told = { request: () => undefined, refusal: () => undefined, failure: () => undefined };
    const everybody = { admits: () => Promise.resolve(true) };
    const asked = async (method: 'get' | 'post', draining = new AbortController().signal) => {
      const trouble = () => new Failure('LOG_BEHIND', 'it was set back');
      const doors = { clock: createSystemClock(), draining, metrics: told, signIn: { knows: () => false }, trouble };
      const common = { doors, log: told, newRequestId: () => 'r', perOfficer: everybody, perAddress: everybody };
      const post = { ...common, unreadMs: 1_000, unread: createPlaces(1_000) } as unknown as Post;
      const app = express()[method]('/', mount(post, { ...aside('/', 'test', () => turned('NOT_OFFERED', '')), method }));
      const server = app.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { method });
      server.close();
      return [((await answer.json()) as { readonly code: string }).code, answer.headers.get('connection')];
    };
    expect([await asked('get'), await asked('post')]).toEqual([
      ['NOT_OFFERED', 'keep-alive'],
      ['LOG_BEHIND', 'keep-alive'],
    ]);
    expect(await asked('get', AbortSignal.abort())).toEqual(['NOT_OFFERED', 'close']);
  });

  it('asks a store that says nothing no more often because many watch', async () => {
    const { store, ...world } = breakable();
    gate = await openGate({ store });
    let asked = 0;
    world.replace('outboxOpen', () => {
      asked += 1;
      return new Promise<never>(() => undefined);
    });
    const paths = ['/readyz', '/metrics', '/readyz', '/metrics', '/readyz', '/readyz'];
    const answers = await Promise.all(paths.map((path) => gate!.ask({ path })));
    expect(answers.map(({ status }) => status)).toEqual([503, 200, 503, 200, 503, 503]);
    expect(asked).toBe(1);
    world.mend('outboxOpen');
    expect((await gate.ask({ path: '/readyz' })).status).toBe(200);
  });

  it('ends beside a store that says nothing, and says so', async () => {
    const { store, ...world } = breakable();
    const system = createSystemClock();
    // what a stop waits for is over in a moment
    const clock = { ...system, sleep: (ms: number, signal?: AbortSignal) => system.sleep(Math.min(ms, 50), signal) };
    gate = await openGate({ store, clock });
    let isAsked = false;
    world.replace('claim', () => {
      isAsked = true;
      return new Promise<never>(() => undefined);
    });
    await expect.poll(() => isAsked).toBe(true);
    await expect(gate.close()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(gate.ask({ path: '/healthz' })).rejects.toThrow();
    gate = null;
  });

  it('drains: a long poll is answered, what was begun is finished, and nothing new is taken', async () => {
    gate = await openGate();
    const session = await gate.openSession(await gate.enrolMember('AA-ONE', ['FIU'], ROLES));
    const waiting = gate.ask({ path: '/v1/inbox?waitS=30', session });
    await expect.poll(() => gate!.world.store.outboxOpen()).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const began = Date.now();
    const drained = gate.close();
    expect((await waiting).status).toBe(200);
    await drained;
    expect(Date.now() - began).toBeLessThan(2_000);
    await expect(gate.ask({ path: '/healthz' })).rejects.toThrow();
    expect(gate.lines.at(-1)).toContain('stopped');
  });
});
