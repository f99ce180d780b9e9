/**
 * Program: an authority that sends without a pause and keeps every receipt that it is given, fsynced, one a line. It ends when its
 * standard input does, after the last answer.
 * node load.js URL RECEIPTS LANES
 */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { systemChance } from '../../adapters/chance-system.js';
import { ParleyError, PolicyRefusal } from '../../client/sdk/error.js';
import { doorOf, systemClock } from '../support/door.js';
import { makeRequest } from '../support/letters.js';
import { crashCast } from './cast.js';

const [url = '', receipts = '', lanes = '8'] = process.argv.slice(2);
/** a restart on a busy machine takes seconds; who is not answered for this long is not answered any more */
const PATIENCE_MS = 90_000;
const PAUSE_MS = 50;
const { fia, fix } = crashCast();
const door = doorOf(url, fia, 1);
const file = openSync(receipts, 'a');
const day = { over: false };
process.stdin.resume().once('end', () => (day.over = true));

/** The same bytes until there is an answer: whether an earlier try arrived, only the receipt tells. */
async function untilAnswered(bytes: Uint8Array): Promise<unknown> {
  const until = systemClock.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await door.post('/v1/statements', bytes);
    } catch (error) {
      // a refusal is an answer, and here a wrong one: nothing was wrong with it
      if (error instanceof PolicyRefusal || !(error instanceof ParleyError) || systemClock.now() > until) throw error;
      await systemClock.sleep(PAUSE_MS);
    }
  }
}

async function lane(): Promise<void> {
  while (!day.over) {
    const { signed } = await makeRequest(fia, fix, { chance: systemChance, at: systemClock.now() });
    const answer = await untilAnswered(new TextEncoder().encode(JSON.stringify(signed.submission)));
    const { receipt } = answer as { readonly receipt: object };
    writeSync(file, `${JSON.stringify({ digest: signed.digest, receipt })}\n`);
    fsyncSync(file);
  }
}

await Promise.all(Array.from({ length: Number(lanes) }, lane));
closeSync(file);
