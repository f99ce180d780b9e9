import type { Machine } from '../machine.js';

/** Named, and not offered: no step leads out of the draft. */
export const MATCH_QUERY: Machine = { opened: 'DRAFT', ended: [], states: ['DRAFT'], table: [] };
