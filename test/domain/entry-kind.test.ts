import { expect, it } from 'vitest';
import { entryKind } from '../../domain/entry-kind.js';
import { STATEMENT_TYPES, type StatementType } from '../../domain/statement.js';

it('calls the end of a consent no consent, and what comes by itself into no inbox a receipt', () => {
  expect(entryKind('parley-consent+json')).toBe('consent');
  expect(entryKind('parley-consent-revocation+json')).toBe('revocation');
  for (const typ of ['parley-item+json', 'parley-session+json'] as const) expect(entryKind(typ)).toBe('receipt');
  const others = (Object.keys(STATEMENT_TYPES) as StatementType[]).filter(
    (typ) => typ !== 'parley-item+json' && typ !== 'parley-session+json',
  );
  expect(others.map(entryKind)).not.toContain('receipt');
});
