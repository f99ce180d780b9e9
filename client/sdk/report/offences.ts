/** Offences of exchanges, from the asker's own records: the form that names them is sealed, so the log and the gateway know none. */
import { parseUuid } from '../../../domain/ids.js';
import { parseCsv } from '../csv.js';
import { ParleyError } from '../error.js';

const CODE = /^[A-Z][A-Z0-9_]{0,47}$/;

/**
 * @param text CSV of two columns, exchange and offence code; a first line of column names is passed over
 * @throws ParleyError `MALFORMED` with every line that is wrong
 */
export function parseOffences(text: string): ReadonlyMap<string, string> {
  const parsed = parseCsv(text);
  if (!parsed.ok) throw new ParleyError('MALFORMED', `The list of offences is not readable: ${parsed.error}.`, 'Save it as CSV.');
  const offences = new Map<string, string>();
  const wrong: number[] = [];
  for (const [at, { line, cells }] of parsed.value.entries()) {
    const [exchange = '', offence = ''] = cells;
    if (cells.length === 2 && parseUuid(exchange).ok && CODE.test(offence)) offences.set(exchange, offence);
    else if (at > 0 || exchange !== 'exchange') wrong.push(line);
  }
  if (wrong.length > 0)
    throw new ParleyError(
      'MALFORMED',
      `Lines ${wrong.join(', ')} are not "exchange id,OFFENCE_CODE".`,
      'Correct them; nothing was counted.',
    );
  return offences;
}
