/** What goes past its originator without a consent serves the purpose for which it went, and no other that its label lists. */
import { describe, expect, it } from 'vitest';
import { colleagueOf, entry } from '../support/actors.js';
import { answered, codesOf } from '../support/answered.js';
import { labelOf, makeAccess, makeConsent, makeRelease, makeUse } from '../support/letters.js';
import { makeApproval, makeNotice } from '../support/notices.js';
import { createCast } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

const THREAT = { way: 'EMERGENCY', purpose: 'IMMINENT_THREAT', reason: 'THREAT_TO_LIFE' };

/** FIA hands FIX's answer to the police to avert a threat. */
async function averted(seed: number) {
  const scene = await answered(seed);
  const { accept, walk, fia, efcx, found, desk } = scene;
  const chance = createChance(seed + 9);
  const second = colleagueOf(fia, 'o2', chance);
  expect(codesOf(await walk.acceptStatement(entry(fia, desk().at, chance, { seq: 2 }, [second]).submission, null))).toEqual(['ALLOW']);
  const notice = makeNotice(fia, efcx, found.digest, desk(), THREAT);
  expect(codesOf(await accept(notice, fia))).toEqual(['ALLOW']);
  const approval = makeApproval(fia, second.signing, notice.digest, desk());
  expect(codesOf(await accept(approval, second))).toEqual(['ALLOW']);
  const basis = { notices: [notice.digest], approvals: [approval.digest] };
  const label = { ...found.label, purposes: ['INTELLIGENCE', 'IMMINENT_THREAT'] };
  const release = await makeRelease(fia, efcx, found, [], desk(), { basis, label, purpose: 'IMMINENT_THREAT' });
  expect(codesOf(await accept(release, fia))).toEqual(['ALLOW']);
  const use = async (purpose: string) => codesOf(await accept(makeUse(efcx, found.digest, desk(), { purpose }), efcx));
  const read = async (purpose: string, via = release.digest) =>
    codesOf(await accept(makeAccess(efcx, found.digest, via, desk(), { purpose }), efcx));
  return { ...scene, release, label, use, read };
}

describe('what was handed on to avert a threat', () => {
  it('is read and used for that alone, until its originator consents to more', async () => {
    const { accept, fia, fix, efcx, found, use, read, desk } = await averted(841);
    for (const act of [use, read]) {
      expect(await act('IMMINENT_THREAT')).toEqual(['ALLOW']);
      expect(await act('INTELLIGENCE')).toEqual(['USE_BEYOND_PURPOSE']);
      expect(await act('TAX')).toEqual(['USE_BEYOND_PURPOSE']);
    }
    const told = await accept(makeUse(efcx, found.digest, desk()), efcx);
    expect(told).toMatchObject({
      error: { refusal: { violations: [{ rule: 'purpose/handed-on', offenders: [fix.id], remedy: { action: 'consent-request' } }] } },
    });
    expect(codesOf(await accept(makeConsent(fix, fia, efcx, [found.digest], desk()), fix))).toEqual(['ALLOW']);
    for (const act of [use, read]) expect(await act('INTELLIGENCE')).toEqual(['ALLOW']);
  });

  it('frees no use whose consent has ended', async () => {
    const { accept, world, fia, fix, efcx, found, use, desk } = await averted(842);
    const until = new Date(world.clock.now() + 1_000).toISOString();
    const consent = makeConsent(fix, fia, efcx, [found.digest], desk(), { until });
    expect(codesOf(await accept(consent, fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await makeRelease(fia, efcx, found, [consent.digest], desk()), fia))).toEqual(['ALLOW']);
    expect(await use('INTELLIGENCE')).toEqual(['ALLOW']);
    world.clock.advance(1_000);
    expect(await use('INTELLIGENCE')).toEqual(['CONSENT_EXPIRED_OR_REVOKED']);
    expect(await use('IMMINENT_THREAT')).toEqual(['ALLOW']);
  });

  it('is opened to no other purpose by its reader’s own word, where that seals it anew to itself', async () => {
    const { accept, efcx, found, label, read, desk } = await averted(843);
    const anew = await makeRelease(efcx, efcx, found, [], desk(), { basis: { reseal: true }, label });
    expect(codesOf(await accept(anew, efcx))).toEqual(['ALLOW']);
    expect(await read('INTELLIGENCE', anew.digest)).toEqual(['USE_BEYOND_PURPOSE']);
    expect(await read('IMMINENT_THREAT', anew.digest)).toEqual(['ALLOW']);
  });
});

it('is read for no purpose that a consent does not name because its reader sealed it anew for that', async () => {
  const { fix: giver } = createCast(7);
  const { accept, fia, fix, efcx, found, desk } = await answered(844, {
    label: labelOf(giver, { purposes: ['INTELLIGENCE', 'INVESTIGATION'] }),
  });
  const consent = makeConsent(fix, fia, efcx, [found.digest], desk(), { purposes: ['INVESTIGATION'] });
  expect(codesOf(await accept(consent, fix))).toEqual(['ALLOW']);
  const release = await makeRelease(fia, efcx, found, [consent.digest], desk(), { purpose: 'INVESTIGATION' });
  expect(codesOf(await accept(release, fia))).toEqual(['ALLOW']);
  const anew = await makeRelease(efcx, efcx, found, [], desk(), { basis: { reseal: true }, purpose: 'INTELLIGENCE' });
  expect(codesOf(await accept(anew, efcx))).toEqual(['ALLOW']);
  const read = async (purpose: string) => codesOf(await accept(makeAccess(efcx, found.digest, anew.digest, desk(), { purpose }), efcx));
  expect(await read('INTELLIGENCE')).toEqual(['CONSENT_SCOPE_EXCEEDED']);
  expect(await read('INVESTIGATION')).toEqual(['ALLOW']);
});
