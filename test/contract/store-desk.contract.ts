import { describe, expect, it } from 'vitest';
import type { UploadRow } from '../../domain/ports.js';
import type { Current } from './store.contract.js';
import { A, at, B, bytesOf, digestOf, NOW, plain, uuidOf } from './store-rows.js';

const upload = (name: string, over: Partial<UploadRow> = {}): UploadRow => ({
  id: uuidOf(name),
  owner: A,
  sizeBytes: 3 * 1024 ** 3,
  createdAt: NOW,
  claimedBy: null,
  ...over,
});

export function deskContract(store: Current): void {
  describe('beside the log', () => {
    it('keeps a session', async () => {
      const session = { id: 's', authority: A, officer: 'o.1', key: bytesOf('key'), until: at(900_000) };
      await store().putSession(session);
      expect(plain(await store().session('s'))).toEqual(plain(session));
      expect(await store().session('t')).toBeNull();
    });

    it('keeps an upload and its parts; a part may come twice, also at once', async () => {
      await store().putUpload(upload('u'));
      await store().putUpload(upload('u', { owner: B }));
      expect(await store().upload(uuidOf('u'))).toEqual(upload('u'));
      const part = (n: number, mark = '') => ({ n, sizeBytes: 8_388_608, leafHash: bytesOf(`part ${n}${mark}`) });
      expect(await store().hasParts()).toBe(false);
      for (const each of [part(1), part(0, 'old')]) await store().putPart(uuidOf('u'), each);
      await Promise.all(Array.from({ length: 8 }, () => store().putPart(uuidOf('u'), part(0))));
      expect(plain(await store().parts(uuidOf('u')))).toEqual(plain([part(0), part(1)]));
      expect(await store().hasParts()).toBe(true);
      await store().dropUpload(uuidOf('u'));
      expect(await store().hasParts()).toBe(false);
      expect([await store().upload(uuidOf('u')), await store().parts(uuidOf('u'))]).toEqual([null, []]);
    });

    it('names the folder of its bodies once', async () => {
      expect(await store().bodyFolder(null)).toBeNull();
      const both = await Promise.all(['one', 'two'].map((name) => store().bodyFolder(name)));
      expect(new Set(both).size).toBe(1);
      expect(await store().bodyFolder('three')).toBe(both[0]);
      expect(await store().bodyFolder(null)).toBe(both[0]);
    });

    it('lists uploads that no statement took, oldest first; the first claim holds', async () => {
      for (const [name, ms] of [
        ['b', 2],
        ['a', 1],
        ['c', 3],
        ['new', 10],
      ] as const)
        await store().putUpload(upload(name, { createdAt: at(ms) }));
      await store().claimUpload(uuidOf('c'), digestOf('c'));
      await store().claimUpload(uuidOf('c'), digestOf('other'));
      expect((await store().upload(uuidOf('c')))?.claimedBy).toBe(digestOf('c'));
      expect((await store().staleUploads(at(10), 5)).map(({ id }) => id)).toEqual([uuidOf('a'), uuidOf('b')]);
      expect(await store().staleUploads(at(10), 1)).toHaveLength(1);
    });

    it('counts what an authority has opened and no statement took, since a time', async () => {
      for (const [name, ms] of [
        ['early', 1],
        ['here', 2],
        ['later', 3],
        ['taken', 3],
      ] as const)
        await store().putUpload(upload(name, { createdAt: at(ms) }));
      await store().putUpload(upload('theirs', { createdAt: at(3), owner: B }));
      await store().claimUpload(uuidOf('taken'), digestOf('taken'));
      expect([await store().openUploads(A, at(2)), await store().openUploads(B, at(2)), await store().openUploads(B, at(4))]).toEqual([
        2, 1, 0,
      ]);
    });

    it('keeps keyrings by authority and name, each in place of the one that is named', async () => {
      const [old, next] = [bytesOf('old', 100), bytesOf('new', 65_536)];
      expect(await store().putKeyring(A, 'desk', next, old)).toBe(false);
      expect(await store().putKeyring(A, 'desk', old, null)).toBe(true);
      expect(await store().putKeyring(A, 'desk', next, old)).toBe(true);
      for (const replaced of [null, old, bytesOf('other', 65_536)]) expect(await store().putKeyring(A, 'desk', old, replaced)).toBe(false);
      expect(plain(await store().keyring(A, 'desk'))).toBe(plain(next));
      expect([await store().keyring(A, 'other'), await store().keyring(B, 'desk')]).toEqual([null, null]);
      await store().putKeyring(A, 'desk.2', bytesOf('more', 10), null);
      await store().putKeyring(B, 'desk', bytesOf('theirs', 10), null);
      // one of two that are put at the same moment, where none was and where one was
      let kept: Uint8Array | null = null;
      for (const round of ['first', 'again']) {
        const two = [bytesOf(`${round} one`, 10), bytesOf(`${round} two`, 10)];
        const taken = await Promise.all(two.map((bytes) => store().putKeyring(A, 'once', bytes, kept)));
        expect(taken.toSorted()).toEqual([false, true]);
        kept = two[taken.indexOf(true)]!;
        expect(plain(await store().keyring(A, 'once'))).toBe(plain(kept));
      }
      const counted = [store().countKeyrings(A, 'desk'), store().countKeyrings(A, 'desk.'), store().countKeyrings(A, 'other')];
      expect(await Promise.all(counted)).toEqual([2, 1, 0]);
    });
  });
}
