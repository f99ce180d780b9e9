import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATEMENT_TYPES } from '../../../domain/statement.js';
import { ROUTES } from '../../../gateway/http/routes.js';
import { openGate, type Gate } from './gate.js';

interface Described {
  readonly description: string;
  readonly headers?: Readonly<Record<string, unknown>>;
}

interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, { operationId: string; tags: readonly string[]; responses: Record<string, Described> }>>;
  readonly components: { readonly schemas: Record<string, { readonly description?: string; readonly required?: readonly string[] }> };
}

/** The descriptions of all members, however deep, that have one of these names. */
function describedAs(schema: unknown, names: readonly string[]): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([name, value]: [string, unknown]) => {
    const { description } = (value ?? {}) as { readonly description?: unknown };
    const own = names.includes(name) && typeof description === 'string' ? [description] : [];
    return [...own, ...describedAs(value, names)];
  });
}

describe('what the gateway says of itself', () => {
  let gate: Gate;
  const get = (path: string) => gate.ask({ path });
  beforeAll(async () => {
    gate = await openGate();
  });
  afterAll(() => gate.close());

  it('describes every route in OpenAPI 3.1, with each status that it answers', async () => {
    const document = (await (await get('/openapi.json')).json()) as Document;
    expect(document.openapi).toBe('3.1.0');
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual(ROUTES.map(({ operation }) => operation).toSorted());
    for (const route of ROUTES) {
      const { responses } = operations.find(({ operationId }) => operationId === route.operation)!;
      expect(Object.keys(responses)).toEqual(expect.arrayContaining([...Object.keys(route.answers), '400', '429']));
    }
    expect(document.paths['/v1/statements']?.post?.responses['422']?.description).toContain('POLICY');
  });

  it('names the headers by which a client goes on: how long to wait, how to sign, which part it has', async () => {
    const { paths } = (await (await get('/openapi.json')).json()) as Document;
    const headersOf = (path: string, status: string) => Object.keys(paths[path]!.get!.responses[status]!.headers ?? {});
    for (const status of ['429', '503']) expect(headersOf('/v1/inbox', status)).toEqual(['Retry-After']);
    const stranger = await get('/v1/inbox');
    expect(stranger.headers.get('www-authenticate')).toBe('Signature');
    expect(headersOf('/v1/inbox', String(stranger.status))).toEqual(['WWW-Authenticate']);
    expect(headersOf('/v1/inbox', '400')).toEqual([]);
    const part = '/v1/tickets/{id}/parts/{n}';
    expect(headersOf(part, '200')).toEqual(['ETag', 'Parley-Part-Path']);
    expect(headersOf(part, '206')).toEqual(['ETag', 'Parley-Part-Path', 'Content-Range']);
  });

  it('tells whoever asks for what is no route where the routes are told', async () => {
    const answer = await get('/v1/nothing');
    const { code, detail } = (await answer.json()) as { readonly code: string; readonly detail: string };
    expect([answer.status, code]).toEqual([404, 'NOT_FOUND']);
    expect(detail).toContain('/openapi.json');
  });

  it('shows whoever opens its address in a browser the page of its routes', async () => {
    const answer = await get('/');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await answer.text()).toBe(await (await get('/docs')).text());
  });

  it('groups routes by what they are about', async () => {
    const { paths } = (await (await get('/openapi.json')).json()) as Document;
    const tagOf = (path: string) => Object.values(paths[path]!).map(({ tags }) => tags);
    expect(tagOf('/v1/inbox')).toEqual([['inbox']]);
    expect(tagOf('/v1/directory/keys/{kid}')).toEqual([['directory']]);
    expect(tagOf('/v1/statements/{digest}')).toEqual([['statements']]);
    expect([...tagOf('/v1/log/leaves'), ...tagOf('/tile/{path}'), ...tagOf('/v1/checkpoint')]).toEqual([['log'], ['log'], ['log']]);
    expect([...tagOf('/healthz'), ...tagOf('/metrics')]).toEqual([['vitals'], ['vitals']]);
    for (const methods of Object.values(paths)) for (const { tags } of Object.values(methods)) expect(tags).toHaveLength(1);
  });

  it('describes the payload of every statement, for whoever has no TypeScript', async () => {
    const { components } = (await (await get('/openapi.json')).json()) as Document;
    for (const [typ, { bytesMax }] of Object.entries(STATEMENT_TYPES))
      expect(components.schemas[typ.replace('+json', '')]?.description).toBe(
        `payload of ${typ}; as a compact JWS ${bytesMax} bytes at most`,
      );
    expect(components.schemas['parley-keyring']?.description).toBe('payload of parley-keyring+json; as a compact JWS 65536 bytes at most');
    expect(components.schemas['parley-session']?.required).toEqual(['v', 'aud', 'authority', 'officer', 'at', 'nonce']);
  });

  it('calls a digest what is one, and says of a key, a salt or a nonce how many bytes it is', async () => {
    const document: unknown = await (await get('/openapi.json')).json();
    expect(describedAs(document, ['key', 'publicKey', 'salt', 'nonce']).filter((words) => words.includes('SHA-256'))).toEqual([]);
    expect(describedAs(document, ['kid', 'viewHash'])).toContain('base64url SHA-256');
    const { post } = (document as Document).paths['/v1/sessions']!;
    expect(describedAs(post, ['key'])).toEqual(['base64url, 32 bytes']);
  });

  it('describes the card on which an officer hands over their keys', async () => {
    const { components } = (await (await get('/openapi.json')).json()) as Document;
    expect(components.schemas['OfficerCard']?.required).toEqual(['v', 'authority', 'officer', 'signing', 'auth', 'encryption']);
  });

  it('shows it on a page that loads nothing from elsewhere', async () => {
    const page = await get('/docs/');
    const html = await page.text();
    const policy = page.headers
      .get('content-security-policy')!
      .split('; ')
      .map((directive) => directive.split(/ (.*)/).slice(0, 2));
    const nothing = Object.fromEntries(['default-src', 'base-uri', 'form-action', 'frame-ancestors'].map((what) => [what, "'none'"]));
    const own = Object.fromEntries(['script-src', 'style-src', 'connect-src'].map((what) => [what, "'self'"]));
    expect(Object.fromEntries(policy)).toEqual({ ...nothing, ...own, 'img-src': "'self' data:" });
    expect(html).not.toMatch(/https?:|<script>|style=/);
    for (const [, path] of html.matchAll(/(?:src|href)="([^"]+)"/g)) expect((await get(path!)).status, path).toBe(200);
    expect((await get('/docs/package.json')).status).toBe(404);
    expect((await get('/docs')).status).toBe(200);
  });

  it('answers data that no browser may run, frame or keep', async () => {
    const { headers } = await get('/v1/log');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('parley-request-id')).toMatch(/^[\w-]{16}$/);
  });

  it('counts requests by route and status, without an id in any label', async () => {
    await get('/v1/statements/none');
    const text = await (await get('/metrics')).text();
    expect(text).toMatch(/parley_requests_total\{operation="readStatement",status="401"\} [1-9]/);
    expect(text).toMatch(/^parley_log_leaves [0-9]+$/m);
    expect(text).toMatch(/^parley_commit_queue 0$/m);
    expect(text).not.toContain('XX-OPERATOR');
  });

  it('is healthy and ready while its store answers', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'up' });
    expect(await (await get('/readyz')).json()).toEqual({
      ready: true,
      checks: { store: true, blobs: true, accepting: true, outbox: true, log: true, clock: true },
    });
  });

  it('logs a request by its pattern, never by what was asked', async () => {
    await get('/v1/statements/SECRET-THING?also=SECRET-THING');
    const line = gate.lines.findLast((one) => one.includes('/v1/statements/:digest'))!;
    expect(Object.keys(JSON.parse(line) as object).toSorted()).toEqual(
      ['at', 'code', 'durationMs', 'level', 'method', 'msg', 'requestId', 'route', 'status'].toSorted(),
    );
    expect(gate.lines.join('')).not.toContain('SECRET-THING');
  });

  it('logs and counts what is no route, with its code and without what was asked', async () => {
    const none = await get('/v1/SECRET-THING');
    expect([none.status, ((await none.json()) as { code: string }).code]).toEqual([404, 'NOT_FOUND']);
    expect((await get('/v1/exchanges/%E0%A4%A')).status).toBe(400);
    const told = gate.lines.filter((line) => line.includes('"route":"*"')).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told.map(({ status, code }) => [status, code])).toEqual(
      expect.arrayContaining([
        [404, 'NOT_FOUND'],
        [400, 'MALFORMED'],
      ]),
    );
    expect(none.headers.get('parley-request-id')).toBe(told.at(-2)?.['requestId']);
    const text = await (await get('/metrics')).text();
    expect(text).toMatch(/parley_requests_total\{operation="none",status="404"\} [1-9]/);
    expect(text).toMatch(/parley_refusals_total\{code="MALFORMED"\} [1-9]/);
    expect(gate.lines.join('') + text).not.toContain('SECRET-THING');
  });

  it('says how much of its log no checkpoint proves yet', async () => {
    const unproved = async () => /^parley_log_unproved (\d+)$/m.exec(await (await get('/metrics')).text())?.[1];
    await expect.poll(unproved, { timeout: 20_000 }).toBe('0');
  });

  it('publishes its log as tiles that a stock client reads', async () => {
    await gate.enrolMember('AA-ONE', ['FIU'], ['OFFICER']);
    await expect.poll(async () => (await get('/checkpoint')).status, { timeout: 10_000 }).toBe(200);
    const note = await (await get('/checkpoint')).text();
    const size = Number(note.split('\n')[1]);
    expect(note.startsWith('parley.example/test\n')).toBe(true);
    const tile = await get(`/tile/0/000.p/${size}`);
    expect((await tile.arrayBuffer()).byteLength).toBe(size * 32);
    expect(tile.headers.get('cache-control')).toContain('immutable');
    const entries = await get(`/tile/entries/000.p/${size}`);
    expect((await entries.arrayBuffer()).byteLength).toBeGreaterThan(size * 34);
    // far beyond whatever was published meanwhile
    for (const path of ['/tile/0/000', '/tile/0/000.p/200', '/tile/x/000', '/tile/0/001']) expect((await get(path)).status, path).toBe(404);
    expect(await (await get('/v1/checkpoint/1')).text()).toContain('parley.example/test\n');
    expect((await get('/v1/checkpoint/999')).status).toBe(404);
  });
});
