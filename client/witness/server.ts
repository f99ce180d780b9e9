/** The witness on a socket: one route, limits, and nothing said of why something went wrong inside. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { REQUEST_BYTES_MAX, type Witness, type WitnessReply } from './witness.js';

const PATH = '/add-checkpoint';
const REQUEST_MS_MAX = 10_000;
const CONNECTIONS_MAX = 256;
const bare = (status: number): WitnessReply => ({ status, type: 'text/plain; charset=utf-8', body: '' });

export interface RunningWitness {
  readonly url: string;
  close(): Promise<void>;
}

/** @param onFailure what went wrong inside: nothing was signed */
export async function serveWitness(
  witness: Witness,
  at: { host: string; port: number },
  onFailure: (error: unknown) => void,
): Promise<RunningWitness> {
  const answer = async (request: IncomingMessage): Promise<WitnessReply> => {
    if (request.url !== PATH) return bare(404);
    if (request.method !== 'POST') return bare(405);
    const text = await readText(request);
    return text === null ? bare(400) : witness.addCheckpoint(text);
  };
  const server = createServer({ requestTimeout: REQUEST_MS_MAX, headersTimeout: REQUEST_MS_MAX }, (request, response) => {
    answer(request).then(
      (reply) => send(response, reply),
      (error: unknown) => {
        onFailure(error);
        send(response, bare(500));
      },
    );
  });
  server.maxConnections = CONNECTIONS_MAX;
  const port = await listen(server, at);
  return {
    url: `http://${at.host.includes(':') ? `[${at.host}]` : at.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

function send(response: ServerResponse, { status, type, body }: WitnessReply): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body), 'Cache-Control': 'no-store' }).end(body);
}

/** @returns null where it is too long, not UTF-8, or ends early */
async function readText(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > REQUEST_BYTES_MAX) return null;
      chunks.push(chunk);
    }
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    return null;
  }
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
