/** A release to oneself adds a seal for one's new desk key. It is no way to more time, and none to another purpose. */
import { describe, expect, it } from 'vitest';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { answered, codesOf } from '../support/answered.js';
import { makeAccess, makeConsent, makeRelease, makeRevocation, makeUse } from '../support/letters.js';

const RESEAL = { basis: { reseal: true } };

describe('a reseal', () => {
  it('to one’s own desk needs nobody’s consent', async () => {
    const { accept, fia, found, desk } = await answered(71);
    expect(codesOf(await accept(await makeRelease(fia, fia, found, [], desk(), RESEAL), fia))).toEqual(['ALLOW']);
  });

  it('opens no purpose that the originator did not give it for', async () => {
    const { accept, fia, found, desk } = await answered(72);
    const over = { ...RESEAL, purpose: 'TAX' };
    expect(codesOf(await accept(await makeRelease(fia, fia, found, [], desk(), over), fia))).toEqual(['USE_BEYOND_PURPOSE']);
    const court = { ...RESEAL, purpose: 'PROSECUTION_JUDICIAL' };
    expect(codesOf(await accept(await makeRelease(fia, fia, found, [], desk(), court), fia))).toEqual(['EVIDENCE_USE_PROHIBITED']);
  });

  it('lasts no longer than the release by which its holder has the item', async () => {
    const { accept, world, fia, fix, efcx, found, desk } = await answered(73);
    const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
    await accept(consent, fix);
    const until = formatInstant(plusMs(world.clock.now(), DAY_MS));
    const given = await makeRelease(fia, efcx, found, [consent.digest], desk(), { until });
    expect(codesOf(await accept(given, fia))).toEqual(['ALLOW']);
    const longer = await makeRelease(efcx, efcx, found, [], desk(), RESEAL);
    expect(codesOf(await accept(longer, efcx))).toEqual(['RETENTION_EXPIRED']);
    const asLong = await makeRelease(efcx, efcx, found, [], desk(), { ...RESEAL, until });
    expect(codesOf(await accept(asLong, efcx))).toEqual(['ALLOW']);
    world.clock.advance(DAY_MS + 1);
    expect(codesOf(await accept(makeAccess(efcx, found.digest, asLong.digest, desk()), efcx))).toEqual(['RETENTION_EXPIRED']);
  });

  it.each([RESEAL, { basis: { consents: [] } }, { basis: { notices: [], approvals: [] } }, { basis: { exemption: 'RETURN' } }])(
    'frees nobody from the consent by which the item is had, whatever it says that it rests on: %j',
    async (over) => {
      const { accept, fia, fix, efcx, found, desk } = await answered(75);
      const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
      await accept(consent, fix);
      const given = await makeRelease(fia, efcx, found, [consent.digest], desk());
      expect(codesOf(await accept(given, fia))).toEqual(['ALLOW']);
      const until = (JSON.parse(Buffer.from(given.submission.statement.split('.')[1]!, 'base64url').toString()) as { until: string }).until;
      expect(codesOf(await accept(await makeRelease(efcx, efcx, found, [], desk(), { ...over, until }), efcx))).toEqual(['ALLOW']);
      await accept(makeRevocation(fix, fia, consent.digest, desk()), fix);
      expect(codesOf(await accept(makeUse(efcx, found.digest, desk()), efcx))).toEqual(['CONSENT_EXPIRED_OR_REVOKED']);
    },
  );
});

it('refuses to hand on what the holder may itself no longer read, consent or not', async () => {
  const { accept, world, fia, fix, efcx, found, desk } = await answered(74);
  const [toEfcx, back] = [makeConsent(fix, fia, efcx, [found.digest], desk()), makeConsent(fix, efcx, fia, [found.digest], desk())];
  for (const consent of [toEfcx, back]) await accept(consent, fix);
  const until = formatInstant(plusMs(world.clock.now(), DAY_MS));
  await accept(await makeRelease(fia, efcx, found, [toEfcx.digest], desk(), { until }), fia);
  world.clock.advance(DAY_MS + 1);
  const late = await makeRelease(efcx, fia, found, [back.digest], desk());
  expect(codesOf(await accept(late, efcx))).toContain('RETENTION_EXPIRED');
});
