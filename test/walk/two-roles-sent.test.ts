/** What one body sends, or is sent, in two roles, by one envelope each. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Digest } from '../../domain/ids.js';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { designation, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { codesOf } from '../support/answered.js';
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
  sentAgain,
  type Item,
} from '../support/letters.js';
import { refuseWith } from '../support/refusing.js';
import { openWalk, type TestGateway } from '../support/test-gateway.js';
import { entryInRoles, openTwoRoles, TYPES } from '../support/two-roles.js';

const AS_POLICE = { holderType: 'LAW_ENFORCEMENT' };

let gateway: TestGateway;
let fix: Actor;
let asFiu: Actor;
let asPolice: Actor;

const desk = () => gateway.desk();
const accept = async ({ submission }: Signed, by: Actor | null, walk = gateway.walk) =>
  codesOf(await walk.acceptStatement(submission, by?.caller ?? null));
const asking = (from: Actor) => makeItem(from, [fix, asFiu, asPolice], 'who is it?', desk(), { itemRole: 'FORM', form: REQUEST_FORM });

/** An opening message with the item, sealed to the desks of these two alone. */
function letter(from: Actor, to: Actor, item: Item) {
  const seals = item.sealed.seals.filter(({ kid }) => kid === from.desk.kid || kid === to.desk.kid);
  const items = [{ ...item, sealed: { ...item.sealed, seals } }] as const;
  const opening = { from, to, exchange: uuidFrom(desk().chance), message: 'SUBMIT' as const, body: requestBody(to, item.digest) };
  return { first: () => makeEnvelope({ ...opening, items }, desk()), again: () => sentAgain(opening, items[0], desk()) };
}

beforeEach(async () => {
  ({ gateway, fix, asFiu, asPolice } = await openTwoRoles(75));
});

