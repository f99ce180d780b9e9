import { expect, it } from 'vitest';
import { CHANNEL_EXEMPTIONS, EXEMPTIONS, restsOnExchange } from '../../domain/exemption.js';
import { PROFILES } from '../../domain/profiles/index.js';

it('tells exemptions that rest on an exchange from those that rest on the thing itself', () => {
  expect(EXEMPTIONS.filter(restsOnExchange)).toEqual(CHANNEL_EXEMPTIONS);
});

it('names for each exemption of a channel exchanges of that channel, as what it was given, to whom, and its source', () => {
  const rows = Object.values(PROFILES).flatMap(({ id, exchangeTypes, pairs, exemptions }) =>
    exemptions.map((row) => ({ ...row, id, exchangeTypes, given: pairs.flatMap(({ to, from }) => [...to, ...from]) })),
  );
  for (const { id, on, exchangeTypes, heldAs, given, to, lifts, source } of rows) {
    expect([id, on.every((type) => exchangeTypes.includes(type)), heldAs.every((type) => given.includes(type))]).toEqual([id, true, true]);
    expect([to.length > 0, lifts.includes('NO_THIRD_PARTY'), source]).toEqual([true, true, expect.stringMatching(/\[(M|D|F:)/)]);
  }
  // CARIN and the eight others of its kind, the formal channel in both directions, and the one for extradition
  expect(rows.map(({ code }) => code).sort()).toEqual(['EXECUTION', ...Array<string>(10).fill('NAMED_TEAM'), 'OWN_PROCEEDINGS']);
});
