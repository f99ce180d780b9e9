/** OpenAPI 3.1, made from the same rows that are mounted, with the shape of every statement that they take and answer. */
import { createDocument, type ZodOpenApiComponentsObject, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { z } from 'zod';
import { present } from '../../domain/present.js';
import { REFUSAL_CODES, type RefusalCode } from '../../domain/refusal.js';
import { STATEMENT_TYPES } from '../../domain/statement.js';
import { OFFICER_CARD_BYTES_MAX, officerCard } from '../../domain/wire/directory.js';
import { receiptAnswer } from '../../domain/wire/http-answers.js';
import { KEYRING_BYTES_MAX } from '../../domain/wire/http-requests.js';
import { keyring } from '../../domain/wire/keyring.js';
import { problem } from '../../domain/wire/problem.js';
import { FAILURE_STATUS, headersFor } from './problem.js';
import type { Route } from './route.js';

const OF_EVERY_ROUTE: readonly RefusalCode[] = ['MALFORMED', 'RATE_LIMITED'];
const OF_CALLERS: readonly RefusalCode[] = ['NOT_CALLER', 'ROLE_REQUIRED'];
const OF_BODIES: readonly RefusalCode[] = ['TOO_LARGE'];

const SIGNED =
  'RFC 9421, label sig, hmac-sha256 under the session’s key over @method, @target-uri and, where there is a body, content-digest; parameters created, nonce, keyid, alg.';

/** Every code that the route can turn a request away with. */
function codesOf(route: Route): readonly RefusalCode[] {
  const codes = [
    ...OF_EVERY_ROUTE,
    ...(route.who === 'public' ? [] : route.who === 'optional' ? (['NOT_CALLER'] as const) : OF_CALLERS),
    ...(route.body === undefined ? [] : OF_BODIES),
    ...route.refusals,
  ];
  return [...new Set(codes)];
}

/** @param version of the package */
export function createOpenApi(routes: readonly Route[], version: string): ReturnType<typeof createDocument> {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Parley gateway',
      version,
      description: `Carries sealed messages between authorities and proves what it did. It cannot read them. Requests of a session are signed: ${SIGNED} The payload of each statement is described below under its type. This is what the gateway of this version answers: a later one may answer with further members, which a client leaves out.`,
    },
    paths,
    components: {
      schemas: { Problem: problem, Receipt: receiptAnswer, OfficerCard: card, ...payloads() },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'header',
          name: 'Signature',
          description: SIGNED,
        },
      },
    },
  });
}

/** It goes from hand to hand, and to no route. */
const card = officerCard.meta({
  description: `what an officer hands to whoever holds the root, to be listed in the next entry; JSON of ${OFFICER_CARD_BYTES_MAX} bytes at most`,
});

/** What is signed, by `typ` without its suffix; a keyring has a statement's form and is none. */
const payloads = (): NonNullable<ZodOpenApiComponentsObject['schemas']> =>
  Object.fromEntries(
    Object.entries({ ...STATEMENT_TYPES, 'parley-keyring+json': { schema: keyring, bytesMax: KEYRING_BYTES_MAX } }).map(
      ([typ, { schema, bytesMax }]) => {
        const shape = z.toJSONSchema(schema, { io: 'input' });
        return [typ.replace('+json', ''), { ...shape, description: `payload of ${typ}; as a compact JWS ${bytesMax} bytes at most` }];
      },
    ),
  ) as NonNullable<ZodOpenApiComponentsObject['schemas']>;

/** `/v1/uploads/:id/parts/:n` → `/v1/uploads/{id}/parts/{n}` */
const openApiPath = (path: string): string => path.replaceAll(/[:*]([a-z]+)/g, '{$1}');

/** First words of paths that stand with others. */
const GROUPS: Readonly<Record<string, string>> = {
  access: 'statements',
  receipts: 'statements',
  uploads: 'bodies',
  tickets: 'bodies',
  streams: 'log',
  checkpoint: 'log',
  tile: 'log',
  healthz: 'vitals',
  readyz: 'vitals',
  metrics: 'vitals',
};

/** What a route is about: the first word of its path, behind the version. */
function tagOf(path: string): string {
  const word = path.replace('/v1', '').split('/')[1]!;
  return GROUPS[word] ?? word;
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  return {
    operationId: route.operation,
    tags: [tagOf(route.path)],
    summary: route.summary,
    ...(typeof route.who === 'object' ? { description: `Roles: ${route.who.roles.join(', ')}.`, security: [{ session: [] }] } : {}),
    ...(route.who === 'optional' ? { security: [{}, { session: [] }] } : {}),
    requestParams: { path: route.params as z.ZodObject, query: route.query as z.ZodObject },
    ...(route.body === undefined ? {} : { requestBody: bodyOf(route.body) }),
    responses: { ...answersOf(route), ...problemsOf(route) },
  };
}

const bodyOf = (body: NonNullable<Route['body']>): NonNullable<ZodOpenApiOperationObject['requestBody']> => ({
  required: true,
  content: body === 'bytes' ? { 'application/octet-stream': { schema: BINARY } } : { 'application/json': { schema: body.schema } },
});

const BINARY = { type: 'string', format: 'binary' } as const;

function answersOf(route: Route): ZodOpenApiOperationObject['responses'] {
  const entries = Object.entries(route.answers).map(([status, { description, schema, type, headers }]) => {
    const content =
      schema !== undefined ? { 'application/json': { schema } } : type === undefined ? undefined : { [type]: { schema: BINARY } };
    return [status, { description, ...headersOf(headers), ...present({ content }) }];
  });
  return Object.fromEntries(entries) as ZodOpenApiOperationObject['responses'];
}

const headersOf = (names: readonly string[] = []) =>
  names.length === 0 ? {} : { headers: Object.fromEntries(names.map((name) => [name, { schema: { type: 'string' as const } }])) };

function problemsOf(route: Route): ZodOpenApiOperationObject['responses'] {
  const byStatus = new Map<number, string[]>();
  const refusals = codesOf(route).map((code) => [code, REFUSAL_CODES[code]] as const);
  for (const [code, status] of [...refusals, ...Object.entries(FAILURE_STATUS)])
    byStatus.set(status, [...new Set([...(byStatus.get(status) ?? []), code])]);
  const content = { 'application/problem+json': { schema: problem } };
  // a status that is an answer of the route's own is described there
  const entries = [...byStatus].filter(([status]) => route.answers[status] === undefined);
  return Object.fromEntries(
    entries.map(([status, codes]) => [status, { description: codes.join(', '), ...headersOf(Object.keys(headersFor(status))), content }]),
  );
}
