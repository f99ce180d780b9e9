import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EVIDENCE_CODES } from '../../client/sdk/evidence/codes.js';

const PAGE = readFileSync(new URL('../../docs/REFUSALS.md', import.meta.url), 'utf8');

it('the page of refusals never has two gaps in a row, which nobody could read', () => {
  expect(PAGE).toContain('No answer from ….');
  expect(PAGE).not.toContain('……');
});

it('the page of refusals says what each code means that a file of evidence is told by', () => {
  const rows = PAGE.split('\n');
  for (const [code, meaning] of Object.entries(EVIDENCE_CODES)) expect(rows).toContain(`| \`${code}\` | ${meaning} |`);
});
