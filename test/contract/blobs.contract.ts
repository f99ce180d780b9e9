/** What every keeper of sealed bytes must do. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Blobs } from '../../domain/ports.js';
import { faulty } from '../support/faulty.js';
import { bytesOf, plain, uuidOf } from './store-rows.js';

export function blobsContract(name: string, open: () => Promise<{ readonly blobs: Blobs; close(): Promise<void> }>): void {
  describe(name, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());
    const u = uuidOf('u');
    const v = uuidOf('v');
    const part = bytesOf('part', 100_000);

    it('gives back a part whole and in ranges, and no more than there is', async () => {
      const { blobs } = opened;
      await blobs.putPart(u, 0, part);
      expect(plain(await blobs.readPart(u, 0, 0, part.length))).toBe(plain(part));
      expect(plain(await blobs.readPart(u, 0, 7, 40_000))).toBe(plain(part.slice(7, 40_007)));
      expect(plain(await blobs.readPart(u, 0, 99_990, 50))).toBe(plain(part.slice(99_990)));
      expect(plain(await blobs.readPart(u, 0, 200_000, 50))).toBe('');
    });

    it('says null for what is absent', async () => {
      const { blobs } = opened;
      await blobs.putPart(u, 0, part);
      expect([await blobs.readPart(u, 1, 0, 10), await blobs.readPart(v, 0, 0, 10)]).toEqual([null, null]);
    });

    it('takes a part twice, also at once', async () => {
      const { blobs } = opened;
      await Promise.all(Array.from({ length: 8 }, () => blobs.putPart(u, 0, part)));
      await blobs.putPart(u, 0, part);
      expect(plain(await blobs.readPart(u, 0, 0, part.length))).toBe(plain(part));
    });

    it('keeps the first of two that differ, and says so to the second', async () => {
      const { blobs } = opened;
      const other = bytesOf('other', 100_000);
      expect(await blobs.putPart(u, 0, part)).toBe(true);
      expect(await blobs.putPart(u, 0, other)).toBe(false);
      expect(await blobs.putPart(u, 0, part)).toBe(true);
      expect(plain(await blobs.readPart(u, 0, 0, part.length))).toBe(plain(part));
    });

    it('keeps one of two that differ and come at once, whole, and says so to who sent the other', async () => {
      const { blobs } = opened;
      for (let n = 0; n < 20; n += 1) {
        const bodies = ['a', 'b'].map((mark) => bytesOf(`${mark} ${n}`, 100_000));
        const took = await Promise.all(bodies.map((bytes) => blobs.putPart(u, n, bytes)));
        expect(took.toSorted()).toEqual([false, true]);
        expect(plain(await blobs.readPart(u, n, 0, part.length))).toBe(plain(bodies[took.indexOf(true)]!));
      }
    });

    it('is not changed by what the caller does to its bytes afterwards', async () => {
      const { blobs } = opened;
      const own = part.slice();
      await blobs.putPart(u, 0, own);
      own.fill(0);
      expect(plain(await blobs.readPart(u, 0, 0, part.length))).toBe(plain(part));
    });

    it('drops one upload whole and no other, twice without harm', async () => {
      const { blobs } = opened;
      for (const [upload, n] of [
        [u, 0],
        [u, 1],
        [v, 0],
      ] as const)
        await blobs.putPart(upload, n, part);
      for (const _ of ['once', 'again']) while (!(await blobs.drop(u)));
      expect([await blobs.readPart(u, 0, 0, 1), await blobs.readPart(u, 1, 0, 1)]).toEqual([null, null]);
      expect(await blobs.readPart(v, 0, 0, 1)).toHaveLength(1);
    });

    it('holds the part after a call that failed but persisted, and takes its repeat', async () => {
      const broken = faulty(opened.blobs, (_, call) => (['throw-before', 'throw-after', 'pass'] as const)[call] ?? 'pass');
      await expect(broken.putPart(u, 0, part)).rejects.toThrow();
      expect(await opened.blobs.readPart(u, 0, 0, 1)).toBeNull();
      await expect(broken.putPart(u, 0, part)).rejects.toThrow();
      await broken.putPart(u, 0, part);
      expect(plain(await opened.blobs.readPart(u, 0, 0, part.length))).toBe(plain(part));
    });
  });
}
