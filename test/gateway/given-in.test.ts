/** What an exchange says of whom an answer may go to is said to the role that asked, and to no other of the same body (decisions/0033). */
import { describe, expect, it } from 'vitest';
import { givenInFrom, presumptionFrom, type Behind } from '../../gateway/cases/given-in.js';
import { EFCX, exchange, FIA, FIX, submit } from '../support/facts.js';

const payload = submit({ from: FIX, to: FIA, toType: 'FIU' });
const behind = { carrier: { payload }, exchange, answer: null, executes: null, expects: [] } as unknown as Behind;
const directory = { authorities: new Map() } as unknown as Parameters<typeof presumptionFrom>[2]['directory'];
type Types = Parameters<typeof givenInFrom>[1]['heldAs'];
const presumed = (heldAs: Types, from: Behind | null = behind) =>
  presumptionFrom(from, { holder: FIA, heldAs }, { directory } as Parameters<typeof presumptionFrom>[2]);

describe('the exchange behind an item', () => {
  it('speaks to whoever asked in it, as what it asked', () => {
    for (const heldAs of [['FIU'], ['LAW_ENFORCEMENT', 'FIU']] as Types[]) {
      expect(presumed(heldAs)).toMatchObject({ originator: FIX, request: exchange.opening });
      expect(givenInFrom(behind, { holder: FIA, heldAs })).toMatchObject({ by: FIX, heldAs: 'FIU', side: 'REQUESTING' });
    }
  });

  it('says nothing to another role of the same body, nor to anybody else', () => {
    for (const heldAs of [['LAW_ENFORCEMENT'], []] as Types[]) {
      expect(presumed(heldAs)).toBeNull();
      expect(givenInFrom(behind, { holder: FIA, heldAs })).toBeNull();
    }
    expect(givenInFrom(behind, { holder: FIX, heldAs: ['FIU'] })).toBeNull();
    expect(presumed(['FIU'], null)).toBeNull();
    expect(givenInFrom(null, { holder: FIA, heldAs: ['FIU'] })).toBeNull();
  });

  it('speaks to whom it was handed to for execution, as the one as which it was', () => {
    const handed = { ...behind, exchange: { ...exchange, requesting: FIX }, executes: 'CENTRAL_AUTHORITY_MLA' } as Behind;
    const acting = { holder: EFCX, heldAs: ['LAW_ENFORCEMENT', 'CENTRAL_AUTHORITY_MLA'] } as const;
    expect(givenInFrom(handed, acting)).toMatchObject({ by: FIX, heldAs: 'CENTRAL_AUTHORITY_MLA', side: 'REQUESTED' });
    expect(givenInFrom(handed, { ...acting, heldAs: ['LAW_ENFORCEMENT'] })).toBeNull();
  });
});
