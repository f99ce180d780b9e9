/** What an exchange says of whom an answer may go to is said to the role that asked, and to no other of the same body (decisions/0033). */
import { describe, expect, it } from 'vitest';
import { givenInFrom, presumptionFrom, type Behind } from '../../gateway/cases/given-in.js';
import { exchange, FIA, FIX, submit } from '../support/facts.js';

const payload = submit({ from: FIX, to: FIA, toType: 'FIU' });
const behind = { carrier: { payload }, exchange, answer: null, expects: [] } as unknown as Behind;
const directory = { authorities: new Map() } as unknown as Parameters<typeof presumptionFrom>[2]['directory'];
const presumed = (role: Parameters<typeof givenInFrom>[1]['role'], from: Behind | null = behind) =>
  presumptionFrom(from, { holder: FIA, role }, { directory } as Parameters<typeof presumptionFrom>[2]);

describe('the exchange behind an item', () => {
  it('speaks to whoever asked in it, as what it asked', () => {
    for (const role of ['FIU', null] as const) {
      expect(presumed(role)).toMatchObject({ originator: FIX, request: exchange.opening });
      expect(givenInFrom(behind, { holder: FIA, role })).toMatchObject({ by: FIX, heldAs: 'FIU', side: 'REQUESTING' });
    }
  });

  it('says nothing to another role of the same body, nor to anybody else', () => {
    expect(presumed('LAW_ENFORCEMENT')).toBeNull();
    expect(givenInFrom(behind, { holder: FIA, role: 'LAW_ENFORCEMENT' })).toBeNull();
    expect(givenInFrom(behind, { holder: FIX, role: null })).toBeNull();
    expect(presumed(null, null)).toBeNull();
  });
});
