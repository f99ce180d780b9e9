/** As what an authority receives: as it was said, or as the one type that it has. */
import { parseAuthorityId } from '../../domain/ids.js';
import type { AuthorityType } from '../../domain/vocabulary.js';
import { authorityIn, ParleyError, typesOf, type ParleyClient } from '../sdk/index.js';

/**
 * @param to an authority, or a private party, which has no type
 * @throws ParleyError `NO_SUCH_AUTHORITY`; `TYPE_NOT_SAID` for one of several types, of which none was said
 */
export async function receivingType(client: ParleyClient, to: string, said?: AuthorityType): Promise<AuthorityType | undefined> {
  const code = parseAuthorityId(to);
  if (!code.ok) return said;
  const types = typesOf(authorityIn(await client.directory(), code.value));
  if (said !== undefined) return said;
  if (types.length > 1)
    throw new ParleyError(
      'TYPE_NOT_SAID',
      `${to} is of several types, and may receive as one what it may not as another.`,
      `Say which: ${types.map((type) => `--to-type ${type}`).join(', or ')}`,
    );
  return types[0];
}
