/** The same bytes again: the same answer again, before anybody asks whether they, or what came with them, would still be valid. */
import { Failure } from '../../domain/failure.js';
import { ok, type Result } from '../../domain/result.js';
import type { Accepted } from '../answers.js';
import type { ParsedStatement } from '../../crypto/statement.js';
import { isSelfSigned } from '../parsed.js';
import type { Caller } from '../../domain/caller.js';
import type { Workshop } from '../workshop.js';

/**
 * @returns null where these bytes are new to their author, or where they ask to read: then the law is asked again before bytes
 *   leave again (docs/decisions/0008)
 */
export async function findEarlier(
  { store, receipts }: Workshop,
  { digest, typ }: Pick<ParsedStatement, 'digest' | 'typ'>,
  caller: Caller | null,
): Promise<Result<Accepted, never> | null> {
  if (typ === 'parley-access+json') return null;
  const stored = await store.statement(digest);
  if (stored === null || (!isSelfSigned(stored.typ) && caller?.authority !== stored.author)) return null;
  const leaf = await store.leaf(stored.index);
  if (leaf === null) throw new Failure('INVARIANT_BROKEN', `statement ${digest} has no leaf`);
  return ok({ digest, receipt: await receipts.ofLeaf(leaf, store), reading: null });
}
