/** Keys as the stock tool spells them. */
import { bech32 } from '@scure/base';
import type { AgeSuite } from '../../../crypto/age/suite.js';

const RECIPIENT: Readonly<Record<AgeSuite, string>> = { 'age-pq-1': 'age1pq', 'age-x25519-1': 'age' };
const IDENTITY: Readonly<Record<AgeSuite, string>> = { 'age-pq-1': 'age-secret-key-pq-', 'age-x25519-1': 'age-secret-key-' };

/** `age1…` or `age1pq1…`, as `age -r` takes it. */
export const toAgeRecipient = (suite: AgeSuite, publicKey: Uint8Array): string =>
  bech32.encode(RECIPIENT[suite], bech32.toWords(publicKey), false);

/** `AGE-SECRET-KEY-…`, as a line of the file that `age -i` takes. */
export const toAgeIdentity = (suite: AgeSuite, secret: Uint8Array): string =>
  bech32.encode(IDENTITY[suite], bech32.toWords(secret), false).toUpperCase();
