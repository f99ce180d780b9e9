/** An age v1 header with one stanza: since every length is fixed by the suite, there is one layout, and one spelling of each header. */
import { base64nopad } from '@scure/base';
import { native } from '#native';
import { no, ok, type Result } from '../../domain/result.js';
import { decodeBase64url } from '../base64url.js';
import { ascii, concat, NOTHING } from './bytes.js';
import { AGE_SUITES, MAC_BYTES, WRAPPED_BYTES, type AgeSuite } from './suite.js';

/** A seal taken apart. Nothing in it is proved before the file key has verified `mac`; that it fits a key only the key's owner can tell. */
export interface AgeSeal {
  readonly suite: AgeSuite;
  readonly share: Uint8Array;
  readonly wrapped: Uint8Array;
  readonly mac: Uint8Array;
  /** The bytes under `mac`: from the version line to `---`. */
  readonly signed: Uint8Array;
}

const VERSION_LINE = 'age-encryption.org/v1';
const latin1 = new TextDecoder('latin1');
const base64Length = (bytes: number): number => Math.ceil((bytes * 4) / 3);

/** Length in bytes of every seal of a suite: 1,627 and 168. */
export const ageSealBytes = (suite: AgeSuite): number => {
  const { stanza, shareBytes } = AGE_SUITES[suite];
  const arguments_ = `-> ${stanza} `.length + base64Length(shareBytes);
  return VERSION_LINE.length + arguments_ + base64Length(WRAPPED_BYTES) + '--- '.length + base64Length(MAC_BYTES) + 4;
};

export function encodeAgeSeal(suite: AgeSuite, fileKey: Uint8Array, share: Uint8Array, wrapped: Uint8Array): Uint8Array {
  const stanza = `-> ${AGE_SUITES[suite].stanza} ${base64nopad.encode(share)}\n${base64nopad.encode(wrapped)}\n`;
  const signed = ascii(`${VERSION_LINE}\n${stanza}---`);
  return concat(signed, ascii(` ${base64nopad.encode(ageHeaderMac(fileKey, signed))}\n`));
}

/**
 * Takes a seal apart, strictly: the suite's exact length, one stanza, canonical base64, no trailing byte. Needs no secret, so the gateway
 * refuses what no reader could open; it cannot tell whether the stanza fits the reader's key.
 */
export function parseAgeSeal(suite: AgeSuite, bytes: Uint8Array): Result<AgeSeal, string> {
  const { stanza, shareBytes } = AGE_SUITES[suite];
  if (bytes.length !== ageSealBytes(suite)) return no(`a seal of ${suite} is ${ageSealBytes(suite)} bytes, this is ${bytes.length}`);
  const lines = latin1.decode(bytes).split('\n');
  const [version, argumentLine, wrappedLine, macLine] = lines;
  if (version !== VERSION_LINE) return no(`the first line is not ${VERSION_LINE}`);
  const share = argumentLine?.startsWith(`-> ${stanza} `) ? exactly(shareBytes, argumentLine.slice(stanza.length + 4)) : null;
  if (share === null) return no(`no ${stanza} stanza with a share of ${shareBytes} bytes in canonical base64`);
  const wrapped = exactly(WRAPPED_BYTES, wrappedLine);
  if (wrapped === null) return no(`the stanza's body is not ${WRAPPED_BYTES} bytes in canonical base64`);
  const mac = macLine?.startsWith('--- ') ? exactly(MAC_BYTES, macLine.slice(4)) : null;
  if (mac === null) return no('no MAC line follows the one stanza');
  // with each line at its own length, the whole length leaves one newline and nothing else
  return ok({ suite, share, wrapped, mac, signed: bytes.slice(0, bytes.length - base64Length(MAC_BYTES) - 2) });
}

/** HMAC over the header up to `---`, under a key from the file key alone: who has no file key cannot make or change a header. */
export const ageHeaderMac = (fileKey: Uint8Array, signed: Uint8Array): Uint8Array =>
  native.hmacSha256(native.hkdfSha256(fileKey, NOTHING, ascii('header'), 32), signed);

// null: another length, an alphabet stranger, or spare bits that are not zero (four spellings of one value)
function exactly(length: number, text: string | undefined): Uint8Array | null {
  if (text?.length !== base64Length(length) || /[-_]/.test(text)) return null;
  const decoded = decodeBase64url(text.replaceAll('+', '-').replaceAll('/', '_'));
  return decoded.ok ? decoded.value : null;
}
