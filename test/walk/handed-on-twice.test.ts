/** Two handed the same item on, and one of them added something: an act stands under the terms of those on which it rests. */
import { describe, expect, it } from 'vitest';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { createActor, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { answered, codesOf } from '../support/answered.js';
import { labelOf, makeConsent, makeDeletion, makeEnvelope, makeItem, makeRelease, makeRevocation, makeUse } from '../support/letters.js';
import { createCast, enrol } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

const ADDED = { code: 'ACTION_LIMIT', by: 'NG-POL', limit: 'NONE' };
const BOTH = ['INTELLIGENCE', 'INVESTIGATION'];

/** FIX gave it to FIA; FIA and the police may hand it on to EFCX, each by a consent of its own. */
async function scene(seed: number) {
  const { fix: giver } = createCast(7);
  const gateway = await answered(seed, { label: labelOf(giver, { purposes: BOTH }) });
  const { accept, allowed, fia, fix, efcx, found, desk } = gateway;
  const police = createActor('NG-POL', 'LAW_ENFORCEMENT', createChance(9));
  await enrol(gateway, [police]);
  const { caveats } = found.label as { caveats: object[] };
  const give = async (holder: Actor, to: Actor, consent: Signed, added: readonly object[] = [], purpose = 'INTELLIGENCE') => {
    const label = { ...found.label, caveats: [...caveats, ...added] };
    await allowed(await makeRelease(holder, to, found, [consent.digest], desk(), { label, purpose }), holder);
  };
  const grant = async (holder: Actor, to: Actor, over: object = {}): Promise<Signed> => {
    const consent = makeConsent(fix, holder, to, [found.digest], desk(), { purposes: BOTH, ...over });
    await allowed(consent, fix);
    return consent;
  };
  await give(fia, police, await grant(fia, police));
  const revoke = (consent: Signed) => allowed(makeRevocation(fix, fia, consent.digest, desk()), fix);
  const use = async (over: object = {}) => codesOf(await accept(makeUse(efcx, found.digest, desk(), over), efcx));
  const back = async (added: readonly object[]) => {
    const label = { ...found.label, caveats: [...caveats, ...added] };
    return codesOf(await accept(await makeRelease(efcx, fix, found, [], desk(), { label }), efcx));
  };
  const extract = async (added: readonly object[]) => {
    const label = labelOf(efcx, { originators: [efcx.id, fix.id], caveats: [...caveats, ...added] });
    const made = await makeItem(efcx, [fia, efcx], 'extract', desk(), { label, kind: 'EXTRACT', derivedFrom: [found.digest] });
    const exchange = uuidFrom(desk().chance);
    return codesOf(await accept(makeEnvelope({ from: efcx, to: fia, exchange, message: 'SUBMIT', items: [made] }, desk()), efcx));
  };
  return { ...gateway, police, give, grant, revoke, use, back, extract, allowed };
}

describe('what one of two givers adds', () => {
  it('binds once the consent of the other has been revoked: nothing rests on what that one gave', async () => {
    const { fia, efcx, police, give, grant, revoke, use, back, extract } = await scene(831);
    const plain = await grant(fia, efcx);
    await give(fia, efcx, plain);
    await give(police, efcx, await grant(police, efcx), [ADDED]);
    expect(await use({ action: 'INQUIRIES' })).toEqual(['ALLOW']);
    expect(await back([])).toEqual(['ALLOW']);
    expect(await extract([])).not.toContain('CAVEAT_WEAKENED');
    await revoke(plain);
    expect(await use({ action: 'INQUIRIES' })).toEqual(['TIPPING_OFF_RISK']);
    expect(await use()).toEqual(['ALLOW']);
    expect(await back([])).toEqual(['CAVEAT_WEAKENED']);
    expect(await back([ADDED])).toEqual(['ALLOW']);
    expect(await extract([])).toContain('CAVEAT_WEAKENED');
    expect(await extract([ADDED])).not.toContain('CAVEAT_WEAKENED');
    // handed on anew, by a new consent
    await give(fia, efcx, await grant(fia, efcx));
    expect(await use({ action: 'INQUIRIES' })).toEqual(['ALLOW']);
  });

  it('binds once the consent of the other is over', async () => {
    const { world, fia, efcx, police, give, grant, use, desk } = await scene(832);
    await give(fia, efcx, await grant(fia, efcx, { until: formatInstant(plusMs(desk().at, DAY_MS)) }));
    await give(police, efcx, await grant(police, efcx), [ADDED]);
    expect(await use({ action: 'INQUIRIES' })).toEqual(['ALLOW']);
    world.clock.advance(DAY_MS);
    expect(await use({ action: 'INQUIRIES' })).toEqual(['TIPPING_OFF_RISK']);
  });

  it('binds a use for which that one alone gave it', async () => {
    const { fia, efcx, police, give, grant, use } = await scene(833);
    await give(fia, efcx, await grant(fia, efcx, { purposes: ['INTELLIGENCE'] }));
    await give(police, efcx, await grant(police, efcx, { purposes: ['INVESTIGATION'] }), [ADDED], 'INVESTIGATION');
    expect(await use({ action: 'INQUIRIES' })).toEqual(['ALLOW']);
    expect(await use({ action: 'INQUIRIES', purpose: 'INVESTIGATION' })).toEqual(['TIPPING_OFF_RISK']);
    expect(await use({ purpose: 'INVESTIGATION' })).toEqual(['ALLOW']);
  });

  it('stands on what is made of it after what the other gave was deleted', async () => {
    const { accept, fia, efcx, police, found, give, grant, extract, desk } = await scene(834);
    await give(fia, efcx, await grant(fia, efcx));
    expect(codesOf(await accept(makeDeletion(efcx, found.digest, desk()), efcx))).toEqual(['ALLOW']);
    expect(await extract([])).not.toContain('CAVEAT_WEAKENED');
    await give(police, efcx, await grant(police, efcx), [ADDED]);
    expect(await extract([])).toContain('CAVEAT_WEAKENED');
    expect(await extract([ADDED])).not.toContain('CAVEAT_WEAKENED');
  });

  it('is named by those to whom that one gave it, deleted or not, and by nobody else', async () => {
    const { accept, fia, fix, efcx, police, found, give, grant, back, desk } = await scene(835);
    await give(police, efcx, await grant(police, efcx), [ADDED]);
    const { caveats } = found.label as { caveats: object[] };
    const label = { ...found.label, caveats: [...caveats, ADDED] };
    expect(codesOf(await accept(await makeRelease(fia, fix, found, [], desk(), { label }), fia))).toEqual(['LABEL_CONTRADICTORY']);
    expect(codesOf(await accept(makeDeletion(efcx, found.digest, desk()), efcx))).toEqual(['ALLOW']);
    await give(fia, efcx, await grant(fia, efcx));
    expect(await back([ADDED])).toEqual(['ALLOW']);
  });
});

it('an issuer that deleted its own has it again as it was handed back, and as long', async () => {
  const { accept, allowed, world, fix, found, efcx, fia, give, grant, back, desk } = await scene(836);
  await give(fia, efcx, await grant(fia, efcx));
  await allowed(makeDeletion(fix, found.digest, desk()), fix);
  const use = async () => codesOf(await accept(makeUse(fix, found.digest, desk()), fix));
  expect(await use()).toEqual(['NOT_FOUND']);
  expect(await back([])).toEqual(['ALLOW']);
  expect(await use()).toEqual(['ALLOW']);
  world.clock.advance(20 * DAY_MS + 1);
  expect(await use()).toEqual(['RETENTION_EXPIRED']);
});
