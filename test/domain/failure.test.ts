import { expect, it } from 'vitest';
import { noRoomCode } from '../../domain/failure.js';

const coded = (code: unknown, cause?: unknown): Error => Object.assign(new Error('x', { cause }), { code });

it('finds the code of a full disk on an error or on what caused it, and nothing elsewhere', () => {
  for (const code of ['ENOSPC', 'EDQUOT', 'SQLITE_FULL', '53100']) expect(noRoomCode(coded(code))).toBe(code);
  expect(noRoomCode(new Error('x', { cause: coded('P1001', coded('ENOSPC')) }))).toBe('ENOSPC');
  expect(noRoomCode(coded('ENOENT'))).toBeNull();
  expect(noRoomCode(new Error('ENOSPC'))).toBeNull();
  expect(noRoomCode({ code: 'ENOSPC' })).toBeNull();
});
