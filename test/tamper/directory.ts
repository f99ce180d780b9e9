/** Designations, entries, revocations, roots; and keys that their own roots say were not good when the log took in what they signed. */
import { memberName } from '../../client/sdk/evidence/layout.js';
import { textOf, type Genuine } from './genuine.js';
import {
  byMaker,
  edit,
  flipped,
  keysIn,
  payloadOf,
  rename,
  signedBy,
  swap,
  withHeader,
  withPayload,
  withSignature,
  type Row,
} from './row.js';

const LONG_AGO = '2020-01-01T00:00:00Z';
const LATER = '2020-01-02T00:00:00Z';

export function directoryRows(genuine: Genuine): Row[] {
  return [...designationRows(genuine), ...entryRows(genuine), ...revocationRows(genuine), ...rootRows(genuine), ...timeRows(genuine)];
}

const nameOf = (genuine: Genuine, kind: 'designation' | 'entry' | 'revocation', who: string): string =>
  memberName(
    kind,
    keysIn(genuine.members, kind).find((key) => key === who || key.startsWith(`${who}.`) || kind === 'revocation')!,
  );
const otherOf = ({ played }: Genuine): string => played.requested.authority;

function designationRows(genuine: Genuine): Row[] {
  const of = byMaker(genuine);
  const { keys, payload } = genuine;
  const other = otherOf(genuine);
  const name = nameOf(genuine, 'designation', other);
  const own = nameOf(genuine, 'designation', payload.authority);
  return [
    of('designation', 'a byte of its signature', 'DESIGNATION_INVALID', (all) => edit(all, name, withSignature)),
    of('designation', 'the root that it names', 'DESIGNATION_INVALID', (all) =>
      edit(all, name, (text) => withPayload(text, { root: keys.stranger.kid })),
    ),
    of('designation', 'its type', 'DESIGNATION_INVALID', (all) =>
      edit(all, name, (text) => withHeader(text, { typ: 'parley-agreement+json' })),
    ),
    of('designation', 'said anew by a stranger', 'DESIGNATION_INVALID', async (all) =>
      all.set(name, Buffer.from(await signedBy(textOf(all.get(name)!), keys.stranger))),
    ),
    of('designation', 'two exchanged', 'DESIGNATION_INVALID', (all) => swap(all, name, own)),
    of('designation', 'left out', 'ROOT_UNKNOWN', (all) => void all.delete(name)),
    of('operator', 'another one in the manifest', 'OPERATOR_DIFFERS', () => undefined, {
      operator: {
        ...payload.operator,
        root: { kid: keys.stranger.kid, publicKey: Buffer.from(keys.stranger.publicKey).toString('base64url') },
      },
    }),
    of('operator', 'another key under its fingerprint', 'DESIGNATION_INVALID', () => undefined, {
      operator: {
        ...payload.operator,
        root: { ...payload.operator.root, publicKey: Buffer.from(keys.stranger.publicKey).toString('base64url') },
      },
    }),
    of('operator', 'another name', 'DESIGNATION_INVALID', () => undefined, { operator: { ...payload.operator, authority: 'XX-OTHER' } }),
  ];
}

function entryRows(genuine: Genuine): Row[] {
  const of = byMaker(genuine);
  const { keys } = genuine;
  const name = nameOf(genuine, 'entry', otherOf(genuine));
  const compact = textOf(genuine.members.get(name)!);
  const officers = payloadOf(compact)['officers'] as Record<string, unknown>[];
  return [
    of('entry', 'a byte of its signature', 'ENTRY_INVALID', (all) => edit(all, name, withSignature)),
    of('entry', 'until when a key is good', 'ENTRY_INVALID', (all) =>
      edit(all, name, (text) => withPayload(text, { officers: officers.map((one) => ({ ...one, until: '2099-01-01T00:00:00Z' })) })),
    ),
    of('entry', 'a key', 'ENTRY_INVALID', (all) =>
      edit(all, name, (text) =>
        withPayload(text, {
          officers: officers.map((one) => ({
            ...one,
            signing: { kid: keys.stranger.kid, publicKey: Buffer.from(keys.stranger.publicKey).toString('base64url') },
          })),
        }),
      ),
    ),
    of('entry', 'its number', 'ENTRY_INVALID', (all) => edit(all, name, (text) => withPayload(text, { seq: 77 }))),
    of('entry', 'its name here', 'ENTRY_INVALID', (all) => {
      all.set(memberName('entry', `${otherOf(genuine)}.77`), all.get(name)!);
      all.delete(name);
    }),
    of('entry', 'its log', 'ENTRY_INVALID', async (all) =>
      all.set(name, Buffer.from(await signedBy(compact, keys.otherRoot, { aud: 'another.test/log' }))),
    ),
    of('entry', 'not an entry', 'ENTRY_INVALID', (all) => edit(all, name, () => 'a.b.c')),
    of('entry', 'said anew by a stranger’s root', 'ROOT_DIFFERS', async (all) =>
      all.set(
        name,
        Buffer.from(
          await signedBy(compact, keys.stranger, {
            root: { kid: keys.stranger.kid, publicKey: Buffer.from(keys.stranger.publicKey).toString('base64url') },
          }),
        ),
      ),
    ),
    of('entry', 'left out', 'KEY_UNKNOWN', (all) => {
      all.delete(name);
      for (const key of keysIn(all, 'revocation')) all.delete(memberName('revocation', key));
    }),
    of('entry', 'left out, its revocations kept', 'REVOCATION_INVALID', (all) => void all.delete(name)),
    of(
      'entry',
      'the maker’s own left out',
      ['KEY_UNKNOWN', 'MANIFEST_SIGNATURE'],
      (all) => void all.delete(nameOf(genuine, 'entry', genuine.payload.authority)),
    ),
  ];
}

