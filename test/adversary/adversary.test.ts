import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIES, NOT_CAUGHT } from './lies.js';
import { openTown, type Town } from './town.js';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.gateway.running.drain());

describe('a lying operator', () => {
  for (const lie of LIES)
    it(`is caught by ${lie.by}: ${lie.told}`, async () => {
      expect(await lie.run(town)).toBe(lie.check);
    });

  it('is believed in each of these, and docs/THREATS.md says so', () => {
    const threats = readFileSync('docs/THREATS.md', 'utf8').replaceAll(/\s+/g, ' ');
    for (const line of NOT_CAUGHT) expect(threats).toContain(line);
  });
});
