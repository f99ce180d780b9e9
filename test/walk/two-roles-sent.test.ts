/** What one body sends, or is sent, in two roles, by one envelope each. */
import { beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../domain/time.js';
import { createActor, designation, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { codesOf } from '../support/answered.js';
import {
  makeConsent,
  makeDeletion,
  makeEnvelope,
  makeItem,
  makeRelease,
  makeUse,
  REQUEST_FORM,
  requestBody,
  sentAgain,
  type Item,
} from '../support/letters.js';
import { createTestGateway, enrol, openWalk, type TestGateway } from '../support/test-gateway.js';
import { entryInRoles, inRole } from '../support/two-roles.js';
import { createChance } from '../support/world.js';

const TYPES = ['FIU', 'LAW_ENFORCEMENT'] as const;
const AS_POLICE = { holderType: 'LAW_ENFORCEMENT' };

let gateway: TestGateway;
let fix: Actor;
let asFiu: Actor;
let asPolice: Actor;

const desk = () => gateway.desk();
const accept = async ({ submission }: Signed, by: Actor | null, walk = gateway.walk) =>
  codesOf(await walk.acceptStatement(submission, by?.caller ?? null, 'two'));
const asking = (from: Actor) => makeItem(from, [fix, asFiu, asPolice], 'who is it?', desk(), { itemRole: 'FORM', form: REQUEST_FORM });

/** An opening message with the item, sealed to the desks of these two alone. */
function letter(from: Actor, to: Actor, item: Item) {
  const seals = item.sealed.seals.filter(({ kid }) => kid === from.desk.kid || kid === to.desk.kid);
  const items = [{ ...item, sealed: { ...item.sealed, seals } }] as const;
  const opening = { from, to, exchange: uuidFrom(desk().chance), message: 'SUBMIT' as const, body: requestBody(to, item.digest) };
  return { first: () => makeEnvelope({ ...opening, items }, desk()), again: () => sentAgain(opening, items[0], desk()) };
}

beforeEach(async () => {
  const chance = createChance(12);
  gateway = createTestGateway(75);
  fix = createActor('VG-FIX', 'FIU', chance);
  asFiu = createActor('NG-ONE', 'FIU', chance);
  asPolice = inRole(asFiu, 'LAW_ENFORCEMENT', 'o2', chance);
  await enrol(gateway, [fix]);
  const seats = [
    { desk: 'INTAKE', officers: [asFiu] },
    { desk: 'CRIME', officers: [asPolice] },
  ] as const;
  expect(await accept(designation(gateway.operator, asFiu, desk().at, desk().chance, { types: TYPES }), null)).toEqual(['ALLOW']);
  expect(await accept(entryInRoles(seats, desk().at, desk().chance), null)).toEqual(['ALLOW']);
});

describe('what a body sent itself', () => {
  it('it has in each role in which it sent it', async () => {
    const item = await asking(asFiu);
    expect(await accept(letter(asFiu, fix, item).first(), asFiu)).toEqual(['ALLOW']);
    const use = (over: object = {}) => accept(makeUse(asPolice, item.digest, desk(), over), asPolice);
    expect(await use(AS_POLICE)).toContain('NOT_HOLDER');
    expect(await accept(letter(asPolice, fix, item).again(), asPolice)).toEqual(['ALLOW']);
    expect(await use(AS_POLICE)).toEqual(['ALLOW']);
    expect(await use()).toEqual(['MISSING_FIELD']);
  });

  it('and deleted, it has as what it is given it again alone, and for as long', async () => {
    const item = await asking(asFiu);
    expect(await accept(letter(asFiu, fix, item).first(), asFiu)).toEqual(['ALLOW']);
    expect(await accept(makeDeletion(asFiu, item.digest, desk()), asFiu)).toEqual(['ALLOW']);
    for (const again of [asPolice, asFiu]) {
      const grant = makeConsent(asFiu, fix, again, [item.digest], desk());
      expect(await accept(grant, asFiu)).toEqual(['ALLOW']);
      expect(await accept(await makeRelease(fix, again, item, [grant.digest], desk()), fix)).toEqual(['ALLOW']);
      const use = () => accept(makeUse(again, item.digest, desk()), again);
      expect(await use()).toEqual(['ALLOW']);
      gateway.world.clock.advance(20 * DAY_MS);
      expect(await use()).toEqual(['RETENTION_EXPIRED']);
      expect(await accept(makeDeletion(again, item.digest, desk()), again)).toEqual(['ALLOW']);
    }
  });
});

describe('what a body is sent in its second role', () => {
  it('is seen by a use that is decided meanwhile', async () => {
    const item = await asking(fix);
    expect(await accept(letter(fix, asFiu, item).first(), fix)).toEqual(['ALLOW']);
    const waiting = [letter(fix, asPolice, item).again()];
    const { world, store, operator, keys } = gateway;
    const late = openWalk(world, operator, keys, {
      ...store,
      async commitBatch(rows, now) {
        const first = waiting.pop();
        if (first !== undefined) expect(await accept(first, fix)).toEqual(['ALLOW']);
        return store.commitBatch(rows, now);
      },
    });
    expect(await accept(makeUse(asFiu, item.digest, desk()), asFiu, late.walk)).toEqual(['MISSING_FIELD']);
    expect(waiting).toEqual([]);
  });
});
