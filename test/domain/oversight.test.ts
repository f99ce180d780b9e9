import { describe, expect, it } from 'vitest';
import type { Authority, Directory } from '../../domain/authority.js';
import type { OfficerRole } from '../../domain/vocabulary.js';
import { objectionToReading, overseersOf } from '../../domain/oversight.js';
import { createDirectory } from '../../domain/authority.js';
import { designated, FIA, FIX, PROS } from '../support/facts.js';

const operator = PROS;
const owner = designated(FIA, ['FIU']);
const directory = (over: Partial<Authority> = {}, overseers: (typeof FIA)[] = [FIX]): Directory => ({
  ...createDirectory(1, [], [], []),
  authorities: new Map([
    [FIA, { ...owner, entry: { ...owner.entry!, overseers } }],
    [FIX, { ...designated(FIX, ['FIU']), ...over }],
  ]),
});
const asked = (authority: typeof FIA, roles: readonly OfficerRole[], of: typeof FIA, known = directory()) =>
  objectionToReading('EVENTS', of, { authority, roles }, { directory: known, operator })?.code ?? null;

describe('who may read whose log', () => {
  it('is COMPLIANCE of the authority itself', () => {
    expect(asked(FIA, ['OFFICER', 'COMPLIANCE'], FIA)).toBeNull();
    for (const role of ['OFFICER', 'SUPERVISOR', 'LIAISON_OFFICER', 'OVERSIGHT', 'OPERATOR'] as const)
      expect(asked(FIA, [role], FIA)).toBe('ROLE_REQUIRED');
  });

  it('is OVERSIGHT of a body that the authority’s own entry names, while that body takes part', () => {
    expect(asked(FIX, ['OVERSIGHT'], FIA)).toBeNull();
    expect(asked(FIX, ['COMPLIANCE'], FIA)).toBe('ROLE_REQUIRED');
    expect(asked(FIX, ['OVERSIGHT'], FIA, directory({}, [PROS]))).toBe('ROLE_REQUIRED');
    expect(asked(FIX, ['OVERSIGHT'], FIA, directory({ standing: 'SUSPENDED' }))).toBe('ROLE_REQUIRED');
    expect(asked(PROS, ['OVERSIGHT'], FIA, directory({}, [PROS]))).toBe('ROLE_REQUIRED');
  });

  it('is nobody where the entry names nobody, or there is none', () => {
    expect(overseersOf(directory(), FIX)).toEqual([]);
    expect(overseersOf(directory({ entry: null }), FIX)).toEqual([]);
    expect(overseersOf(directory(), PROS)).toEqual([]);
  });

  it('is for counts an OPERATOR of the gateway’s operator, and nobody else', () => {
    const counts = (authority: typeof FIA, role: OfficerRole, of: typeof FIA) =>
      objectionToReading('COUNTS', of, { authority, roles: [role] }, { directory: directory(), operator })?.code ?? null;
    expect(counts(PROS, 'OPERATOR', PROS)).toBeNull();
    expect(counts(PROS, 'COMPLIANCE', PROS)).toBe('ROLE_REQUIRED');
    expect(counts(FIA, 'OPERATOR', FIA)).toBe('ROLE_REQUIRED');
    expect(counts(PROS, 'OPERATOR', FIA)).toBe('ROLE_REQUIRED');
  });
});
