/** Lines of the log that nobody takes hold up nobody, and are counted where they are lost. */
import { describe, expect, it } from 'vitest';
import { createLog } from '../../gateway/log.js';
import { createLogOutput } from '../../gateway/log-output.js';
import { createMetrics } from '../../gateway/http/metrics.js';
import { createWorldClock, WORLD_START } from '../support/world.js';

/** Takes as many bytes as there is room for. */
function pipe(room: number) {
  const state = { room, text: '' };
  const take = (bytes: Uint8Array): number => {
    if (state.room === 0) throw Object.assign(new Error('resource temporarily unavailable'), { code: 'EAGAIN' });
    const taken = bytes.subarray(0, state.room);
    state.room -= taken.length;
    state.text += new TextDecoder().decode(taken);
    return taken.length;
  };
  return { state, output: createLogOutput(take) };
}

describe('a line that finds no room', () => {
  it('is kept, also half of it, and written before the next one', () => {
    const { state, output } = pipe(7);
    for (const line of ['one\n', 'two\n', 'three\n']) output.write(line);
    expect([state.text, output.lost]).toEqual(['one\ntwo', 0]);
    state.room = 100;
    output.write('four\n');
    expect([state.text, output.lost]).toEqual(['one\ntwo\nthree\nfour\n', 0]);
  });

  it('is lost where a MiB is kept already, and counted', () => {
    const { state, output } = pipe(0);
    const line = `${'x'.repeat(1023)}\n`;
    for (let n = 0; n < 1024 + 3; n += 1) output.write(line);
    expect(output.lost).toBe(3);
    state.room = Infinity;
    output.write('again\n');
    expect(state.text).toBe(`${line.repeat(1024)}again\n`);
    expect(output.lost).toBe(3);
  });

  it('is tried once more before the process ends, and counted where it is lost then', () => {
    const { state, output } = pipe(5);
    for (const line of ['one\n', 'two\n', 'three\n']) output.write(line);
    // half a line is one that is lost
    expect([output.lost, output.end(), output.lost, state.text]).toEqual([0, 2, 2, 'one\nt']);
    const other = pipe(0);
    other.output.write('one\n');
    other.state.room = 100;
    expect([other.output.end(), other.state.text]).toEqual([0, 'one\n']);
  });

  it('is told to whoever watches', async () => {
    const log = createLog('info', createWorldClock(WORLD_START), { write: () => undefined, lost: 3 });
    expect(await createMetrics(() => log.lost()).text({ waiting: 0, stored: null, blobs: true })).toMatch(
      /^parley_log_lines_lost_total 3$/m,
    );
  });
});
