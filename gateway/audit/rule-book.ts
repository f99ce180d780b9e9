/** Which rule book decided: a digest over the table, so that a decision can be read with the rules that it was made by. */
import { digestOfBytes } from '../../crypto/digest.js';
import type { Digest } from '../../domain/ids.js';
import { policyDigestInput } from '../../policies/table.js';

export const RULE_BOOK_DIGEST: Digest = digestOfBytes(new TextEncoder().encode(policyDigestInput()));
