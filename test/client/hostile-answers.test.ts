/** A hostile gateway between a client and a real one: a clear end or the right answer, within bounds, and nothing of it is kept. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createGzip } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { complaintOf } from '../../client/cli/output.js';
import type { ClientContext } from '../../client/sdk/context.js';
import { createDoor, type DoorOptions } from '../../client/sdk/door.js';
import { ParleyError, type InboxEntry } from '../../client/sdk/index.js';
import type { Digest, ExchangeId } from '../../domain/ids.js';
import { createChance } from '../support/world.js';
import { systemClock as clock } from '../../client/cli/clock-system.js';
import { openGateway, type LiveGateway, type Member } from './sdk/live-gateway.js';
import { disclosedForm, disclosureTo, noteTo, waitFor } from './sdk/notes.js';
import { altered, openHostileProxy, saying, type HostileProxy, type Lie } from './hostile-proxy.js';

const MIB = 1024 * 1024;
const PURPOSE = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;

let gateway: LiveGateway;
let proxy: HostileProxy;
let reader: Member;
let note: { readonly item: Digest; readonly via: Digest };
let file: typeof note;
let exchange: ExchangeId;
let other: ExchangeId;

/** what waits is not waited for long, whatever a gateway asks */
const options = () => ({ fetch: proxy.fetch, clock: { ...clock, sleep: () => clock.sleep(1) } });

beforeAll(async () => {
  proxy = await openHostileProxy();
  gateway = await openGateway(() => proxy.fetch, { PARLEY_RATE_PER_OFFICER: '0' });
  const owner = await gateway.join('CH-FIN', 'FIU');
  reader = await gateway.join('EE-FIN', 'FIU');
  await gateway.compareAll();
  const sent = await owner.client.send(noteTo(owner.client, reader.client));
  note = { item: sent.items[0]!.statement.digest, via: sent.digest };
  exchange = sent.exchange;
  const content = {
    role: 'FILE',
    file: fileOf(new Uint8Array(MIB).fill(7)),
    name: 'a.bin',
    mediaType: 'application/octet-stream',
  } as const;
  const form = disclosedForm(owner.client);
  const second = await owner.client.send(disclosureTo(reader.client, [form, { ...form, content }]));
  file = { item: second.items[1]!.statement.digest, via: second.digest };
  other = second.exchange;
  await waitFor(reader.client, ({ statement }) => statement?.digest === second.digest);
});
afterAll(async () => {
  await gateway.running.drain();
  await proxy.close();
});

const fileOf = (bytes: Uint8Array) => ({
  sizeBytes: bytes.length,
  open: async function* () {
    yield bytes;
  },
});

const acts = {
  inbox: ['/v1/inbox', () => entriesOf()],
  directory: ['/v1/directory', () => reader.client.directory(true)],
  exchanges: ['/v1/exchanges', () => reader.client.exchanges()],
  standing: ['/v1/exchanges/', () => reader.client.whatNext(exchange)],
  messages: ['/v1/exchanges/', () => reader.client.messages(exchange)],
  opening: ['/v1/access', () => reader.client.open({ ...note, ...PURPOSE })],
  download: ['/v1/tickets/', () => reader.client.open({ ...file, ...PURPOSE })],
  log: ['/v1/log', () => reader.client.auditEvents()],
} as const satisfies Record<string, readonly [string, () => Promise<unknown>]>;
type Act = keyof typeof acts;
const ALL = Object.keys(acts).filter((act) => act !== 'log') as Act[];

async function entriesOf(): Promise<InboxEntry[]> {
  const entries: InboxEntry[] = [];
  for await (const entry of reader.client.inbox()) entries.push(entry);
  return entries;
}

/** @returns what the act ended with: its value, or the error */
async function under(path: string, tell: Lie, act: () => Promise<unknown>): Promise<unknown> {
  Object.assign(proxy, { lie: { path, tell }, asked: 0, sent: 0 });
  try {
    return await act();
  } catch (error) {
    return error;
  } finally {
    proxy.lie = null;
  }
}
const told = (act: Act, tell: Lie): Promise<unknown> => under(acts[act][0], tell, acts[act][1]);

/** Named, with a next step, short, and of a kind that a program tells from a fault of its own. */
function expectNamed(error: unknown): asserts error is ParleyError {
  expect(error).toBeInstanceOf(ParleyError);
  const { code, what, next, message } = error as ParleyError;
  expect(code).toMatch(/^[A-Z][A-Z0-9_]{2,47}$/);
  expect(what).not.toBe('');
  expect(next).not.toBe('');
  expect(message.length).toBeLessThan(4_000);
  expect(JSON.stringify(complaintOf(error)).length).toBeLessThan(10_000);
}

