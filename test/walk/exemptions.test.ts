/** The team that a tracing request names is handed the answer without anybody's consent, and reads it; another is not. */
import { describe, expect, it } from 'vitest';
import { owedBy } from '../../domain/profiles/form.js';
import { CARIN } from '../../domain/profiles/carin.js';
import { codesOf } from '../support/answered.js';
import { createActor, designation, entry, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { labelOf, makeAccess, makeEnvelope, makeItem, makeRelease } from '../support/letters.js';
import { createTestGateway } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

const TRACING = { profile: 'CARIN', exchangeType: 'ASSET_TRACING_REQUEST', purposes: ['ASSET_TRACING'] };

async function traced(seed: number) {
  const { walk, desk, operator } = createTestGateway(seed);
  const chance = createChance(seed);
  const [asking, asked] = [createActor('NG-ARO', 'ASSET_RECOVERY_OFFICE', chance), createActor('VG-ARO', 'ASSET_RECOVERY_OFFICE', chance)];
  const [team, other] = [createActor('NG-EFCX', 'LAW_ENFORCEMENT', chance), createActor('NG-PROS', 'PROSECUTION', chance)];
  const networks = [{ network: 'CARIN', seat: 'MEMBER' }];
  for (const actor of [asking, asked, team, other])
    for (const { submission } of [
      designation(operator, actor, desk().at, desk().chance),
      entry(actor, desk().at, desk().chance, actor === asking || actor === asked ? { networks } : {}),
    ])
      await walk.acceptStatement(submission, null, 'enrol');
  const accept = (signed: Signed, who: Actor) => walk.acceptStatement(signed.submission, who.caller, 'r');
  const present = owedBy(CARIN.openingForm).map(({ field }) => field);
  const form = await makeItem(asking, [asked, asking], 'whose is it?', desk(), {
    itemRole: 'FORM',
    form: { schema: CARIN.openingForm.schema, present, _sd: [] },
    label: labelOf(asking, { purposes: ['ASSET_TRACING'] }),
  });
  const exchange = uuidFrom(desk().chance);
  const intendedRecipients = [{ authority: team.id, authorityType: team.type, purposes: ['ASSET_TRACING'] }];
  const opening = {
    from: asking,
    to: asked,
    exchange,
    message: 'SUBMIT' as const,
    items: [form],
    body: { intendedRecipients },
    over: TRACING,
  };
  expect(codesOf(await accept(makeEnvelope(opening, desk()), asking))).toEqual(['ALLOW']);
  await walk.deliverDue();
  const found = await makeItem(asked, [asking, asked], 'a company of his brother’s', desk(), {
    label: labelOf(asked, {
      caveats: [
        { code: 'INTEL_ONLY', by: asked.id },
        { code: 'NO_THIRD_PARTY', by: asked.id },
      ],
      purposes: ['ASSET_TRACING'],
    }),
  });
  const say = { from: asked, to: asking, exchange, over: TRACING };
  await accept(makeEnvelope({ ...say, message: 'ACKNOWLEDGE', body: { receivedAt: '2026-01-05T09:00:00Z' } }, desk()), asked);
  const reply = (message: 'INTERIM_REPLY' | 'FINAL_REPLY', body = {}) =>
    makeEnvelope({ ...say, message, items: message === 'INTERIM_REPLY' ? [found] : [], body }, desk());
  expect(codesOf(await accept(reply('INTERIM_REPLY'), asked))).toEqual(['ALLOW']);
  const handTo = (to: Actor, over: object = {}) =>
    makeRelease(asking, to, found, [], desk(), { basis: { exemption: 'NAMED_TEAM' }, purpose: 'ASSET_TRACING', ...over });
  return { accept, asking, asked, team, other, found, reply, handTo, desk };
}

describe('the team that a tracing request names', () => {
  it('is handed the answer and reads it, and hands it to nobody', async () => {
    const { accept, asking, team, other, found, handTo, desk } = await traced(81);
    const released = await handTo(team);
    expect(codesOf(await accept(released, asking))).toEqual(['ALLOW']);
    const reading = makeAccess(team, found.digest, released.digest, desk(), { purpose: 'ASSET_TRACING' });
    expect(codesOf(await accept(reading, team))).toEqual(['ALLOW']);
    const onward = await makeRelease(team, other, found, [], desk(), { basis: { exemption: 'NAMED_TEAM' }, purpose: 'ASSET_TRACING' });
    expect(codesOf(await accept(onward, team))).toContain('NO_THIRD_PARTY_CONSENT');
  });

  it('is alone in it', async () => {
    const { accept, asking, other, handTo } = await traced(82);
    expect(codesOf(await accept(await handTo(other), asking))).toEqual(['TLP_EXCEEDED', 'NO_THIRD_PARTY_CONSENT']);
  });

  it('is handed nothing more once a later answer refuses it', async () => {
    const { accept, asking, asked, team, reply, handTo } = await traced(83);
    const refused = [{ authority: team.id, authorityType: team.type, answer: 'REFUSE' }];
    expect(codesOf(await accept(reply('FINAL_REPLY', { consentToIntendedRecipients: refused }), asked))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await handTo(team), asking))).toContain('NO_THIRD_PARTY_CONSENT');
  });
});
