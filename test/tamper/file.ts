/** The file itself: the zip's frame, names, manifest, accompanying texts, bodies, and bytes at random. */
import { EVIDENCE_VERSION } from '../../domain/wire/evidence.js';
import { CENTRAL_BYTES, END_BYTES, LOCAL_BYTES } from '../../client/sdk/evidence/zip-format.js';
import { EVIDENCE_CODES, type EvidenceCode } from '../../client/sdk/evidence/codes.js';
import { MANIFEST, MANIFEST_TEXT, memberName, README, TIMELINE_HTML, TIMELINE_TEXT } from '../../client/sdk/evidence/layout.js';
import { zipSync, unzipSync } from 'fflate';
import type { Payload } from '../../client/sdk/evidence/make.js';
import { bytesOf, repaired, textOf, zipped, type Genuine } from './genuine.js';
import { byMaker, edit, flipByte, flipped, keysIn, withHeader, withPayload, withSignature, type Row } from './row.js';

export function fileRows(genuine: Genuine, randomBytes: number): Row[] {
  return [...zipRows(genuine), ...nameRows(genuine), ...manifestRows(genuine), ...textRows(genuine), ...randomRows(genuine, randomBytes)];
}

/** Nothing is repaired: whoever holds the file and no key. */
const raw = (
  genuine: Genuine,
  part: string,
  what: string,
  caught: EvidenceCode | readonly EvidenceCode[],
  make: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Row => ({
  part,
  what,
  caught: [caught].flat(),
  make: async () => make(genuine.bytes.slice()),
});

function zipRows(genuine: Genuine): Row[] {
  const of = (what: string, caught: EvidenceCode | readonly EvidenceCode[], make: (bytes: Uint8Array) => Uint8Array) =>
    raw(genuine, 'zip', what, caught, make);
  const set = (at: number, value: number) => (bytes: Uint8Array) => {
    bytes[at < 0 ? bytes.length + at : at] = value;
    return bytes;
  };
  const directoryAt = (bytes: Uint8Array): number => new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 6, true);
  const inDirectory = (at: number, value: number) => (bytes: Uint8Array) => set(directoryAt(bytes) + at, value)(bytes);
  return [
    of('not a zip', 'FILE_MALFORMED', () => bytesOf('not evidence')),
    of('empty', 'FILE_MALFORMED', () => new Uint8Array()),
    of('its end cut off', 'FILE_MALFORMED', (bytes) => bytes.slice(0, -1)),
    of('a byte behind it', 'FILE_MALFORMED', (bytes) => Uint8Array.of(...bytes.slice(-END_BYTES - 1), 0)),
    of('more members counted than evidence may have', 'FILE_TOO_LARGE', (bytes) =>
      set(-END_BYTES + 11, 255)(set(-END_BYTES + 10, 255)(bytes)),
    ),
    of('a comment', 'FILE_MALFORMED', set(-2, 1)),
    of('more members counted than there are', 'FILE_MALFORMED', set(-END_BYTES + 10, 255)),
    of('a member compressed, as a bomb would be', 'FILE_MALFORMED', inDirectory(10, 8)),
    of('a member larger than the file', 'FILE_MALFORMED', inDirectory(27, 0x7f)),
    of('another size in the directory', 'FILE_MALFORMED', inDirectory(24, 1)),
    of('another date in the directory', 'FILE_MALFORMED', inDirectory(14, 0x22)),
    of('a checksum in the directory', 'FILE_MALFORMED', inDirectory(16, 1)),
    of('an offset in the directory', 'FILE_MALFORMED', inDirectory(42, 1)),
    of('another method before a member', 'FILE_MALFORMED', set(8, 8)),
    of('a name before a member', 'FILE_MALFORMED', set(LOCAL_BYTES, 0x41)),
    of('packed again by another tool', 'FILE_MALFORMED', (bytes) => zipSync(unzipSync(bytes), { level: 6 })),
    of('bytes between the members', 'FILE_MALFORMED', (bytes) => withGap(bytes, directoryAt(bytes))),
  ];
}

function withGap(bytes: Uint8Array, at: number): Uint8Array {
  const longer = new Uint8Array(bytes.length + 4);
  longer.set(bytes.subarray(0, at));
  longer.set(bytes.subarray(at), at + 4);
  new DataView(longer.buffer).setUint32(longer.length - 6, at + 4, true);
  return longer;
}

