/** The parts of one request for consent are answered in any order: what was refused, or ended, leaves the rest open (rulings 4). */
import { expect, it } from 'vitest';
import type { Digest } from '../../domain/ids.js';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { readExchange } from '../../gateway/cases/exchanges.js';
import { uuidFrom } from '../support/actors.js';
import { answered, codesOf } from '../support/answered.js';
import { makeConsent, makeEnvelope, makeItem, makeRelease, makeRevocation } from '../support/letters.js';
import { refuseWith } from '../support/refusing.js';

type Part = 'one' | 'other';

/** fia asks fix to let two items go to efcx. */
async function askedForTwo(seed: number) {
  const scene = await answered(seed);
  const { accept, walk, deps, fia, fix, efcx, found, say, desk } = scene;
  const more = await makeItem(fix, [fia, fix], 'and this', desk());
  expect(codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [more] }, desk()), fix))).toEqual(['ALLOW']);
  const parts = { one: found, other: more };
  const until = formatInstant(plusMs(desk().at, 30 * DAY_MS));
  const recipient = { authority: efcx.id, authorityType: efcx.type, purposes: ['INTELLIGENCE'] };
  const body = { consent: { items: [found.digest, more.digest], recipient, until } };
  const over = { exchangeType: 'CONSENT_REQUEST' };
  const request = makeEnvelope({ from: fia, to: fix, exchange: uuidFrom(desk().chance), message: 'SUBMIT', body, over }, desk());
  expect(codesOf(await accept(request, fia))).toEqual(['ALLOW']);
  await walk.deliverDue();
  const { exchange } = (await walk.library.volume(request.digest))!.stored;
  const grants = new Map<Part, Digest>();
  const deeds = {
    grants: async (part: Part) => {
      const grant = makeConsent(fix, fia, efcx, [parts[part].digest], desk(), { request: request.digest, until });
      grants.set(part, grant.digest);
      return accept(grant, fix);
    },
    refuses: async (part: Part) => {
      const why = await makeItem(fix, [fia, fix], 'It would warn those whom we look at in a case of our own.', desk());
      return accept(refuseWith(why, request.digest, { originator: fix, holder: fia, to: efcx }, parts[part], desk()), fix);
    },
    ends: (part: Part) => accept(makeRevocation(fix, fia, grants.get(part)!, desk()), fix),
    'hands on': async (part: Part) => accept(await makeRelease(fia, efcx, parts[part], [grants.get(part)!], desk()), fia),
  };
  const state = async () => (await readExchange(exchange!, deps.store))!.state;
  return { deeds, state };
}

it.each([
  ['PARTIALLY_GRANTED', ['grants one', 'refuses other', 'hands on one']],
  ['PARTIALLY_GRANTED', ['refuses other', 'grants one', 'hands on one']],
  ['REFUSED', ['refuses one', 'refuses other']],
  ['REVOKED', ['grants one', 'refuses other', 'ends one']],
  ['REVOKED', ['refuses other', 'grants one', 'ends one']],
  ['REVOKED', ['grants one', 'ends one', 'refuses other']],
  ['PARTIALLY_GRANTED', ['grants one', 'ends one', 'grants other', 'hands on other']],
  ['PARTIALLY_GRANTED', ['grants one', 'grants other', 'ends one', 'hands on other']],
])('is %s by: %s', async (state, words) => {
  const asked = await askedForTwo(177);
  for (const word of words) {
    const [, deed, part] = /^(.+) (\w+)$/.exec(word)!;
    expect(codesOf(await asked.deeds[deed as keyof typeof asked.deeds](part as Part)), word).toEqual(['ALLOW']);
  }
  expect(await asked.state()).toBe(state);
});
