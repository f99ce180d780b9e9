/** A route as data: the same row is mounted, documented in OpenAPI, and tried by each role in the tests. */
import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { Caller } from '../../domain/caller.js';
import type { Receipt } from '../../domain/receipt.js';
import { refusal, type Refusal, type RefusalCode } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { OfficerRole } from '../../domain/vocabulary.js';
import { noParams, noQuery } from '../../domain/wire/http-requests.js';
import type { Doors } from './doors.js';

export type Who =
  /** anybody */
  | 'public'
  /** a statement that authenticates itself needs no session; a signature that is there must still be right */
  | 'optional'
  | { readonly roles: readonly OfficerRole[] };

export interface Answer {
  readonly description: string;
  /** JSON of this shape; without it other bytes, or none */
  readonly schema?: z.ZodType;
  readonly type?: string;
  /** names of those that a client goes by */
  readonly headers?: readonly string[];
}

export type Reply =
  | { readonly status: number; readonly json: unknown; readonly headers?: Readonly<Record<string, string>> }
  | {
      readonly status: number;
      readonly bytes: Uint8Array | Readable | null;
      readonly type: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** What the route hands back instead of a reply: a refusal and, where it earned a leaf, its receipt. */
export interface Turned {
  readonly refusal: Refusal;
  readonly receipt: Receipt | null;
}

/** A request that was let in and parsed. */
export interface Asked<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly requestId: string;
  /** `If-Range` and `Range`, for the one route that serves them */
  readonly range: { readonly range: string | undefined; readonly ifRange: string | undefined };
  /** @returns what aborts when the client has gone, or has its answer */
  gone(): AbortSignal;
  /** Reads the body of a route that takes bytes; compared with the signed Content-Digest. May be called once. */
  readBytes(bytesMax: number): Promise<Result<Uint8Array, Refusal>>;
}

interface Common<P, Q, B> {
  readonly method: 'get' | 'post' | 'put';
  /** Express pattern; the OpenAPI path is made from it */
  readonly path: string;
  /** names it in OpenAPI, in the log and in metrics */
  readonly operation: string;
  readonly summary: string;
  /** absent: none, and one that is there is refused */
  readonly params?: z.ZodType<P>;
  /** absent: the same */
  readonly query?: z.ZodType<Q>;
  /** JSON of this shape; `bytes`: the route reads them itself */
  readonly body?: { readonly schema: z.ZodType<B>; readonly bytesMax: number } | 'bytes';
  readonly answers: Readonly<Record<number, Answer>>;
  /** its answers say or hide what is there: none leaves sooner than "not there" does */
  readonly leavesLate?: true;
  /** it may wait long for something to come: only what it reads meanwhile takes turns with the other reads of its authority */
  readonly lingers?: true;
  /** codes that it turns requests away with, beyond those of every route; absent: none */
  readonly refusals?: readonly RefusalCode[];
}

type Handle<P, Q, B, C> = (asked: Asked<P, Q, B> & { readonly caller: C }, doors: Doors) => Promise<Result<Reply, Turned>>;

export interface Route extends Common<unknown, unknown, unknown> {
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  readonly refusals: readonly RefusalCode[];
  readonly who: Who;
  readonly handle: Handle<unknown, unknown, unknown, Caller | null>;
}

const NOTHING = { params: noParams, query: noQuery, refusals: [] };

/** For routes with a caller. The schemas' types reach the handler here and are forgotten in the table. */
export function forCallers<P, Q, B>(
  row: Common<P, Q, B> & { readonly roles: readonly OfficerRole[]; readonly handle: Handle<P, Q, B, Caller> },
): Route {
  const { roles, ...rest } = row;
  return { ...NOTHING, ...rest, who: { roles } } as unknown as Route;
}

/** For routes that anybody may take. */
export function forAnybody<P, Q, B>(
  row: Common<P, Q, B> & { readonly who: 'public' | 'optional'; readonly handle: Handle<P, Q, B, Caller | null> },
): Route {
  return { ...NOTHING, ...row } as unknown as Route;
}

/** Beside the table: admitted, counted and logged as its rows are; of the request nothing is read. */
export const aside = (path: string, operation: string, handle: () => Result<Reply, Turned>): Route =>
  forAnybody({
    method: 'get',
    path,
    operation,
    summary: '',
    who: 'public',
    params: z.unknown(),
    query: z.unknown(),
    body: 'bytes',
    answers: {},
    handle: () => Promise.resolve(handle()),
  });

export const json = (status: number, body: unknown): Result<Reply, never> => ok({ status, json: body });
export const turned = (code: RefusalCode, detail: string): Result<never, Turned> => no({ refusal: refusal(code, detail), receipt: null });
export const turnedBy = (why: Refusal): Result<never, Turned> => no({ refusal: why, receipt: null });
