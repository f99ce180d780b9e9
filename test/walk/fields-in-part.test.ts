/** Consent for fewer fields of a form than were asked: the request is granted in part, and what was not granted is handed to nobody. */
import { expect, it } from 'vitest';
import { parseUuid } from '../../domain/ids.js';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { readExchange } from '../../gateway/cases/exchanges.js';
import { answered, codesOf, wordsOf } from '../support/answered.js';
import { uuidFrom } from '../support/actors.js';
import {
  labelOf,
  makeConsent,
  makeEnvelope,
  makeItem,
  makeRelease,
  makeRevocation,
  REQUEST_FORM,
  requestBody,
} from '../support/letters.js';

const FIELDS = ['A', 'B', 'C'].map((letter) => `${letter.repeat(42)}A`);
const form = (_sd: readonly string[]) => ({ itemRole: 'FORM', form: { schema: 'FIU_REQUEST_1', present: [], _sd } });

it('is granted in part, lets what it names and no more, and says so', async () => {
  const scene = await answered(1_951);
  const { accept, walk, store, fia, fix, efcx, say, desk } = scene;
  const given = await makeItem(fix, [fia, fix], 'a form of three fields', desk(), form(FIELDS));
  expect(codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [given] }, desk()), fix))).toEqual(['ALLOW']);
  const caveats = [fia, fix].map(({ id }) => ({ code: 'NO_THIRD_PARTY', by: id }));
  const label = labelOf(fia, { originators: [fia.id, fix.id], caveats });
  const portion = (sd: readonly string[]) =>
    makeItem(fia, [fix, fia], `p ${sd.length}`, desk(), { kind: 'EXTRACT', derivedFrom: [given.digest], label, ...form(sd) });
  const [one, two] = [await portion(FIELDS.slice(0, 1)), await portion(FIELDS.slice(0, 2))];
  const asks = await makeItem(fia, [fix, fia], 'request', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
  const back = makeEnvelope(
    {
      from: fia,
      to: fix,
      exchange: uuidFrom(desk().chance),
      message: 'SUBMIT',
      items: [asks, one, two],
      body: requestBody(fix, asks.digest),
    },
    desk(),
  );
  expect(codesOf(await accept(back, fia))).toEqual(['ALLOW']);
  const until = formatInstant(plusMs(desk().at, 30 * DAY_MS));
  const recipient = { authority: efcx.id, authorityType: efcx.type, purposes: ['INTELLIGENCE'] };
  const items = [one.digest, two.digest];
  const consent = { items, fields: FIELDS.slice(0, 2), recipient, until };
  const exchange = uuidFrom(desk().chance);
  const request = makeEnvelope(
    { from: fia, to: fix, exchange, message: 'SUBMIT', body: { consent }, over: { exchangeType: 'CONSENT_REQUEST' } },
    desk(),
  );
  expect(codesOf(await accept(request, fia))).toEqual(['ALLOW']);
  await walk.deliverDue();
  const state = async () => {
    const id = parseUuid(exchange);
    return id.ok ? (await readExchange(id.value, store))?.state : null;
  };
  const grant = makeConsent(fix, fia, efcx, items, desk(), { request: request.digest, fields: FIELDS.slice(0, 1), until });
  expect(codesOf(await accept(grant, fix))).toEqual(['ALLOW']);
  expect(await state()).toBe('PARTIALLY_GRANTED');
  const hand = (item: typeof one) => makeRelease(fia, efcx, item, [grant.digest], desk(), { label });
  expect(codesOf(await accept(await hand(one), fia))).toEqual(['ALLOW']);
  const beyond = await accept(await hand(two), fia);
  expect(codesOf(beyond)).toEqual(['TLP_EXCEEDED', 'NO_THIRD_PARTY_CONSENT', 'CONSENT_SCOPE_EXCEEDED']);
  expect(wordsOf(beyond)).toContain(`covers ${efcx.id} for INTELLIGENCE, in 1 of the fields of a form only`);
  // the rest is granted, taken back, and then the first
  const more = makeConsent(fix, fia, efcx, items, desk(), { request: request.digest, fields: FIELDS.slice(0, 2), until });
  expect(codesOf(await accept(more, fix))).toEqual(['ALLOW']);
  expect(await state()).toBe('GRANTED');
  expect(codesOf(await accept(makeRevocation(fix, fia, more.digest, desk()), fix))).toEqual(['ALLOW']);
  expect(await state()).toBe('PARTIALLY_GRANTED');
  expect(codesOf(await accept(await hand(one), fia))).toEqual(['ALLOW']);
  expect(codesOf(await accept(makeRevocation(fix, fia, grant.digest, desk()), fix))).toEqual(['ALLOW']);
  expect(await state()).toBe('REVOKED');
});
