/** The HTTP door put together: headers, routes, documents, and what is not there. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type Request, type Response } from 'express';
import helmet from 'helmet';
import { refusal } from '../../domain/refusal.js';
import { mountDocsPage } from './docs-page.js';
import type { Doors } from './doors.js';
import { createPost, mount, sendProblem, type DoorLog } from './mount.js';
import { createOpenApi } from './openapi.js';
import { problemOf, problemOfFailure } from './problem.js';
import { ROUTES } from './routes.js';

/** Answers are data: nothing in them is to be run, framed or fetched by a browser. */
const POLICY = { useDefaults: false, directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] } };

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
  for (const route of ROUTES) app[route.method](route.path, mount(post, route));

  const openapi = JSON.stringify(createOpenApi(ROUTES, version));
  app.get('/openapi.json', (_request, response) => {
    response.type('json').send(openapi);
  });
  mountDocsPage(app);
  app.use((_request, response) => {
    sendProblem(response, problemOf({ refusal: refusal('NOT_FOUND', 'no such route'), receipt: null }));
  });
  app.use(failed(log));
  const headers = safeHeaders();
  return (request, response) => {
    response.setHeaders(headers);
    // a target that is no URL reaches no handler, not even the last one, and Express would answer it with a page of its own
    app(request as Request, response as Response, () => {
      sendProblem(response as Response, problemOf({ refusal: refusal('MALFORMED', 'the target is no URL'), receipt: null }));
    });
  };
}

/** What helmet says is the same for every answer, so it is asked once; fifteen functions a request cost as much as the routing. */
function safeHeaders(): Map<string, string> {
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
  (log: DoorLog): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
    } else if (error instanceof URIError || statusOf(error) === 400) {
      sendProblem(response, problemOf({ refusal: refusal('MALFORMED', 'the path is not percent-encoded UTF-8'), receipt: null }));
    } else {
      log.failure('', error);
      sendProblem(response, problemOfFailure(error));
    }
  };

const statusOf = (error: unknown): unknown => (error instanceof Error && 'status' in error ? error.status : undefined);
