/** What a use or a reading may serve: nothing that was granted for less, to another capacity, or that only one's own extract opens. */
import { describe, expect, it } from 'vitest';
import { formatInstant } from '../../domain/time.js';
import type { Digest } from '../../domain/ids.js';
import { ORIGIN, designation, entry, signNow, submitted, uuidFrom } from '../support/actors.js';
import { answered, codesOf } from '../support/answered.js';
import { labelOf, makeAccess, makeConsent, makeEnvelope, makeItem, REQUEST_FORM, requestBody } from '../support/letters.js';

async function scene(seed: number) {
  const gateway = await answered(seed);
  const { accept, fia, desk } = gateway;
  const use = async (item: Digest, purpose: string) => {
    const { chance, at } = desk();
    const payload = { v: 1, aud: ORIGIN, id: uuidFrom(chance), at: formatInstant(at), holder: fia.id, item, purpose };
    return codesOf(await accept(submitted(signNow('parley-use+json', payload, fia.signing)), fia));
  };
  const read = async (item: Digest, via: Digest, purpose: string) =>
    codesOf(await accept(makeAccess(fia, item, via, desk(), { purpose }), fia));
  return { ...gateway, use, read };
}

describe('a consent to a further purpose', () => {
  it('for one field opens the whole form neither for use nor for reading', async () => {
    const { accept, fia, fix, say, desk, use, read } = await scene(802);
    const fields = ['A', 'B', 'C'].map((letter) => `${letter.repeat(42)}A`);
    const over = { itemRole: 'FORM', form: { schema: 'FIU_REQUEST_1', present: [], _sd: fields } };
    const form = await makeItem(fix, [fia, fix], 'a form of three fields', desk(), over);
    const given = makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [form] }, desk());
    expect(codesOf(await accept(given, fix))).toEqual(['ALLOW']);
    const grant = (granted: string[]) =>
      makeConsent(fix, fia, fia, [form.digest], desk(), { fields: granted, purposes: ['INVESTIGATION'] });
    expect(codesOf(await accept(grant(fields.slice(0, 1)), fix))).toEqual(['ALLOW']);
    expect(await use(form.digest, 'INVESTIGATION')).toEqual(['USE_BEYOND_PURPOSE']);
    expect(await read(form.digest, given.digest, 'INVESTIGATION')).toEqual(['USE_BEYOND_PURPOSE']);
    expect(codesOf(await accept(grant(fields), fix))).toEqual(['ALLOW']);
    expect(await use(form.digest, 'INVESTIGATION')).toEqual(['ALLOW']);
    expect(await read(form.digest, given.digest, 'INVESTIGATION')).toEqual(['ALLOW']);
  });

  it('to another capacity of the body than that in which it holds the item opens nothing', async () => {
    const { accept, walk, operator, fia, fix, found, reply, desk, use, read } = await scene(803);
    const two = { types: ['FIU', 'TAX_AUTHORITY'] };
    for (const made of [
      (d = desk()) => designation(operator, fia, d.at, d.chance, two),
      (d = desk()) => entry(fia, d.at, d.chance, { ...two, seq: 2 }),
    ])
      expect(codesOf(await walk.acceptStatement(made().submission, null))).toEqual(['ALLOW']);
    const grant = (type: 'FIU' | 'TAX_AUTHORITY') =>
      makeConsent(fix, fia, { ...fia, type }, [found.digest], desk(), { purposes: ['INVESTIGATION'] });
    expect(codesOf(await accept(grant('TAX_AUTHORITY'), fix))).toEqual(['ALLOW']);
    expect(await use(found.digest, 'INVESTIGATION')).toEqual(['USE_BEYOND_PURPOSE']);
    expect(await read(found.digest, reply.digest, 'INVESTIGATION')).toEqual(['USE_BEYOND_PURPOSE']);
    expect(codesOf(await accept(grant('FIU'), fix))).toEqual(['ALLOW']);
    expect(await use(found.digest, 'INVESTIGATION')).toEqual(['ALLOW']);
  });
});

describe('an extract that its maker hands back on another channel', () => {
  it('serves no purpose that its source does not, nor does what is made from it', async () => {
    const { accept, fia, fix, say, desk, use } = await scene(801);
    const source = await makeItem(fix, [fia, fix], 'for this alone', desk(), { label: labelOf(fix, { purposes: ['INVESTIGATION'] }) });
    expect(codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [source] }, desk()), fix))).toEqual(['ALLOW']);
    expect(await use(source.digest, 'INTELLIGENCE')).toEqual(['USE_BEYOND_PURPOSE']);
    const caveats = [fia, fix].map(({ id }) => ({ code: 'NO_THIRD_PARTY', by: id }));
    const handBack = async (from: Digest, purposes: string[]) => {
      const label = labelOf(fia, { purposes, originators: [fia.id, fix.id], caveats });
      const made = await makeItem(fia, [fix, fia], 'extract', desk(), { label, kind: 'EXTRACT', derivedFrom: [from] });
      const form = await makeItem(fia, [fix, fia], 'request', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
      const { reciprocity: _none, ...body } = requestBody(fix, form.digest) as Record<string, unknown>;
      const exchange = uuidFrom(desk().chance);
      const over = { profile: 'EGMONT_FIU' };
      const sent = await accept(
        makeEnvelope({ from: fia, to: fix, exchange, message: 'SUBMIT', items: [form, made], body, over }, desk()),
        fia,
      );
      return { digest: made.digest, codes: codesOf(sent) };
    };
    const extract = await handBack(source.digest, ['INVESTIGATION']);
    expect(extract.codes).toEqual(['ALLOW']);
    expect(await use(extract.digest, 'INVESTIGATION')).toEqual(['ALLOW']);
    expect(await use(extract.digest, 'INTELLIGENCE')).toEqual(['USE_BEYOND_PURPOSE']);
    expect((await handBack(extract.digest, ['INTELLIGENCE'])).codes).toEqual(['CAVEAT_WEAKENED']);
  });
});
