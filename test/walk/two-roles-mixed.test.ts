/** What an authority makes from what one body gave it in two roles: each of these has back what it gave itself, and no more (rulings 2, ¶29). */
import { beforeEach, describe, expect, it } from 'vitest';
import { uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { codesOf } from '../support/answered.js';
import { labelOf, makeEnvelope, makeItem, makeRelease, REQUEST_FORM, requestBody, type Item } from '../support/letters.js';
import type { TestGateway } from '../support/test-gateway.js';
import { openTwoRoles } from '../support/two-roles.js';

let gateway: TestGateway;
let fix: Actor;
let asFiu: Actor;
let asPolice: Actor;

const desk = () => gateway.desk();
const accept = async ({ submission }: Signed, by: Actor | null) =>
  codesOf(await gateway.walk.acceptStatement(submission, by?.caller ?? null));

/** A request, and what goes with it: found by its sender, or made from these. */
async function sends(from: Actor, to: Actor, ...sources: Item[]) {
  const behind = sources.flatMap(({ label }) => (label as { originators: string[] }).originators);
  const originators = [...new Set([from.id as string, ...behind])].toSorted();
  const label = labelOf(from, { originators, caveats: originators.map((by) => ({ code: 'NO_THIRD_PARTY', by })) });
  const kind = sources.length === 0 ? 'OWN' : 'EXTRACT';
  const made = await makeItem(from, [to, from], 'what we know', desk(), { kind, label, derivedFrom: sources.map(({ digest }) => digest) });
  const form = await makeItem(from, [to, from], 'and?', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
  const opening = { exchange: uuidFrom(desk().chance), message: 'SUBMIT', body: requestBody(to, form.digest) } as const;
  const codes = await accept(makeEnvelope({ from, to, items: [form, made], ...opening }, desk()), from);
  await gateway.walk.deliverDue();
  return { made, codes };
}

async function gives(from: Actor): Promise<Item> {
  const { made, codes } = await sends(from, fix);
  expect(codes).toEqual(['ALLOW']);
  return made;
}

beforeEach(async () => {
  ({ gateway, fix, asFiu, asPolice } = await openTwoRoles(76));
});

describe('what is made from what a body gave in two roles', () => {
  it('goes back to neither: each would read in it what the other gave', async () => {
    const [ofFiu, ofPolice] = [await gives(asFiu), await gives(asPolice)];
    for (const role of [asFiu, asPolice]) expect((await sends(fix, role, ofFiu, ofPolice)).codes).toEqual(['NO_THIRD_PARTY_CONSENT']);
    // what is made from its own alone does
    expect((await sends(fix, asFiu, ofFiu)).codes).toEqual(['ALLOW']);
    expect((await sends(fix, asPolice, ofPolice)).codes).toEqual(['ALLOW']);
  });

  it('goes back to neither in two steps', async () => {
    const [ofFiu, ofPolice] = [await gives(asFiu), await gives(asPolice)];
    const { made, codes } = await sends(fix, asPolice, ofPolice);
    expect(codes).toEqual(['ALLOW']);
    for (const role of [asFiu, asPolice]) expect((await sends(fix, role, ofFiu, made)).codes).toEqual(['NO_THIRD_PARTY_CONSENT']);
  });
});

describe('what one role handed over to the other, which gave on what it made from it', () => {
  it('came from the one that gave it on, and goes back to that alone', async () => {
    const ofPolice = await gives(asPolice);
    const over = await makeRelease(asPolice, asFiu, ofPolice, [], desk(), { holderType: 'LAW_ENFORCEMENT' });
    expect(await accept(over, asPolice)).toEqual(['ALLOW']);
    await gateway.walk.deliverDue();
    const { made, codes } = await sends(asFiu, fix, ofPolice);
    expect(codes).toEqual(['ALLOW']);
    expect((await sends(fix, asFiu, made)).codes).toEqual(['ALLOW']);
    expect((await sends(fix, asPolice, made)).codes).toEqual(['NO_THIRD_PARTY_CONSENT']);
  });
});
