/** Every report, in the order in which they are listed. */
import type { ReportCode } from '../../../domain/oversight.js';
import { CAVEAT_CHANGES, ERASURES, EVENTS, KEYS_AND_DIRECTORY, LAWFUL_NOTICES } from './chosen.js';
import { CONSENTS_EXPIRING } from './consents-expiring.js';
import { OVERDUE } from './overdue.js';
import { PAST_RETENTION } from './past-retention.js';
import { QUARTERLY } from './quarterly.js';
import type { ReportKind } from './question.js';
import { REFUSED } from './refused.js';
import { REQUEST_RECORDS } from './request-records.js';
import { SECURITY } from './security.js';
import { STATISTICS } from './statistics.js';
import { THIRD_PARTIES } from './third-parties.js';
import { USE_OUTSIDE_PURPOSE } from './use-outside-purpose.js';
import { WHO_SAW } from './who-saw.js';

const KINDS = [
  WHO_SAW,
  THIRD_PARTIES,
  REFUSED,
  OVERDUE,
  CONSENTS_EXPIRING,
  PAST_RETENTION,
  ERASURES,
  LAWFUL_NOTICES,
  CAVEAT_CHANGES,
  USE_OUTSIDE_PURPOSE,
  SECURITY,
  KEYS_AND_DIRECTORY,
  REQUEST_RECORDS,
  QUARTERLY,
  STATISTICS,
  EVENTS,
] as const satisfies readonly ReportKind[];

/** `who-saw`, as it is typed */
export const nameOfReport = (code: ReportCode): string => code.toLowerCase().replaceAll('_', '-');

export const REPORT_KINDS: ReadonlyMap<string, ReportKind> = new Map(KINDS.map((kind) => [nameOfReport(kind.code), kind]));
