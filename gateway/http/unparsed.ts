/** What Node refuses before a route is asked: it is answered as every other refusal is, with a problem, and counted. */
import { STATUS_CODES, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { refusal } from '../../domain/refusal.js';
import type { Metrics } from './metrics.js';
import type { DoorLog } from './mount.js';
import { problemOf } from './problem.js';

const TIMED_OUT = 'ERR_HTTP_REQUEST_TIMEOUT';
/** status and detail; every other code of the parser is 400 */
const REFUSED: Readonly<Record<string, readonly [number, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'the head of the request is too long'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'the chunk extensions are too long'],
  [TIMED_OUT]: [408, 'the request did not come in time'],
};
const NOT_HTTP: readonly [number, string] = [400, 'this is no request of HTTP/1.1'];

export interface UnparsedOptions {
  readonly log: Pick<DoorLog, 'request'>;
  readonly metrics: Pick<Metrics, 'request' | 'refusal'>;
  readonly newRequestId: () => string;
  /** of every answer */
  readonly headers: ReadonlyMap<string, string>;
}

/**
 * Has `server` answer with `listener`, and refuse in our words what never gets there; nothing of it is echoed.
 * @param server made without a listener of its own, and with `requireHostHeader: false`
 */
export function answerWith(server: Server, listener: RequestListener, options: UnparsedOptions): void {
  /** the newest request of each connection */
  const newest = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    newest.set(request.socket, response);
    if (response.socket === null) closeWith(request.socket, response);
    // of two, Node would give the first and a proxy may have gone by the other
    const hosts = request.headersDistinct['host']?.length ?? 0;
    if (hosts > 1 || (hosts === 0 && request.httpVersion === '1.1')) answer(response, 400, 'a request of HTTP/1.1 names one host', options);
    else listener(request, response);
  });
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    newest.set(request.socket, response);
    answer(response, 417, 'of expectations only 100-continue is met', options);
  });
  // Node would end the connection without a word
  server.on('connect', (_request: IncomingMessage, socket: Socket) => {
    socket.resume();
    if (isNextAnswer(newest.get(socket))) tell(socket, 400, 'this is no proxy', options);
    else socket.destroy();
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const code = error.code ?? '';
    const timedOut = code === TIMED_OUT;
    // a broken connection, or one that never was TLS, can be told nothing
    if (!timedOut && !code.startsWith('HPE_')) return void socket.destroy();
    // what comes behind the refusal is read and dropped: ended over unread bytes, a connection takes the answer along
    if (!socket.writable) return timedOut ? void socket.destroy() : undefined;
    if (!isNextAnswer(newest.get(socket))) return void socket.destroy();
    const [status, detail] = REFUSED[code] ?? NOT_HTTP;
    tell(socket, status, detail, options, () => {
      if (timedOut) socket.destroy();
    });
  });
}

/** Node tells the answer whose turn it is that its connection has closed, and none of those that wait behind it. */
function closeWith(socket: Socket, response: ServerResponse): void {
  const close = (): void => void response.destroy().emit('close');
  socket.setMaxListeners(0).once('close', close);
  response.once('close', () => socket.off('close', close));
}

/** Would the client take what is said now for the answer to what was refused, and not to a request before it? */
function isNextAnswer(newest: ServerResponse | undefined): boolean {
  if (newest === undefined) return true;
  // it has a socket while it is its turn
  return newest.req.complete ? newest.writableFinished : newest.socket !== null && !newest.headersSent;
}

/** Where there is no response to say it with. */
function tell(socket: Duplex, status: number, detail: string, options: UnparsedOptions, then = (): void => undefined): void {
  const { head, body } = refused(status, detail, options);
  const lines = [...head].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines}\r\n${body}`, then);
}

function answer(response: ServerResponse, status: number, detail: string, options: UnparsedOptions): void {
  const { head, body } = refused(status, detail, options);
  response.writeHead(status, Object.fromEntries(head)).end(body);
}

/** Counts and logs it, and says what to send. */
function refused(status: number, detail: string, { log, metrics, newRequestId, headers }: UnparsedOptions) {
  const requestId = newRequestId();
  const code = 'MALFORMED';
  const { problem } = problemOf({ refusal: refusal(code, detail), receipt: null });
  const body = JSON.stringify({ ...problem, status });
  metrics.refusal(code);
  metrics.request('none', status, 0);
  log.request({ requestId, method: '', route: '*', status, code, durationMs: 0 });
  const own = {
    'Parley-Request-Id': requestId,
    'Cache-Control': 'no-store',
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  };
  return { head: new Map([...headers, ...Object.entries(own)]), body };
}
