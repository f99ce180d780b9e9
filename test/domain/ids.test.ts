import { describe, expect, it } from 'vitest';
import { parseAuthorityId, parseDeskId, parseDigest, parseKeyId, parseKeyringName, parseOfficerId, parseUuid } from '../../domain/ids.js';

const DIGEST = 'A'.repeat(43);

describe('ids', () => {
  it.each([
    [
      'an authority',
      parseAuthorityId,
      ['VG-FIX', 'A', 'A'.repeat(32)],
      ['', 'vg-fix', 'VG--FIX', '-VG', 'VG-', '1VG', 'A'.repeat(33), 'VG-FIX\n'],
    ],
    ['a desk', parseDeskId, ['INTAKE'], ['intake', 'IN TAKE']],
    ['an officer', parseOfficerId, ['o.smith-2', 'a'.repeat(32)], ['', 'O1', '.o', 'a'.repeat(33), 'o\n']],
    [
      'a UUID',
      parseUuid,
      ['01890a5d-ac96-774b-bcce-b302099a8057'],
      ['01890A5D-AC96-774B-BCCE-B302099A8057', '01890a5d-ac96-974b-bcce-b302099a8057', '01890a5d-ac96-774b-0cce-b302099a8057', ''],
    ],
    ['a digest', parseDigest, [DIGEST, `${'_'.repeat(42)}8`], [`${DIGEST}A`, `${'A'.repeat(42)}=`, 'A'.repeat(42)]],
    ['a key id', parseKeyId, [DIGEST], [`${DIGEST} `]],
  ] as const)('parse %s and nothing near it', (_, parse, good, bad) => {
    for (const text of good) expect(parse(text)).toEqual({ ok: true, value: text });
    for (const text of bad) expect(parse(text)).toMatchObject({ ok: false });
  });

  it('give a digest one spelling: the two spare bits of its last character are zero', () => {
    const last = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].filter((c) => parseDigest('A'.repeat(42) + c).ok);
    expect(last).toHaveLength(16);
    for (const c of last) expect(Buffer.from('A'.repeat(42) + c, 'base64url').toString('base64url')).toBe('A'.repeat(42) + c);
  });

  it('name a keyring by its desk and the generation of its keys, in one spelling', () => {
    expect(parseKeyringName('INTAKE.12')).toEqual({ ok: true, value: { text: 'INTAKE.12', desk: 'INTAKE', generation: 12 } });
    for (const text of ['', 'INTAKE', 'INTAKE.', 'INTAKE.0', 'INTAKE.01', 'intake.1', '-A.1', 'A.1.1', 'A.12345678', 'A.1\n'])
      expect(parseKeyringName(text)).toEqual({ ok: false, error: 'not the name of a keyring' });
    const shares = `QUORUM.${'A'.repeat(43)}`;
    expect(parseKeyringName(shares)).toEqual({ ok: true, value: { text: shares, desk: 'QUORUM', generation: null } });
    for (const text of ['QUORUM.', 'QUORUM.1', `QUORUM.${'A'.repeat(42)}`, `INTAKE.${'A'.repeat(43)}`, `${shares}.1`])
      expect(parseKeyringName(text)).toEqual({ ok: false, error: 'not the name of a keyring' });
  });

  it('never repeat what was given', () => {
    expect(parseAuthorityId('secret')).toEqual({ ok: false, error: 'not an authority code' });
  });
});
