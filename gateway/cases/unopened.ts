/** What an addressee says it cannot open: a seal to one of its keys, of an item that it was given in the exchange (rulings 5). */
import type { Exchange } from '../../domain/exchange.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import type { StatementOf } from '../../domain/statement.js';
import type { Gathering } from '../plan.js';

type Envelope = StatementOf<'parley-envelope+json'>;

/** Whether the seal opens is its reader's word; that there is one is not. Of who asked it is no step, and the exchange says so. */
export async function unprovedSeal({ payload }: Envelope, exchange: Exchange, gathering: Gathering): Promise<Refusal | null> {
  const { message, body, from } = payload;
  if (message !== 'UNDECIPHERABLE' || from !== exchange.requested) return null;
  const { library, directory } = gathering;
  const carried = await library.linkedOf('held', body.item, 'parley-envelope+json');
  const isGiven = carried
    .map(({ statement }) => statement.payload)
    .filter((one) => one.exchange === exchange.id && one.to === from)
    .flatMap(({ seals }) => seals)
    .some(({ item, kid, seal }) => item === body.item && seal === body.proof && directory.receivingKeys.get(kid)?.authority === from);
  if (isGiven) return null;
  return refusal(
    'NOT_FOUND',
    `no seal ${body.proof} of item ${body.item} to a key of ${from} in this exchange; name both as the message that brought the item lists them: seals[].item, seals[].seal`,
  );
}
