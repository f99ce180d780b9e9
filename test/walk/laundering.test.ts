/** Ways round a consent: what an originator refused, bound or gave in part does not travel under another name. */
import { describe, expect, it } from 'vitest';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { encodeBase64url } from '../../crypto/base64url.js';
import { createInboxReader } from '../../gateway/read/inbox.js';
import { createStatementReader } from '../../gateway/read/statements.js';
import { answered, codesOf } from '../support/answered.js';
import { createActor, designation, uuidFrom } from '../support/actors.js';
import { labelOf, makeConsent, makeDeletion, makeEnvelope, makeItem, makeLabel, makeRelease } from '../support/letters.js';
import { refuseWith } from '../support/refusing.js';
import { enrol } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

type Scene = Awaited<ReturnType<typeof answered>>;

/** fia asks fix for consent to give `found` to efcx. */
async function asked({ accept, walk, fia, fix, efcx, found, desk }: Scene) {
  const { chance, at } = desk();
  const consent = {
    items: [found.digest],
    recipient: { authority: efcx.id, authorityType: efcx.type, purposes: ['INTELLIGENCE'] },
    until: formatInstant(plusMs(at, 30 * DAY_MS)),
  };
  const over = { exchangeType: 'CONSENT_REQUEST', legalBasis: ['RECIPROCITY'] };
  const request = makeEnvelope({ from: fia, to: fix, exchange: uuidFrom(chance), message: 'SUBMIT', body: { consent }, over }, desk());
  expect(codesOf(await accept(request, fia))).toEqual(['ALLOW']);
  await walk.deliverDue();
  return request;
}

describe('the text of a refusal', () => {
  const texts: Record<string, readonly [string[], (scene: Scene) => object]> = {
    'made from what another gave': [
      ['NO_THIRD_PARTY_CONSENT'],
      ({ fix, efcx }) => ({ label: labelOf(fix, { originators: [fix.id, efcx.id] }) }),
    ],
    'above the level of the system': [
      ['CLASSIFICATION_EXCEEDS_SYSTEM', 'CLASSIFICATION_EXCEEDS_CLEARANCE', 'CLASSIFICATION_EXCEEDS_CLEARANCE', 'PROTECTION_TOO_WEAK'],
      ({ fix }) => ({ label: labelOf(fix, { level: 'SECRET' }) }),
    ],
    'under a classical seal above the floor': [['PROTECTION_TOO_WEAK'], ({ fix }) => ({ label: labelOf(fix, { level: 'RESTRICTED' }) })],
    'that hides its sources': [['DERIVATION_UNKNOWN'], () => ({ kind: 'EXTRACT' })],
    'that is the refuser’s own': [['ALLOW'], () => ({})],
  };
  it.each(Object.entries(texts))('%s is judged as what is sent', async (_name, [codes, over]) => {
    const scene = await answered(91);
    const { accept, fia, fix, efcx, found, desk } = scene;
    const request = await asked(scene);
    const text = await makeItem(fix, [fia, fix], 'because', desk(), over(scene));
    const refused = refuseWith(text, request.digest, { originator: fix, holder: fia, to: efcx }, found, desk());
    expect(codesOf(await accept(refused, fix))).toEqual(codes);
  });

  it('that is made from what the asker gave is reached by what the asker says of that later', async () => {
    const scene = await answered(92);
    const { accept, walk, store, fia, fix, efcx, found, request: given, desk } = scene;
    const request = await asked(scene);
    const caveats = [fia, fix].map(({ id }) => ({ code: 'NO_THIRD_PARTY', by: id }));
    const label = labelOf(fix, { originators: [fia.id, fix.id], caveats });
    const text = await makeItem(fix, [fia, fix], 'as you wrote', desk(), { kind: 'EXTRACT', derivedFrom: [given.item.digest], label });
    const refused = refuseWith(text, request.digest, { originator: fix, holder: fia, to: efcx }, found, desk());
    expect(codesOf(await accept(refused, fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeDeletion(fix, given.item.digest, desk()), fix))).toEqual(['ALLOW']);
    const retract = makeLabel(fia, given.item, desk(), { change: 'RETRACT', label: undefined });
    expect(codesOf(await accept(retract, fia))).toEqual(['ALLOW']);
    while ((await walk.deliverDue()) > 0);
    const inbox = createInboxReader(store, walk.library, (leaf) => walk.receiptOf(leaf));
    expect((await inbox.page(fix.id, 0, 200)).entries.map(({ statement }) => statement)).toContain(retract.submission.statement);
  });

  it('goes out from no suspended participant, whose code refuses all the same', async () => {
    const scene = await answered(93);
    const { accept, walk, operator, fia, fix, efcx, found, desk } = scene;
    const request = await asked(scene);
    const { at, chance } = desk();
    const end = designation(operator, fix, at, chance, { status: 'SUSPENDED', reason: 'BREACH' });
    expect(codesOf(await walk.acceptStatement(end.submission, null))).toEqual(['ALLOW']);
    const parties = { originator: fix, holder: fia, to: efcx };
    const text = await makeItem(fix, [fia, fix], 'because', desk());
    expect(codesOf(await accept(refuseWith(text, request.digest, parties, found, desk()), fix))).toEqual(['PARTICIPANT_SUSPENDED']);
    expect(codesOf(await accept(refuseWith(null, request.digest, parties, found, desk()), fix))).toEqual(['ALLOW']);
  });
});

