/** The team that a tracing request names is handed the answer without anybody's consent, and reads it; another is not. */
import { describe, expect, it } from 'vitest';
import { owedBy } from '../../domain/profiles/form.js';
import { CARIN } from '../../domain/profiles/carin.js';
import { codesOf } from '../support/answered.js';
import { createActor, designation, entry, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { labelOf, makeAccess, makeConsent, makeEnvelope, makeItem, makeLabel, makeRelease, type Item } from '../support/letters.js';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { open, say, setStage, settle, textOf } from '../domain/machines/stage.js';
import { createTestGateway, enrol } from '../support/test-gateway.js';
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
      await walk.acceptStatement(submission, null);
  const accept = (signed: Signed, who: Actor) => walk.acceptStatement(signed.submission, who.caller);
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
  const told = {
    label: labelOf(asked, {
      caveats: [
        { code: 'INTEL_ONLY', by: asked.id },
        { code: 'NO_THIRD_PARTY', by: asked.id },
      ],
      purposes: ['ASSET_TRACING'],
    }),
  };
  const tells = (text: string) => makeItem(asked, [asking, asked], text, desk(), told);
  const [found, last] = [await tells('a company of his brother’s'), await tells('and that is all')];
  const say = { from: asked, to: asking, exchange, over: TRACING };
  await accept(makeEnvelope({ ...say, message: 'ACKNOWLEDGE', body: { receivedAt: '2026-01-05T09:00:00Z' } }, desk()), asked);
  const reply = (message: 'INTERIM_REPLY' | 'FINAL_REPLY', body = {}, items = [message === 'INTERIM_REPLY' ? found : last]) =>
    makeEnvelope({ ...say, message, items, body }, desk());
  expect(codesOf(await accept(reply('INTERIM_REPLY'), asked))).toEqual(['ALLOW']);
  const handTo = (to: Actor, over: object = {}, item = found) =>
    makeRelease(asking, to, item, [], desk(), { basis: { exemption: 'NAMED_TEAM' }, purpose: 'ASSET_TRACING', ...over });
  return { accept, asking, asked, team, other, found, tells, reply, handTo, desk };
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

  it('is handed it beside the consent of an originator that was found later, each part on its own', async () => {
    const { accept, asking, asked, team, other, found, handTo, desk } = await traced(84);
    const both = labelOf(asked, { originators: [asked.id, other.id].sort(), caveats: [], purposes: ['ASSET_TRACING'] });
    expect(codesOf(await accept(makeLabel(asked, found, desk(), { label: both }), asked))).toEqual(['ALLOW']);
    const label = labelOf(asked, { ...(found.label as object), originators: [asked.id, other.id].sort() });
    const given = { originator: asked.id, exemption: 'NAMED_TEAM' };
    const under = { label, labelEpoch: 1 };
    expect(codesOf(await accept(await handTo(team, under), asking))).toEqual(['TLP_EXCEEDED', 'NO_THIRD_PARTY_CONSENT']);
    const consent = makeConsent(other, asking, team, [found.digest], desk(), { purposes: ['ASSET_TRACING'] });
    expect(codesOf(await accept(consent, other))).toEqual(['ALLOW']);
    const line = { originator: other.id, consent: consent.digest };
    const misplaced = { ...line, originator: asked.id };
    expect(codesOf(await accept(await handTo(team, { ...under, basis: { each: [misplaced] } }), asking))).toContain(
      'CONSENT_SCOPE_EXCEEDED',
    );
    expect(codesOf(await accept(await handTo(team, { ...under, basis: { each: [given, line] } }), asking))).toEqual(['ALLOW']);
  });

  it('is handed nothing more once the giver says NO_THIRD_PARTY anew, until it lifts it', async () => {
    const { accept, asking, asked, team, found, handTo, desk } = await traced(86);
    const noThirdParty = { code: 'NO_THIRD_PARTY', by: asked.id };
    const again = labelOf(asked, { caveats: [noThirdParty], purposes: ['ASSET_TRACING'] });
    expect(codesOf(await accept(makeLabel(asked, found, desk(), { label: again }), asked))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await handTo(team, { labelEpoch: 1 }), asking))).toEqual(['TLP_EXCEEDED', 'NO_THIRD_PARTY_CONSENT']);
    const lift = { change: 'RELAX', label: undefined, lifts: ['NO_THIRD_PARTY'] };
    expect(codesOf(await accept(makeLabel(asked, found, desk(), lift), asked))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await handTo(team, { labelEpoch: 2 }), asking))).toEqual(['ALLOW']);
  });

  it('is handed nothing more once a later answer refuses it', async () => {
    const { accept, asking, asked, team, reply, handTo } = await traced(83);
    const refused = [{ authority: team.id, authorityType: team.type, answer: 'REFUSE' }];
    expect(codesOf(await accept(reply('FINAL_REPLY', { consentToIntendedRecipients: refused }), asked))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await handTo(team), asking))).toContain('NO_THIRD_PARTY_CONSENT');
  });

  it('is handed nothing of the exchange once an answer refused it, before or later, until one grants it', async () => {
    const { accept, asking, asked, team, tells, reply, handTo } = await traced(87);
    const says = (answer: string) => ({ consentToIntendedRecipients: [{ authority: team.id, authorityType: team.type, answer }] });
    const answers = async (body: object, item: Item) => codesOf(await accept(reply('INTERIM_REPLY', body, [item]), asked));
    const [before, later] = [await tells('his own house'), await tells('a house of his wife’s')];
    const hand = async (item: Item) => codesOf(await accept(await handTo(team, {}, item), asking));
    expect(await answers(says('REFUSE'), before)).toEqual(['ALLOW']);
    expect(await answers({}, later)).toEqual(['ALLOW']);
    for (const item of [before, later]) expect(await hand(item)).toEqual(['TLP_EXCEEDED', 'NO_THIRD_PARTY_CONSENT']);
    expect(await answers(says('SILENT'), await tells('a ship'))).toEqual(['ALLOW']);
    for (const item of [before, later]) expect(await hand(item)).toEqual(['TLP_EXCEEDED', 'NO_THIRD_PARTY_CONSENT']);
    expect(await answers(says('GRANT'), await tells('a car'))).toEqual(['ALLOW']);
    for (const item of [before, later]) expect(await hand(item)).toEqual(['ALLOW']);
  });
});

