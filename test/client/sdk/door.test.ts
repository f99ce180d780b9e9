import { describe, expect, it } from 'vitest';
import { enrol, ParleyClient } from '../../../client/sdk/client.js';
import { createDoor, type Door } from '../../../client/sdk/door.js';
import { certain } from '../../../domain/result.js';
import { createMemoryKeyStore } from '../../../client/sdk/key-store.js';
import { parseOfficerId } from '../../../domain/ids.js';
import { authority, desk } from '../../support/ids.js';
import { createChance, WORLD_START } from '../../support/world.js';

interface Seen {
  readonly body: string;
  readonly nonce: string;
  readonly key: string;
}

/** A wire that gives these answers in turn; null cuts it. */
function doorTo(answers: readonly (Response | null)[]): { door: Door; seen: Seen[]; slept: number[] } {
  const [seen, slept]: [Seen[], number[]] = [[], []];
  let sessions = 0;
  const fetchOnce: typeof fetch = async (_url, init) => {
    const input = new Headers(init?.headers).get('signature-input') ?? '';
    seen.push({
      body: init?.body === undefined || init.body === null ? '' : new TextDecoder().decode(init.body as Uint8Array),
      nonce: /nonce="([^"]+)"/.exec(input)?.[1] ?? '',
      key: /keyid="([^"]+)"/.exec(input)?.[1] ?? '',
    });
    const answer = answers[seen.length - 1];
    if (!answer) throw new TypeError('cut');
    return answer;
  };
  const clock = { now: () => WORLD_START, sleep: async (ms: number) => void slept.push(ms) };
  const session = async () => ({ id: `s-${++sessions}`, key: new Uint8Array(32) });
  return {
    door: createDoor({ origin: 'http://127.0.0.1:1', fetch: fetchOnce, clock, chance: createChance(1), triesMax: 3 }, session),
    seen,
    slept,
  };
}

const problem = (status: number, code: string, more: object = {}, headers = {}): Response =>
  new Response(JSON.stringify({ type: 'urn:x', title: 't', status, code, detail: 'because', violations: [], ...more }), {
    status,
    headers,
  });
const fine = (): Response => new Response('{"ok":true}');

describe('the door', () => {
  it('sends the same bytes again under a fresh nonce until there is an answer', async () => {
    const { door, seen } = doorTo([null, problem(503, 'OVERLOADED'), fine()]);
    expect(await door.post('/v1/statements', { a: 1 })).toEqual({ ok: true });
    expect(seen.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}', '{"a":1}']);
    expect(new Set(seen.map(({ nonce }) => nonce)).size).toBe(3);
  });

  it('waits as long as it is told to', async () => {
    const { door, slept } = doorTo([problem(429, 'RATE_LIMITED', {}, { 'Retry-After': '7' }), fine()]);
    await door.get('/v1/inbox');
    expect(slept).toEqual([7_000]);
  });

  it('says how long the gateway asks to wait, where it is still too busy after the last try', async () => {
    const busy = () => problem(429, 'RATE_LIMITED', {}, { 'Retry-After': '40' });
    await expect(doorTo([busy(), busy(), busy()]).door.get('/v1/inbox')).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      next: expect.stringContaining('in 40 s') as string,
    });
  });

  it('says what failed where the gateway tells no more than its code, and whom to tell where it stays so', async () => {
    const down = () => problem(503, 'BLOBS_UNAVAILABLE', { title: 'The gateway could not do it', detail: '' });
    await expect(doorTo([down(), down(), down()]).door.get('/v1/inbox')).rejects.toMatchObject({
      code: 'BLOBS_UNAVAILABLE',
      what: 'The gateway could not do it',
      next: expect.stringContaining('where it stays so, tell the gateway’s operator') as string,
    });
  });

  it('opens a new session once where the gateway no longer knows the old one', async () => {
    const { door, seen } = doorTo([problem(401, 'NOT_CALLER'), fine()]);
    await door.get('/v1/inbox');
    expect(seen.map(({ key }) => key)).toEqual(['s-1', 's-2']);
    const again = doorTo([problem(401, 'NOT_CALLER'), problem(401, 'NOT_CALLER')]);
    await expect(again.door.get('/v1/inbox')).rejects.toMatchObject({ code: 'NOT_CALLER', status: 401 });
  });

  it('says after the last try that there was no answer, and what to do', async () => {
    const { door } = doorTo([null, null, null]);
    await expect(door.get('/v1/inbox')).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE', next: /same receipt/ });
  });

  it('says what the runtime calls the trouble, and of a certificate what to do about that', async () => {
    const told = (cause?: object) => {
      const fails = () => Promise.reject(new TypeError('fetch failed', { cause }));
      const options = { origin: 'https://gateway.example', fetch: fails, clock: { now: () => WORLD_START, sleep: async () => undefined } };
      const door = createDoor({ ...options, chance: createChance(1), triesMax: 1 }, () => Promise.reject(new Error('no session')));
      return door.get('/v1/log', false);
    };
    await expect(told({ code: 'ENOTFOUND' })).rejects.toMatchObject({ what: 'No answer from https://gateway.example: ENOTFOUND.' });
    for (const code of [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'CERT_HAS_EXPIRED',
    ])
      await expect(told({ code })).rejects.toMatchObject({
        code: 'GATEWAY_UNREACHABLE',
        what: expect.stringContaining(code) as string,
        next: expect.stringContaining('NODE_EXTRA_CA_CERTS') as string,
      });
    for (const unnamed of [undefined, {}, { code: 'see https://elsewhere.example' }])
      await expect(told(unnamed)).rejects.toMatchObject({ what: 'No answer from https://gateway.example.' });
  });

  it('gives a refusal with all its violations and its receipt', async () => {
    const violation = {
      code: 'NO_THIRD_PARTY_CONSENT',
      rule: 'r',
      source: 's',
      sentence: 'x',
      offenders: [],
      remedy: { action: 'consent-request' },
    };
    const receipt = { body: '{}', position: 0, path: [], batch: '' };
    const { door } = doorTo([problem(422, 'POLICY', { violations: [violation], receipt })]);
    await expect(door.post('/v1/statements', {})).rejects.toMatchObject({
      codes: ['NO_THIRD_PARTY_CONSENT'],
      receipt,
      next: 'Next step: consent-request.',
    });
    const { door: another } = doorTo([problem(422, 'POLICY', { violations: [{ ...violation, remedy: { action: 'none' } }], receipt })]);
    await expect(another.post('/v1/statements', {})).rejects.toMatchObject({
      next: `Next step: none that a program can take; what a person may do stands in docs/POLICIES.md, beside ${violation.rule}.`,
    });
  });

  it('tells the beginning of a detail that is too long to show', async () => {
    const refused = (length: number) => doorTo([problem(422, 'MALFORMED', { detail: 'x'.repeat(length) })]).door.post('/v1/statements', {});
    await expect(refused(1_500)).rejects.toMatchObject({ what: 'x'.repeat(1_500) });
    await expect(refused(100_000)).rejects.toMatchObject({ what: expect.stringMatching(/^x{1000,3000}…$/) as string });
  });

  it('tells a failure of the gateway from a refusal', async () => {
    const { door } = doorTo([new Response('<html>', { status: 500 })]);
    await expect(door.get('/v1/inbox')).rejects.toMatchObject({ name: 'NotAnswered', code: 'HTTP_500' });
  });
});

