/** The text of a consent that was refused is an item like any other: its exchange's evidence tells of it, and its years end. */
import { expect, it } from 'vitest';
import type { ExchangeId } from '../../domain/ids.js';
import { GRACE_MS, RETENTION, yearsAfter } from '../../domain/retention.js';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { explainRequest } from '../../domain/wire/explain.js';
import { createEvidenceReader } from '../../gateway/read/evidence.js';
import { createExplainer } from '../../gateway/read/explain.js';
import { ORIGIN, OPERATOR, signNow, submitted, uuidFrom } from '../support/actors.js';
import { answered, codesOf } from '../support/answered.js';
import { enclosing, makeAccess, makeEnvelope, makeItem } from '../support/letters.js';
import { leftOf, work } from '../support/retained.js';

/** fia asked fix for consent, fix refused with a text, and fia read it. */
async function refused(seed: number) {
  const scene = await answered(seed);
  const { accept, fia, fix, efcx, found, desk } = scene;
  const exchange = uuidFrom(desk().chance) as ExchangeId;
  const [items, purposes, recipient] = [[found.digest], ['INTELLIGENCE'], { authority: efcx.id, authorityType: efcx.type }];
  const consent = { items, recipient: { ...recipient, purposes }, until: formatInstant(plusMs(desk().at, 30 * DAY_MS)) };
  const letter = { from: fia, to: fix, exchange, message: 'SUBMIT' as const, body: { consent }, over: { exchangeType: 'CONSENT_REQUEST' } };
  const asked = makeEnvelope(letter, desk());
  expect(codesOf(await accept(asked, fia))).toEqual(['ALLOW']);
  await work(scene);
  const text = await makeItem(fix, [fia, fix], 'why not', desk());
  const said = {
    ...{ v: 1, aud: ORIGIN, id: uuidFrom(desk().chance), at: formatInstant(desk().at) },
    ...{ originator: fix.id, holder: fia.id, items, recipient, purposes, codes: ['CONSENT_OUT_OF_SCOPE'] },
    text: text.digest,
    seals: text.sealed.seals.map(({ kid, digest: seal }) => ({ item: text.digest, kid, seal })),
    request: asked.digest,
  };
  const refusal = submitted(signNow('parley-consent-refusal+json', said, fix.signing), enclosing([text]));
  expect(codesOf(await accept(refusal, fix))).toEqual(['ALLOW']);
  await work(scene);
  expect(codesOf(await accept(makeAccess(fia, text.digest, refusal.digest, desk()), fia))).toEqual(['ALLOW']);
  return { ...scene, exchange, text, refusal };
}

it('goes with what else its exchange brought', async () => {
  const scene = await refused(911);
  const { world, text, refusal } = scene;
  expect(await leftOf(scene, refusal, text.digest)).toEqual([2, 1]);
  world.clock.advance(yearsAfter(world.clock.now(), RETENTION.deleteYears) - world.clock.now());
  await work(scene);
  world.clock.advance(GRACE_MS + DAY_MS);
  await work(scene);
  expect(await leftOf(scene, refusal, text.digest)).toEqual([0, 0]);
});

it('stands in the evidence of its exchange, with its delivery and its readings', async () => {
  const { store, walk, fia, exchange, text } = await refused(912);
  const operator = { authority: OPERATOR, root: '', publicKey: new Uint8Array(32) } as unknown as Parameters<
    typeof createEvidenceReader
  >[3];
  const evidence = createEvidenceReader(store, walk.library, (leaf) => walk.receiptOf(leaf), operator);
  const entries = (await evidence.page(fia.id, exchange, 0, 200))?.entries ?? [];
  const actions = entries.map(({ view }) => (JSON.parse(view.event) as { action: string }).action);
  expect(actions).toEqual(['SEND', 'DELIVER', 'CONSENT_REFUSE', 'DELIVER', 'ACCESS']);
  // by it a report says who was given the text
  const told = entries.map(({ view }) => (JSON.parse(view.event) as { object: { text?: string } }).object.text);
  expect(told).toEqual([undefined, undefined, text.digest, undefined, undefined]);
});

it('is asked about as what was refused was', async () => {
  const { store, walk, deps, directory, fia, fix, efcx, text } = await refused(913);
  const explainer = createExplainer({ ...deps, store, library: walk.library, directory, deployment: deps.config.deployment });
  const release = { act: 'release', item: text.digest, to: efcx.id, toType: efcx.type, purpose: 'INTELLIGENCE' };
  const explained = await explainer.explain(fia.caller, explainRequest.parse(release));
  const ask = { exchangeType: 'CONSENT_REQUEST', to: fix.id, toType: fix.type, fromType: fia.type };
  expect(explained).toMatchObject({ ok: true, value: { allowed: false, missing: [{ originator: fix.id, ask }] } });
});
