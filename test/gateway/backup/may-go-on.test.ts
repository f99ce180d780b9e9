import { describe, expect, it } from 'vitest';
import type { CheckpointMark } from '../../../domain/ports.js';
import { Failure } from '../../../domain/failure.js';
import { mayGoOn, type Memory } from '../../../gateway/backup/may-go-on.js';
import { answered } from '../../support/answered.js';

const marked = (note: string | null): CheckpointMark & { readonly note: () => string | null } => {
  let kept = note;
  return { read: () => Promise.resolve(kept), write: (newer) => Promise.resolve(void (kept = newer)), note: () => kept };
};

describe('a restored log', () => {
  it('goes on where the mark is as old as it or older; the mark then stands where it does', async () => {
    const { store, walk, deps } = await answered(401);
    const older = await walk.publishCheckpoint();
    const mark = marked(older);
    await mayGoOn(store, { mark, hasWitnesses: false, acceptsLoss: false }, deps.config);
    expect(mark.note()).toBe(older);
  });

  it('does not go on behind a mark, whatever the operator accepts', async () => {
    const [longer, shorter] = [await answered(402), await answered(403)];
    await shorter.walk.publishCheckpoint();
    await longer.walk.publishCheckpoint();
    await longer.walk.deliverDue();
    const note = await longer.walk.publishCheckpoint();
    const memory: Memory = { mark: marked(note), hasWitnesses: true, acceptsLoss: true };
    await expect(mayGoOn(shorter.store, memory, shorter.deps.config)).rejects.toMatchObject({ code: 'LOG_BEHIND' });
  });

  it('does not go on where nothing remembers, until the operator says that no newer backup exists', async () => {
    const { store, walk, deps } = await answered(404);
    const note = await walk.publishCheckpoint();
    const nothing = { mark: marked(null), hasWitnesses: false };
    await expect(mayGoOn(store, { ...nothing, acceptsLoss: false }, deps.config)).rejects.toThrow(Failure);
    await mayGoOn(store, { ...nothing, acceptsLoss: true }, deps.config);
    expect(nothing.mark.note()).toBe(note);
    await mayGoOn(store, { mark: marked(null), hasWitnesses: true, acceptsLoss: false }, deps.config);
  });
});
