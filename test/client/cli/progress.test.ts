/** What a bar does to a terminal it undoes, however the command ends. */
import { afterEach, expect, it, vi } from 'vitest';
import { createOutput } from '../../../client/cli/output.js';

const [HIDDEN, SHOWN] = ['\u001b[?25l', '\u001b[?25h'];
const [CUT, WRAPPED] = ['\u001b[?7l', '\u001b[?7h'];

const { isTTY } = process.stderr;
const toTerminal = (is: boolean): object => Object.defineProperty(process.stderr, 'isTTY', { value: is, configurable: true });
afterEach(() => {
  toTerminal(isTTY);
  vi.restoreAllMocks();
});

it('gives cursor and line ends back before Ctrl-C ends the command, and takes no signal afterwards', () => {
  toTerminal(true);
  let written = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
  const kill = vi.spyOn(process, 'kill').mockImplementation(() => true);
  // of other tests in this process, which may wait for one too
  const others = process.listeners('SIGINT');
  const own = () => process.listeners('SIGINT').filter((one) => !others.includes(one));
  let told = '';
  const { progress } = createOutput(() => false, { answer: () => undefined, complaint: (text) => void (told += text) });
  progress('sealing').step(1024, 4096);
  expect([written.includes(HIDDEN), written.includes(CUT)]).toEqual([true, true]);
  expect(told).toBe('');
  for (const one of own()) one('SIGINT');
  // what stays, and how to go on
  expect(told).toMatch(/^Stopped\..*the same\s+command.*parley resend/s);
  expect([written.lastIndexOf(SHOWN) > written.lastIndexOf(HIDDEN), written.lastIndexOf(WRAPPED) > written.lastIndexOf(CUT)]).toEqual([
    true,
    true,
  ]);
  expect(kill).toHaveBeenCalledExactlyOnceWith(process.pid, 'SIGINT');
  const whole = progress('sealing');
  whole.step(4096, 4096);
  whole.end();
  expect(own()).toEqual([]);
});
