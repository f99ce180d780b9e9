import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EVIDENCE_CODES } from '../../client/sdk/evidence/codes.js';

it('the page of refusals says what each code means that a file of evidence is told by', () => {
  const rows = readFileSync(new URL('../../docs/REFUSALS.md', import.meta.url), 'utf8').split('\n');
  for (const [code, meaning] of Object.entries(EVIDENCE_CODES)) expect(rows).toContain(`| \`${code}\` | ${meaning} |`);
});
