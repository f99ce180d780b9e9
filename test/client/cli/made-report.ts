import type { MadeReport, ReportKind } from '../../../client/sdk/index.js';

/** A report of these rows, as far as it goes on paper. */
export const madeOf = (kind: ReportKind | undefined, rows: readonly object[]): MadeReport =>
  ({
    kind,
    rows,
    view: 'CH-FIN',
    log: 'parley.example',
    wholeness: { state: 'NOT_PROVED' },
    item: null,
    counterpart: null,
  }) as unknown as MadeReport;
