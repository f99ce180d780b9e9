/** Whose root is believed: what an old one signed, of the keys that it names; and what is kept of it. No gateway: what it shows is made up. */
import { describe, expect, it } from 'vitest';
import { createMemoryKeyStore } from '../../../client/sdk/index.js';
import { believedChanges, changeRoot, followsFrom, keepRoots, readPins, readRoots, withOtherPin } from '../../../client/sdk/roots.js';
import { encodeBase64url } from '../../../crypto/base64url.js';
import { createSigningKey, kidOf, SIGNING_SUITE, type SigningKey } from '../../../crypto/signing-key.js';
import { signStatement } from '../../../crypto/statement.js';
import { FIA, LATER, NOW } from '../../support/facts.js';
import { sampleOf } from '../../support/wire.js';
import { createChance } from '../../support/world.js';

const [r1, r2, r3, thief] = [1, 2, 3, 4].map((seed) => createSigningKey(createChance(seed))) as [
  SigningKey,
  SigningKey,
  SigningKey,
  SigningKey,
];
const NO_KEY = new Uint8Array(1);
const named = ({ kid, publicKey }: Pick<SigningKey, 'kid' | 'publicKey'>) => ({ kid, publicKey: encodeBase64url(publicKey) });
const change = (old: Pick<SigningKey, 'kid' | 'publicKey'>, root: Pick<SigningKey, 'kid' | 'publicKey'>, by: SigningKey) =>
  signStatement('parley-root+json', { ...sampleOf('parley-root+json'), old: named(old), root: named(root) }, by);

describe('a change of root is believed', () => {
  it('that the old root signed, whatever is shown beside it', async () => {
    const word = await change(r1, r2, r1);
    const believed = await believedChanges(['none', await signStatement('parley-session+json', {}, r1), word]);
    expect(believed.map(({ compact }) => compact)).toEqual([word]);
  });

  it.each([
    ['that somebody else signed', () => change(r1, thief, { ...thief, kid: r1.kid })],
    ['that somebody else signed, and says so', () => change(r1, thief, thief)],
    ['that the old root signed under another name', () => change(r1, r2, { ...r1, kid: r3.kid })],
    [
      'by another key under the old root’s fingerprint',
      () => change({ kid: r1.kid, publicKey: thief.publicKey }, thief, { ...thief, kid: r1.kid }),
    ],
    ['to another key than the fingerprint that it names', () => change(r1, { kid: r2.kid, publicKey: thief.publicKey }, r1)],
    ['to what is no key', () => change(r1, { kid: kidOf(SIGNING_SUITE, NO_KEY), publicKey: NO_KEY }, r1)],
  ])('and not one %s', async (_name, made) => {
    expect(await believedChanges([await made()])).toEqual([]);
  });

  it('as a way from the root that was known to the one that is shown, and another one is an alarm', async () => {
    const changes = await believedChanges([await change(r1, r2, r1)]);
    for (const known of [undefined, r1.kid, r2.kid]) expect(followsFrom(FIA, known, r2.kid, changes).ok).toBe(true);
    expect(followsFrom(FIA, r3.kid, r2.kid, changes).ok).toBe(false);
    expect(followsFrom(FIA, r1.kid, r2.kid, []).ok).toBe(false);
  });
});

describe('of the roots that a directory shows', () => {
  it('none is taken for compared because it was seen, however often', async () => {
    const store = createMemoryKeyStore();
    for (const _ of [1, 2]) {
      expect(await keepRoots(store, await readRoots(store), { [FIA]: r1.kid }, [])).toEqual({});
      expect(await readPins(store)).toStrictEqual({});
    }
    // and nothing new is kept of what was seen before
    expect(await store.names('roots/')).toHaveLength(1);
    expect((await readRoots(store)).get(FIA)).toEqual({ seen: r1.kid });
  });

  it('the one that a compared one named is as good, though it was seen before that one was compared', async () => {
    const store = createMemoryKeyStore();
    const changes = await believedChanges([await change(r1, r2, r1)]);
    await changeRoot(store, FIA, () => ({ seen: r2.kid, pin: r1.kid }));
    expect(await keepRoots(store, await readRoots(store), { [FIA]: r2.kid }, changes)).toEqual({ [FIA]: r2.kid });
    expect(await readPins(store)).toEqual({ [FIA]: r2.kid });
    expect((await readRoots(store)).get(FIA)).toMatchObject({ seen: r2.kid, pin: r2.kid, followed: [r1.kid] });
  });

  it.each([{ seen: r3.kid }, { seen: r1.kid, pin: r3.kid }])(
    'nothing is kept over what another program learnt meanwhile',
    async (learnt) => {
      const store = createMemoryKeyStore();
      await changeRoot(store, FIA, () => ({ seen: r1.kid }));
      const judgedBy = await readRoots(store);
      await changeRoot(store, FIA, () => learnt);
      await keepRoots(store, judgedBy, { [FIA]: r2.kid }, []);
      expect((await readRoots(store)).get(FIA)).toEqual(learnt);
    },
  );
});

it('a root that was compared anew ends the whole line before it, once, and is no former one itself', () => {
  const former = [r1, r3, thief].map(({ kid }) => ({ root: kid, at: NOW }));
  expect(withOtherPin({ followed: [r1.kid], former }, r2.kid, r3.kid, LATER)).toEqual({
    pin: r3.kid,
    seen: r3.kid,
    former: [
      { root: thief.kid, at: NOW },
      { root: r1.kid, at: LATER },
      { root: r2.kid, at: LATER },
    ],
  });
  expect(withOtherPin({ followed: [r1.kid], former: [] }, r2.kid, r1.kid, LATER)).toEqual({ pin: r1.kid, seen: r1.kid, former: [] });
});
