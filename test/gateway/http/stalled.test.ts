/** Whoever sends slowly stands in its own way, and not for long. */
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { AuthorityId } from '../../../domain/ids.js';
import { readBody } from '../../../gateway/http/body.js';
import { createUploads } from '../../../gateway/uploads.js';
import { createWorld } from '../../support/world.js';

const [SLOW, OTHER] = ['ZZ-SLOW', 'AA-ONE'] as unknown as readonly [AuthorityId, AuthorityId];
const never = () => new Promise<never>(() => undefined);

describe('parts that do not come', () => {
  it('take the places of their own authority and leave others theirs', async () => {
    const uploads = createUploads(createWorld(1));
    const turnedAway: unknown[] = [];
    for (let n = 0; n < 8; n += 1) void uploads.held(SLOW, never).catch((error: unknown) => turnedAway.push(error));
    expect(await uploads.held(OTHER, () => Promise.resolve('kept'))).toBe('kept');
    expect(turnedAway).toHaveLength(6);
  });

  it('give their places back', async () => {
    const uploads = createUploads(createWorld(1));
    for (let n = 0; n < 10; n += 1) await uploads.held(SLOW, () => Promise.resolve());
    await expect(uploads.held(SLOW, () => Promise.reject(new Error('cut off')))).rejects.toThrow('cut off');
    expect(await uploads.held(SLOW, () => Promise.resolve('kept'))).toBe('kept');
  });
});

describe('a body of which nothing comes any more', () => {
  const slow = () => {
    let stalls = (): void => undefined;
    const waits: number[] = [];
    const request = Object.assign(new PassThrough(), {
      headers: { 'content-length': '10' },
      setTimeout: (ms: number, then?: () => void) => {
        waits.push(ms);
        if (then !== undefined) stalls = then;
      },
    });
    const read = readBody(request as unknown as IncomingMessage, 10, { header: '', signed: false, covered: false });
    return { request, read, waits, stall: () => stalls() };
  };

  it('is cut off', async () => {
    const { request, read, stall } = slow();
    request.write('a');
    stall();
    await expect(read).rejects.toThrow('nothing of the body came');
    expect(request.destroyed).toBe(true);
  });

  it('is waited for only until it is there', async () => {
    const { request, read, waits } = slow();
    request.end('0123456789');
    expect(await read).toMatchObject({ ok: true });
    expect([waits.length, waits.at(-1)]).toEqual([2, 0]);
  });
});
