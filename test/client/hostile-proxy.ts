/** A gateway in between that is not the gateway: it hands requests on as they are, and answers some of them with what a test tells it to. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface Honest {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** @param honest what the gateway behind it said */
export type Lie = (honest: Honest, response: ServerResponse, request: IncomingMessage) => void | Promise<void>;

export interface HostileProxy {
  readonly origin: string;
  /** a fetch of clients that have the gateway's origin, and reach this one */
  readonly fetch: typeof fetch;
  /** answers to requests whose path begins so; null: all are handed on */
  lie: { readonly path: string; readonly tell: Lie } | null;
  /** requests that were lied to since the lie was set */
  asked: number;
  /** bytes of them that were written piece by piece since */
  sent: number;
  close(): Promise<void>;
}

export async function openHostileProxy(): Promise<HostileProxy> {
  let target = '';
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const proxy: HostileProxy = {
    origin,
    fetch: (input, init) => {
      const asked = new URL(String(input));
      target = asked.origin;
      return fetch(`${origin}${asked.pathname}${asked.search}`, init);
    },
    lie: null,
    asked: 0,
    sent: 0,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const honest = await handOn(target, request);
    const { lie } = proxy;
    if (lie === null || !request.url!.startsWith(lie.path)) return void response.writeHead(honest.status, honest.headers).end(honest.body);
    proxy.asked += 1;
    const write = response.write.bind(response) as (piece: Buffer | string, done?: () => void) => boolean;
    response.write = (piece: Buffer | string, done?: unknown) => {
      proxy.sent += piece.length;
      return write(piece, done as (() => void) | undefined);
    };
    await lie.tell(honest, response, request);
  };
  return proxy;
}

const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'expect'];

async function handOn(target: string, request: IncomingMessage): Promise<Honest> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    value === undefined || name === 'host' || HOP_BY_HOP.includes(name) ? [] : [[name, String(value)] as [string, string]],
  );
  const answer = await fetch(`${target}${request.url!}`, {
    method: request.method!,
    headers,
    ...(pieces.length === 0 ? {} : { body: Buffer.concat(pieces) }),
  });
  const kept = [...answer.headers].filter(([name]) => !HOP_BY_HOP.includes(name));
  return { status: answer.status, headers: Object.fromEntries(kept), body: Buffer.from(await answer.arrayBuffer()) };
}

/** The honest answer with its JSON altered. */
export const altered =
  (change: (answer: Record<string, unknown>) => unknown): Lie =>
  ({ status, headers, body }, response) => {
    const answer = JSON.parse(body.toString()) as Record<string, unknown>;
    response.writeHead(status, headers).end(JSON.stringify(change(answer)));
  };

/** These bytes, whatever was asked. */
export const saying =
  (body: string | Buffer, status = 200, headers: Readonly<Record<string, string | string[]>> = {}): Lie =>
  (_honest, response) =>
    void response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body);
