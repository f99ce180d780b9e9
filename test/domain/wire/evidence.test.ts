import { describe, expect, it } from 'vitest';
import { evidenceManifest, evidenceQuery, MEMBER_NAME_CHARS_MAX } from '../../../domain/wire/evidence.js';

const key = 'A'.repeat(43);
const manifest = {
  v: 5,
  aud: 'parley.test/log',
  authority: 'NG-FIA',
  exchange: '00000000-0000-4000-8000-000000000001',
  at: '2026-01-05T09:00:00Z',
  log: 'parley.test/log+00000000+AAAA',
  operator: { authority: 'XX-OPS', root: { kid: key, publicKey: key } },
  members: [{ name: 'log.vkey', bytes: 10, digest: key }],
};
const isManifest = (change: object): boolean => evidenceManifest.safeParse({ ...manifest, ...change }).success;
const isMember = (change: object): boolean => isManifest({ members: [{ ...manifest.members[0], ...change }] });

describe('the manifest of a file of evidence', () => {
  it('takes one that names maker, exchange, log, operator and members', () => {
    expect(isManifest({})).toBe(true);
  });

  it('refuses another version, a member that it does not know, and one that is absent', () => {
    expect(isManifest({ v: 6 })).toBe(false);
    expect(isManifest({ v: 4 })).toBe(false);
    expect(isManifest({ secret: 'x' })).toBe(false);
    expect(isManifest({ operator: undefined })).toBe(false);
  });

  it('bounds names and sizes', () => {
    expect(isMember({ name: 'a'.repeat(MEMBER_NAME_CHARS_MAX) })).toBe(true);
    expect(isMember({ name: 'a'.repeat(MEMBER_NAME_CHARS_MAX + 1) })).toBe(false);
    expect(isMember({ bytes: 2 ** 32 })).toBe(false);
    expect(isMember({ bytes: -1 })).toBe(false);
    expect(isMember({ digest: 'short' })).toBe(false);
  });
});

describe('a page of evidence', () => {
  it('is asked for with the ticket of a reading', () => {
    expect(evidenceQuery.safeParse({ ticket: 'AA.AA' }).success).toBe(true);
    expect(evidenceQuery.safeParse({}).success).toBe(false);
  });
});
