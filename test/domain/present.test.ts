import { expect, it } from 'vitest';
import { present } from '../../domain/present.js';

it('leaves out what is undefined and nothing else', () => {
  const members = { item: 'i', until: undefined, count: 0, note: '', none: null, isOpen: false };
  expect(Object.keys(present(members))).toEqual(['item', 'count', 'note', 'none', 'isOpen']);
  expect(present(members)).toEqual({ item: 'i', count: 0, note: '', none: null, isOpen: false });
});
