/** Whether a closed exchange may be opened again: within retention (A.3), while something of what it brought is left. */
import type { Exchange } from '../../domain/exchange.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import type { StatementOf } from '../../domain/statement.js';
import type { Gathering } from '../plan.js';
import { isErased } from './erase.js';

export async function nothingLeft(
  { payload }: StatementOf<'parley-envelope+json'>,
  { id }: Exchange,
  { library, store }: Gathering,
): Promise<Refusal | null> {
  if (payload.message !== 'REOPEN') return null;
  const carried = await library.linkedOf('exchange', id, 'parley-envelope+json');
  for (const item of carried.flatMap(({ statement }) => statement.payload.items)) if (!(await isErased(item, store))) return null;
  return refusal('STEP_NOT_ALLOWED', 'all that it brought is erased: ask anew, in an exchange of its own');
}
