/** A traffic light that says less than the law: nobody reads on case data that it may be spread. */
import { expect, it } from 'vitest';
import type { ItemFacts } from '../../../policies/facts.js';
import type { Tlp } from '../../../domain/vocabulary.js';
import { violationsOf } from '../../support/decision.js';
import { contentOpening } from '../../support/openings.js';

const sent = (profile: 'LE_ART48' | 'PREVENTION', tlp: Tlp, over: Partial<ItemFacts> = {}) => {
  const facts = contentOpening(profile);
  const items = facts.items.map((item) => ({ ...item, label: { ...item.label, tlp }, ...over }));
  return violationsOf({ ...facts, items }).filter(({ rule }) => rule === 'label/tlp-chosen');
};

it('GREEN and CLEAR stand on no case data, and are refused before it is read; stricter ones do, and RED with whom it names', () => {
  for (const tlp of ['GREEN', 'CLEAR'] as const)
    expect(sent('LE_ART48', tlp)).toMatchObject([
      { code: 'CAVEAT_NOT_ALLOWED', remedy: { action: 'complete-field', fields: ['label.tlp'] } },
    ]);
  for (const tlp of ['AMBER', 'AMBER+STRICT', 'RED'] as const) expect(sent('LE_ART48', tlp)).toEqual([]);
});

it('what is open, or by law unrestricted, may say so, and so may what is told of prevention', () => {
  for (const kind of ['PUBLIC_RECORD', 'FPS_REPORT'] as const) expect(sent('LE_ART48', 'CLEAR', { kind })).toEqual([]);
  expect(sent('PREVENTION', 'GREEN')).toEqual([]);
});

it('is its issuer’s to choose: what somebody gets back bears what it was given', () => {
  expect(sent('LE_ART48', 'GREEN', { issuer: contentOpening('LE_ART48').envelope.to })).toEqual([]);
});
