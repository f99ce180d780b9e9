/** Designations, entries, revocations; and a verifier who brings other roots and keys. */
import type { EvidenceCode } from '../../client/sdk/evidence/codes.js';
import { memberName } from '../../client/sdk/evidence/layout.js';
import type { EvidenceTrust } from '../../client/sdk/evidence/verify.js';
import { encodeBase64url } from '../../crypto/base64url.js';
import type { SigningKey } from '../../crypto/signing-key.js';
import { textOf, type Genuine } from './genuine.js';
import { byMaker, edit, flipped, keysIn, payloadOf, rename, signedBy, withHeader, withPayload, withSignature, type Row } from './row.js';

const LONG_AGO = '2020-01-01T00:00:00Z';
export const ANOTHER_LOG = { aud: 'another.test/log' };

export function directoryRows(genuine: Genuine): Row[] {
  const found = namesIn(genuine);
  return [...designationRows(genuine, found), ...entryRows(genuine, found), ...revocationRows(genuine, found), ...rootRows(genuine)];
}

export interface Names {
  /** digests, by which the members are called */
  readonly designation: string;
  readonly ownDesignation: string;
  readonly entry: string;
  readonly ownEntry: string;
  readonly revocation: string;
}

/** Those of the other party, and the maker's own. */
export function namesIn({ members, payload, played }: Genuine): Names {
  const of = (kind: 'designation' | 'entry' | 'revocation', authority: string): string =>
    keysIn(members, kind).find((key) => payloadOf(textOf(members.get(memberName(kind, key))!))['authority'] === authority)!;
  const other = played.requested.authority;
  return {
    designation: of('designation', other),
    ownDesignation: of('designation', payload.authority),
    entry: of('entry', other),
    ownEntry: of('entry', payload.authority),
    revocation: of('revocation', other),
  };
}

type Change = (text: string) => string | Promise<string>;

/** Altered and called as its bytes ask; under its old name; left as it is and called otherwise. */
function namedRows(genuine: Genuine, kind: 'designation' | 'entry' | 'revocation', key: string, code: EvidenceCode) {
  const of = byMaker(genuine);
  const name = memberName(kind, key);
  const renamed = (what: string, change: Change, caught: EvidenceCode = code): Row =>
    of(kind, what, caught, async (all) => rename(all, kind, key, await change(textOf(all.get(name)!))));
  const rows = [
    renamed('a byte of its signature', withSignature),
    renamed('its type', (text) => withHeader(text, { typ: 'parley-agreement+json' })),
    renamed('its id', (text) => withPayload(text, { id: '00000000-0000-4000-8000-000000000001' })),
    renamed('not a statement', (text) => flipped(text, 3)),
    of(kind, 'a byte, under its old name', code, (all) => edit(all, name, withSignature)),
    of(kind, 'called otherwise', code, (all) => {
      all.set(memberName(kind, 'A'.repeat(43)), all.get(name)!);
      all.delete(name);
    }),
  ];
  return { rows, renamed };
}

export const rootOf = (key: SigningKey) => ({ kid: key.kid, publicKey: encodeBase64url(key.publicKey) });

function designationRows(genuine: Genuine, { designation, ownDesignation }: Names): Row[] {
  const of = byMaker(genuine);
  const { keys, payload } = genuine;
  const { rows, renamed } = namedRows(genuine, 'designation', designation, 'DESIGNATION_INVALID');
  const operator = (change: object) => ({ operator: { ...payload.operator, ...change } });
  return [
    ...rows,
    renamed('the root that it names', (text) => withPayload(text, { root: keys.stranger.kid })),
    renamed('said anew by a stranger', (text) => signedBy(text, keys.stranger)),
    renamed('of another log', (text) => signedBy(text, keys.operator, ANOTHER_LOG)),
    of('designation', 'a second one of an authority', 'DESIGNATION_INVALID', async (all) => {
      const text = textOf(all.get(memberName('designation', ownDesignation))!);
      rename(all, 'designation', 'none', await signedBy(text, keys.operator, { root: keys.stranger.kid }));
    }),
    of('designation', 'left out', 'ROOT_UNKNOWN', (all) => void all.delete(memberName('designation', designation))),
    of('operator', 'another one in the manifest', 'OPERATOR_DIFFERS', () => undefined, operator({ root: rootOf(keys.stranger) })),
    of(
      'operator',
      'another key under its fingerprint',
      'DESIGNATION_INVALID',
      () => undefined,
      operator({ root: { ...rootOf(keys.stranger), kid: keys.operator.kid } }),
    ),
    of('operator', 'another name', 'DESIGNATION_INVALID', () => undefined, operator({ authority: 'XX-OTHER' })),
  ];
}

