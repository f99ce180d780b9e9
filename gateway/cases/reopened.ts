/** Whether a closed exchange may be opened again: within retention (A.3), while something of what it brought is left. */
import type { Exchange } from '../../domain/exchange.js';
import type { Digest } from '../../domain/ids.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import type { StatementOf } from '../../domain/statement.js';
import type { Gathering } from '../plan.js';
import { isErased, notErased } from './erase.js';

type Envelope = StatementOf<'parley-envelope+json'>;

export async function nothingLeft({ payload }: Envelope, { id }: Exchange, gathering: Gathering): Promise<Refusal | null> {
  if (payload.message !== 'REOPEN' || (await firstLeft(await broughtBy(id, gathering), gathering)) !== undefined) return null;
  return refusal('STEP_NOT_ALLOWED', 'all that it brought is erased: ask anew, in an exchange of its own');
}

/** It rests on one item that is left; and where none is any more, the commit finds that. */
export async function leftStill({ payload }: Envelope, { id }: Exchange, gathering: Gathering): Promise<ReturnType<typeof notErased>[]> {
  if (payload.message !== 'REOPEN') return [];
  const brought = await broughtBy(id, gathering);
  const left = (await firstLeft(brought, gathering)) ?? brought[0];
  return left === undefined ? [] : [notErased(left)];
}

const broughtBy = async (exchange: Exchange['id'], { library }: Gathering): Promise<readonly Digest[]> =>
  (await library.linkedOf('exchange', exchange, 'parley-envelope+json')).flatMap(({ statement }) => statement.payload.items);

async function firstLeft(brought: readonly Digest[], { store }: Gathering): Promise<Digest | undefined> {
  for (const item of brought) if (!(await isErased(item, store))) return item;
  return undefined;
}
