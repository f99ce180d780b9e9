/** What somebody makes of what it was handed bears what was added for it, deleted or not; and names nobody's caveat that it was never shown. */
import { describe, expect, it } from 'vitest';
import { createActor, uuidFrom, type Actor } from '../support/actors.js';
import { answered, codesOf } from '../support/answered.js';
import { labelOf, makeAccess, makeConsent, makeDeletion, makeEnvelope, makeItem, makeRelease } from '../support/letters.js';
import { enrol } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

/** fix gave it to fia, and fia hands it on, to efcx under a caveat of its own, and to another FIU as it is. */
async function handedOn(seed: number) {
  const scene = await answered(seed);
  const { accept, fia, fix, efcx, found, desk } = scene;
  const plain = createActor('QZ-FIU', 'FIU', createChance(seed + 9));
  await enrol(scene, [plain]);
  const { caveats } = found.label as { caveats: object[] };
  const added = { code: 'ACTION_LIMIT', by: fia.id, limit: 'NONE' };
  const give = async (to: Actor, more: readonly object[]) => {
    const consent = makeConsent(fix, fia, to, [found.digest], desk());
    expect(codesOf(await accept(consent, fix))).toEqual(['ALLOW']);
    const label = { ...found.label, caveats: [...caveats, ...more] };
    const release = await makeRelease(fia, to, found, [consent.digest], desk(), { label });
    expect(codesOf(await accept(release, fia))).toEqual(['ALLOW']);
    return release;
  };
  const releases = [await give(efcx, [added]), await give(plain, [])] as const;
  const extract = async (maker: Actor, more: readonly object[]) => {
    const label = labelOf(maker, { originators: [maker.id, fix.id].toSorted(), caveats: [...caveats, ...more] });
    const made = await makeItem(maker, [fix, maker], 'extract', desk(), { label, kind: 'EXTRACT', derivedFrom: [found.digest] });
    const exchange = uuidFrom(desk().chance);
    return codesOf(await accept(makeEnvelope({ from: maker, to: fix, exchange, message: 'SUBMIT', items: [made] }, desk()), maker));
  };
  return { ...scene, plain, added, releases, extract };
}

describe('what was added for who was handed an item', () => {
  it('stands on what it makes of it after it has deleted it', async () => {
    const { accept, efcx, found, added, extract, desk } = await handedOn(1421);
    expect(await extract(efcx, [])).toContain('CAVEAT_WEAKENED');
    expect(codesOf(await accept(makeDeletion(efcx, found.digest, desk()), efcx))).toEqual(['ALLOW']);
    expect(await extract(efcx, [])).toContain('CAVEAT_WEAKENED');
    expect(await extract(efcx, [added])).not.toContain('CAVEAT_WEAKENED');
  });

  it('is named by nobody else', async () => {
    const { efcx, plain, added, extract } = await handedOn(1422);
    expect(await extract(efcx, [added])).not.toContain('LABEL_CONTRADICTORY');
    expect(await extract(plain, [])).not.toContain('LABEL_CONTRADICTORY');
    expect(await extract(plain, [added])).toContain('LABEL_CONTRADICTORY');
  });
});

describe('what gives a right to read', () => {
  it('gives it to the item that it brought, and to who was given it', async () => {
    const { accept, fia, efcx, plain, found, request, reply, releases, desk } = await handedOn(1423);
    const read = async (who: Actor, item: string, via: string) =>
      codesOf(await accept(makeAccess(who, item as typeof found.digest, via as typeof found.digest, desk()), who));
    const [{ digest: toEfcx }, { digest: toPlain }] = releases;
    expect(await read(efcx, found.digest, toEfcx)).toEqual(['ALLOW']);
    for (const [who, item, via] of [
      [efcx, request.item.digest, toEfcx],
      [efcx, found.digest, toPlain],
      [plain, found.digest, toEfcx],
      [efcx, found.digest, reply.digest],
      [fia, request.item.digest, reply.digest],
      [fia, found.digest, request.signed.digest],
    ] as const)
      expect(await read(who, item, via), `${who.id} ${item} ${via}`).toEqual(['NOT_FOUND']);
  });
});
