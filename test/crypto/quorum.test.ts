import { describe, expect, it } from 'vitest';
import { openItem } from '../../crypto/open.js';
import { combineQuorum } from '../../crypto/open-quorum.js';
import { dealQuorum, shareCommitment } from '../../crypto/quorum.js';
import { sealItem } from '../../crypto/seal.js';
import { instantFromMs } from '../../domain/time.js';
import { createChance } from '../support/world.js';

const chance = createChance(61);
const holders = ['o.1', 'o.2', 'o.3', 'o.4'];
const dealt = (need = 3) => dealQuorum('age-pq-1', holders, need, chance);

describe('a quorum key', () => {
  it('opens with any three of four shares what was sealed to it', async () => {
    const { key, shares } = await dealt();
    const name = { id: 'INTAKE.1', issuer: 'NG-FIA', format: 'age' as const };
    const sealed = await sealItem(name, new Uint8Array([1, 2, 3]), [key], { chance, at: instantFromMs(0) });
    for (const left of holders) {
      const secret = await combineQuorum(
        key,
        shares.filter(({ holder }) => holder !== left).map(({ share }) => share),
      );
      if (!secret.ok) throw new Error(secret.error);
      const opened = await openItem({ ...name, keyCommitment: sealed.keyCommitment }, sealed.seals[0]!.bytes, secret.value, sealed.body);
      expect(opened.ok && [...opened.value.plaintext]).toEqual([1, 2, 3]);
    }
  });

  it('is not given by fewer shares, a share twice, an altered one, or one of another key', async () => {
    const [{ key, shares }, other] = await Promise.all([dealt(), dealt()]);
    const [one, two, three] = shares.map(({ share }) => share) as [Uint8Array, Uint8Array, Uint8Array];
    const altered = three.map((byte, n) => (n === 7 ? byte ^ 1 : byte));
    for (const some of [
      [],
      [one],
      [one, two],
      [one, two, two],
      [one, two, altered],
      [one, two, other.shares[2]!.share],
      [one.subarray(9), two.subarray(9)],
    ])
      expect(await combineQuorum(key, some)).toMatchObject({ ok: false });
    expect(await combineQuorum(other.key, [one, two, three])).toMatchObject({ ok: false });
  });

  it('is dealt to 3 holders at least, each once, of which two or more are needed but not all', async () => {
    for (const [some, need] of [
      [holders, 1],
      [holders, 4],
      [['o.1', 'o.2'], 2],
      [['o.1', 'o.1', 'o.2'], 2],
    ] as const)
      await expect(dealQuorum('age-pq-1', some, need, chance)).rejects.toThrow(RangeError);
    const crowd = Array.from({ length: 17 }, (_, n) => `o.${n}`);
    await expect(dealQuorum('age-x25519-1', crowd, 2, chance)).rejects.toThrow(RangeError);
  });

  it('commits to each share by key and holder', async () => {
    const { key, shares } = await dealt(2);
    const { holder, share, commitment } = shares[0]!;
    expect(shareCommitment(key.kid, holder, share)).toBe(commitment);
    expect(new Set([commitment, shareCommitment(key.kid, 'o.2', share), shareCommitment('A'.repeat(43), holder, share)]).size).toBe(3);
  });
});
