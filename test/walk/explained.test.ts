/** An act that is only asked about: on which basis it would hold, and that asking leaves no trace. */
import { describe, expect, it } from 'vitest';
import { owedBy } from '../../domain/profiles/form.js';
import { CARIN } from '../../domain/profiles/carin.js';
import type { AuthorityType } from '../../domain/vocabulary.js';
import { explainRequest, explanation } from '../../domain/wire/explain.js';
import { createExplainer } from '../../gateway/read/explain.js';
import { codesOf } from '../support/answered.js';
import { createActor, designation, entry, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { labelOf, makeConsent, makeEnvelope, makeItem, makeLabel, makeRelease, requestBody, REQUEST_FORM } from '../support/letters.js';
import { createTestGateway } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

interface Channel {
  readonly profile: 'CARIN' | 'EGMONT_FIU';
  readonly type: AuthorityType;
  readonly recipientType: AuthorityType;
  readonly purpose: 'ASSET_TRACING' | 'INTELLIGENCE';
}
const NETWORK: Channel = { profile: 'CARIN', type: 'ASSET_RECOVERY_OFFICE', recipientType: 'LAW_ENFORCEMENT', purpose: 'ASSET_TRACING' };
const UNITS: Channel = { profile: 'EGMONT_FIU', type: 'FIU', recipientType: 'FIU', purpose: 'INTELLIGENCE' };

/** One asks, naming whom the answer is meant for, and is answered. */
async function answered(seed: number, { profile, type, recipientType, purpose }: Channel) {
  const gateway = createTestGateway(seed);
  const { walk, desk, operator, store, deps, directory } = gateway;
  const chance = createChance(seed);
  const [asking, asked] = [createActor('NG-ONE', type, chance), createActor('VG-TWO', type, chance)];
  const [named, stranger] = [createActor('NG-NAMED', recipientType, chance), createActor('EE-NONE', type, chance)];
  const more = { networks: ['CARIN', 'EGMONT'].map((network) => ({ network, seat: 'MEMBER' })), presumedConsent: ['EGMONT_FIU'] };
  for (const actor of [asking, asked, named, stranger])
    for (const one of [designation(operator, actor, desk().at, desk().chance), entry(actor, desk().at, desk().chance, more)])
      await walk.acceptStatement(one.submission, null);
  const accept = async (signed: Signed, who: Actor) => codesOf(await walk.acceptStatement(signed.submission, who.caller));
  const tracing = { schema: CARIN.openingForm.schema, present: owedBy(CARIN.openingForm).map(({ field }) => field), _sd: [] };
  const over =
    profile === 'CARIN'
      ? { profile, exchangeType: 'ASSET_TRACING_REQUEST', purposes: [purpose] }
      : { profile, legalBasis: ['RECIPROCITY'] };
  const form = await makeItem(asking, [asked, asking], 'whose is it?', desk(), {
    itemRole: 'FORM',
    form: profile === 'CARIN' ? tracing : REQUEST_FORM,
    label: labelOf(asking, { purposes: [purpose] }),
  });
  const exchange = uuidFrom(desk().chance);
  const recipient = { authority: named.id, authorityType: named.type };
  const body = {
    ...(profile === 'CARIN' ? {} : requestBody(asked, form.digest)),
    intendedRecipients: [{ ...recipient, purposes: [purpose] }],
  };
  const request = makeEnvelope({ from: asking, to: asked, exchange, message: 'SUBMIT', items: [form], body, over }, desk());
  expect(await accept(request, asking)).toEqual(['ALLOW']);
  await walk.deliverDue();
  const say = { from: asked, to: asking, exchange, over };
  await accept(makeEnvelope({ ...say, message: 'ACKNOWLEDGE', body: { receivedAt: '2026-01-05T09:00:00Z' } }, desk()), asked);
  const found = await makeItem(asked, [asking, asked], 'found', desk(), { label: labelOf(asked, { purposes: [purpose] }) });
  const silent = { consentToIntendedRecipients: [{ ...recipient, answer: 'SILENT' }] };
  const reply = { ...say, message: 'INTERIM_REPLY' as const, items: [found], body: silent };
  expect(await accept(makeEnvelope(reply, desk()), asked)).toEqual(['ALLOW']);
  const explainer = createExplainer({ ...deps, store, library: walk.library, directory, deployment: deps.config.deployment });
  const explain = async (who: Actor, act: object) => {
    const told = await explainer.explain(who.caller, explainRequest.parse(act));
    return told.ok ? explanation.parse(told.value) : told.error;
  };
  const release = (to: Actor, over: object = {}) => ({ act: 'release', item: found.digest, to: to.id, toType: to.type, purpose, ...over });
  return { accept, explain, release, asking, asked, named, stranger, found, request, store, desk, purpose };
}

const leaves = ({ store }: Awaited<ReturnType<typeof answered>>): Promise<number> => store.leafCount();

describe('an act that is asked about', () => {
  it('would rest on the exemption of its channel, and is accepted when it cites that', async () => {
    const scene = await answered(91, NETWORK);
    const { accept, explain, release, asking, named, found, desk, purpose } = scene;
    const told = await explain(asking, release(named));
    expect(told).toMatchObject({ allowed: true, restsOn: { consents: [], exemption: 'NAMED_TEAM' }, missing: [] });
    const made = await makeRelease(asking, named, found, [], desk(), { basis: { exemption: 'NAMED_TEAM' }, purpose });
    expect(await accept(made, asking)).toEqual(['ALLOW']);
  });

  it('would rest on what the request made presumed, and on nothing where the asker names another basis', async () => {
    const { explain, release, asking, named, request } = await answered(92, UNITS);
    expect(await explain(asking, release(named))).toMatchObject({ allowed: true, restsOn: { consents: [], presumed: request.digest } });
    const bare = await explain(asking, release(named, { basis: { consents: [] } }));
    expect(bare).toMatchObject({ allowed: false, missing: [{ originator: 'VG-TWO', ask: { to: 'VG-TWO', profile: 'EGMONT_FIU' } }] });
  });

  it('would rest on what its channel exempts and on the newest grant of another, each part on its own', async () => {
    const { explain, accept, release, asking, asked, named, stranger, found, desk, purpose } = await answered(99, NETWORK);
    const label = labelOf(asked, { purposes: [purpose], originators: [stranger.id, asked.id] });
    const joined = makeLabel(asked, found, desk(), { label: { ...label, caveats: [] } });
    expect(await accept(joined, asked)).toEqual(['ALLOW']);
    expect(await explain(asking, release(named))).toMatchObject({ allowed: false });
    const consent = () => makeConsent(stranger, asking, named, [found.digest], desk(), { purposes: [purpose] });
    const restingOn = (grant: Signed) => [
      { originator: asked.id, exemption: 'NAMED_TEAM' },
      { originator: stranger.id, consent: grant.digest },
    ];
    const [older, newer] = [consent(), consent()];
    for (const grant of [older, newer]) {
      expect(await accept(grant, stranger)).toEqual(['ALLOW']);
      expect(await explain(asking, release(named))).toMatchObject({ allowed: true, restsOn: { each: restingOn(grant) }, missing: [] });
    }
    const each = restingOn(newer);
    const made = await makeRelease(asking, named, found, [], desk(), { basis: { each }, purpose, label, labelEpoch: 1 });
    expect(await accept(made, asking)).toEqual(['ALLOW']);
  });

  it('is none to be allowed where it would be over before it began', async () => {
    const { explain, release, asking, named } = await answered(97, NETWORK);
    const until = { past: '2020-01-01T00:00:00Z', ahead: '2026-02-01T00:00:00Z' };
    const obstacle = { code: 'MALFORMED', detail: 'until: it has passed' };
    expect(await explain(asking, release(named, { until: until.past }))).toMatchObject({ allowed: false, violations: [], obstacle });
    expect(await explain(asking, release(named, { until: until.ahead }))).toMatchObject({ allowed: true });
  });

  it('leaves no leaf, whoever asks and whatever is answered', async () => {
    const scene = await answered(93, UNITS);
    const { explain, release, asking, asked, named, stranger } = scene;
    const before = await leaves(scene);
    for (const who of [asking, asked, named, stranger])
      for (const act of [release(stranger), release(named), { act: 'use', item: scene.found.digest, purpose: 'TAX' }])
        await explain(who, act);
    expect(await leaves(scene)).toBe(before);
  });

  it('is answered to a holder alone: to all others as what is not there', async () => {
    const { explain, release, named, stranger, found } = await answered(94, UNITS);
    for (const who of [named, stranger])
      for (const act of [
        release(stranger),
        { act: 'use', item: found.digest, purpose: 'TAX' },
        { act: 'export', item: found.digest, purpose: 'TAX' },
      ])
        expect(await explain(who, act)).toMatchObject({
          code: 'NOT_FOUND',
          detail: `${who.id} holds no item ${found.digest}`,
          violations: [],
        });
  });

  it('of a copy is answered as of a use for the proceedings that it names, and under no label that contradicts itself', async () => {
    const { explain, accept, asking, asked, found, purpose, desk } = await answered(97, UNITS);
    const item = found.digest;
    const label = labelOf(asked, { purposes: [purpose] }) as { caveats: object[] };
    const bound = { ...label, caveats: [...label.caveats, { code: 'SPECIALITY', by: asked.id, proceedings: ['claim-1'] }] };
    expect(await accept(makeLabel(asked, found, desk(), { label: bound }), asked)).toEqual(['ALLOW']);
    const copying = (over: object) => explain(asking, { act: 'export', item, purpose, ...over });
    expect(await copying({})).toMatchObject({ allowed: false, violations: [{ rule: 'purpose/speciality' }] });
    expect(await copying({ proceedings: 'claim-2' })).toMatchObject({ allowed: false });
    expect(await copying({ proceedings: 'claim-1' })).toMatchObject({ allowed: true });
    const torn = { ...bound, tlp: 'RED', caveats: [...bound.caveats, { code: 'FPS_REPORT', by: asked.id }] };
    const contradicting = await copying({ proceedings: 'claim-1', label: torn });
    expect(JSON.stringify(contradicting)).toContain('label/contradictory');
  });

  it('asks of a body that nobody can consent to for no consent', async () => {
    const { explain, asking, found, purpose } = await answered(95, UNITS);
    const told = await explain(asking, { act: 'release', item: found.digest, to: 'private:PRESS', purpose });
    expect(told).toMatchObject({ allowed: false, missing: [] });
    const nobody = await explain(asking, { act: 'release', item: found.digest, to: 'XX-NOBODY', toType: 'FIU', purpose });
    expect(nobody).toMatchObject({ allowed: false, missing: [{ originator: 'VG-TWO', ask: null }] });
  });

  it('is in nobody else’s name', async () => {
    const { explain, asking, stranger, request } = await answered(96, UNITS);
    const { statement } = request.submission;
    const payload = JSON.parse(Buffer.from(statement.split('.')[1]!, 'base64url').toString()) as object;
    const act = { act: 'send', envelope: payload, drafts: [] };
    expect(await explain(stranger, act)).toMatchObject({ code: 'CALLER_MISMATCH' });
    // its own envelope again: the exchange is under way, and its first step does not follow
    const rule = 'before/step';
    expect(await explain(asking, act)).toMatchObject({ allowed: false, obstacle: { code: 'STEP_NOT_ALLOWED', rule } });
  });

  it('tells nobody of an exchange of two others: its id is as free as any', async () => {
    const { explain, accept, stranger, asked, request, store, desk } = await answered(98, UNITS);
    const { statement } = request.submission;
    const payload = JSON.parse(Buffer.from(statement.split('.')[1]!, 'base64url').toString()) as { readonly exchange: string };
    const opening = (exchange: string) => ({ ...payload, exchange, from: stranger.id, to: asked.id, items: [], seals: [], body: {} });
    const told = async (exchange: string) => explain(stranger, { act: 'send', envelope: opening(exchange), drafts: [] });
    const before = await store.leafCount();
    const free = await told('00000000-0000-4000-8000-00000000000f');
    expect(free).toHaveProperty('allowed');
    expect(await told(payload.exchange)).toEqual(free);
    expect(await store.leafCount()).toBe(before);
    // who tries it in earnest is refused, and the log says that it tried
    const taken = makeEnvelope({ from: stranger, to: asked, exchange: payload.exchange, message: 'SUBMIT' }, desk());
    expect(await accept(taken, stranger)).toEqual(['NOT_FOUND']);
  });
});