function revocationRows(genuine: Genuine): Row[] {
  const of = byMaker(genuine);
  const { keys } = genuine;
  const key = keysIn(genuine.members, 'revocation')[0]!;
  const name = memberName('revocation', key);
  const renamed = (what: string, change: (text: string) => string | Promise<string>): Row =>
    of('revocation', what, 'REVOCATION_INVALID', async (all) => rename(all, 'revocation', key, await change(textOf(all.get(name)!))));
  return [
    renamed('a byte of its signature', withSignature),
    renamed('when it was', (text) => withPayload(text, { at: LONG_AGO })),
    renamed('which key', (text) => withPayload(text, { kid: keys.maker.kid })),
    renamed('said anew by a stranger', (text) => signedBy(text, keys.stranger)),
    renamed('of an authority that is not here', (text) => signedBy(text, keys.otherRoot, { authority: 'XX-NONE' })),
    renamed('of another log', (text) => signedBy(text, keys.otherRoot, { aud: 'another.test/log' })),
    of('revocation', 'its name here', 'REVOCATION_INVALID', (all) => {
      all.set(memberName('revocation', 'A'.repeat(43)), all.get(name)!);
      all.delete(name);
    }),
    of('revocation', 'not a revocation', 'REVOCATION_INVALID', (all) => edit(all, name, (text) => flipped(text, 3))),
  ];
}

/** The file is whole, and not of whom the verifier thinks. */
function rootRows(genuine: Genuine): Row[] {
  const { trust, keys, payload, bytes } = genuine;
  const make = () => Promise.resolve(bytes);
  const row = (what: string, caught: Row['caught'][number], change: Partial<Row['trust'] & object>): Row => ({
    part: 'what the verifier brings',
    what,
    caught: [caught],
    make,
    trust: { ...trust, ...change },
  });
  return [
    row('another root of the maker', 'ROOT_DIFFERS', { root: keys.stranger.kid }),
    row('another root of the other authority', 'ROOT_DIFFERS', { roots: new Map([[otherOf(genuine), keys.stranger.kid]]) }),
    row('another root of the operator', 'OPERATOR_DIFFERS', { roots: new Map([[payload.operator.authority, keys.stranger.kid]]) }),
    row('another key of the log', 'LOG_DIFFERS', { log: { name: payload.aud, algorithm: 'ED25519', publicKey: keys.stranger.publicKey } }),
    row('another log', 'LOG_DIFFERS', { log: { ...trust.log!, name: 'another.test/log' } }),
    row('a witness that did not cosign', 'CHECKPOINT_UNTRUSTED', {
      witnesses: [{ name: 'witness.test/two', algorithm: 'COSIGNATURE_V1', publicKey: keys.stranger.publicKey }],
    }),
    row('a quorum of two', 'CHECKPOINT_UNTRUSTED', { quorum: 2 }),
  ];
}

/** What an authority's own root says of its keys, against the time that the log gives. */
function timeRows(genuine: Genuine): Row[] {
  const of = byMaker(genuine);
  const { keys, played } = genuine;
  const name = nameOf(genuine, 'entry', otherOf(genuine));
  const compact = textOf(genuine.members.get(name)!);
  const { officers, seq } = payloadOf(compact) as { officers: Record<string, unknown>[]; seq: number };
  const revocation = keysIn(genuine.members, 'revocation')[0]!;
  const { kid } = played.requested.identity.signing;
  const entry = (what: string, caught: Row['caught'][number], change: object): Row =>
    of('key validity', what, caught, async (all) => all.set(name, Buffer.from(await signedBy(compact, keys.otherRoot, change))));
  const stranger = (use: string) => ({ ...(officers[0]![use] as object), kid: 'A'.repeat(43) });
  return [
    entry('ended before log time', 'KEY_NOT_VALID', { officers: officers.map((one) => ({ ...one, from: LONG_AGO, until: LATER })) }),
    entry('began after log time', 'KEY_NOT_VALID', {
      officers: officers.map((one) => ({ ...one, from: '2090-01-01T00:00:00Z', until: '2099-01-01T00:00:00Z' })),
    }),
    of('key validity', 'dropped by the next entry before log time', 'KEY_NOT_VALID', async (all) =>
      all.set(
        memberName('entry', `${otherOf(genuine)}.${seq + 1}`),
        Buffer.from(
          await signedBy(compact, keys.otherRoot, {
            seq: seq + 1,
            at: LONG_AGO,
            officers: officers.map((one) => ({
              ...one,
              signing: stranger('signing'),
              auth: stranger('auth'),
              encryption: stranger('encryption'),
            })),
          }),
        ),
      ),
    ),
    of('key validity', 'revoked before log time', 'KEY_REVOKED', async (all) => {
      const before = textOf(all.get(memberName('revocation', revocation))!);
      rename(all, 'revocation', revocation, await signedBy(before, keys.otherRoot, { kid, at: LONG_AGO, reason: 'COMPROMISED' }));
    }),
    of('key validity', 'of the manifest: revoked before it was made', 'MANIFEST_SIGNATURE', async (all) => {
      const before = textOf(all.get(memberName('revocation', revocation))!);
      const said = { authority: genuine.payload.authority, kid: keys.maker.kid, at: LONG_AGO };
      rename(all, 'revocation', 'none', await signedBy(before, keys.makerRoot, said));
    }),
  ];
}
