/**
 * Program: the load generator. Writes requests that were made whole before over kept-alive connections, one in flight on each, and
 * reads answers only as far as counting them needs: it shares the machine with what it measures.
 * Takes one job a line, answers one report a line.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { connect as openSocket } from 'node:net';
import { systemChance } from '../adapters/chance-system.js';
import { encodeBase64url } from '../crypto/base64url.js';
import { signRequest } from '../client/sdk/http-signature.js';
import { clock } from './cast.js';
import { createAnswerReader } from './answer-reader.js';

export interface LoadJob {
  readonly host: string;
  readonly port: number;
  /** file of bodies, each after its length in 4 bytes */
  readonly file: string;
  /** the bodies to send: `count` of them from `first` on */
  readonly first: number;
  readonly count: number;
  /** after this no request leaves any more */
  readonly msMax: number;
  readonly inFlight: number;
  /** base64 of the session's key */
  readonly session: { readonly id: string; readonly key: string };
}

export interface LoadReport {
  readonly answered: number;
  readonly perSecond: number;
  readonly msMedian: number;
  readonly msP99: number;
  /** first answer that was not 202, null where all were */
  readonly refused: string | null;
}

const PATH = '/v1/statements';

if (process.argv[1]?.endsWith('load.js') === true)
  for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(await run(JSON.parse(line) as LoadJob)));

async function run(job: LoadJob): Promise<LoadReport> {
  const requests = await readRequests(job);
  const took: number[] = [];
  let next = 0;
  let refused: string | null = null;
  const before = performance.now();
  await Promise.all(
    Array.from({ length: job.inFlight }, () =>
      lane(
        job,
        () => (performance.now() - before < job.msMax ? requests[next++] : undefined),
        (ms, bad) => {
          took.push(ms);
          refused ??= bad;
        },
      ),
    ),
  );
  const seconds = (performance.now() - before) / 1000;
  took.sort((a, b) => a - b);
  const at = (share: number): number => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return { answered: took.length, perSecond: took.length / seconds, msMedian: at(0.5), msP99: at(0.99), refused };
}

/** One connection: the next request leaves when the answer to the last has come. */
function lane(job: LoadJob, take: () => Buffer | undefined, done: (ms: number, refused: string | null) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = openSocket({ host: job.host, port: job.port, noDelay: true });
    let sentAt = 0;
    const send = (): void => {
      const request = take();
      if (request === undefined) {
        socket.destroy();
        resolve();
        return;
      }
      sentAt = performance.now();
      socket.write(request);
    };
    const push = createAnswerReader((status, answer) => {
      done(performance.now() - sentAt, status === 202 ? null : answer());
      send();
    });
    socket.once('connect', send).on('data', push).once('error', reject);
  });
}

async function readRequests(job: LoadJob): Promise<Buffer[]> {
  const key = Buffer.from(job.session.key, 'base64');
  const url = `http://${job.host}:${job.port}${PATH}`;
  const requests: Buffer[] = [];
  let at = 0;
  for await (const body of bodiesOf(job.file)) {
    if (at++ < job.first) continue;
    if (requests.length === job.count) break;
    const nonce = encodeBase64url(systemChance.bytes(16));
    const signed = signRequest({ method: 'POST', url, body, created: clock.now(), nonce }, { id: job.session.id, key });
    const headers = { Host: `${job.host}:${job.port}`, 'Content-Type': 'application/json', 'Content-Length': body.length, ...signed };
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    requests.push(Buffer.concat([Buffer.from(`POST ${PATH} HTTP/1.1\r\n${head.join('')}\r\n`), body]));
  }
  if (requests.length < job.count) throw new Error(`${job.file} holds too few bodies`);
  return requests;
}

async function* bodiesOf(file: string): AsyncGenerator<Buffer> {
  let held = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 4 * 1024 * 1024 }) as AsyncIterable<Buffer>) {
    held = Buffer.concat([held, chunk]);
    let at = 0;
    while (held.length - at >= 4 && held.length - at >= 4 + held.readUInt32BE(at)) {
      const end = at + 4 + held.readUInt32BE(at);
      yield held.subarray(at + 4, end);
      at = end;
    }
    held = held.subarray(at);
  }
}
