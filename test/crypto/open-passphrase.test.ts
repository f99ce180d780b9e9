import { expect, it } from 'vitest';
import { openUnderPassphrase, sealUnderPassphrase } from '../../crypto/open-passphrase.js';

it('opens what was sealed under the same passphrase, and nothing else', async () => {
  const secret = new TextEncoder().encode('a key');
  const file = await sealUnderPassphrase(secret, 'four words of it', 2);
  expect(new TextDecoder().decode(file.subarray(0, 21))).toBe('age-encryption.org/v1');
  expect(await openUnderPassphrase(file, 'four words of it')).toEqual(secret);
  expect(await openUnderPassphrase(file, 'five words of it')).toBeNull();
  const altered = file.slice();
  altered[altered.length - 1]! ^= 1;
  expect(await openUnderPassphrase(altered, 'four words of it')).toBeNull();
});
