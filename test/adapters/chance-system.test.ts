import { describe, expect, it } from 'vitest';
import { systemChance } from '../../adapters/chance-system.js';

describe('the randomness of the operating system', () => {
  it('gives as many bytes as asked, short or long', () => {
    for (const length of [0, 1, 16, 32, 1_024, 1_025, 5_000]) expect(systemChance.bytes(length)).toHaveLength(length);
  });

  it('gives no bytes twice, though it draws them ahead', () => {
    const drawn = Array.from({ length: 1_000 }, () => Buffer.from(systemChance.bytes(32)).toString('hex'));
    expect(new Set(drawn).size).toBe(1_000);
  });

  it('gives bytes that are the caller’s own: what is drawn later does not change them', () => {
    const first = systemChance.bytes(32);
    const then = Buffer.from(first).toString('hex');
    for (let i = 0; i < 300; i += 1) systemChance.bytes(32);
    expect(Buffer.from(first).toString('hex')).toBe(then);
    expect(first.buffer.byteLength).toBe(32);
  });
});