function entryRows(genuine: Genuine, { entry, ownEntry, revocation }: Names): Row[] {
  const of = byMaker(genuine);
  const { keys, members } = genuine;
  const name = memberName('entry', entry);
  const officers = officersIn(textOf(members.get(name)!));
  const { rows, renamed } = namedRows(genuine, 'entry', entry, 'ENTRY_INVALID');
  return [
    ...rows,
    renamed('until when a key is good', (text) =>
      withPayload(text, { officers: officers.map((one) => ({ ...one, until: '2099-01-01T00:00:00Z' })) }),
    ),
    renamed('a key', (text) => withPayload(text, { officers: officers.map((one) => ({ ...one, signing: rootOf(keys.stranger) })) })),
    renamed('its number', (text) => withPayload(text, { seq: 77 })),
    renamed('of another log', (text) => signedBy(text, keys.otherRoot, ANOTHER_LOG)),
    renamed('said anew by a stranger’s root', (text) => signedBy(text, keys.stranger, { root: rootOf(keys.stranger) }), 'ROOT_DIFFERS'),
    of('entry', 'left out', 'KEY_UNKNOWN', (all) => {
      all.delete(name);
      all.delete(memberName('revocation', revocation));
    }),
    of('entry', 'left out, its revocation kept', 'REVOCATION_INVALID', (all) => void all.delete(name)),
    of('entry', 'the maker’s own left out', ['KEY_UNKNOWN', 'MANIFEST_SIGNATURE'], (all) => void all.delete(memberName('entry', ownEntry))),
  ];
}

export const officersIn = (compact: string): Record<string, unknown>[] => payloadOf(compact)['officers'] as Record<string, unknown>[];

function revocationRows(genuine: Genuine, { revocation }: Names): Row[] {
  const { keys } = genuine;
  const of = byMaker(genuine);
  const name = memberName('revocation', revocation);
  const { rows, renamed } = namedRows(genuine, 'revocation', revocation, 'REVOCATION_INVALID');
  return [
    ...rows,
    renamed('when it was', (text) => withPayload(text, { at: LONG_AGO })),
    renamed('which key', (text) => withPayload(text, { kid: keys.maker.kid })),
    renamed('said anew by a stranger', (text) => signedBy(text, keys.stranger)),
    renamed('said anew by the maker’s root', (text) => signedBy(text, keys.makerRoot)),
    of('revocation', 'one more, of an authority that is not here', 'REVOCATION_INVALID', async (all) =>
      rename(all, 'revocation', 'none', await signedBy(textOf(all.get(name)!), keys.otherRoot, { authority: 'XX-NONE' })),
    ),
    of('revocation', 'left out, and an entry lists it', 'REVOCATION_MISSING', (all) => void all.delete(name)),
    renamed('of another log', (text) => signedBy(text, keys.otherRoot, ANOTHER_LOG)),
  ];
}

/** The file is whole, and not of whom the verifier thinks. */
function rootRows({ trust, keys, payload, bytes, played }: Genuine): Row[] {
  const make = () => Promise.resolve(bytes);
  const row = (what: string, caught: EvidenceCode, change: Partial<EvidenceTrust>): Row => ({
    part: 'what the verifier brings',
    what,
    caught: [caught],
    make,
    trust: { ...trust, ...change },
  });
  const witness = { name: 'witness.test/two', algorithm: 'COSIGNATURE_V1', publicKey: keys.stranger.publicKey } as const;
  return [
    row('another root of the maker', 'ROOT_DIFFERS', { root: keys.stranger.kid }),
    row('another root of the other authority', 'ROOT_DIFFERS', { roots: new Map([[played.requested.authority, [keys.stranger.kid]]]) }),
    row('another root of the operator', 'OPERATOR_DIFFERS', { roots: new Map([[payload.operator.authority, [keys.stranger.kid]]]) }),
    row('another key of the log', 'LOG_DIFFERS', { log: { name: payload.aud, algorithm: 'ED25519', publicKey: keys.stranger.publicKey } }),
    row('another log', 'LOG_DIFFERS', { log: { ...trust.log!, name: 'another.test/log' } }),
    row('a witness that did not cosign', 'CHECKPOINT_UNTRUSTED', { witnesses: [witness] }),
    row('a quorum of two', 'CHECKPOINT_UNTRUSTED', { quorum: 2 }),
  ];
}