describe('what a body sent itself', () => {
  it('it has in each role in which it sent it', async () => {
    const item = await asking(asFiu);
    expect(await accept(letter(asFiu, fix, item).first(), asFiu)).toEqual(['ALLOW']);
    const use = (over: object = {}) => accept(makeUse(asPolice, item.digest, desk(), over), asPolice);
    expect(await use(AS_POLICE)).toContain('NOT_HOLDER');
    expect(await accept(letter(asPolice, fix, item).again(), asPolice)).toEqual(['ALLOW']);
    expect(await use(AS_POLICE)).toEqual(['ALLOW']);
    // as which it used it, its own log says
    const { views } = (await gateway.store.leaf((await gateway.store.leafCount()) - 1))!;
    expect(JSON.parse(new TextDecoder().decode(views[0]!.event))).toMatchObject({ action: 'USE', ...AS_POLICE });
    expect(await use()).toEqual(['MISSING_FIELD']);
  });

  it('as the text of a refusal it and its reader have as whichever of their types they act', async () => {
    const item = await asking(asFiu);
    expect(await accept(letter(asFiu, fix, item).first(), asFiu)).toEqual(['ALLOW']);
    const recipient = { authority: asPolice.id, authorityType: asPolice.type, purposes: ['INTELLIGENCE'] };
    const body = { consent: { items: [item.digest], recipient, until: formatInstant(plusMs(desk().at, 30 * DAY_MS)) } };
    const request = { from: fix, to: asFiu, exchange: uuidFrom(desk().chance), message: 'SUBMIT' as const, body };
    const asked = makeEnvelope({ ...request, over: { exchangeType: 'CONSENT_REQUEST' } }, desk());
    expect(await accept(asked, fix)).toEqual(['ALLOW']);
    await gateway.walk.deliverDue();
    const text = await makeItem(asFiu, [fix, asFiu], 'because', desk());
    const refused = refuseWith(text, asked.digest, { originator: asFiu, holder: fix, to: asPolice }, item, desk());
    expect(await accept(refused, asFiu)).toEqual(['ALLOW']);
    for (const who of [asFiu, fix]) expect(await accept(makeUse(who, text.digest, desk(), { holderType: 'FIU' }), who)).toEqual(['ALLOW']);
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

describe('what a body was released and is sent too', () => {
  it('it has for as long as the label says, whatever the release said', async () => {
    const item = await asking(fix);
    expect(await accept(letter(fix, asFiu, item).first(), fix)).toEqual(['ALLOW']);
    const grant = makeConsent(fix, asFiu, asPolice, [item.digest], desk());
    expect(await accept(grant, fix)).toEqual(['ALLOW']);
    const over = { holderType: 'FIU', until: formatInstant(plusMs(desk().at, DAY_MS)) };
    expect(await accept(await makeRelease(asFiu, asPolice, item, [grant.digest], desk(), over), asFiu)).toEqual(['ALLOW']);
    gateway.world.clock.advance(DAY_MS + 1);
    const use = () => accept(makeUse(asPolice, item.digest, desk(), AS_POLICE), asPolice);
    expect(await use()).toEqual(['RETENTION_EXPIRED']);
    expect(await accept(letter(fix, asPolice, item).again(), fix)).toEqual(['ALLOW']);
    expect(await use()).toEqual(['ALLOW']);
  });
});

describe('what a body has in one role', () => {
  it('is no source of what its other role makes, in one step or two, until it is handed over', async () => {
    const item = await asking(fix);
    expect(await accept(letter(fix, asFiu, item).first(), fix)).toEqual(['ALLOW']);
    await gateway.walk.deliverDue();
    const extract = async (maker: Actor, source: Digest) => {
      const caveats = [maker, fix].map(({ id }) => ({ code: 'NO_THIRD_PARTY', by: id }));
      const label = labelOf(maker, { originators: [maker.id, fix.id], caveats });
      const made = await makeItem(maker, [fix, maker], 'extract', desk(), { kind: 'EXTRACT', derivedFrom: [source], label });
      const form = await makeItem(maker, [fix, maker], 'and?', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
      const asked = { exchange: uuidFrom(desk().chance), message: 'SUBMIT', body: requestBody(fix, form.digest) } as const;
      const codes = await accept(makeEnvelope({ from: maker, to: fix, items: [form, made], ...asked }, desk()), maker);
      return { codes, digest: made.digest };
    };
    const byFiu = await extract(asFiu, item.digest);
    expect(byFiu.codes).toEqual(['ALLOW']);
    for (const source of [item.digest, byFiu.digest]) expect((await extract(asPolice, source)).codes).toEqual(['DERIVATION_UNKNOWN']);
    const grant = makeConsent(fix, asFiu, asPolice, [item.digest], desk());
    expect(await accept(grant, fix)).toEqual(['ALLOW']);
    const over = await makeRelease(asFiu, asPolice, item, [grant.digest], desk(), { holderType: 'FIU' });
    expect(await accept(over, asFiu)).toEqual(['ALLOW']);
    const byPolice = await extract(asPolice, item.digest);
    expect(byPolice.codes).toEqual(['ALLOW']);
    const use = () => accept(makeUse(asPolice, byPolice.digest, desk(), AS_POLICE), asPolice);
    expect(await use()).toEqual(['ALLOW']);
    expect(await accept(makeRevocation(fix, asFiu, grant.digest, desk()), fix)).toEqual(['ALLOW']);
    expect(await use()).toEqual(['CONSENT_EXPIRED_OR_REVOKED']);
  });

  it.each([
    ['is that no more', { types: ['LAW_ENFORCEMENT'] }],
    ['is designated as that still, and has given it up', { types: TYPES }],
  ])('may be quoted by what it has become, where it %s', async (_name, designated) => {
    const item = await asking(fix);
    expect(await accept(letter(fix, asFiu, item).first(), fix)).toEqual(['ALLOW']);
    await gateway.walk.deliverDue();
    expect(await accept(designation(gateway.operator, asFiu, desk().at, desk().chance, designated), null)).toEqual(['ALLOW']);
    const seats = [{ desk: 'CRIME', officers: [asPolice] }] as const;
    expect(await accept(entryInRoles(seats, desk().at, desk().chance, { types: ['LAW_ENFORCEMENT'], seq: 2 }), null)).toEqual(['ALLOW']);
    const caveats = [asPolice, fix].map(({ id }) => ({ code: 'NO_THIRD_PARTY', by: id }));
    const label = labelOf(asPolice, { originators: [asPolice.id, fix.id], caveats });
    const made = await makeItem(asPolice, [fix, asPolice], 'extract', desk(), { kind: 'EXTRACT', derivedFrom: [item.digest], label });
    const form = await makeItem(asPolice, [fix, asPolice], 'and?', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
    const asked = { exchange: uuidFrom(desk().chance), message: 'SUBMIT', body: requestBody(fix, form.digest) } as const;
    expect(await accept(makeEnvelope({ from: asPolice, to: fix, items: [form, made], ...asked }, desk()), asPolice)).toEqual(['ALLOW']);
  });
});