function nameRows(genuine: Genuine): Row[] {
  const of = byMaker(genuine);
  const added = (name: string, caught: EvidenceCode = 'MEMBER_NAME'): Row =>
    of('names', `a member ${JSON.stringify(name).slice(0, 40)}`, caught, (all) => void all.set(name, bytesOf('x')));
  return [
    ...[
      '../../etc/passwd',
      '/etc/passwd',
      'C:\\boot.ini',
      'statements/../../x.jws',
      'notes.txt',
      'statements/',
      'leaves/01.data',
      'STATEMENTS/x.jws',
      `a${'b'.repeat(400)}`,
    ].map((name) => added(name)),
    added('bodies/' + 'A'.repeat(43) + '.sealed', 'BODY_DIFFERS'),
    added(memberName('statement', 'A'.repeat(43)), 'STATEMENT_MALFORMED'),
    added(memberName('item', 'A'.repeat(43)), 'STATEMENT_MALFORMED'),
    added(memberName('revocation', 'A'.repeat(43)), 'REVOCATION_INVALID'),
    added(memberName('entry', 'A'.repeat(43)), 'ENTRY_INVALID'),
    added(memberName('designation', 'A'.repeat(43)), 'DESIGNATION_INVALID'),
    added(memberName('root', 'A'.repeat(43)), 'ROOT_CHANGE_INVALID'),
    raw(genuine, 'names', 'one name twice', 'MEMBER_TWICE', (bytes) => twice(bytes)),
  ];
}

/** The second member's name becomes the first's, before it and in the directory, where both have the same length. */
function twice(bytes: Uint8Array): Uint8Array {
  const names = Object.keys(unzipSync(bytes));
  const first = names.find((name, i) => names[i + 1]?.length === name.length)!;
  const second = names[names.indexOf(first) + 1]!;
  const text = Buffer.from(bytes);
  for (let at = text.indexOf(second, 0, 'latin1'); at !== -1; at = text.indexOf(second, at, 'latin1')) {
    const isName = text[at - CENTRAL_BYTES] === 0x50 || text[at - LOCAL_BYTES] === 0x50;
    if (isName) text.write(first, at, 'latin1');
    at += 1;
  }
  return new Uint8Array(text);
}

function manifestRows(genuine: Genuine): Row[] {
  const { keys, members, payload } = genuine;
  const of = byMaker(genuine);
  const withManifest = async (change: (files: Map<string, Uint8Array>) => void): Promise<Uint8Array> => {
    const files = new Map(Object.entries(unzipSync(genuine.bytes)));
    change(files);
    return zipped(files);
  };
  const stranger = (what: string, caught: EvidenceCode | readonly EvidenceCode[], change: (files: Map<string, Uint8Array>) => void) =>
    raw(genuine, 'manifest', what, caught, () => withManifest(change));
  const first = [...members.keys()][0]!;
  const listed = (JSON.parse(textOf(unzipSync(genuine.bytes)[MANIFEST_TEXT]!)) as Payload).members;
  const longer = listed.map((one) => (one.name === first ? { ...one, bytes: one.bytes + 1 } : one));
  return [
    stranger('a byte of its signature', 'MANIFEST_SIGNATURE', (all) => edit(all, MANIFEST, withSignature)),
    stranger('its payload', 'MANIFEST_MALFORMED', (all) => edit(all, MANIFEST, (text) => withPayload(text, { authority: 'XX-OTHER' }))),
    stranger('its type', 'MANIFEST_MALFORMED', (all) => edit(all, MANIFEST, (text) => withHeader(text, { typ: 'parley-release+json' }))),
    stranger('its text alone', 'MANIFEST_MALFORMED', (all) => edit(all, MANIFEST_TEXT, (text) => flipped(text))),
    stranger('left out', 'MEMBER_MISSING', (all) => void all.delete(MANIFEST)),
    stranger('its text left out', 'MEMBER_MISSING', (all) => void all.delete(MANIFEST_TEXT)),
    stranger('a member altered', 'MEMBER_DIGEST', (all) => flipByte(all, first)),
    stranger('a member left out', 'MEMBER_MISSING', (all) => void all.delete(first)),
    stranger('a member added', 'MEMBER_UNLISTED', (all) => void all.set(memberName('statement', 'A'.repeat(43)), bytesOf('x'))),
    raw(genuine, 'manifest', 'signed by a stranger', 'MANIFEST_SIGNATURE', () => repaired(genuine, members, {}, keys.stranger)),
    raw(genuine, 'manifest', 'signed by the other authority’s officer', 'MANIFEST_SIGNATURE', () =>
      repaired(genuine, members, {}, genuine.played.requested.identity.signing),
    ),
    of('manifest', 'another maker', 'ROOT_DIFFERS', () => undefined, { authority: genuine.played.requested.authority }),
    of('manifest', 'another exchange', ['STATEMENT_DIFFERS'], () => undefined, { exchange: '00000000-0000-4000-8000-000000000001' }),
    of('manifest', 'another time of making', 'README_DIFFERS', (all) => edit(all, README, (text) => text.replace('made by', 'made  by'))),
    of('manifest', 'made before its key began', 'MANIFEST_SIGNATURE', () => undefined, { at: '2020-01-01T00:00:00Z' }),
    of('manifest', 'a version to come', 'MANIFEST_MALFORMED', () => undefined, { v: EVIDENCE_VERSION + 1 } as never),
    ...[1, 2, 3].map((v) => of('manifest', `version ${v}, of before`, 'VERSION_OLDER', () => undefined, { v } as never)),
    of('manifest', 'an unknown member of it', 'MANIFEST_MALFORMED', () => undefined, { more: 1 } as never),
    of('manifest', 'a member named twice', 'MANIFEST_MALFORMED', () => undefined, { members: [named(README), named(README)] }),
    of('manifest', 'itself among its members', 'MANIFEST_MALFORMED', () => undefined, { members: [named(MANIFEST)] }),
    of('manifest', 'another length of a member', 'MEMBER_DIGEST', () => undefined, { members: longer }),
    of('manifest', 'a path outside', 'MANIFEST_MALFORMED', () => undefined, { members: [named('../x')] }),
    of('manifest', 'no log key', 'LOG_DIFFERS', () => undefined, { log: `${payload.aud}+00000000+AAAA` }),
  ];
}

