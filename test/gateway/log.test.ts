import { describe, expect, it } from 'vitest';
import { Failure } from '../../domain/failure.js';
import { createLog } from '../../gateway/log.js';
import { createWorldClock, WORLD_START } from '../support/world.js';

describe('the application log', () => {
  const lines: string[] = [];
  const log = createLog('info', createWorldClock(WORLD_START), { write: (line: string) => void lines.push(line) });
  const last = (): Record<string, unknown> => JSON.parse(lines.at(-1)!) as Record<string, unknown>;

  it('writes the fields on its list and no others', () => {
    const entry = { requestId: 'r', method: 'GET', route: '/v1/log', status: 200, code: 'OK', durationMs: 3, query: 'SECRET' };
    log.request(entry);
    expect(last()).toEqual({
      level: 30,
      at: WORLD_START,
      requestId: 'r',
      method: 'GET',
      route: '/v1/log',
      status: 200,
      code: 'OK',
      durationMs: 3,
      msg: 'request',
    });
  });

  it('tells our own failures by code and detail, foreign ones by kind and place', () => {
    log.failure('r', new Failure('BLOBS_UNAVAILABLE', 'part 1 is not whole'));
    expect(last()).toMatchObject({ code: 'BLOBS_UNAVAILABLE', detail: 'part 1 is not whole' });
    log.failure('r', new TypeError('SECRET'));
    expect(last()).toMatchObject({ code: 'INTERNAL', detail: 'TypeError' });
    expect(lines.at(-1)).toContain('log.test.ts');
    log.failure('r', 'SECRET');
    expect(last()).toMatchObject({ code: 'INTERNAL', detail: 'unknown', where: [] });
    expect(lines.join('')).not.toContain('SECRET');
  });

  it('tells how often in a row something failed, and what that was once it is over', () => {
    log.failure('', new Failure('CLOCK_BEHIND', 'by 61 s'), 3_600);
    expect(last()).toMatchObject({ code: 'CLOCK_BEHIND', times: 3_600, msg: 'failure' });
    log.over(new Failure('CLOCK_BEHIND', 'by 61 s'), 3_605);
    expect(last()).toMatchObject({ code: 'CLOCK_BEHIND', times: 3_605, msg: 'over' });
    log.failure('', new Failure('CLOCK_BEHIND', 'by 61 s'));
    expect(last()).not.toHaveProperty('times');
  });

  it('tells what the process does', () => {
    log.lifecycle('listening', { port: 1, origin: 'http://127.0.0.1:1' });
    expect(last()).toMatchObject({ event: 'listening', port: 1 });
    log.lifecycle('stopped');
    expect(last()).toMatchObject({ event: 'stopped' });
  });
});
