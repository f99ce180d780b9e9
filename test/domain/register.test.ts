import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../domain/authority.js';
import { parseKeyId } from '../../domain/ids.js';
import { agreementsBetween, isInForce, successorOf } from '../../domain/register.js';
import type { DesignationPayload } from '../../domain/wire/directory.js';
import type { AgreementPayload } from '../../domain/wire/register.js';
import { EFCX, FIA, FIX, LONG_AGO, PROS } from '../support/facts.js';
import { digest, uuid } from '../support/ids.js';

const head = { v: 1 as const, aud: 'parley.example/test', id: uuid(1), at: LONG_AGO, operator: PROS };
const root = parseKeyId(digest('root'));
if (!root.ok) throw new Error(root.error);
const designation = (authority: typeof FIA, succeeds?: (typeof FIA)[]): DesignationPayload => ({
  ...head,
  authority,
  root: root.value,
  types: ['FIU'],
  status: 'ACTIVE',
  ...(succeeds === undefined ? {} : { succeeds }),
});
const agreement = (over: Partial<AgreementPayload> = {}): AgreementPayload => ({
  ...head,
  agreement: 'MOU:1',
  kind: 'MOU',
  parties: [FIA, FIX],
  from: '2025-01-01',
  profiles: ['EGMONT_FIU'],
  ...over,
});
const logged = <T>(payload: T) => ({ payload, digest: digest('d') });
const directory = (designations: DesignationPayload[], agreements: AgreementPayload[] = []) =>
  createDirectory(1, designations.map(logged), [], [], agreements.map(logged));

describe('succession', () => {
  it('leads to the last of the line, and nowhere for whoever nobody succeeded', () => {
    const known = directory([designation(FIA), designation(FIX, [FIA]), designation(EFCX, [FIX])]);
    expect(successorOf(known, FIA)).toBe(EFCX);
    expect(successorOf(known, FIX)).toBe(EFCX);
    expect(successorOf(known, EFCX)).toBeNull();
  });

  it('is what the newest designation says, and no longer what an older one said', () => {
    expect(successorOf(directory([designation(FIA), designation(FIX, [FIA]), designation(FIX)]), FIA)).toBeNull();
  });

  it('ends where a gateway shows a circle', () => {
    expect(successorOf(directory([designation(FIA, [FIX]), designation(FIX, [FIA])]), FIA)).toBe(FIX);
  });
});

describe('an agreement', () => {
  it('is in force from its first day to its last, and without one until further notice', () => {
    const limited = agreement({ until: '2026-12-31' });
    expect(['2024-12-31', '2025-01-01', '2026-12-31', '2027-01-01'].map((day) => isInForce(limited, day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isInForce(agreement(), '2099-01-01')).toBe(true);
  });

  it('is found by both parties, the channel and the day, as the last statement has it', () => {
    const known = directory([], [agreement(), agreement({ agreement: 'MOU:2', parties: [FIA, EFCX] })]);
    const found = (...asked: [typeof FIA, typeof FIA, 'EGMONT_FIU' | 'CARIN', string]) =>
      agreementsBetween(known, ...asked).map((one) => one.agreement);
    expect(found(FIX, FIA, 'EGMONT_FIU', '2026-01-01')).toEqual(['MOU:1']);
    expect(found(FIX, EFCX, 'EGMONT_FIU', '2026-01-01')).toEqual([]);
    expect(found(EFCX, FIX, 'EGMONT_FIU', '2026-01-01')).toEqual([]);
    expect(found(FIA, FIX, 'CARIN', '2026-01-01')).toEqual([]);
    expect(found(FIA, FIX, 'EGMONT_FIU', '2020-01-01')).toEqual([]);
    const ended = directory([], [agreement(), agreement({ until: '2025-02-01' })]);
    expect(agreementsBetween(ended, FIA, FIX, 'EGMONT_FIU', '2026-01-01')).toEqual([]);
  });
});
