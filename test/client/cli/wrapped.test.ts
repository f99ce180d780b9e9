import { expect, it } from 'vitest';
import { table } from '../../../client/cli/output.js';
import { COLUMNS, columnsOf, wrapped } from '../../../client/cli/wrapped.js';

it('counts the columns of a terminal, and not how a text is written down', () => {
  expect(columnsOf('Zoë')).toBe(3);
  expect(columnsOf('Zoe\u0308')).toBe(3);
  expect(columnsOf('支付部')).toBe(6);
  expect(columnsOf('🇨🇭 👩‍⚖️ 🔒')).toBe(8);
  expect(columnsOf('№ – …')).toBe(5);
});

it('fills lines by columns: wide signs break sooner, marks take no room', () => {
  const wide = wrapped(Array.from({ length: 30 }, () => '支付').join(' '), '');
  for (const line of wide) expect(line.length + [...line].filter((sign) => sign !== ' ').length).toBeLessThanOrEqual(COLUMNS);
  expect(wide.length).toBeGreaterThan(1);
  // each word is one column beside its twenty marks
  expect(wrapped(Array.from({ length: 30 }, () => `e${'\u0301'.repeat(20)}`).join(' '), '')).toHaveLength(1);
});

it('a table of wide signs comes row by row where it would not fit', () => {
  expect(table(['name'], [['支'.repeat(38)]])).toContain('│');
  expect(table(['name'], [['支'.repeat(39)]])).not.toContain('│');
});
