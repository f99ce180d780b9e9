import { expect, it } from 'vitest';
import { cursorOf, positionOf } from '../../crypto/cursor.js';

it('leads back to the place that it is of', () => {
  for (const place of [0, 1, 10, 4_096, Number.MAX_SAFE_INTEGER]) expect(positionOf(cursorOf(place))).toBe(place);
  expect(positionOf(undefined)).toBe(0);
});

it.each([
  ['no base64url', '!'],
  ['empty', ''],
  ['no number', 'eno'],
  ['a second spelling of zero', 'MDA'],
  ['more than there are', 'OTk5OTk5OTk5OTk5OTk5OQ'],
])('%s is no cursor', (_what, text) => expect(positionOf(text)).toBeNull());