it('hands a third authority nothing that it was told is a public record and is made from an answer', async () => {
  const gateway = await answered(93);
  const { accept, fia, found, desk } = gateway;
  const other = createActor('KY-FRA', 'FIU', createChance(94));
  await enrol(gateway, [other]);
  const label = { ...(found.label as { originators: string[] }), originators: [fia.id, 'VG-FIX'] };
  const made = await makeItem(fia, [other, fia], 'a newspaper, it says', desk(), {
    kind: 'PUBLIC_RECORD',
    derivedFrom: [found.digest],
    label,
  });
  const sent = makeEnvelope({ from: fia, to: other, exchange: uuidFrom(desk().chance), message: 'SUBMIT', items: [made] }, desk());
  expect(codesOf(await accept(sent, fia))).toContain('NO_THIRD_PARTY_CONSENT');
});

it('hands on nothing of a form whose originator gave some fields only', async () => {
  const form = {
    schema: 'FIU_ANSWER_1',
    present: [],
    _sd: [encodeBase64url(new Uint8Array(32)), encodeBase64url(new Uint8Array(32).fill(1))],
  };
  const { accept, fia, fix, efcx, found, desk } = await answered(95, { itemRole: 'FORM', form });
  const fields = [form._sd[0]];
  const consent = makeConsent(fix, fia, efcx, [found.digest], desk(), { fields });
  expect(codesOf(await accept(consent, fix))).toEqual(['ALLOW']);
  const release = await makeRelease(fia, efcx, found, [consent.digest], desk(), { disclosed: fields });
  expect(codesOf(await accept(release, fia))).toContain('CONSENT_SCOPE_EXCEEDED');
});

it('tells the recipient that was refused nothing of the refusal, not even by its digest', async () => {
  const scene = await answered(96);
  const { accept, store, walk, fia, fix, efcx, found, desk } = scene;
  const request = await asked(scene);
  const text = await makeItem(fix, [fia, fix], 'because', desk());
  const refused = refuseWith(text, request.digest, { originator: fix, holder: fia, to: efcx }, found, desk());
  expect(codesOf(await accept(refused, fix))).toEqual(['ALLOW']);
  const reader = createStatementReader(store, walk.library, (digest, stage) => walk.receiptFor(digest, stage));
  expect(await reader.statement(efcx.id, refused.digest)).toBeNull();
  expect(await reader.statement(fia.id, refused.digest)).toMatchObject({ statement: refused.submission.statement });
});

describe('what another gave, named in an envelope of one’s own', () => {
  it('is refused as evidence too, where the envelope asks for it: consent is not all that it lacks', async () => {
    const { accept, fia, efcx, found, desk } = await answered(97);
    const codes = async (purpose: string, items: readonly string[]) => {
      const exchange = uuidFrom(desk().chance);
      const attaching = makeEnvelope({ from: fia, to: efcx, exchange, message: 'SUBMIT', over: { purposes: [purpose], items } }, desk());
      return new Set(codesOf(await accept(attaching, fia)));
    };
    const without = await codes('PROSECUTION_JUDICIAL', []);
    const beyond = async (purpose: string) => [...(await codes(purpose, [found.digest]))].filter((code) => !without.has(code)).sort();
    expect(await beyond('PROSECUTION_JUDICIAL')).toEqual(['EVIDENCE_USE_PROHIBITED', 'NO_THIRD_PARTY_CONSENT']);
    expect(await beyond('INTELLIGENCE')).toEqual(['NO_THIRD_PARTY_CONSENT']);
  });
});
