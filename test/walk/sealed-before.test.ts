/** A release adds one seal, and names it whole; whatever was sealed before it counts as well. */
import { describe, expect, it } from 'vitest';
import { sealContentKey } from '../../crypto/seal.js';
import type { Digest } from '../../domain/ids.js';
import { formatInstant } from '../../domain/time.js';
import { answered, codesOf } from '../support/answered.js';
import { createActor, submitted, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import {
  enclosing,
  labelOf,
  makeConsent,
  makeEnvelope,
  makeItem,
  makeLabel,
  makeRelease,
  makeRequest,
  REQUEST_FORM,
  requestBody,
} from '../support/letters.js';
import { createTestGateway, enrol } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

describe('a release', () => {
  it.each(['kid', 'suite', 'seal'])('without its %s is none, and is told what it names', async (member) => {
    const { accept, fia, fix, efcx, found, desk } = await answered(441);
    const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
    expect(codesOf(await accept(consent, fix))).toEqual(['ALLOW']);
    const half = await accept(await makeRelease(fia, efcx, found, [consent.digest], desk(), { [member]: undefined }), fia);
    const detail = 'a release names its reader’s type, key, suite and seal';
    expect(half).toMatchObject({ ok: false, error: { refusal: { code: 'SEALS_MISMATCH', detail } } });
    expect(codesOf(await accept(await makeRelease(fia, efcx, found, [consent.digest], desk()), fia))).toEqual(['ALLOW']);
  });
});

type Suite = 'age-pq-1' | 'age-x25519-1';

/** fix gave fia an item of a low level; of two police forces one has no hybrid key. */
async function given(seed: number, suite: Suite, thirds: Suite = 'age-pq-1') {
  const gateway = createTestGateway(seed);
  const { walk, desk } = gateway;
  const chance = createChance(seed);
  const [fia, fix] = [createActor('NG-FIA', 'FIU', chance, suite), createActor('VG-FIX', 'FIU', chance, suite)];
  const hybrid = createActor('NG-EFCX', 'LAW_ENFORCEMENT', chance, 'age-pq-1');
  const classical = createActor('NG-POL', 'LAW_ENFORCEMENT', chance);
  const third = createActor('EE-FIU', 'FIU', chance, thirds);
  await enrol(gateway, [fia, fix, hybrid, classical, third]);
  const accept = async (signed: Signed, who: Actor) => codesOf(await walk.acceptStatement(signed.submission, who.caller));
  const request = await makeRequest(fia, fix, desk());
  expect(await accept(request.signed, fia)).toEqual(['ALLOW']);
  await walk.deliverDue();
  const say = { from: fix, to: fia, exchange: request.exchange };
  const receivedAt = formatInstant(desk().at);
  expect(await accept(makeEnvelope({ ...say, message: 'ACKNOWLEDGE', body: { receivedAt } }, desk()), fix)).toEqual(['ALLOW']);
  const found = await makeItem(fix, [fia, fix], 'what was found', desk());
  expect(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [found] }, desk()), fix)).toEqual(['ALLOW']);
  const label = labelOf(fix, { level: 'RESTRICTED' });
  const raise = () => accept(makeLabel(fix, found, desk(), { label }), fix);
  const grant = async (to: Actor) => {
    const consent = makeConsent(fix, fia, to, [found.digest], desk());
    return { consent: consent.digest, codes: await accept(consent, fix) };
  };
  const release = async (to: Actor, consent: Digest, over: object = {}) =>
    accept(await makeRelease(fia, to, found, [consent], desk(), over), fia);
  /** In a request of its issuer's to somebody else. */
  const sendAgain = async () => {
    const seals = [{ ...(await sealContentKey(found.sealed.contentKey, third.desk, desk())) }];
    const again = { ...found, sealed: { ...found.sealed, seals } };
    const form = await makeItem(fix, [third, fix], 'a request', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
    const opening = { from: fix, to: third, exchange: uuidFrom(desk().chance), message: 'SUBMIT' as const };
    const body = requestBody(third, form.digest);
    const { statement, seals: all } = makeEnvelope({ ...opening, items: [form, again], body }, desk()).submission;
    return accept(submitted(statement, { ...enclosing([form]), seals: all }), fix);
  };
  return { hybrid, classical, grant, raise, release, sendAgain, raised: { label, labelEpoch: 1 } };
}

describe('an item whose level is raised', () => {
  it('goes on where every seal of it is hybrid', async () => {
    const { hybrid, grant, raise, release, raised } = await given(442, 'age-pq-1');
    expect(await raise()).toEqual(['ALLOW']);
    const { consent, codes } = await grant(hybrid);
    expect(codes).toEqual(['ALLOW']);
    expect(await release(hybrid, consent, raised)).toEqual(['ALLOW']);
  });

  it('does not where it was sealed classically when it came', async () => {
    const { hybrid, grant, raise, release, raised } = await given(443, 'age-x25519-1');
    expect(await raise()).toEqual(['ALLOW']);
    const { consent, codes } = await grant(hybrid);
    expect(codes).toEqual(['PROTECTION_TOO_WEAK']);
    expect(await release(hybrid, consent, raised)).toContain('PROTECTION_TOO_WEAK');
  });

  it('does not where it was sealed classically by a release', async () => {
    const { hybrid, classical, grant, raise, release, raised } = await given(444, 'age-pq-1');
    expect(await release(classical, (await grant(classical)).consent)).toEqual(['ALLOW']);
    expect(await raise()).toEqual(['ALLOW']);
    const { consent, codes } = await grant(hybrid);
    expect(codes).toEqual(['PROTECTION_TOO_WEAK']);
    expect(await release(hybrid, consent, raised)).toContain('PROTECTION_TOO_WEAK');
  });

  it.each([
    ['age-pq-1', ['ALLOW']],
    ['age-x25519-1', ['PROTECTION_TOO_WEAK']],
  ] as const)('is sent again by its issuer under a seal that is strong enough: %s', async (suite, codes) => {
    const { raise, sendAgain } = await given(445, 'age-pq-1', suite);
    expect(await raise()).toEqual(['ALLOW']);
    expect(await sendAgain()).toEqual(codes);
  });
});
