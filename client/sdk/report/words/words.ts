/** What a catalogue of one language holds: all of it, or it does not compile. */
import type { Counter, Dimension, Median } from '../counters.js';
import type { Column } from '../question.js';
import type { ReportCode } from '../../../../domain/oversight.js';

/** Those that `parley report` makes; the others are readings of commands of their own. */
export type Listed = Exclude<ReportCode, 'DISCLOSURES' | 'COUNTS' | 'EVIDENCE'>;
export type Figure =
  'overdue' | 'refusedAttempts' | 'consentsUsed' | 'thirdPartyDisclosures' | 'exculpatory' | 'emergency' | 'readings' | 'reportsRead';
export type Number = Counter | Median | 'maturedPercent';

export interface Words {
  /** title, and what it answers */
  readonly reports: Readonly<Record<Listed, readonly [string, string]>>;
  readonly columns: Readonly<Record<Column, string>>;
  readonly figures: Readonly<Record<Figure, string>>;
  /** name, and how it is counted */
  readonly counters: Readonly<Record<Number, readonly [string, string]>>;
  readonly dimensions: Readonly<Record<Dimension | 'ALL', string>>;
  /** of a consent, before the time */
  readonly ends: Readonly<Record<'UNTIL' | 'REVOKED', string>>;
  readonly sides: Readonly<Record<'MADE' | 'RECEIVED', string>>;
  readonly page: {
    /** with the spaces that the language sets about it */
    readonly colon: string;
    readonly of: string;
    readonly period: string;
    readonly always: string;
    readonly log: string;
    readonly checkpoint: string;
    readonly none: string;
    readonly made: string;
    readonly readAt: string;
    readonly rows: string;
    readonly erased: string;
    readonly empty: string;
    readonly complete: string;
    readonly notProved: string;
    readonly unwitnessed: string;
    readonly misfit: string;
    readonly pseudonymous: string;
    /** said where a time is cut to the minute and shows no zone */
    readonly utc: string;
    /** what `AFTER_END` behind a consent says */
    readonly afterEnd: string;
    /** what a dash for an officer says */
    readonly officerHidden: string;
    /** of refusals: whose are not here */
    readonly othersTries: string;
    /** of the count of refused attempts: what it leaves out, and which report has it */
    readonly repeats: string;
    /** of changes of label: whose are not here */
    readonly othersChanges: string;
    /** of items: whose doings with them are not here */
    readonly othersDoings: string;
    /** what no row says of whoever was given something */
    readonly outside: string;
    /** of any list: what it is worth by itself, and what is checked in its place */
    readonly unsigned: string;
    readonly codes: string;
    /** said on paper where a name has letters that the font of the page lacks */
    readonly notPrinted: string;
    /** head of the list of those that a cell cuts */
    readonly digests: string;
    readonly heldBack: string;
    readonly page: string;
    readonly source: string;
  };
}
