import { describe, expect, it } from 'vitest';
import { createMemoryKeyStore } from '../../../client/sdk/key-store.js';
import { parseWitnessPins, pinWitnesses, readWitnessPins } from '../../../client/sdk/witness-pins.js';
import { formatVerifierKey } from '../../../crypto/note-key.js';
import { logSigner, witnessSigner } from './log-faces.js';

const keys = [1, 2, 3].map((n) => formatVerifierKey(witnessSigner(n).key));

describe('the witnesses that a client believes', () => {
  it('come back as they were pinned', async () => {
    const store = createMemoryKeyStore();
    expect(await readWitnessPins(store)).toBeNull();
    await pinWitnesses(store, parseWitnessPins(keys, 2));
    expect(await readWitnessPins(store)).toEqual({ witnesses: [1, 2, 3].map((n) => witnessSigner(n).key), quorum: 2 });
  });

  it('are refused with every problem at once', () => {
    const twice = formatVerifierKey({ ...witnessSigner(1).key, name: 'other.test/w1' });
    const wrong = [keys[0]!, twice, formatVerifierKey(logSigner.key), 'nonsense'];
    expect(() => parseWitnessPins(wrong, 5)).toThrow(
      /not the key of a witness.*nonsense: not a verifier key.*one key is given twice.*from 1 to the 4/,
    );
  });

  it('are never fewer than the quorum, which is never none', () => {
    for (const quorum of [0, 4, 1.5]) expect(() => parseWitnessPins(keys, quorum)).toThrow(/from 1 to the 3 witnesses/);
    for (const quorum of [1, 3]) expect(parseWitnessPins(keys, quorum).quorum).toBe(quorum);
  });
});
