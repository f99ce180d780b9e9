/** What comes beside a statement that hands nothing over would be stored, and given to nobody. */
import { expect, it } from 'vitest';
import { encodeBase64url } from '../../crypto/base64url.js';
import { answered, codesOf } from '../support/answered.js';
import { makeConsent, makeItem, makeLabel } from '../support/letters.js';

it('a statement that hands nothing over comes alone: items, seals and bodies beside it are refused, and nothing is kept', async () => {
  const { accept, fia, fix, efcx, found, desk, store } = await answered(611);
  const stray = await makeItem(fix, [fia, fix], 'beside', desk());
  const seal = { item: found.digest, kid: fia.desk.kid, bytes: encodeBase64url(new Uint8Array(200)) };
  const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
  const label = makeLabel(fix, found, desk(), { change: 'RETRACT', label: undefined });
  for (const word of [consent, label])
    for (const rest of [
      { items: [stray.compact] },
      { seals: [seal] },
      { bodies: [{ item: found.digest, bytes: encodeBase64url(new Uint8Array(9)) }] },
    ]) {
      const answer = await accept({ ...word, submission: { ...word.submission, ...rest } as never }, fix);
      expect(codesOf(answer)).toEqual(['MALFORMED']);
      expect(await store.statement(word.digest)).toBeNull();
    }
  expect(codesOf(await accept(consent, fix))).toEqual(['ALLOW']);
  expect(codesOf(await accept(label, fix))).toEqual(['ALLOW']);
});
