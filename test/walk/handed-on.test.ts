/** What somebody who hands an item on adds to its label: it binds whoever has it from there, and nobody else. */
import { describe, expect, it } from 'vitest';
import type { Store } from '../../domain/ports.js';
import { ownViewOf } from '../../gateway/read/views.js';
import { designate, enrol, openWalk } from '../support/test-gateway.js';
import { entryInRoles, inRole } from '../support/two-roles.js';
import { createChance, createWorld } from '../support/world.js';
import { answered, codesOf } from '../support/answered.js';
import { enclosing, makeAccess, makeConsent, makeEnvelope, makeItem, makeRelease, makeUse } from '../support/letters.js';
import { createActor, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import type { Digest } from '../../domain/ids.js';

const OWN = { code: 'ACTION_LIMIT', by: 'NG-FIA', limit: 'NONE' };

/** FIX answered FIA, and lets it hand the answer on to EFCX. */
async function scene(seed: number, deps: Parameters<typeof answered>[2] = {}) {
  const gateway = await answered(seed, {}, deps);
  const { accept, fia, fix, efcx, found, desk } = gateway;
  const consent = makeConsent(fix, fia, efcx, [found.digest], desk(), { purposes: ['INTELLIGENCE', 'INVESTIGATION'] });
  expect(codesOf(await accept(consent, fix))).toEqual(['ALLOW']);
  const released = (over: object) => makeRelease(fia, efcx, found, [consent.digest], desk(), over);
  const handOn = async (over: object, codes = ['ALLOW']): Promise<Signed> => {
    const release = await released({ label: { ...found.label, ...over } });
    expect(codesOf(await accept(release, fia))).toEqual(codes);
    return release;
  };
  const use = (over: object, holder = efcx) => accept(makeUse(holder, found.digest, desk(), over), holder);
  const read = async (via: Digest) => codesOf(await accept(makeAccess(efcx, found.digest, via, desk()), efcx));
  /** EFCX gives it back to FIX, which needs no consent */
  const back = async (over: object) =>
    codesOf(await accept(await makeRelease(efcx, fix, found, [], desk(), { label: { ...found.label, ...over } }), efcx));
  return {
    ...gateway,
    consent: consent.digest,
    released,
    handOn,
    use,
    read,
    back,
    caveats: (found.label as { caveats: readonly object[] }).caveats,
  };
}

const asked = (answer: Awaited<ReturnType<Awaited<ReturnType<typeof scene>>['use']>>) =>
  answer.ok ? [] : answer.error.refusal.violations.map(({ code, remedy }) => [code, remedy]);

describe('what a holder adds to the label of what it hands on', () => {
  it('binds the reader, until the same one hands it on anew without it', async () => {
    const { handOn, use, caveats, fia } = await scene(811);
    await handOn({ caveats: [...caveats, OWN] });
    expect(asked(await use({ action: 'INQUIRIES' }))).toEqual([['TIPPING_OFF_RISK', { action: 'ask-holder', holders: ['NG-FIA'] }]]);
    // it has the item from its originator, and set the caveat itself
    expect(codesOf(await use({ action: 'INQUIRIES' }, fia))).toEqual(['ALLOW']);
    await handOn({});
    expect(codesOf(await use({ action: 'INQUIRIES' }))).toEqual(['ALLOW']);
    await handOn({ caveats: [...caveats, OWN] });
    expect(codesOf(await use({ action: 'INQUIRIES' }))).toEqual(['TIPPING_OFF_RISK']);
  });

  it('binds what is decided while it is handed on anew', async () => {
    const { store: kept, blobs } = createWorld(818);
    let meanwhile: (() => Promise<unknown>) | null = null;
    const store: Store = {
      ...kept,
      async commitBatch(rows, now) {
        const run = rows.some(({ links }) => links.some(({ kind }) => kind === 'use')) ? meanwhile : null;
        if (run !== null) meanwhile = null;
        await run?.();
        return kept.commitBatch(rows, now);
      },
    };
    const { handOn, use, caveats, fia, efcx, found, desk, consent, world, operator, keys } = await scene(818, { store, blobs });
    await handOn({});
    const { walk: other } = openWalk(world, operator, keys, kept, { blobs });
    const label = { ...found.label, caveats: [...caveats, OWN] };
    const tighter = await makeRelease(fia, efcx, found, [consent], desk(), { label });
    meanwhile = async () => expect(codesOf(await other.acceptStatement(tighter.submission, fia.caller))).toEqual(['ALLOW']);
    expect(codesOf(await use({ action: 'INQUIRIES' }))).toEqual(['TIPPING_OFF_RISK']);
    expect(meanwhile).toBeNull();
  });

  it('goes with it to whoever has it next', async () => {
    const { handOn, back, caveats } = await scene(812);
    await handOn({ caveats: [...caveats, OWN] });
    expect(await back({})).toEqual(['CAVEAT_WEAKENED']);
    expect(await back({ caveats: [...caveats, { ...OWN, by: 'NG-EFCX' }] })).toEqual(['CAVEAT_WEAKENED']);
    expect(await back({ caveats: [...caveats, { ...OWN, by: 'NG-CASA' }, OWN] })).toEqual(['LABEL_CONTRADICTORY']);
    expect(await back({ caveats: [...caveats, OWN] })).toEqual(['ALLOW']);
  });

  it('stands on what is made from it, and its owner need be no originator of that', async () => {
    const { handOn, accept, caveats, efcx, fia, found, desk } = await scene(813);
    await handOn({ caveats: [...caveats, OWN] });
    const extract = async (more: readonly object[]) => {
      const label = { ...found.label, originators: ['NG-EFCX', 'VG-FIX'], caveats: [...caveats, ...more] };
      const made = await makeItem(efcx, [fia, efcx], 'extract', desk(), { label, kind: 'EXTRACT', derivedFrom: [found.digest] });
      const exchange = uuidFrom(desk().chance);
      return codesOf(await accept(makeEnvelope({ from: efcx, to: fia, exchange, message: 'SUBMIT', items: [made] }, desk()), efcx));
    };
    const without = await extract([]);
    expect(without).toContain('CAVEAT_WEAKENED');
    expect(await extract([OWN])).toEqual(without.filter((code) => code !== 'CAVEAT_WEAKENED'));
    expect(await extract([OWN, { ...OWN, by: 'NG-CASA' }])).toContain('LABEL_CONTRADICTORY');
  });

  it('is, where two hand it on and each adds something else, what the new label keeps to of either', async () => {
    const gateway = await scene(824);
    const { handOn, accept, caveats, fia, fix, efcx, found, desk } = gateway;
    const police = createActor('NG-POL', 'LAW_ENFORCEMENT', createChance(9));
    await enrol(gateway, [police]);
    const toPolice = makeConsent(fix, fia, police, [found.digest], desk());
    const fromPolice = makeConsent(fix, police, efcx, [found.digest], desk());
    for (const grant of [toPolice, fromPolice]) expect(codesOf(await accept(grant, fix))).toEqual(['ALLOW']);
    const give = async (holder: Actor, to: Actor, grant: Digest, more: readonly object[]) => {
      const label = { ...found.label, caveats: [...caveats, ...more] };
      return codesOf(await accept(await makeRelease(holder, to, found, [grant], desk(), { label }), holder));
    };
    const [ofFia, ofPolice] = [OWN, { code: 'RETURN', by: police.id }];
    await handOn({ caveats: [...caveats, ofFia] });
    expect(await give(fia, police, toPolice.digest, [])).toEqual(['ALLOW']);
    expect(await give(police, efcx, fromPolice.digest, [ofPolice])).toEqual(['ALLOW']);
    // who opened the newer one knows nothing of what the older one added
    const onward = makeConsent(fix, efcx, fia, [found.digest], desk());
    expect(codesOf(await accept(onward, fix))).toEqual(['ALLOW']);
    expect(await give(efcx, fia, onward.digest, [ofPolice])).toEqual(['ALLOW']);
    expect(await give(efcx, fia, onward.digest, [ofFia])).toEqual(['ALLOW']);
    expect(await give(efcx, fia, onward.digest, [])).toEqual(['CAVEAT_WEAKENED']);
  });

  it('is a level to which its reader is cleared, and a day until which it may be kept', async () => {
    const { handOn, read, store, efcx } = await scene(814);
    const plain = await handOn({});
    await handOn({ level: 'CONFIDENTIAL' }, [
      'CLASSIFICATION_EXCEEDS_SYSTEM',
      'CLASSIFICATION_EXCEEDS_CLEARANCE',
      'CLASSIFICATION_EXCEEDS_CLEARANCE',
      'PROTECTION_TOO_WEAK',
    ]);
    const over = await handOn({ destroyBy: '2026-01-05T08:00:00.000Z' });
    expect(await read(over.digest)).toEqual(['RETENTION_EXPIRED']);
    // and the reader's own log says so, from which it learns what it keeps for too long
    const leaf = await store.leafOf(over.digest, 'accepted');
    expect(JSON.parse(ownViewOf(leaf!, efcx.id)!.event)).toMatchObject({ destroyBy: '2026-01-05T08:00:00.000Z' });
    // what the same one gave it before is read under that
    expect(await read(plain.digest)).toEqual(['ALLOW']);
  });

  it('is no contradiction where somebody still states it that saw it stand, as who gave it does not', async () => {
    const { handOn, back, accept, caveats, efcx, fia, fix, found, desk } = await scene(821);
    await handOn({ caveats: [...caveats, OWN] });
    await handOn({});
    // who opened the first of them and not the second keeps to more than it must
    expect(await back({ caveats: [...caveats, OWN] })).toEqual(['ALLOW']);
    const extract = async (maker: Actor, to: Actor, more: readonly object[]) => {
      const label = { ...found.label, originators: [...new Set([maker.id, 'VG-FIX'])].sort(), caveats: [...caveats, ...more] };
      const made = await makeItem(maker, [maker, to], 'extract', desk(), { label, kind: 'EXTRACT', derivedFrom: [found.digest] });
      const exchange = uuidFrom(desk().chance);
      return codesOf(await accept(makeEnvelope({ from: maker, to, exchange, message: 'SUBMIT', items: [made] }, desk()), maker));
    };
    expect(await extract(efcx, fia, [OWN])).toEqual(await extract(efcx, fia, []));
    // its originator read what came back, and is bound by nothing in that
    expect(await extract(fix, fia, [OWN])).toEqual(await extract(fix, fia, []));
  });

  it('binds what its reader makes of it as another type, once it is that alone', async () => {
    const gateway = await scene(825);
    const { handOn, accept, caveats, efcx, fia, found, desk } = gateway;
    await handOn({ caveats: [...caveats, OWN] });
    const asFiu = inRole(efcx, 'FIU', 'o2', createChance(25));
    await designate(gateway, asFiu, { types: [asFiu.type] });
    const { at, chance } = desk();
    const renewed = entryInRoles([{ desk: 'INTAKE', officers: [asFiu] }], at, chance, { seq: 2 });
    expect((await gateway.walk.acceptStatement(renewed.submission, null)).ok).toBe(true);
    const extract = async (more: readonly object[]) => {
      const label = { ...found.label, originators: [efcx.id, 'VG-FIX'], caveats: [...caveats, ...more] };
      const made = await makeItem(asFiu, [fia, asFiu], 'extract', desk(), { label, kind: 'EXTRACT', derivedFrom: [found.digest] });
      const exchange = uuidFrom(desk().chance);
      return codesOf(await accept(makeEnvelope({ from: asFiu, to: fia, exchange, message: 'SUBMIT', items: [made] }, desk()), asFiu));
    };
    const without = await extract([]);
    expect(without).toContain('CAVEAT_WEAKENED');
    expect(await extract([OWN])).toEqual(without.filter((code) => code !== 'CAVEAT_WEAKENED'));
  });

  it('is confidential in no name but its own', async () => {
    const { handOn, caveats, efcx, fia } = await scene(821);
    const kept = (by: string) => ({ caveats: [...caveats, { code: 'CONFIDENTIAL_FACT', by }] });
    // who is to receive it has said nothing of the kind, and could not lift it
    await handOn(kept(efcx.id), ['LABEL_CONTRADICTORY']);
    await handOn(kept(fia.id));
  });

  it('is added in no name but its own, whomever the label calls an originator', async () => {
    const { handOn, caveats } = await scene(822);
    const label = { originators: ['VG-FIX', 'NG-CASA'], caveats: [...caveats, { ...OWN, by: 'NG-CASA' }] };
    await handOn(label, ['LABEL_CONTRADICTORY']);
  });

  it.each(['ATTRIBUTION_MUST_NOT', 'NO_EXPORT', 'CONTACT_SOURCE_BEFORE_ACTION', 'INTEL_ONLY'])(
    'keeps nothing from its originator: %s',
    async (code) => {
      const { handOn, back, caveats } = await scene(823);
      const more = [...caveats, { code, by: 'NG-FIA' }];
      await handOn({ caveats: more });
      expect(await back({ caveats: more })).toEqual(['ALLOW']);
    },
  );

  it.each([{ code: 'NAMED_RECIPIENTS', recipients: ['NG-EFCX'] }, { code: 'PRIVILEGED' }])(
    'lets what is made from it go to its originator in an envelope: $code',
    async (caveat) => {
      const { handOn, accept, caveats, efcx, fix, found, desk } = await scene(824);
      const extract = async (more: readonly object[]) => {
        const label = { ...found.label, originators: ['NG-EFCX', 'VG-FIX'], caveats: [...caveats, ...more] };
        const made = await makeItem(efcx, [efcx, fix], 'extract', desk(), { label, kind: 'EXTRACT', derivedFrom: [found.digest] });
        const exchange = uuidFrom(desk().chance);
        return codesOf(await accept(makeEnvelope({ from: efcx, to: fix, exchange, message: 'SUBMIT', items: [made] }, desk()), efcx));
      };
      await handOn({});
      const without = await extract([]);
      await handOn({ caveats: [...caveats, { ...caveat, by: 'NG-FIA' }] });
      expect(await extract([{ ...caveat, by: 'NG-FIA' }])).toEqual(without);
    },
  );
});

describe('a consent bound to proceedings', () => {
  async function bound(seed: number) {
    const gateway = await answered(seed);
    const { accept, fia, fix, found, desk } = gateway;
    const grant = async (to: Actor, over: object) => {
      const consent = makeConsent(fix, fia, to, [found.digest], desk(), { purposes: ['INVESTIGATION'], ...over });
      expect(codesOf(await accept(consent, fix))).toEqual(['ALLOW']);
      return consent;
    };
    const use = async (who: Actor, over: object) =>
      codesOf(await accept(makeUse(who, found.digest, desk(), { purpose: 'INVESTIGATION', ...over }), who));
    return { ...gateway, grant, use };
  }

  it('binds whoever has the item on it in every use, and what is made from it', async () => {
    const { accept, grant, use, fia, efcx, found, desk } = await bound(816);
    const consent = await grant(efcx, { conditions: ['case-1'] });
    const release = await makeRelease(fia, efcx, found, [consent.digest], desk(), { purpose: 'INVESTIGATION' });
    expect(codesOf(await accept(release, fia))).toEqual(['ALLOW']);
    const reading = makeAccess(efcx, found.digest, release.digest, desk(), { purpose: 'INVESTIGATION' });
    expect(codesOf(await accept(reading, efcx))).toEqual(['ALLOW']);
    expect(await use(efcx, { proceedings: 'case-1' })).toEqual(['ALLOW']);
    expect(await use(efcx, { proceedings: 'case-2' })).toContain('USE_BEYOND_PURPOSE');
    expect(await use(efcx, {})).toContain('USE_BEYOND_PURPOSE');
    const label = { ...found.label, originators: ['NG-EFCX', 'VG-FIX'] };
    const made = await makeItem(efcx, [fia, efcx], 'extract', desk(), { label, kind: 'EXTRACT', derivedFrom: [found.digest] });
    const exchange = uuidFrom(desk().chance);
    const sent = makeEnvelope({ from: efcx, to: fia, exchange, message: 'SUBMIT', items: [made] }, desk());
    expect(codesOf(await accept(sent, efcx))).toContain('CAVEAT_WEAKENED');
  });

  it('to its holder itself opens the purpose in these proceedings alone', async () => {
    const { grant, use, fia } = await bound(817);
    expect(await use(fia, { proceedings: 'case-1' })).toEqual(['USE_BEYOND_PURPOSE']);
    await grant(fia, { conditions: ['case-1'] });
    expect(await use(fia, { proceedings: 'case-1' })).toEqual(['ALLOW']);
    expect(await use(fia, { proceedings: 'case-2' })).toEqual(['USE_BEYOND_PURPOSE']);
    expect(await use(fia, {})).toEqual(['USE_BEYOND_PURPOSE']);
    await grant(fia, {});
    expect(await use(fia, {})).toEqual(['ALLOW']);
  });
});

describe('the form of a release', () => {
  type Scene = Awaited<ReturnType<typeof scene>>;
  const makers: Record<string, readonly [string, (scene: Scene) => Promise<object>]> = {
    'whose seal is to another’s key': [
      'KEY_NOT_TRUSTED',
      async ({ fia, fix, efcx, found, consent, desk }) =>
        (await makeRelease(fia, fix, found, [consent], desk(), { to: efcx.id, toType: efcx.type })).submission,
    ],
    'of another content key than its item’s': [
      'SEALS_MISMATCH',
      async ({ released, request }) => (await released({ keyCommitment: request.item.sealed.keyCommitment })).submission,
    ],
    'that brings an item': [
      'MALFORMED',
      async ({ released, fia, efcx, desk }) => {
        const { items, bodies } = enclosing([await makeItem(fia, [efcx, fia], 'beside', desk())]);
        return { ...(await released({})).submission, items, bodies };
      },
    ],
    'that brings a body': [
      'MALFORMED',
      async ({ released, found }) => ({ ...(await released({})).submission, bodies: enclosing([found]).bodies }),
    ],
  };
  it.each(Object.entries(makers))('%s is refused', async (_name, [code, make]) => {
    const here = await scene(819);
    expect(codesOf(await here.walk.acceptStatement((await make(here)) as never, here.fia.caller))).toEqual([code]);
  });
});
