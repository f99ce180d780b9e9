/** What a reader made itself from something that it has by consent is used by that consent, and no longer (rulings 4; through every derivation). */
import { describe, expect, it } from 'vitest';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { explainRequest } from '../../domain/wire/explain.js';
import { createExplainer } from '../../gateway/read/explain.js';
import { createActor, uuidFrom } from '../support/actors.js';
import { answered, codesOf } from '../support/answered.js';
import {
  labelOf,
  makeConsent,
  makeDeletion,
  makeEnvelope,
  makeItem,
  makeRelease,
  makeRevocation,
  makeUse,
  REQUEST_FORM,
  requestBody,
  type Item,
} from '../support/letters.js';
import { refuseWith } from '../support/refusing.js';
import { enrol } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

/** fix gave it to fia, and by fix's consent fia to a third FIU, which makes an extract of it and gives that back to fix. */
async function extracted(seed: number, purpose = 'INTELLIGENCE') {
  const scene = await answered(seed);
  const { accept, walk, fia, fix, found, desk } = scene;
  const reader = createActor('QZ-FIU', 'FIU', createChance(seed + 9));
  await enrol(scene, [reader]);
  const inDays = (days: number): string => formatInstant(plusMs(desk().at, days * DAY_MS));
  const consent = makeConsent(fix, fia, reader, [found.digest], desk(), { purposes: [purpose], until: inDays(30) });
  expect(codesOf(await accept(consent, fix))).toEqual(['ALLOW']);
  expect(
    codesOf(await accept(await makeRelease(fia, reader, found, [consent.digest], desk(), { purpose, until: inDays(20) }), fia)),
  ).toEqual(['ALLOW']);
  await walk.deliverDue();
  const give = async (source: Item, word: string, maker = reader): Promise<Item> => {
    const caveats = [maker, fix].map(({ id }) => ({ code: 'NO_THIRD_PARTY', by: id }));
    const label = labelOf(maker, { originators: [maker.id, fix.id].toSorted(), caveats });
    const made = await makeItem(maker, [fix, maker], word, desk(), { kind: 'EXTRACT', derivedFrom: [source.digest], label });
    const form = await makeItem(maker, [fix, maker], 'request', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
    const said = { exchange: uuidFrom(desk().chance), message: 'SUBMIT', body: requestBody(fix, form.digest) } as const;
    const sending = makeEnvelope({ from: maker, to: fix, items: [form, made], ...said }, desk());
    expect(codesOf(await accept(sending, maker))).toEqual(['ALLOW']);
    await walk.deliverDue();
    return { ...made };
  };
  const using = async (item: Item) => codesOf(await accept(makeUse(reader, item.digest, desk()), reader));
  const revoke = async () => expect(codesOf(await accept(makeRevocation(fix, fia, consent.digest, desk()), fix))).toEqual(['ALLOW']);
  return { ...scene, reader, consent, give, using, revoke, inDays, extract: await give(found, 'extract') };
}

describe('an extract that its reader made', () => {
  it('is used for what the consent to its source is for, and for nothing else', async () => {
    const { using, found, extract } = await extracted(901, 'INVESTIGATION');
    for (const item of [found, extract]) expect(await using(item)).toEqual(['CONSENT_SCOPE_EXCEEDED']);
  });

  it('is used no more once that consent has ended, however many steps away, and though the source was deleted', async () => {
    const { accept, using, give, revoke, reader, found, extract, desk } = await extracted(902);
    const further = await give(extract, 'extract of it');
    expect(await using(further)).toEqual(['ALLOW']);
    await revoke();
    for (const item of [found, extract, further]) expect(await using(item)).toEqual(['CONSENT_EXPIRED_OR_REVOKED']);
    expect(codesOf(await accept(makeDeletion(reader, found.digest, desk()), reader))).toEqual(['ALLOW']);
    for (const item of [extract, further]) expect(await using(item)).toEqual(['CONSENT_EXPIRED_OR_REVOKED']);
  });

  it('may be used again once consent to the source is given anew, says an explanation', async () => {
    const scene = await extracted(906);
    await scene.revoke();
    const { deps, store, walk, directory, reader, found, extract, fix } = scene;
    const explainer = createExplainer({ ...deps, store, library: walk.library, directory, deployment: deps.config.deployment });
    const told = await explainer.explain(
      reader.caller,
      explainRequest.parse({ act: 'use', item: extract.digest, purpose: 'INTELLIGENCE' }),
    );
    const [missing] = told.ok ? told.value.missing : [];
    expect(missing).toMatchObject({ originator: fix.id, codes: ['CONSENT_EXPIRED_OR_REVOKED'] });
    expect(missing?.ask?.body).toMatchObject({ consent: { items: [found.digest], recipient: { authority: reader.id } } });
  });

  it('is used again by a new consent, to its source or to itself', async () => {
    const { accept, using, revoke, fix, fia, reader, found, extract, desk, inDays } = await extracted(903);
    await revoke();
    const anew = makeConsent(fix, fia, reader, [found.digest], desk(), { until: inDays(30) });
    expect(codesOf(await accept(anew, fix))).toEqual(['ALLOW']);
    expect(await using(extract)).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeRevocation(fix, fia, anew.digest, desk()), fix))).toEqual(['ALLOW']);
    expect(await using(extract)).toEqual(['CONSENT_EXPIRED_OR_REVOKED']);
    const toItself = makeConsent(fix, reader, reader, [extract.digest], desk(), { until: inDays(30) });
    expect(codesOf(await accept(toItself, fix))).toEqual(['ALLOW']);
    expect(await using(extract)).toEqual(['ALLOW']);
  });

  it('is used no longer than its reader has the source', async () => {
    const { using, extract, world, found } = await extracted(904);
    world.clock.advance(21 * DAY_MS);
    expect(await using(found)).toEqual(['RETENTION_EXPIRED']);
    expect(await using(extract)).toEqual(['RETENTION_EXPIRED']);
  });

  it('is its maker’s own where that has the source by envelope', async () => {
    const { accept, give, revoke, fia, found, desk } = await extracted(905);
    await revoke();
    const own = await give(found, 'own', fia);
    expect(codesOf(await accept(makeUse(fia, own.digest, desk()), fia))).toEqual(['ALLOW']);
  });

  it('is bound by that consent too where it is the text of a refusal', async () => {
    const { accept, walk, using, revoke, reader, found, extract, fia, fix, desk, inDays } = await extracted(907);
    const recipient = { authority: fia.id, authorityType: fia.type, purposes: ['INTELLIGENCE'] };
    const consent = { items: [extract.digest], recipient, until: inDays(30) };
    const asking = { exchange: uuidFrom(desk().chance), message: 'SUBMIT', body: { consent } } as const;
    const request = makeEnvelope({ from: fix, to: reader, ...asking, over: { exchangeType: 'CONSENT_REQUEST' } }, desk());
    expect(codesOf(await accept(request, fix))).toEqual(['ALLOW']);
    await walk.deliverDue();
    const caveats = [reader, fix].map(({ id }) => ({ code: 'NO_THIRD_PARTY', by: id }));
    const label = labelOf(reader, { originators: [reader.id, fix.id], caveats });
    const text = await makeItem(reader, [fix, reader], 'because of this', desk(), { kind: 'EXTRACT', derivedFrom: [found.digest], label });
    const refused = refuseWith(text, request.digest, { originator: reader, holder: fix, to: fia }, extract, desk());
    expect(codesOf(await accept(refused, reader))).toEqual(['ALLOW']);
    expect(await using(text)).toEqual(['ALLOW']);
    await revoke();
    expect(await using(text)).toEqual(['CONSENT_EXPIRED_OR_REVOKED']);
  });
});
