import { describe, expect, it } from 'vitest';
import { createOutput, itemTable } from '../../../client/cli/output.js';
import { ParleyError } from '../../../client/sdk/index.js';
import { digest } from '../../support/ids.js';

/** Up five lines, clear what stands there, say something else; write the clipboard; C1's own CSI; a line over a line; backwards. */
const HOSTILE = [
  '\x1b[5A\x1b[0JPUBLIC',
  '\x1b]52;c;ZWNobw==\x07',
  '\x9b2J',
  'RESTRICTED\rPUBLIC    ',
  'exe.\u202etxt',
  'exe.\u2067txt',
].join(' ');
const MOVES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function shown(json: boolean, isTerminal: boolean) {
  const said: (string | Uint8Array)[] = [];
  const sink = { answer: (text: string | Uint8Array) => said.push(text), complaint: (text: string) => said.push(text), isTerminal };
  return { said, output: createOutput(() => json, sink) };
}

describe('what others wrote', () => {
  it.each([false, true])('moves nothing on a terminal, with --json %s', (json) => {
    const { said, output } = shown(json, true);
    output.say({ text: HOSTILE }, () => HOSTILE);
    output.complain(new ParleyError('X', HOSTILE, HOSTILE));
    output.remark({ text: HOSTILE }, () => HOSTILE);
    output.pour(new TextEncoder().encode(HOSTILE));
    expect(said).toHaveLength(4);
    for (const text of said) {
      expect(text).toContain('\\u001b[5A');
      expect(text).not.toMatch(MOVES);
    }
  });

  it('comes on a terminal where it is text, and into a file whatever it is', () => {
    const kinds = [new TextEncoder().encode(HOSTILE), Uint8Array.of(0x61, 0), Uint8Array.of(0xff)];
    const taken = (isTerminal: boolean) => kinds.map((bytes) => shown(false, isTerminal).output.takes(bytes));
    expect([taken(true), taken(false)]).toEqual([
      [true, false, false],
      [true, true, true],
    ]);
  });

  it('is one line where a file is named', () => {
    const [lines] = itemTable([{ item: digest('item'), itemRole: 'FILE', name: 'a.pdf\nitem b' }]);
    expect(lines).toContain('a.pdf\\u000aitem b');
  });

  it('is the same JSON value', () => {
    const { said, output } = shown(true, true);
    output.say({ text: HOSTILE }, () => '');
    expect(JSON.parse(String(said[0]))).toEqual({ text: HOSTILE });
  });

  it('goes into a file as it is, and lines, tabs and other scripts stay', () => {
    const { said, output } = shown(false, false);
    const bytes = new TextEncoder().encode(HOSTILE);
    output.pour(bytes);
    output.say(null, () => 'a\tb\r\nc … ünï العربية 日本');
    expect(said).toEqual([bytes, 'a\tb\nc … ünï العربية 日本\n']);
  });
});
