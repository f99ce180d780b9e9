/** Presumed consent: named in the request, not refused in the answer, switched on by both. The last word on a recipient holds. */
import { describe, expect, it } from 'vitest';
import { codesOf } from '../support/answered.js';
import { createActor, entry, designation, uuidFrom } from '../support/actors.js';
import {
  labelOf,
  makeDeletion,
  makeEnvelope,
  makeItem,
  makeRelease,
  makeUse,
  requestBody,
  REQUEST_FORM,
  sentAgain,
} from '../support/letters.js';
import { createTestGateway, openWalk } from '../support/test-gateway.js';
import { entryInRoles, inRole } from '../support/two-roles.js';
import { createChance } from '../support/world.js';
import type { Actor, Signed } from '../support/actors.js';

const EGMONT = { profile: 'EGMONT_FIU', legalBasis: ['RECIPROCITY'] };

const ON_EGMONT = { presumedConsent: ['EGMONT_FIU'] };

/**
 * @param type of the recipient that the request names
 * @param without who has not switched it on
 */
async function presumed(seed: number, type: 'FIU' | 'LAW_ENFORCEMENT' = 'FIU', without: string | null = null) {
  const gateway = createTestGateway(seed);
  const { walk, desk, operator } = gateway;
  const chance = createChance(7);
  const [fia, fix, third] = [
    createActor('NG-FIA', 'FIU', chance),
    createActor('VG-FIX', 'FIU', chance),
    createActor(type === 'FIU' ? 'EE-FIN' : 'NG-EFCX', type, chance),
  ];
  for (const actor of [fia, fix, third])
    for (const { submission } of [
      designation(operator, actor, desk().at, desk().chance),
      entry(actor, desk().at, desk().chance, actor.id === without ? {} : ON_EGMONT),
    ])
      await walk.acceptStatement(submission, null);
  const accept = (signed: Signed, who: Actor) => walk.acceptStatement(signed.submission, who.caller);
  const form = await makeItem(fia, [fix, fia], 'request', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
  const exchange = uuidFrom(desk().chance);
  const named = { authority: third.id, authorityType: third.type };
  const body = { ...requestBody(fix, form.digest), intendedRecipients: [{ ...named, purposes: ['INTELLIGENCE'] }] };
  const request = makeEnvelope({ from: fia, to: fix, exchange, message: 'SUBMIT', items: [form], body, over: EGMONT }, desk());
  expect(codesOf(await accept(request, fia))).toEqual(['ALLOW']);
  await walk.deliverDue();
  const say = { from: fix, to: fia, exchange, over: EGMONT };
  await accept(makeEnvelope({ ...say, message: 'ACKNOWLEDGE', body: { receivedAt: '2026-01-05T09:00:00Z' } }, desk()), fix);
  const found = await makeItem(fix, [fia, fix], 'what was found', desk());
  const last = await makeItem(fix, [fia, fix], 'and that is all', desk());
  const answering = (message: 'INTERIM_REPLY' | 'FINAL_REPLY', answer: string, items: (typeof found)[]) =>
    makeEnvelope({ ...say, message, items, body: { consentToIntendedRecipients: [{ ...named, answer }] } }, desk());
  const release = (holder = fia, over = {}) =>
    makeRelease(holder, third, found, [], desk(), { basis: { presumed: request.digest }, ...over });
  return { ...gateway, exchange: exchange, accept, fia, fix, third, request, found, last, answering, release };
}

describe('a consent that is presumed', () => {
  it('lets an answer go where the request said that it would go', async () => {
    const { accept, fia, fix, found, answering, release } = await presumed(61);
    expect(codesOf(await accept(answering('INTERIM_REPLY', 'SILENT', [found]), fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await release(), fia))).toEqual(['ALLOW']);
  });

  it.each(['NG-FIA', 'VG-FIX'])('is none where %s has not switched it on', async (without) => {
    const { accept, fia, fix, found, answering, release } = await presumed(67, 'FIU', without);
    expect(codesOf(await accept(answering('INTERIM_REPLY', 'SILENT', [found]), fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await release(), fia))).toContain('NO_THIRD_PARTY_CONSENT');
  });

  it('ends where a later answer in the exchange refuses the recipient', async () => {
    const { accept, fia, fix, found, last, answering, release } = await presumed(62);
    await accept(answering('INTERIM_REPLY', 'SILENT', [found]), fix);
    expect(codesOf(await accept(answering('FINAL_REPLY', 'REFUSE', [last]), fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await release(), fia))).toContain('NO_THIRD_PARTY_CONSENT');
  });

  it('stays ended where a still later answer is silent on the recipient', async () => {
    const { accept, fia, fix, found, last, answering, release } = await presumed(70);
    await accept(answering('INTERIM_REPLY', 'REFUSE', [found]), fix);
    expect(codesOf(await accept(answering('FINAL_REPLY', 'SILENT', [last]), fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await release(), fia))).toContain('NO_THIRD_PARTY_CONSENT');
  });

  describe('and another exchange of the two', () => {
    async function beside(seed: number) {
      const scene = await presumed(seed);
      const { accept, walk, desk, fia, fix, third, found, answering } = scene;
      const named = { authority: third.id, authorityType: third.type };
      const form = await makeItem(fia, [fix, fia], 'another request', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
      const body = { ...requestBody(fix, form.digest), intendedRecipients: [{ ...named, purposes: ['INTELLIGENCE'] }] };
      const exchange = uuidFrom(desk().chance);
      const asks = { from: fia, to: fix, exchange, message: 'SUBMIT', items: [form], body, over: EGMONT } as const;
      expect(codesOf(await accept(makeEnvelope(asks, desk()), fia))).toEqual(['ALLOW']);
      await walk.deliverDue();
      const there = { from: fix, to: fia, exchange, over: EGMONT };
      await accept(makeEnvelope({ ...there, message: 'ACKNOWLEDGE', body: { receivedAt: '2026-01-05T09:00:00Z' } }, desk()), fix);
      expect(codesOf(await accept(answering('INTERIM_REPLY', 'SILENT', [found]), fix))).toEqual(['ALLOW']);
      const says = async (answer: string, item: typeof found) => {
        const said = { consentToIntendedRecipients: [{ ...named, answer }] };
        const letter = { ...there, message: 'INTERIM_REPLY', body: said } as const;
        // what was given before is sealed again, and does not come a second time
        const signed = item === found ? sentAgain(letter, item, desk()) : makeEnvelope({ ...letter, items: [item] }, desk());
        return codesOf(await accept(signed, fix));
      };
      return { ...scene, says };
    }

    it('it ends where the same item is given again there, and the recipient refused, then or later', async () => {
      const { accept, fia, found, last, release, says } = await beside(68);
      expect(await says('SILENT', found)).toEqual(['ALLOW']);
      expect(codesOf(await accept(await release(), fia))).toEqual(['ALLOW']);
      expect(await says('REFUSE', last)).toEqual(['ALLOW']);
      expect(codesOf(await accept(await release(), fia))).toContain('NO_THIRD_PARTY_CONSENT');
    });

    it('it stands where the recipient is refused something else there', async () => {
      const { accept, fia, last, release, says } = await beside(69);
      expect(await says('REFUSE', last)).toEqual(['ALLOW']);
      expect(codesOf(await accept(await release(), fia))).toEqual(['ALLOW']);
    });
  });

  it('ends also for a release that is decided while the refusal comes in', async () => {
    const { accept, fia, fix, found, last, answering, release } = await presumed(63);
    await accept(answering('INTERIM_REPLY', 'SILENT', [found]), fix);
    const [refusing, going] = [answering('FINAL_REPLY', 'REFUSE', [last]), await release()];
    const [refused, released] = await Promise.all([accept(refusing, fix), accept(going, fia)]);
    expect(codesOf(refused)).toEqual(['ALLOW']);
    expect(codesOf(released)).toContain('NO_THIRD_PARTY_CONSENT');
  });

  it('ends also for a gateway that reads the exchange as it was before', async () => {
    const scene = await presumed(64);
    const { accept, world, store, operator, keys, fia, fix, found, last, answering, release, exchange } = scene;
    await accept(answering('INTERIM_REPLY', 'SILENT', [found]), fix);
    const before = [await store.exchange(exchange)];
    await accept(answering('FINAL_REPLY', 'REFUSE', [last]), fix);
    const late = openWalk(world, operator, keys, { ...store, exchange: async (id) => before.pop() ?? store.exchange(id) });
    expect(codesOf(await late.walk.acceptStatement((await release()).submission, fia.caller))).toContain('NO_THIRD_PARTY_CONSENT');
    expect(before).toEqual([]);
  });

  it('is the asking role’s alone, also where another of the same body leaves out as which it acts', async () => {
    const { accept, walk, operator, desk, fia, fix, found, answering, release } = await presumed(65, 'LAW_ENFORCEMENT');
    const police = inRole(fia, 'LAW_ENFORCEMENT', 'o2', createChance(8));
    const { at, chance } = desk();
    const seats = [
      { desk: 'INTAKE', officers: [fia] },
      { desk: 'CRIME', officers: [police] },
    ] as const;
    const types = ['FIU', 'LAW_ENFORCEMENT'] as const;
    for (const { submission } of [
      designation(operator, fia, at, chance, { types }),
      entryInRoles(seats, at, chance, { ...ON_EGMONT, seq: 2 }),
    ])
      expect(codesOf(await walk.acceptStatement(submission, null))).toEqual(['ALLOW']);
    await accept(answering('INTERIM_REPLY', 'SILENT', [found]), fix);
    expect(codesOf(await accept(await release(), fia))).toEqual(['ALLOW']);
    // the FIU has it no more; its giver hands it to the police of the same body
    expect(codesOf(await accept(makeDeletion(fia, found.digest, desk()), fia))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await makeRelease(fix, police, found, [], desk()), fix))).toEqual(['ALLOW']);
    for (const over of [{ holderType: 'LAW_ENFORCEMENT' }, {}])
      expect(codesOf(await accept(await release(police, over), police))).toContain('NO_THIRD_PARTY_CONSENT');
  });

  it('is for the purposes that the request named, though the label of the answer lists more', async () => {
    const { accept, fia, fix, third, request, answering, desk } = await presumed(66);
    const wide = await makeItem(fix, [fia, fix], 'found', desk(), { label: labelOf(fix, { purposes: ['INTELLIGENCE', 'INVESTIGATION'] }) });
    expect(codesOf(await accept(answering('INTERIM_REPLY', 'SILENT', [wide]), fix))).toEqual(['ALLOW']);
    const going = await makeRelease(fia, third, wide, [], desk(), { basis: { presumed: request.digest } });
    expect(codesOf(await accept(going, fia))).toEqual(['ALLOW']);
    const use = async (purpose: string) => codesOf(await accept(makeUse(third, wide.digest, desk(), { purpose }), third));
    expect(await use('INTELLIGENCE')).toEqual(['ALLOW']);
    expect(await use('INVESTIGATION')).toEqual(['USE_BEYOND_PURPOSE']);
  });
});
