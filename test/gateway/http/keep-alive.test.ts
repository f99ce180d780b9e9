/** Connections that nobody uses for a while: who ends them, and when. */
import { Agent, get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGate, type Gate } from './gate.js';

/** what nginx and most load balancers keep one, in seconds */
const PROXY_S = 60;

describe('an idle connection', () => {
  let gate: Gate;
  const agent = new Agent({ keepAlive: true });
  beforeEach(async () => {
    // a drain that waits for an idle connection waits longer than a test may take
    gate = await openGate({ env: { PARLEY_DRAIN_MS: '600000' } });
  });
  afterEach(() => agent.destroy());

  const ask = (path: string): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port: gate.running.port, path, agent }, resolve).once('error', reject);
    });

  it('is kept longer than a proxy keeps it, so that none is ended just as it is used', async () => {
    const answer = await ask('/v1/log');
    await text(answer);
    const [, seconds] = /^timeout=(\d+)$/.exec(String(answer.headers['keep-alive'])) ?? [];
    expect(Number(seconds)).toBeGreaterThan(PROXY_S);
    await gate.close();
  });

  it('holds up no drain', async () => {
    await text(await ask('/v1/log'));
    await gate.close();
  });
});