describe('who executes a formal request', () => {
  it('is handed it while it is open, and nothing of it once it is withdrawn, however close the two come', async () => {
    const stage = await setStage('FORMAL_MLA_REQUEST', 85);
    const { gateway, Q, R } = stage;
    const police = createActor('VG-POL', 'LAW_ENFORCEMENT', createChance(85));
    await enrol(gateway, [police]);
    const run = await open(stage);
    await settle(stage);
    const facts = await textOf(stage, R);
    expect(await say(run, 'R', 'STATUS_REQUEST', {}, [facts])).toEqual(['ALLOW']);
    const handOn = async () => {
      const over = { basis: { exemption: 'EXECUTION' }, purpose: (facts.label as { purposes: string[] }).purposes[0] };
      return makeRelease(Q, police, facts, [], gateway.desk(), over);
    };
    const accept = async (signed: Signed) => codesOf(await gateway.walk.acceptStatement(signed.submission, Q.caller));
    expect(await accept(await handOn())).toEqual(['ALLOW']);
    const onItsWay = await handOn();
    const [withdrawn, released] = await Promise.all([say(run, 'R', 'NO_LONGER_REQUIRED', {}), accept(onItsWay)]);
    expect(withdrawn).toEqual(['ALLOW']);
    expect(released).toContain('NO_THIRD_PARTY_CONSENT');
    expect(await accept(await handOn())).toContain('NO_THIRD_PARTY_CONSENT');
  });

  it('is handed it by the central authority that was handed it for that, and hands it on to nobody; not after its end', async () => {
    const stage = await setStage('FORMAL_MLA_REQUEST', 87);
    const { gateway, Q, R } = stage;
    const chance = createChance(87);
    const [central, other] = ['VG-CEN', 'VG-CEM'].map((id) => createActor(id, 'CENTRAL_AUTHORITY_MLA', chance)) as [Actor, Actor];
    const [police, customs] = ['VG-POL', 'VG-POM'].map((id) => createActor(id, 'LAW_ENFORCEMENT', chance)) as [Actor, Actor];
    await enrol(gateway, [central, other, police, customs]);
    const run = await open(stage);
    await settle(stage);
    const facts = await textOf(stage, R);
    expect(await say(run, 'R', 'STATUS_REQUEST', {}, [facts])).toEqual(['ALLOW']);
    const purpose = (facts.label as { purposes: string[] }).purposes[0];
    const handOn = async (from: Actor, to: Actor, over: object = {}) => {
      const said = { basis: { exemption: 'EXECUTION' }, purpose, ...over };
      const signed = await makeRelease(from, to, facts, [], gateway.desk(), said);
      return codesOf(await gateway.walk.acceptStatement(signed.submission, from.caller));
    };
    const soon = formatInstant(plusMs(gateway.desk().at, 2 * DAY_MS));
    expect(await handOn(Q, central, { until: soon })).toEqual(['ALLOW']);
    expect(await handOn(central, police, { until: soon })).toEqual(['ALLOW']);
    expect(await handOn(central, other, { until: soon })).toEqual(['ALLOW']);
    // two steps behind whoever was asked, and as what executes
    expect(await handOn(other, customs, { until: soon })).toContain('NO_THIRD_PARTY_CONSENT');
    expect(await handOn(police, customs, { until: soon })).toContain('NO_THIRD_PARTY_CONSENT');
    gateway.world.clock.advance(3 * DAY_MS);
    expect(await handOn(central, customs)).toContain('NO_THIRD_PARTY_CONSENT');
    expect(await handOn(Q, central)).toEqual(['ALLOW']);
    expect(await handOn(central, customs)).toEqual(['ALLOW']);
    expect(await say(run, 'R', 'NO_LONGER_REQUIRED', {})).toEqual(['ALLOW']);
    expect(await handOn(central, customs)).toContain('NO_THIRD_PARTY_CONSENT');
  });
});
