/** Every alteration of a file of evidence that these tests know. */
import { directoryRows } from './directory.js';
import { fileRows } from './file.js';
import type { Genuine } from './genuine.js';
import { keyRows } from './keys.js';
import { leafRows } from './leaves.js';
import { logRows } from './log.js';
import { lyingRows } from './lying.js';
import type { Row } from './row.js';
import { statementRows } from './statements.js';

export interface Extent {
  /** how many single bytes of the file are altered besides */
  readonly randomBytes: number;
  /** how many leaves are altered in each way; the others are like them */
  readonly leaves: number;
  /** how many statements, and how many items, likewise */
  readonly statements: number;
}

export const rowsOf = (genuine: Genuine, { randomBytes, leaves, statements }: Extent): Row[] => [
  ...fileRows(genuine, randomBytes),
  ...directoryRows(genuine),
  ...keyRows(genuine),
  ...logRows(genuine),
  ...lyingRows(genuine),
  ...leafRows(genuine, leaves),
  ...statementRows(genuine, statements),
];

/** What a file cannot tell of itself, said wherever the table is shown. */
export const NOT_CAUGHT = [
  'that the maker left out what nothing else in the file rests on: a delivery of a reply, an attempt of its own, a revocation that no entry in it lists',
  'that the maker left out a sealed body, or an exchange that this one came from',
  'that a gateway and a thief of a key together dated a statement back, where no witness cosigned in between',
  'that what somebody signed is true',
] as const;
