/** What an opening message belongs to: the parent of a request to several, which its sender alone knows, and earlier exchanges. */
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
  const children = await store.linked('parent', key, COUNTED_MAX);
  return { siblings: children.length, links: [{ kind: 'parent', key }], bumps: [guard], expects: [{ key: guard, version }] };
}

/** A child names its parent and nothing else has one; an earlier exchange is one that both sides know. */
export async function strayRelation(envelope: Envelope, { store }: Gathering): Promise<Refusal | null> {
  const { message, body, exchangeType, from, to } = envelope.payload;
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
