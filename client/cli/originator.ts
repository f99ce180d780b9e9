/** Who may say something of an item later. The gateway tells nobody else that there is one: this client says it from what it holds itself. */
import type { AuthorityId, Digest } from '../../domain/ids.js';
import { ParleyError, PolicyRefusal, type Holding, type ParleyClient, type Violation } from '../sdk/index.js';

/**
 * Asked of the gateway in any case: whoever its issuer made an originator since it was opened here may say it too.
 *
 * @param act is given what is held of the item; null: it was never opened or sent here
 * @throws PolicyRefusal `NOT_ORIGINATOR` where the gateway knows no such item of this authority's own
 */
export async function asOriginator<T>(client: ParleyClient, item: Digest, act: (held: Holding | null) => Promise<T>): Promise<T> {
  const held = await heldOf(client, item);
  return act(held).catch((error: unknown) => {
    if (!(error instanceof PolicyRefusal) || error.code !== 'NOT_FOUND') throw error;
    const violation = notOriginator(item, client.authority, held?.label.originators);
    throw new PolicyRefusal(error.code, error.what, error.status, [violation], error.receipt);
  });
}

const heldOf = (client: ParleyClient, item: Digest): Promise<Holding | null> =>
  client.holding(item).catch((error: unknown) => {
    if (error instanceof ParleyError && error.code === 'NOT_HELD') return null;
    throw error;
  });

const notOriginator = (item: Digest, authority: AuthorityId, originators: readonly AuthorityId[] = []): Violation => ({
  code: 'NOT_ORIGINATOR',
  rule: 'client/originator',
  source: 'rulings 2: caveats have owners; decision 0007',
  sentence:
    originators.length === 0
      ? `Only an originator of ${item} may say that of it, and nothing here says that ${authority} is one.`
      : `${authority} is not an originator of ${item}; only ${originators.join(', ')} may say that of it.`,
  offenders: [item],
  remedy: { action: 'ask-originator', originators },
});