const named = (name: string) => ({ name, bytes: 1, digest: 'A'.repeat(43) });

function textRows(genuine: Genuine): Row[] {
  const of = byMaker(genuine);
  const bodies = keysIn(genuine.members, 'body').map((key) => memberName('body', key));
  return [
    of('README', 'a word', 'README_DIFFERS', (all) => edit(all, README, (text) => text.replace('needs no network', 'needs a network'))),
    of('README', 'left out', 'README_DIFFERS', (all) => void all.delete(README)),
    of('timeline', 'a refusal told as allowed', 'TIMELINE_DIFFERS', (all) =>
      edit(all, TIMELINE_TEXT, (text) => text.replace('refused DENY', 'accepted ALLOW')),
    ),
    of('timeline', 'a time', 'TIMELINE_DIFFERS', (all) => edit(all, TIMELINE_HTML, (text) => text.replace(/<td>2\d{3}/, '<td>2001'))),
    of('timeline', 'a script in its page', 'TIMELINE_DIFFERS', (all) =>
      edit(all, TIMELINE_HTML, (text) => text.replace('</body>', '<script></script></body>')),
    ),
    of('timeline', 'left out', 'TIMELINE_DIFFERS', (all) => void all.delete(TIMELINE_TEXT)),
    of('timeline', 'not text', 'TIMELINE_DIFFERS', (all) => void all.set(TIMELINE_TEXT, Uint8Array.of(0xff))),
    of(
      'statements',
      'not text',
      'MEMBER_MALFORMED',
      (all) => void all.set(memberName('statement', keysIn(all, 'statement')[0]!), Uint8Array.of(0xff)),
    ),
    ...bodies.flatMap((name) => [
      of('sealed body', 'a byte', 'BODY_DIFFERS', (all) => flipByte(all, name, 5)),
      of('sealed body', 'shortened', 'BODY_DIFFERS', (all) => void all.set(name, all.get(name)!.slice(0, -1))),
      of('sealed body', 'emptied', 'BODY_DIFFERS', (all) => void all.set(name, new Uint8Array())),
    ]),
    ...(bodies.length > 1
      ? [
          of('sealed body', 'two exchanged', 'BODY_DIFFERS', (all) => {
            const [a, b] = bodies as [string, string];
            const first = all.get(a)!;
            all.set(a, all.get(b)!).set(b, first);
          }),
        ]
      : []),
  ];
}

/** Bytes spread over the whole file, one at a time, by somebody who repairs nothing: any code will do, and intact never. */
function randomRows(genuine: Genuine, count: number): Row[] {
  const any = Object.keys(EVIDENCE_CODES) as EvidenceCode[];
  const { length } = genuine.bytes;
  return Array.from({ length: count }, (_, n) => Math.floor(((n + 0.5) * length) / count)).map((at) =>
    raw(genuine, 'any byte', `byte ${at}`, any, (bytes) => {
      bytes[at]! ^= 0x20;
      return bytes;
    }),
  );
}
