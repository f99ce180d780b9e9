/** Which kind of statement a text claims to be: enough to choose a door, nothing to be trusted. */
import { decodeBase64url } from '../../crypto/base64url.js';

const ascii = new TextDecoder();

/** @returns null where no type can be read */
export function typOf(compact: string): string | null {
  const header = decodeBase64url(compact.slice(0, Math.max(0, compact.indexOf('.'))));
  return header.ok ? (/"typ":"([a-z+-]{1,64})"/.exec(ascii.decode(header.value))?.[1] ?? null) : null;
}