describe('an answer without an end', () => {
  const clock = { now: () => WORLD_START, sleep: () => Promise.resolve() };
  const door = (pull: (controller: ReadableStreamDefaultController<Uint8Array>) => void | Promise<void>, limits: object): Door => {
    const answer: typeof fetch = () => Promise.resolve(new Response(new ReadableStream({ pull })));
    const options = { origin: 'http://127.0.0.1:1', fetch: answer, clock, chance: createChance(1), triesMax: 2, ...limits };
    return createDoor(options, () => Promise.reject(new RangeError('nobody')));
  };

  it('is read so far and no further, and once', async () => {
    let pulled = 0;
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
      pulled += 1;
      controller.enqueue(new Uint8Array(100));
    };
    const endless = door(pull, { answerBytesMax: 1_000 });
    await expect(endless.get('/v1/log', false)).rejects.toMatchObject({ code: 'ANSWER_TOO_LARGE' });
    expect(pulled).toBeLessThan(20);
  });

  it('is read as far as whoever connects a client says', async () => {
    const store = createMemoryKeyStore();
    const wanted = {
      authority: authority('CH-FIN'),
      officer: certain(parseOfficerId('o.1')),
      desk: desk('INTAKE'),
      suites: ['age-pq-1'] as const,
    };
    await enrol(store, wanted, createChance(2), WORLD_START);
    const answer: typeof fetch = () => Promise.resolve(new Response(new Uint8Array(100)));
    const options = { origin: 'http://127.0.0.1:1', fetch: answer, clock, chance: createChance(1), store };
    await expect(ParleyClient.connect({ ...options, answerBytesMax: 99 })).rejects.toMatchObject({ code: 'ANSWER_TOO_LARGE' });
    await expect(ParleyClient.connect({ ...options, answerBytesMax: 100 })).rejects.toMatchObject({ code: 'ANSWER_UNREADABLE' });
  });

  it('is waited for so long and no longer', async () => {
    const silent = door(() => new Promise(() => undefined), { answerMsMax: 20 });
    await expect(silent.get('/v1/log', false)).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
  });

  it.each([301, 302, 303, 307, 308])('says of a %i where it leads, follows nothing, and does not ask again', async (status) => {
    const leads = (Location: string) => doorTo([new Response(null, { status, headers: { Location } })]);
    const elsewhere = leads('https://elsewhere.example/v1/inbox?secret=1');
    const told: unknown = await elsewhere.door.get('/v1/inbox').catch((error: unknown) => error);
    expect(told).toMatchObject({
      code: 'GATEWAY_REDIRECTS',
      what: expect.stringContaining(' to https://elsewhere.example,') as string,
      next: expect.stringContaining('--gateway') as string,
    });
    expect(String(told)).not.toContain('secret');
    expect(elsewhere.seen).toHaveLength(1);
    await expect(leads('http://[').door.get('/v1/inbox')).rejects.toMatchObject({ code: 'GATEWAY_REDIRECTS' });
  });

  it('says so too where a browser shows nothing of a redirect', async () => {
    const opaque = { type: 'opaqueredirect', status: 0, headers: new Headers(), body: null } as unknown as Response;
    await expect(doorTo([opaque]).door.get('/v1/inbox')).rejects.toMatchObject({ code: 'GATEWAY_REDIRECTS' });
  });
});
