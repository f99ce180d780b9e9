/** What a line of an inbox is called that brings somebody else's statement: by its type, for whoever writes the line and for whoever reads it. */
import type { StatementType } from './statement.js';
import type { EntryKind } from './wire/http-answers.js';

const KINDS: Readonly<Record<Exclude<StatementType, 'parley-item+json' | 'parley-session+json'>, EntryKind>> = {
  'parley-envelope+json': 'envelope',
  'parley-release+json': 'release',
  'parley-consent+json': 'consent',
  'parley-consent-refusal+json': 'consent-refusal',
  'parley-consent-revocation+json': 'revocation',
  'parley-label+json': 'label',
  'parley-use+json': 'use',
  'parley-deletion+json': 'deletion',
  'parley-inability+json': 'inability',
  'parley-notice+json': 'lawful-notice',
  'parley-approval+json': 'approval',
  'parley-consultation+json': 'consultation',
  'parley-verification+json': 'verification',
  'parley-access+json': 'access',
  'parley-entry+json': 'directory',
  'parley-designation+json': 'directory',
  'parley-designation-approval+json': 'directory',
  'parley-agreement+json': 'directory',
  'parley-revocation+json': 'directory',
  'parley-root+json': 'directory',
  // asked and answered within the authority: they come into no inbox
  'parley-quorum-request+json': 'approval',
  'parley-quorum-share+json': 'approval',
};

/** An item and a session request come into no inbox by themselves. */
export const entryKind = (typ: StatementType): EntryKind =>
  typ === 'parley-item+json' || typ === 'parley-session+json' ? 'receipt' : KINDS[typ];
