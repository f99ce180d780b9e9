/** The word by which a root names the next one. */
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import { kidOf, parseSigningPublicKey, SIGNING_SUITE, type SigningKey } from '../../crypto/signing-key.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { ClientContext } from './context.js';
import { ownEntry } from './directory.js';
import { rootOf } from './entry.js';
import { ParleyError } from './error.js';
import type { RootChange } from './roots.js';
import { headOf, makeStatement } from './statements.js';

/** What is told of a root whose seed may lie elsewhere. */
export type PublicRoot = Pick<SigningKey, 'kid' | 'publicKey'>;

/** Public key and fingerprint in one word: whoever writes down a wrong key, or the fingerprint alone, would hand the root to nobody. */
export const formatRoot = ({ kid, publicKey }: PublicRoot): string => `${encodeBase64url(publicKey)}.${kid}`;

/** @param text as `formatRoot` wrote it @returns error: what is wrong with it */
export function parseRoot(text: string): Result<PublicRoot, string> {
  const [key = '', kid] = text.split('.');
  const bytes = decodeBase64url(key);
  if (!bytes.ok || !parseSigningPublicKey(bytes.value).ok) return no('not a public key');
  const root = { kid: kidOf(SIGNING_SUITE, bytes.value), publicKey: bytes.value };
  return root.kid === kid ? ok(root) : no('not of the fingerprint behind it');
}

/** The old root names this one. @throws ParleyError `ROOT_NOT_HERE`, `ENTRY_MISSING` */
export async function wordFor(context: ClientContext, root: PublicRoot): Promise<RootChange> {
  const { identity } = context;
  const old = rootOf(identity);
  const last = ownEntry(await context.directory(true), identity);
  if (last === null) throw new ParleyError('ENTRY_MISSING', 'There is no entry yet.', 'Publish one: parley entry FACTS.json');
  const named = ({ kid, publicKey }: PublicRoot) => ({ kid, publicKey: encodeBase64url(publicKey) });
  const payload = { authority: identity.authority, old: named(old), root: named(root), after: last.seq };
  return makeStatement('parley-root+json', { ...headOf(context), ...payload }, old);
}
