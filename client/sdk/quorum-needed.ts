/** What a quorum alone opens: to deal anew before it is recovered would lose it, since a request counts for the key that is dealt now. */
import type { EntryPayload } from '../../domain/wire/directory.js';
import type { ClientContext } from './context.js';
import type { OfficerRow } from './entry.js';
import { ParleyError } from './error.js';
import { askFor, nameOf, parseKeyring } from './keyring.js';

/**
 * Desk generations that this key store lacks, and that are wrapped to the quorum and to nobody who is an officer.
 *
 * @param officers those of the next entry: whoever leaves, or has other keys, opens none
 * @returns their names. What the gateway shows is not verified: it can hold a dealing up, which it can in any case, and end none
 */
export async function onlyByQuorum(
  context: ClientContext,
  { quorum, desks }: EntryPayload,
  officers: readonly Pick<OfficerRow, 'encryption'>[],
): Promise<readonly string[]> {
  const { identity } = context;
  const held = new Set(identity.desks.map(nameOf));
  const readers = new Set([identity.encryption.kid, ...officers.map(({ encryption }) => encryption.kid)]);
  const names = desks
    .flatMap(({ desk, generation }) => Array.from({ length: generation }, (_, n) => nameOf({ desk, generation: n + 1 })))
    .filter((name) => !held.has(name));
  const needed: string[] = [];
  for (const name of names) {
    const bytes = await askFor(context, name);
    const read = bytes === null ? null : parseKeyring(new TextDecoder().decode(bytes));
    if (!read?.ok || quorum === undefined) continue;
    const { ring } = read.value;
    if (ring.quorum?.kid === quorum.kid && !ring.wrapped.some(({ kid }) => readers.has(kid))) needed.push(name);
  }
  return needed;
}

/** Nothing was dealt and nobody was dismissed. */
export const stillNeeded = (needed: readonly string[]): ParleyError =>
  new ParleyError(
    'QUORUM_NEEDED',
    `The quorum alone opens ${needed.join(', ')}: dealt anew, nobody would.`,
    'Have an officer of the desk recover it first: parley quorum recover. Who must go at once: parley keys revoke KID COMPROMISED ends their keys. To lose it: parley quorum set-up --give-up',
  );
