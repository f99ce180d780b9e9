/** Any number of rows as one statement of one list and one buffer: its text is always the same, so that it is prepared once. */
import type { RawWrite } from './hot-reads.js';
import type { Provider } from './outbox.js';

type Kind = 'integer' | 'bigint' | 'text' | 'bytea';
type Cell = number | string | Uint8Array | null;
/** @param columns what each of a row's cells is, in that order */
export type BulkInsert = (table: string, columns: Readonly<Record<string, Kind>>, rows: readonly (readonly Cell[])[]) => RawWrite;

export function bulkInsert(provider: Provider): BulkInsert {
  return (table, columns, rows) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    /** bytes become their place in the buffer, counted from 1 */
    const placed = (cell: Cell): number | string | null | readonly [number, number] => {
      if (!(cell instanceof Uint8Array)) return cell;
      chunks.push(cell);
      length += cell.length;
      return [length - cell.length + 1, cell.length];
    };
    const list = JSON.stringify(rows.map((row) => row.map(placed)));
    const { from, cell } = LIST[provider];
    const cells = Object.values(columns).map((kind, n) => cell(n, kind));
    const hasBytes = Object.values(columns).includes('bytea');
    return {
      name: `insert-${table}`,
      sql: `INSERT INTO ${table} (${Object.keys(columns).join(', ')}) SELECT ${cells.join(', ')} FROM ${from} AS l`,
      values: hasBytes ? [list, Buffer.concat(chunks, length)] : [list],
    };
  };
}

interface List {
  /** of the first parameter; bytes lie in the second */
  readonly from: string;
  cell(n: number, kind: Kind): string;
}

const LIST: Readonly<Record<Provider, List>> = {
  postgresql: {
    from: 'jsonb_array_elements($1::jsonb)',
    cell: (n, kind) =>
      kind === 'bytea'
        ? `substring($2::bytea, (l.value #>> '{${n},0}')::integer, (l.value #>> '{${n},1}')::integer)`
        : `(l.value ->> ${n})::${kind}`,
  },
  // here `$2` would be a name, and the first one met is the first value
  sqlite: {
    from: 'json_each(?1)',
    cell: (n, kind) => (kind === 'bytea' ? `substr(?2, l.value ->> '$[${n}][0]', l.value ->> '$[${n}][1]')` : `l.value ->> ${n}`),
  },
};
