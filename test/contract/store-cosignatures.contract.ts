import { describe, expect, it } from 'vitest';
import type { Current } from './store.contract.js';
import { epoch } from './store-publication.contract.js';

const by = (witness: string, line = `— ${witness} line\n`) => ({ witness, line });

export function cosignatureContract(store: Current): void {
  describe('cosignatures', () => {
    it('are added to a checkpoint as they come, each witness’s first one for ever', async () => {
      await store().publish(epoch(1));
      expect(await store().cosignatures(1)).toEqual([]);
      await store().addCosignatures(1, [by('w2'), by('w1')]);
      await store().addCosignatures(1, [by('W3'), by('w1', 'another')]);
      expect(await store().cosignatures(1)).toEqual([by('W3'), by('w1'), by('w2')]);
      expect(await store().cosignatures(2)).toEqual([]);
    });

    it('tell the newest checkpoint that enough of the asked-for witnesses signed', async () => {
      for (const n of [1, 2, 3]) await store().publish(epoch(n));
      expect(await store().newestCosigned(['w1', 'w2'], 1)).toBeNull();
      await store().addCosignatures(1, [by('w1'), by('w2')]);
      await store().addCosignatures(2, [by('w2'), by('stranger')]);
      await store().addCosignatures(3, [by('stranger'), by('another')]);
      expect(await store().newestCosigned(['w1', 'w2', 'w3'], 2)).toEqual(epoch(1).checkpoint);
      expect(await store().newestCosigned(['w1', 'w2', 'w3'], 1)).toEqual(epoch(2).checkpoint);
      expect(await store().newestCosigned(['w1', 'w2', 'w3'], 3)).toBeNull();
      await store().addCosignatures(2, [by('w1')]);
      expect(await store().newestCosigned(['w1', 'w2', 'w3'], 2)).toEqual(epoch(2).checkpoint);
    });
  });
}