let kept: ReadonlyMap<string, string>;
/** all but what grows with each item that was opened and each checkpoint that verified */
async function storeNow(): Promise<Map<string, string>> {
  const names = (await reader.store.names('')).filter(
    (name) => !/^(?:holdings|proofs|labels|told|exchanges|shown|checkpoint|sights|slots|stream)/.test(name),
  );
  const texts = names.map(async (name) => [name, Buffer.from((await reader.store.read(name))!).toString()] as const);
  return new Map(await Promise.all(texts));
}
beforeEach(async () => {
  kept = await storeNow();
});
afterEach(async () => {
  expect(await storeNow()).toEqual(kept);
  expect((await entriesOf()).map(({ statement }) => statement?.digest)).toContain(note.via);
  expect((await reader.client.directory(true)).doubts).toEqual([]);
});

const wrapped = (levels: number): string => `{"entries":${'['.repeat(levels)}${']'.repeat(levels)}}`;
const PROBLEM = { type: 'urn:parley:refusal:POLICY', title: 't', status: 422, code: 'POLICY', detail: 'd', violations: [] };

describe('what is no answer to the question', () => {
  const forms: Readonly<Record<string, Lie>> = {
    'an empty body': saying(''),
    HTML: saying('<!doctype html><title>Sign in</title>', 200, { 'Content-Type': 'text/html' }),
    '100,000 levels': saying(wrapped(100_000)),
    'a 200 with a problem': saying(JSON.stringify(PROBLEM)),
    'a 204': saying('', 204),
    'a 304': saying('', 304),
    'a 403 in HTML': saying('<h1>Forbidden</h1>', 403),
    'a 500 with 2 MiB of text': saying('x'.repeat(2 * MIB), 500),
    'a 500 whose detail is 2 MiB': saying(JSON.stringify({ ...PROBLEM, status: 500, detail: 'x'.repeat(2 * MIB) }), 500),
    'a 422 whose texts are 1 MiB each': saying(
      JSON.stringify({ ...PROBLEM, code: 'x'.repeat(MIB), detail: 'x'.repeat(MIB), next: 'x'.repeat(MIB) }),
      422,
    ),
    'the answer to another request': (_honest, response) => void response.writeHead(200).end('{"status":"up"}'),
    'a member twice': ({ status, headers, body }, response) =>
      void response.writeHead(status, headers).end(body.toString().replace('{', '{"next":"MQ","next":"Mg",')),
    'a __proto__': ({ status, headers, body }, response) =>
      void response.writeHead(status, headers).end(body.toString().replace('{', '{"__proto__":{"next":"MQ"},')),
  };
  for (const [what, lie] of Object.entries(forms))
    it(`ends in words: ${what}`, async () => {
      for (const act of ALL) expectNamed(await told(act, lie));
      expect(Object.keys(Object.prototype)).toEqual([]);
    });

  it('a 422 with 100,000 levels in a violation is told, as JSON too', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const violation = `{"code":"A","rule":"r","source":"s","sentence":"x","offenders":[],"remedy":{"action":"none","more":${deep}}}`;
    for (const act of ALL) expectNamed(await told(act, saying(`{"code":"POLICY","detail":"d","violations":[${violation}]}`, 422)));
  });

  it('another exchange’s answer is not taken for the one that was asked for', async () => {
    const elsewhere: Lie = async (_honest, response, request) => {
      const swapped = request.url!.replace(exchange, other);
      const answer = await contextOf(reader).door.ask({ method: 'GET', path: swapped, signed: true });
      response.writeHead(200).end(answer.bytes);
    };
    expectNamed(await under(`/v1/exchanges/${exchange}`, elsewhere, () => reader.client.whatNext(exchange)));
  });
});

const contextOf = ({ client }: Member): ClientContext => (client as unknown as { readonly context: ClientContext }).context;

