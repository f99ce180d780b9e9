/** How often an officer, or an address without a session, may ask in a minute. Counted in this process alone. */
import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { MINUTE_MS } from '../../domain/time.js';

export interface Limiter {
  /** Counts one request under `key`; false where it is one too many. Sets the RateLimit headers. */
  admits(request: Request, response: Response, key: string): Promise<boolean>;
}

class Exceeded extends Error {}

/** @param requestsMax in a minute; 0: unlimited, for a measurement */
export function createLimiter(requestsMax: number): Limiter {
  if (requestsMax === 0) return { admits: () => Promise.resolve(true) };
  const keys = new WeakMap<Request, string>();
  const limit: RequestHandler = rateLimit({
    windowMs: MINUTE_MS,
    limit: requestsMax,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // it would write its advice to standard error; who is believed about addresses is our configuration's
    validate: false,
    keyGenerator: (request) => keys.get(request) ?? '',
    handler: (_request, _response, next) => next(new Exceeded()),
  });
  return {
    admits(request, response, key) {
      keys.set(request, key);
      return new Promise((resolve, reject) => {
        const next = (error?: unknown): void => {
          if (error === undefined) resolve(true);
          else if (error instanceof Exceeded) resolve(false);
          else reject(error instanceof Error ? error : new Error('the limiter failed'));
        };
        void limit(request, response, next);
      });
    },
  };
}

/** An IPv6 subscriber has a whole /56: it counts as one. */
export const addressOf = (request: Request): string => ipKeyGenerator(request.ip ?? '0.0.0.0');
