/**
 * JSON that every parser reads alike. Two parsers that keep different members of a pair of equal names, or round a number
 * differently, would read two statements under one signature; so such bytes are no statement at all.
 */
import { no, ok, type Result } from '../result.js';

/** levels of arrays and objects, the outermost counted */
export const JSON_DEPTH_MAX = 16;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LONE_SURROGATE = /[\ud800-\udfff]/u;
// outside strings these characters stand in numbers only; `e` stands in true and false as well, but never behind a digit
const NOT_PLAIN_INTEGER = /[.E+]|\de|-0/;

/**
 * Refuses what two parsers could read differently: invalid UTF-8, a byte-order mark, a repeated member name, a number that
 * is not written as a plain safe integer, half of a surrogate pair, `__proto__`, and nesting deeper than `JSON_DEPTH_MAX`.
 *
 * @param bytes of any length: the caller bounds it before
 */
export function parseJsonStrict(bytes: Uint8Array): Result<unknown, string> {
  let text: string;
  let value: unknown;
  try {
    text = decoder.decode(bytes);
    value = JSON.parse(text);
  } catch {
    // JSON.parse refuses a byte-order mark too
    return no('not UTF-8 JSON');
  }
  const written = scan(text);
  if (!written.ok) return written;
  const read = membersOf(value, text.includes('\\'), JSON_DEPTH_MAX);
  if (!read.ok) return read;
  return read.value === written.value ? ok(value) : no('a member name is repeated');
}

/**
 * Walks the text between its strings. The text is known to be JSON, so that a colon outside a string is one written member:
 * where more are written than read, one was dropped as a repetition, however its name was escaped.
 */
function scan(text: string): Result<number, string> {
  let members = 0;
  for (let at = 0; at < text.length;) {
    const quote = text.indexOf('"', at);
    const end = quote < 0 ? text.length : quote;
    if (end - at > 1 || text.charCodeAt(at) === COLON) {
      const between = text.slice(at, end);
      if (between.includes(':')) members++;
      if (NOT_PLAIN_INTEGER.test(between)) return no('a number is not a plain integer');
    }
    at = quote < 0 ? end : endOfString(text, quote);
  }
  return ok(members);
}

const COLON = 0x3a;

/** @returns the index behind the closing quote of the string that opens at `open` */
function endOfString(text: string, open: number): number {
  for (let close = text.indexOf('"', open + 1); ; close = text.indexOf('"', close + 1)) {
    let slashes = 0;
    while (text[close - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return close + 1;
  }
}

function membersOf(value: unknown, escaped: boolean, depth: number): Result<number, string> {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? ok(0) : no('a number is not a safe integer');
  if (typeof value === 'string') return escaped && LONE_SURROGATE.test(value) ? no('a string holds half a surrogate pair') : ok(0);
  if (typeof value !== 'object' || value === null) return ok(0);
  if (depth === 0) return no(`nested deeper than ${JSON_DEPTH_MAX}`);
  let members = 0;
  if (Array.isArray(value)) {
    for (const element of value) {
      const inner = membersOf(element, escaped, depth - 1);
      if (!inner.ok) return inner;
      members += inner.value;
    }
    return ok(members);
  }
  for (const [name, member] of Object.entries(value)) {
    if (name === '__proto__' || (escaped && LONE_SURROGATE.test(name))) return no('a member name is not allowed');
    const inner = membersOf(member, escaped, depth - 1);
    if (!inner.ok) return inner;
    members += 1 + inner.value;
  }
  return ok(members);
}
