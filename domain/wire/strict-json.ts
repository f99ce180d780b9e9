/**
 * JSON that every parser reads alike. Two parsers that keep different members of a pair of equal names, or round a number
 * differently, would read two statements under one signature; so such bytes are no statement at all.
 */
import { no, ok, type Result } from '../result.js';

/** levels of arrays and objects, the outermost counted */
export const JSON_DEPTH_MAX = 16;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LONE_SURROGATE = /[\ud800-\udfff]/u;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
/** bytes of a string that are looked at one by one: a search costs as much as these to begin */
const STEPS = 64;
const [DOT, PLUS, MINUS, ZERO, NINE, UPPER_E, LOWER_E] = [0x2e, 0x2b, 0x2d, 0x30, 0x39, 0x45, 0x65];

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
  const ahead: Ahead = { quote: -1, backslash: nextOf(BACKSLASH, bytes, 0) };
  const escaped = ahead.backslash !== Infinity;
  const written = scan(bytes, ahead);
  if (written < 0) return no('a number is not a plain integer');
  const read = membersOf(value, escaped, JSON_DEPTH_MAX);
  if (typeof read === 'string') return no(read);
  return read === written ? ok(value) : no('a member name is repeated');
}

/** What was found by searching, at or behind where one stands: none is searched for again before it is passed, so that no byte is looked at twice. */
interface Ahead {
  quote: number;
  backslash: number;
}

function nextOf(byte: number, bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at < 0 ? Infinity : at;
}

/**
 * Counts the colons outside strings. The bytes are known to be JSON, so that each is one written member: where more are
 * written than read, one was dropped as a repetition, however its name was escaped.
 *
 * @returns -1 where a number has a fraction, an exponent or is -0
 */
function scan(bytes: Uint8Array, ahead: Ahead): number {
  let members = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) at = closingQuote(bytes, at, ahead);
    else if (byte === COLON) members++;
    // these stand in numbers only; e stands in true and false as well, but never behind a digit
    else if (byte === DOT || byte === PLUS || byte === UPPER_E) return -1;
    else if (byte === LOWER_E && isDigit(bytes[at - 1]!)) return -1;
    else if (byte === MINUS && bytes[at + 1] === ZERO) return -1;
  }
  return members;
}

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= NINE;

/** Steps through short strings and behind escapes; leaps through long ones, which hold statements and sealed bytes. */
function closingQuote(bytes: Uint8Array, open: number, ahead: Ahead): number {
  let near = open + STEPS;
  let at = open + 1;
  for (let byte = bytes[at]; byte !== QUOTE; byte = bytes[at]) {
    if (byte === BACKSLASH) at += 2;
    else if (at < near) at += 1;
    else {
      at = leap(bytes, at, ahead);
      near = at + STEPS;
    }
  }
  return at;
}

/** @returns the next quote or backslash, of which there is one at or behind `at` */
function leap(bytes: Uint8Array, at: number, ahead: Ahead): number {
  if (ahead.quote < at) ahead.quote = nextOf(QUOTE, bytes, at);
  if (ahead.backslash < at) ahead.backslash = nextOf(BACKSLASH, bytes, at);
  return Math.min(ahead.quote, ahead.backslash);
}

/** @returns how many members all objects in it have, or why it is refused */
function membersOf(value: unknown, escaped: boolean, depth: number): number | string {
  if (typeof value === 'string') return escaped && LONE_SURROGATE.test(value) ? 'a string holds half a surrogate pair' : 0;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 0 : 'a number is not a safe integer';
  if (typeof value !== 'object' || value === null) return 0;
  if (depth === 0) return `nested deeper than ${JSON_DEPTH_MAX}`;
  const names = Array.isArray(value) ? [] : Object.keys(value);
  for (const name of names) if (name === '__proto__' || (escaped && LONE_SURROGATE.test(name))) return 'a member name is not allowed';
  let members = names.length;
  for (const inner of Object.values(value)) {
    const count = membersOf(inner, escaped, depth - 1);
    if (typeof count === 'string') return count;
    members += count;
  }
  return members;
}
