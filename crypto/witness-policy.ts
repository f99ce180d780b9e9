/**
 * Whose cosignatures a log asks for, and how many make a checkpoint a witnessed one. As a file:
 *
 *     # whoever keeps the log does not keep these
 *     witness NAME VERIFIER-KEY URL
 *     quorum K
 */
import { no, ok, type Result } from '../domain/result.js';
import { encodeBase64url } from './base64url.js';
import { parseVerifierKey, type VerifierKey } from './note-key.js';

export interface PolicyWitness {
  /** the operator's own word for it, told in `/v1/log` */
  readonly name: string;
  readonly key: VerifierKey;
  /** the verifier key as text: what is stored beside its signatures */
  readonly verifierKey: string;
  /** submission prefix, without a slash at its end */
  readonly url: string;
}

export interface WitnessPolicy {
  readonly witnesses: readonly PolicyWitness[];
  /** 1 up to their number */
  readonly quorum: number;
}

/** each is asked for every checkpoint, and its line travels with every proof */
export const WITNESSES_MAX = 32;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,47}$/;
const QUORUM = /^[1-9][0-9]?$/;
const URL_CHARS_MAX = 500;
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** @returns the policy, or every problem at once, each with the number of its line */
export function parseWitnessPolicy(text: string): Result<WitnessPolicy, readonly string[]> {
  const problems: string[] = [];
  const witnesses: PolicyWitness[] = [];
  const quorums: string[] = [];
  let named = 0;
  text.split(/\r?\n/).forEach((raw, i) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return;
    const [word, ...rest] = line.split(/\s+/);
    if (word === 'quorum') {
      quorums.push(rest.join(' '));
      return;
    }
    named += 1;
    if (word === 'witness' && rest.length === 3) {
      const witness = witnessOf(rest as [string, string, string]);
      if (witness.ok) witnesses.push(witness.value);
      else problems.push(...witness.error.map((problem) => `line ${i + 1}: ${problem}`));
    } else problems.push(`line ${i + 1}: expected "witness NAME VERIFIER-KEY URL" or "quorum K"`);
  });
  problems.push(...contradictionsIn(witnesses, named, quorums));
  return problems.length > 0 ? no(problems) : ok({ witnesses, quorum: Number(quorums[0]) });
}

function witnessOf([name, verifierKey, url]: [string, string, string]): Result<PolicyWitness, readonly string[]> {
  const key = parseVerifierKey(verifierKey);
  const problems = [
    ...(NAME.test(name) ? [] : ['a name is up to 48 letters, digits, dots, hyphens']),
    ...(isSafeUrl(url) ? [] : ['the address is https://…, or http:// on loopback, without query']),
  ];
  if (!key.ok) return no([...problems, key.error]);
  if (key.value.algorithm !== 'COSIGNATURE_V1') problems.push('not the key of a witness');
  return problems.length > 0 ? no(problems) : ok({ name, key: key.value, verifierKey, url: url.replace(/\/$/, '') });
}

function isSafeUrl(text: string): boolean {
  if (text.length > URL_CHARS_MAX || !URL.canParse(text)) return false;
  const { protocol, hostname, search, hash, username, password } = new URL(text);
  return (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname))) && `${search}${hash}${username}${password}` === '';
}

/** @param named lines that were to name one, those that are wrong too: mended, they count */
function contradictionsIn(witnesses: readonly PolicyWitness[], named: number, quorums: readonly string[]): string[] {
  const most = Math.min(named, WITNESSES_MAX);
  const distinct = (of: (witness: PolicyWitness) => string): boolean => new Set(witnesses.map(of)).size === witnesses.length;
  return [
    ...(named >= 1 && named <= WITNESSES_MAX ? [] : [`from 1 to ${WITNESSES_MAX} witnesses`]),
    // one key under two names would be counted twice
    ...(distinct(({ name }) => name) && distinct(({ key }) => encodeBase64url(key.publicKey)) ? [] : ['each name and each key once']),
    ...(quorums.length === 1 && QUORUM.test(quorums[0]!) && Number(quorums[0]) <= most
      ? []
      : [`one line "quorum K", from 1 to the number of witnesses`]),
  ];
}
