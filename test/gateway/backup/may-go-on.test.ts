import { describe, expect, it } from 'vitest';
import type { Mark } from '../../../domain/ports.js';
import { Failure } from '../../../domain/failure.js';
import { hearWitnesses, type Heard } from '../../../gateway/backup/hear-witnesses.js';
import { mayGoOn, type Memory } from '../../../gateway/backup/may-go-on.js';
import { answered } from '../../support/answered.js';

const marked = (note: string | null): Mark & { readonly note: () => string | null } => {
  let kept = note;
  return { read: () => Promise.resolve(kept), write: (newer) => Promise.resolve(void (kept = newer)), note: () => kept };
};

const said = (heard: Partial<Heard>) => () => Promise.resolve({ behind: null, silent: [], isEnough: true, ...heard });

describe('a restored log', () => {
  it('goes on where the mark is as old as it or older; the mark then stands where it does', async () => {
    const { store, walk, deps } = await answered(401);
    const older = await walk.publishCheckpoint();
    const mark = marked(older);
    await mayGoOn(store, { mark, witnesses: null, acceptsLoss: false }, deps.config);
    expect(mark.note()).toBe(older);
  });

  it('does not go on behind a mark, whatever the operator accepts', async () => {
    const [longer, shorter] = [await answered(402), await answered(403)];
    await shorter.walk.publishCheckpoint();
    await longer.walk.publishCheckpoint();
    await longer.walk.deliverDue();
    const note = await longer.walk.publishCheckpoint();
    const memory: Memory = { mark: marked(note), witnesses: said({}), acceptsLoss: true };
    await expect(mayGoOn(shorter.store, memory, shorter.deps.config)).rejects.toMatchObject({ code: 'LOG_BEHIND' });
  });

  it('does not go on where nothing remembers, until the operator says that no newer backup exists', async () => {
    const { store, walk, deps } = await answered(404);
    const note = await walk.publishCheckpoint();
    const nothing = { mark: marked(null), witnesses: null };
    await expect(mayGoOn(store, { ...nothing, acceptsLoss: false }, deps.config)).rejects.toThrow(Failure);
    await mayGoOn(store, { ...nothing, acceptsLoss: true }, deps.config);
    expect(nothing.mark.note()).toBe(note);
  });

  it('goes on where enough witnesses remember nothing longer, and where they do not answer by the mark or the operator’s word', async () => {
    const { store, walk, deps } = await answered(405);
    const note = await walk.publishCheckpoint();
    const asked = (heard: Partial<Heard>, mark: string | null, acceptsLoss: boolean) =>
      mayGoOn(store, { mark: marked(mark), witnesses: said(heard), acceptsLoss }, deps.config);
    expect(await asked({}, null, false)).toEqual([]);
    const away = { silent: ['w1: away'], isEnough: false };
    await expect(asked(away, null, false)).rejects.toMatchObject({
      code: 'WITNESS_UNAVAILABLE',
      detail: expect.stringMatching(/^w1: away; .*--accept-loss/) as unknown,
    });
    expect(await asked(away, note, false)).toEqual(['w1: away']);
    expect(await asked(away, null, true)).toEqual(['w1: away']);
    // whatever the operator accepts
    // nobody ends a log over what a witness says and has not signed
    await expect(asked({ behind: 'w1: it cosigned 9 leaves' }, note, true)).rejects.toThrow(
      /^LOG_BEHIND: w1: it cosigned 9 leaves; .*ask those who say so/,
    );
  });
});

describe('witnesses of a restored log', () => {
  const answers: Record<string, Error | null> = {};
  const walk = {
    behind: null as string | null,
    witnesses: ['w1', 'w2', 'w3'],
    askWitness: (name: string) => (answers[name] ? Promise.reject(answers[name]) : Promise.resolve()),
  };
  const policy = (quorum: number) => ({ quorum, witnesses: [1, 2, 3] as never });

  it('are enough where as many answer as could stop a gateway, whatever they answer', async () => {
    answers['w1'] = new Failure('WITNESS_UNAVAILABLE', 'w1: away');
    answers['w2'] = new Failure('LOG_BEHIND', 'w2: it cosigned 9 leaves');
    expect(await hearWitnesses(walk, policy(2))).toEqual({ behind: null, silent: ['w1: away'], isEnough: true });
    answers['w3'] = new Failure('WITNESS_UNAVAILABLE', 'w3: away');
    expect(await hearWitnesses({ ...walk, behind: 'w2' }, policy(2))).toEqual({
      behind: 'w2',
      silent: ['w1: away', 'w3: away'],
      isEnough: false,
    });
    expect((await hearWitnesses(walk, policy(3))).isEnough).toBe(true);
  });

  it('hide no failure of ours', async () => {
    answers['w3'] = new TypeError('a bug');
    await expect(hearWitnesses(walk, policy(1))).rejects.toThrow('a bug');
  });
});