describe('numbers and order', () => {
  type Row = Record<string, unknown>;
  const rows = (change: (entries: Row[]) => unknown): Lie => altered((page) => ({ ...page, entries: change(page['entries'] as Row[]) }));

  it.each([-1, 1.5, 2 ** 53, 1e300, '7', null])('an index of %j is no index', async (index) => {
    expectNamed(
      await told(
        'inbox',
        rows((entries) => entries.map((entry) => ({ ...entry, index }))),
      ),
    );
  });

  it('an index that the log did not sign moves no cursor', async () => {
    const far = Number.MAX_SAFE_INTEGER;
    const entries = (await told(
      'inbox',
      rows((all) => all.map((entry) => ({ ...entry, index: far }))),
    )) as InboxEntry[];
    expect(entries.some(({ isLogged }) => isLogged)).toBe(false);
    expect(new Set(entries.map(({ cursor }) => cursor)).size).toBe(1);
  });

  it('entries twice and backwards leave the cursor behind the last that was signed', async () => {
    const honest = await entriesOf();
    const entries = (await told(
      'inbox',
      rows((all) => [...all, ...all].toReversed()),
    )) as InboxEntry[];
    expect(entries.at(-1)!.cursor).toBe(honest.at(-1)!.cursor);
  });

  it('200,000 entries are not looked at', async () => {
    expectNamed(await told('inbox', saying(`{"entries":[${'{},'.repeat(199_999)}{}]}`)));
  });

  it('twenty million values are not even read as JSON', async () => {
    const many = Buffer.alloc(64 * MIB, '{},');
    many.write('{"entries":[', 0);
    for (const act of ['inbox', 'directory'] as const) {
      const error = await told(act, saying(many));
      expectNamed(error);
      expect(error.code).toBe('ANSWER_TOO_LARGE');
    }
  });

  it('events of another shape are told', async () => {
    const event = '{"action":"DELIVER","outcome":"DONE","counterparty":"EE-FIN"}';
    const views = (change: (view: Row) => Row): Lie =>
      altered((page) => ({ ...page, events: (page['events'] as { view: Row }[]).map((one) => ({ ...one, view: change(one.view) })) }));
    const lies = [
      views((view) => ({ ...view, event })),
      views((view) => ({ ...view, event: '{}' })),
      views((view) => ({ ...view, others: ['A'.repeat(43), 'A'.repeat(43)] })),
    ];
    for (const lie of lies) expectNamed(await under('/v1/audit/events', lie, () => reader.client.checkInbox()));
  });
});

describe('pages and streams without an end', () => {
  it.each(['inbox', 'exchanges', 'messages'] as const)('a cursor that stands still ends: %s', async (act) => {
    expectNamed(
      await told(
        act,
        altered((page) => ({ ...page, next: 'MQ' })),
      ),
    );
    expect(proxy.asked).toBe(2);
  });

  it('a stream that goes on entry by entry ends with the log', async () => {
    await published();
    let size = 0;
    const endless: Lie = (_honest, response, request) => {
      const asked = new URL(request.url!, 'http://x').searchParams;
      const from = Number(asked.get('from'));
      size = Number(asked.get('size'));
      const entry = { index: from, n: 1, viewHash: 'A'.repeat(43) };
      response.writeHead(200).end(JSON.stringify({ n: 1, entries: [entry], ...(from < 2 * size ? { next: from + 1 } : {}) }));
    };
    expectNamed(await under('/v1/streams/own?', endless, () => reader.client.proveStream()));
    expect(proxy.asked).toBeLessThanOrEqual(size);
  });

  it('a hash that does not decode is told', async () => {
    await published();
    const noHash: Lie = altered((page) => ({ ...page, entries: [{ index: 0, n: 1, viewHash: `${'A'.repeat(42)}B` }] }));
    expectNamed(await under('/v1/streams/own?', noHash, () => reader.client.proveStream()));
  });
});

async function published(): Promise<void> {
  while (!(await fetch(`${gateway.origin}/v1/checkpoint`)).ok) await clock.sleep(20);
}

