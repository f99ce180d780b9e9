/** `npm run docs` writes the pages that tables in the code make; `npm run docs -- --check` says which are stale, and fails. */
import { readFileSync, writeFileSync } from 'node:fs';
import { EVIDENCE_CODES } from '../dist/client/sdk/evidence/codes.js';
import { ACTIONS } from '../dist/domain/audit-event.js';
import { BEFORE_THE_LAW } from '../dist/domain/before-the-law.js';
import { PROFILES } from '../dist/domain/profiles/index.js';
import { REFUSAL_CODES } from '../dist/domain/refusal.js';
import { VIOLATION_CODES } from '../dist/domain/violation.js';
import { configPage } from '../dist/gateway/settings.js';
import { RULES } from '../dist/policies/table.js';
import { auditEventsPage } from './docs/audit-events.mjs';
import { clientCodes } from './docs/client-codes.mjs';
import { policiesPage } from './docs/policies.mjs';
import { refusalsPage } from './docs/refusals.mjs';
import { inRoot } from './ready/paths.mjs';

const PAGES = {
  'docs/POLICIES.md': policiesPage(RULES, PROFILES),
  'docs/REFUSALS.md': refusalsPage(REFUSAL_CODES, BEFORE_THE_LAW, VIOLATION_CODES, RULES, clientCodes(inRoot()), EVIDENCE_CODES),
  'docs/AUDIT-EVENTS.md': auditEventsPage(ACTIONS),
  'docs/CONFIG.md': configPage(),
};

const asWritten = (file) => {
  try {
    return readFileSync(inRoot(file), 'utf8');
  } catch {
    return null;
  }
};

const stale = Object.entries(PAGES).filter(([file, text]) => asWritten(file) !== text);

if (process.argv.includes('--check')) {
  for (const [file] of stale) process.stderr.write(`${file} is stale: run npm run docs\n`);
  if (stale.length === 0) process.stdout.write(`${Object.keys(PAGES).length} pages are fresh\n`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [file, text] of stale) writeFileSync(inRoot(file), text);
  process.stdout.write(`${stale.length} of ${Object.keys(PAGES).length} pages written\n`);
}
