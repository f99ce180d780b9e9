/** End to end: seal, accept, deliver, open, acknowledge, through the SDK and a gateway process; one at a time and 16 in flight. */
import type { ParleyClient } from '../client/sdk/index.js';
import type { Digest } from '../domain/ids.js';
import { connect, createCast, enrolCast, requestDraft, type Cast } from './cast.js';
import { startProgram } from './child.js';
import { startGateway } from './gateway-process.js';
import { median, rowOf, type Row } from './row.js';

const ROUNDS = 3;
const RUNS = [
  { inFlight: 1, count: 20 },
  { inFlight: 16, count: 64 },
] as const;
/** POSTs and GETs that one exchange makes: directory, envelope, inbox, access, exchange, acknowledgement */
const TRIPS = 6;
const BODY = Buffer.alloc(13_650, 's');
const REFERENCE = `${TRIPS} posts of a submission’s bytes to a bare Express route`;
const PAGE_ENTRIES = 200;

export async function e2eRows(): Promise<Row[]> {
  const cast = await createCast();
  const express = startProgram('bench/bare-express.js');
  const gateway = await startGateway(cast);
  try {
    const address = `http://127.0.0.1:${await express.line()}/v1/statements`;
    await enrolCast(cast, gateway.url);
    const desk = await openDesk(cast, gateway.url);
    const rows: Row[] = [];
    for (const { inFlight, count } of RUNS) {
      const mine: Lap[] = [];
      const theirs: Lap[] = [];
      for (let round = 0; round <= ROUNDS; round += 1) {
        const [reference, own] = [await lap(inFlight, count, () => bareTrips(address)), await lap(inFlight, count, desk.exchange)];
        if (round === 0) continue;
        theirs.push(reference);
        mine.push(own);
      }
      const name = `end to end, ${inFlight} in flight, libsql`;
      rows.push(
        rowOf(
          name,
          'exchanges/s',
          mine.map(({ perSecond }) => perSecond),
          REFERENCE,
          theirs.map(({ perSecond }) => perSecond),
        ),
      );
      rows.push(
        rowOf(
          name,
          'ms',
          mine.map(({ ms }) => ms),
          REFERENCE,
          theirs.map(({ ms }) => ms),
        ),
      );
    }
    desk.close();
    return rows;
  } finally {
    await Promise.all([gateway.stop(), express.stop()]);
    cast.remove();
  }
}

interface Lap {
  readonly perSecond: number;
  /** median of one exchange */
  readonly ms: number;
}

async function lap(inFlight: number, count: number, work: () => Promise<void>): Promise<Lap> {
  const took: number[] = [];
  let left = count;
  const before = performance.now();
  const lane = async (): Promise<void> => {
    while (left-- > 0) {
      const start = performance.now();
      await work();
      took.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return { perSecond: (count * 1000) / (performance.now() - before), ms: median(took) };
}

async function bareTrips(address: string): Promise<void> {
  for (let trip = 0; trip < TRIPS; trip += 1) await (await fetch(address, { method: 'POST', body: BODY })).arrayBuffer();
}

/** Both sides: what is sent is waited for in the recipient's inbox, opened and acknowledged. */
async function openDesk(cast: Cast, url: string): Promise<{ exchange(): Promise<void>; close(): void }> {
  const sender = await connect(url, cast.sender.store);
  const recipient = await connect(url, cast.recipient.store);
  const draft = requestDraft(cast);
  const arrivals = watchInbox(recipient);
  return {
    close: arrivals.close,
    async exchange() {
      const sent = await sender.send(draft);
      await arrivals.of(sent.digest);
      const item = sent.items[0]?.statement.digest;
      if (item === undefined) throw new Error('the draft has no item');
      const opened = await recipient.open({ item, via: sent.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' });
      if (opened.content.role !== 'FORM') throw new Error('something else was opened');
      await recipient.acknowledge(sent.exchange);
    },
  };
}

function watchInbox(recipient: ParleyClient): { of(digest: Digest): Promise<void>; close(): void } {
  const seen = new Set<string>();
  const waiting = new Map<string, () => void>();
  const closing = new AbortController();
  const watch = async (): Promise<void> => {
    let after: string | undefined;
    while (!closing.signal.aborted) {
      const options = { waitS: 5, limit: PAGE_ENTRIES, signal: closing.signal, ...(after === undefined ? {} : { after }) };
      for (const { cursor, statement } of (await recipient.inboxPage(options)).entries) {
        after = cursor;
        if (statement === null) continue;
        seen.add(statement.digest);
        waiting.get(statement.digest)?.();
      }
    }
  };
  const watched = watch().catch((error: unknown) => {
    if (!closing.signal.aborted) throw error;
  });
  return {
    of: (digest) => Promise.race([arrival(digest), watched.then(() => Promise.reject(new Error('the inbox is no longer read')))]),
    close: () => closing.abort(),
  };

  function arrival(digest: Digest): Promise<void> {
    return new Promise((resolve) => {
      if (seen.has(digest)) resolve();
      else waiting.set(digest, resolve);
    });
  }
}