describe('bodies', () => {
  it('a cut one and one of the wrong length are asked for again, and told', async () => {
    const cut: Lie = ({ status, headers, body }, response) => {
      response.writeHead(status, { ...headers, 'Content-Length': String(body.length) });
      response.write(body.subarray(0, body.length >> 1), () => response.destroy());
    };
    const long: Lie = ({ status, headers, body }, response) => {
      response.writeHead(status, { ...headers, 'Content-Length': String(body.length + 10) });
      response.write(body, () => response.destroy());
    };
    for (const lie of [cut, long])
      for (const act of ALL) {
        const error = await told(act, lie);
        expectNamed(error);
        expect(error.code).toBe('GATEWAY_UNREACHABLE');
      }
    expect(proxy.asked).toBe(2);
  });

  it('a shorter length than the body ends in words', async () => {
    const short: Lie = ({ status, headers, body }, response) => {
      response.strictContentLength = false;
      response.writeHead(status, { ...headers, 'Content-Length': String(body.length >> 1), Connection: 'close' });
      response.end(body.subarray(0, body.length >> 1));
    };
    for (const act of ALL) expectNamed(await told(act, short));
  });

  it('one that comes byte by byte is waited for as long as any', async () => {
    const drip: Lie = (_honest, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(timer));
    };
    const door = createDoor({ ...doorOptions(), answerMsMax: 1_000 }, () => Promise.reject(new RangeError('nobody')));
    expectNamed(await under('/v1/directory', drip, () => door.get('/v1/directory', false)));
    expect(proxy.asked).toBe(1);
  });

  it('a failure without an end is given up, once', async () => {
    const endless: Lie = async (_honest, response) => {
      response.writeHead(500);
      for (let isOpen = true; isOpen;) {
        if (!response.write(Buffer.alloc(MIB, 'x'))) await Promise.race([once(response, 'drain'), once(response, 'close')]);
        isOpen = !response.destroyed && proxy.sent < 100 * MIB;
      }
      response.end();
    };
    const error = await under('/v1/directory', endless, acts.directory[1]);
    expectNamed(error);
    expect(error.code).toBe('ANSWER_TOO_LARGE');
    expect(proxy.asked).toBe(1);
    expect(proxy.sent).toBeLessThan(40 * MIB);
  });

  it.each([200, 500])('one that unfolds to 500 MB is read so far and no further (%i)', async (status) => {
    let unfolded = 0;
    const counted: typeof fetch = async (input, init) => {
      const response = await proxy.fetch(input, init);
      const count = new TransformStream<Uint8Array, Uint8Array>({
        transform(piece, controller) {
          unfolded += piece.length;
          controller.enqueue(piece);
        },
      });
      return new Response(response.body!.pipeThrough(count), response);
    };
    const bomb: Lie = (_honest, response) => {
      response.writeHead(status, { 'Content-Encoding': 'gzip' });
      const gzip = createGzip();
      gzip.pipe(response);
      response.on('close', () => gzip.destroy());
      const piece = Buffer.alloc(MIB, 0x20);
      const more = (left: number): void => void (left === 0 ? gzip.end() : gzip.write(piece, () => more(left - 1)));
      more(500);
    };
    const door = createDoor({ ...doorOptions(), fetch: counted }, () => Promise.reject(new RangeError('nobody')));
    const error = await under('/v1/directory', bomb, () => door.get('/v1/directory', false));
    expectNamed(error);
    expect(error.code).toBe('ANSWER_TOO_LARGE');
    expect(unfolded).toBeLessThan((status === 200 ? 257 : 5) * MIB);
  });
});

const doorOptions = (): DoorOptions => ({ ...options(), origin: gateway.origin, chance: createChance(3), triesMax: 2 });

describe('what a browser or a proxy would be led to', () => {
  it('a redirect is not followed, with or without a signature', async () => {
    const reached: unknown[] = [];
    const elsewhere = createServer((request, response) => {
      reached.push(request.headers);
      response.end('{"entries":[]}');
    }).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/v1/inbox`;
    for (const status of [301, 302, 303, 307, 308])
      for (const act of ALL) expectNamed(await told(act, saying('', status, { Location: location })));
    elsewhere.close();
    expect(reached).toEqual([]);
  });

  it('a cookie is neither kept nor sent', async () => {
    const cookies: (string | undefined)[] = [];
    const credentials: unknown[] = [];
    const watched: typeof fetch = (input, init) => {
      credentials.push(init?.credentials);
      return proxy.fetch(input, init);
    };
    const baking: Lie = ({ status, headers, body }, response, request) => {
      cookies.push(request.headers.cookie);
      response.writeHead(status, { ...headers, 'Set-Cookie': 'session=theirs; Path=/' }).end(body);
    };
    const door = createDoor({ ...doorOptions(), fetch: watched }, () => Promise.reject(new RangeError('nobody')));
    await under('/v1/directory', baking, async () => [await door.get('/v1/directory', false), await door.get('/v1/directory', false)]);
    expect(cookies).toEqual([undefined, undefined]);
    // in a browser it is this that keeps them away
    expect(credentials).toEqual(['omit', 'omit']);
  });

  it('a 103 before the answer changes nothing', async () => {
    const hinting: Lie = ({ status, headers, body }, response) => {
      response.writeEarlyHints({ link: '</x>; rel=preload' });
      response.writeHead(status, headers).end(body);
    };
    expect(await told('inbox', hinting)).toHaveLength((await entriesOf()).length);
  });
});
