/** What an opening message belongs to: the parent of a request to several, which its sender alone knows, and earlier exchanges. */
import type { AuthorityId } from '../../domain/ids.js';
import { actorOf } from '../../domain/exchange.js';
import type { Link } from '../../domain/ports.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import type { StatementOf } from '../../domain/statement.js';
import type { Gathering } from '../plan.js';
import { readExchange } from './exchanges.js';

type Envelope = StatementOf<'parley-envelope+json'>;

interface Family {
  /** children of the same parent that went before */
  readonly siblings: number;
  readonly links: readonly Link[];
  /** two children at once are counted one after the other */
  readonly bumps: readonly string[];
  readonly expects: readonly { readonly key: string; readonly version: number }[];
}

const NONE: Family = { siblings: 0, links: [], bumps: [], expects: [] };

/** more than this are as bad as this */
const COUNTED_MAX = 64;

const parentOf = ({ payload }: Envelope): string | undefined => (payload.message === 'SUBMIT' ? payload.body.parent : undefined);

export async function familyOf(envelope: Envelope, { store }: Gathering): Promise<Family> {
  const parent = parentOf(envelope);
  if (parent === undefined) return NONE;
  const key = `${envelope.payload.from} ${parent}`;
  const guard = `parent:${key}`;
  const version = await store.version(guard);
  const children = await store.titles('parent', key, COUNTED_MAX);
  return { siblings: children.length, links: [{ kind: 'parent', key }], bumps: [guard], expects: [{ key: guard, version }] };
}

/**
 * A child names its parent and nothing else has one; an earlier exchange is one that both sides know; what came of an exchange was
 * asked by whoever says so, or by another authority of its territory: the formal request of a unit goes through a central authority.
 */
export async function strayRelation(envelope: Envelope, gathering: Gathering): Promise<Refusal | null> {
  const { store } = gathering;
  const { message, body, exchangeType, from, to } = envelope.payload;
  if (message === 'MATURE' || message === 'PROMOTE_TO_FORMAL') {
    const came = await readExchange(body.request, store);
    const isOne = message === 'MATURE' ? came?.type !== 'SPONTANEOUS_DISCLOSURE' : came?.type === 'FORMAL_MLA_REQUEST';
    if (came !== null && isOne && isOfOneTerritory(came.requesting, from, gathering)) return null;
    return refusal(
      'NOT_FOUND',
      `no ${message === 'MATURE' ? 'request' : 'FORMAL_MLA_REQUEST'} ${body.request} from the territory of ${from}`,
    );
  }
  if (message !== 'SUBMIT') return null;
  if ((exchangeType === 'MULTI_FIU_REQUEST') !== (body.parent !== undefined))
    return refusal('MALFORMED', 'body.parent: of a MULTI_FIU_REQUEST, and of no other');
  for (const id of body.relatesTo ?? []) {
    const exchange = await readExchange(id, store);
    if (exchange === null || actorOf(exchange, from) === null || actorOf(exchange, to) === null)
      return refusal('NOT_FOUND', `no exchange ${id} of these two`);
  }
  return null;
}

function isOfOneTerritory(one: AuthorityId, other: AuthorityId, { directory }: Gathering): boolean {
  const [here, there] = [one, other].map((id) => directory.authorities.get(id)?.entry?.territory);
  return here !== undefined && here === there;
}
