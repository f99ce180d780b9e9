/** The HTTP door put together: headers, routes, documents, and what is not there. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type Request, type Response } from 'express';
import helmet from 'helmet';
import type { RefusalCode } from '../../domain/refusal.js';
import { ok } from '../../domain/result.js';
import { DOCS_PAGES } from './docs-page.js';
import type { Doors } from './doors.js';
import { createPost, mount, sendProblem, type DoorLog, type Post } from './mount.js';
import { createOpenApi } from './openapi.js';
import { problemOfFailure } from './problem.js';
import { aside, turned, type Route } from './route.js';
import { ROUTES } from './routes.js';

/** Answers are data: nothing in them is to be run, framed or fetched by a browser. */
const POLICY = { useDefaults: false, directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] } };

const noRoute = (code: RefusalCode, detail: string): Route => aside('*', 'none', () => turned(code, detail));
const NO_ROUTE = noRoute('NOT_FOUND', 'no such route: /docs shows those there are, and /openapi.json lists them');
const NO_PATH = noRoute('MALFORMED', 'the path is not percent-encoded UTF-8');
const NO_TARGET = noRoute('MALFORMED', 'the target is no URL');

export interface AppOptions {
  readonly log: DoorLog;
  readonly newRequestId: () => string;
  /** of the package, for the OpenAPI document */
  readonly version: string;
}

export function createApp(doors: Doors, { log, newRequestId, version }: AppOptions): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', doors.limits.trustedProxies);
  // `a[b]=c` stays one odd name, which no schema knows
  app.set('query parser', 'simple');
  app.set('case sensitive routing', true);
  app.set('strict routing', true);

  const post = createPost(doors, log, newRequestId);
  const openapi = new TextEncoder().encode(JSON.stringify(createOpenApi(ROUTES, version)));
  const document = aside('/openapi.json', 'readOpenApi', () => ok({ status: 200, bytes: openapi, type: 'json' }));
  for (const route of [...ROUTES, document, ...DOCS_PAGES]) app[route.method](route.path, mount(post, route));
  app.use(mount(post, NO_ROUTE));
  app.use(failed(post));
  const headers = safeHeaders();
  const noTarget = mount(post, NO_TARGET);
  return (request, response) => {
    response.setHeaders(headers);
    // a target that is no URL reaches no handler, not even the last one, and Express would answer it with a page of its own
    app(request as Request, response as Response, () => {
      request.url = '/';
      void noTarget(request as Request, response as Response);
    });
  };
}

/** What helmet says is the same for every answer, so it is asked once; fifteen functions a request cost as much as the routing. */
export function safeHeaders(): Map<string, string> {
  const said = new Map<string, string>();
  const listener = { setHeader: (name: string, value: string) => said.set(name, value), removeHeader: () => undefined };
  helmet({ contentSecurityPolicy: POLICY, referrerPolicy: { policy: 'no-referrer' } })(
    {} as IncomingMessage,
    listener as unknown as ServerResponse,
    () => undefined,
  );
  return said;
}

/** What Express itself objects to before a route is reached: a path that is not percent-encoded text. */
const failed =
  (post: Post): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
    } else if (error instanceof URIError || statusOf(error) === 400) {
      mount(post, NO_PATH)(request, response).catch(next);
    } else {
      post.log.failure('', error);
      sendProblem(response, problemOfFailure(error));
    }
  };

const statusOf = (error: unknown): unknown => (error instanceof Error && 'status' in error ? error.status : undefined);
