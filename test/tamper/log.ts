/** Checkpoints, cosignatures, consistency, the epoch's leaf, the log's key. */
import { CONSISTENCY, EPOCH_LEAF, EPOCH_PROOF, FIRST, LOG_KEY, memberName, NEWEST } from '../../client/sdk/evidence/layout.js';
import { formatVerifierKey } from '../../crypto/note-key.js';
import { bytesOf, textOf, withNote, type Genuine } from './genuine.js';
import { byMaker, edit, flipped, keysIn, type Row } from './row.js';

const line = (at: number, change: (text: string) => string) => (note: string) =>
  note
    .split('\n')
    .map((text, i) => (i === at ? change(text) : text))
    .join('\n');
/** C2SP: origin, size, root, an empty line, then signatures */
const [ORIGIN, SIZE, ROOT, LOG_SIGNATURE, COSIGNATURE] = [0, 1, 2, 4, 5] as const;

export function logRows(genuine: Genuine): Row[] {
  return [...noteRows(genuine), ...olderRows(genuine), ...epochRows(genuine), ...keyRows(genuine)];
}

function noteRows(genuine: Genuine): Row[] {
  const of = byMaker(genuine);
  const note = textOf(genuine.members.get(NEWEST)!);
  const everywhere = (what: string, change: (note: string) => string): Row =>
    of('newest checkpoint', what, 'CHECKPOINT_UNTRUSTED', () => withNote(genuine.members, change(note)));
  return [
    everywhere(
      'its origin',
      line(ORIGIN, () => 'another.test/log'),
    ),
    everywhere(
      'its size',
      line(SIZE, (size) => String(Number(size) + 1)),
    ),
    everywhere(
      'its root',
      line(ROOT, (root) => flipped(root)),
    ),
    everywhere(
      'the log’s signature',
      line(LOG_SIGNATURE, (text) => flipped(text, text.length - 10)),
    ),
    everywhere('the log’s signature left out', (text) => text.split('\n').toSpliced(LOG_SIGNATURE, 1).join('\n')),
    everywhere(
      'a cosignature’s bytes',
      line(COSIGNATURE, (text) => flipped(text, text.length - 10)),
    ),
    everywhere(
      'a cosignature’s time',
      line(COSIGNATURE, (text) => flipped(text, text.indexOf('test/one ') + 18)),
    ),
    everywhere('the cosignature left out', (text) => text.split('\n').toSpliced(COSIGNATURE, 1).join('\n')),
    everywhere(
      'a line more in its text',
      line(ROOT, (root) => `${root}\nmore`),
    ),
    of('newest checkpoint', 'another note than the proofs hold', 'EPOCH_LEAF', (all) =>
      edit(all, NEWEST, (text) => `${text}— other.test AAAAAAAA\n`),
    ),
    of('newest checkpoint', 'left out', 'MEMBER_MISSING', (all) => void all.delete(NEWEST)),
    of('newest checkpoint', 'an older one in its place', ['CHECKPOINT_UNTRUSTED', 'INCONSISTENT'], () =>
      withNote(genuine.members, textOf(genuine.members.get(FIRST)!)),
    ),
  ];
}

function olderRows(genuine: Genuine): Row[] {
  const of = byMaker(genuine);
  const hashes = textOf(genuine.members.get(CONSISTENCY)!).trim().split('\n');
  const lines = (change: (lines: string[]) => string[]) => (text: string) => `${change(text.trimEnd().split('\n')).join('\n')}\n`;
  return [
    of('first checkpoint', 'its size', 'CHECKPOINT_UNTRUSTED', (all) =>
      edit(
        all,
        FIRST,
        line(SIZE, (size) => String(Number(size) + 1)),
      ),
    ),
    of('first checkpoint', 'its root', 'CHECKPOINT_UNTRUSTED', (all) =>
      edit(
        all,
        FIRST,
        line(ROOT, (root) => flipped(root)),
      ),
    ),
    of('first checkpoint', 'the log’s signature', 'CHECKPOINT_UNTRUSTED', (all) =>
      edit(
        all,
        FIRST,
        line(LOG_SIGNATURE, (text) => flipped(text, text.length - 10)),
      ),
    ),
    of('first checkpoint', 'left out', 'MEMBER_MISSING', (all) => void all.delete(FIRST)),
    of('first checkpoint', 'the newest in its place', 'INCONSISTENT', (all) => void all.set(FIRST, all.get(NEWEST)!)),
    ...hashes.map((_, at) =>
      of('consistency', `its hash ${at}`, 'INCONSISTENT', (all) =>
        edit(
          all,
          CONSISTENCY,
          lines((known) => known.map((hash, i) => (i === at ? flipped(hash) : hash))),
        ),
      ),
    ),
    of('consistency', 'its order', 'INCONSISTENT', (all) =>
      edit(
        all,
        CONSISTENCY,
        lines((known) => known.toReversed()),
      ),
    ),
    of('consistency', 'a hash left out', 'INCONSISTENT', (all) =>
      edit(
        all,
        CONSISTENCY,
        lines((known) => known.slice(1)),
      ),
    ),
    of('consistency', 'a hash more', 'INCONSISTENT', (all) =>
      edit(
        all,
        CONSISTENCY,
        lines((known) => [...known, known[0]!]),
      ),
    ),
    of('consistency', 'no hashes', 'MEMBER_MALFORMED', (all) => edit(all, CONSISTENCY, () => 'none\n')),
    of('consistency', 'left out', 'MEMBER_MISSING', (all) => void all.delete(CONSISTENCY)),
  ];
}

function epochRows(genuine: Genuine): Row[] {
  const of = byMaker(genuine);
  return [
    of('epoch leaf', 'its number', 'EPOCH_LEAF', (all) => edit(all, EPOCH_LEAF, (text) => text.replace(/"n":\d+/, '"n":999'))),
    of('epoch leaf', 'what it covers', 'EPOCH_LEAF', (all) => edit(all, EPOCH_LEAF, (text) => text.replace(/"upTo":\d+/, '"upTo":1'))),
    of('epoch leaf', 'its map', 'EPOCH_LEAF', (all) => edit(all, EPOCH_LEAF, (text) => flipped(text, text.length - 20))),
    of('epoch leaf', 'its path', 'EPOCH_LEAF', (all) => edit(all, EPOCH_PROOF, (text) => line(2, (hash) => flipped(hash))(text))),
    of(
      'epoch leaf',
      'the proof of another leaf',
      'EPOCH_LEAF',
      (all) => void all.set(EPOCH_PROOF, all.get(memberName('proof', keysIn(all, 'proof')[0]!))!),
    ),
    of('epoch leaf', 'left out', 'MEMBER_MISSING', (all) => void all.delete(EPOCH_LEAF)),
    of('epoch leaf', 'its proof left out', 'MEMBER_MISSING', (all) => void all.delete(EPOCH_PROOF)),
  ];
}

function keyRows(genuine: Genuine): Row[] {
  const of = byMaker(genuine);
  const { publicKey } = genuine.trust.log!;
  const name = genuine.payload.aud;
  const other = formatVerifierKey({ name, algorithm: 'ED25519', publicKey: genuine.keys.stranger.publicKey });
  const renamed = formatVerifierKey({ name: 'another.test/log', algorithm: 'ED25519', publicKey });
  const witness = formatVerifierKey({ name, algorithm: 'COSIGNATURE_V1', publicKey });
  const said = (what: string, log: string): Row =>
    of('log key', `${what}, in the manifest too`, 'LOG_DIFFERS', (all) => void all.set(LOG_KEY, bytesOf(`${log}\n`)), { log });
  return [
    of('log key', 'its member', 'LOG_DIFFERS', (all) => void all.set(LOG_KEY, bytesOf(`${other}\n`))),
    of('log key', 'its key id', 'LOG_DIFFERS', (all) => edit(all, LOG_KEY, (text) => text.replace(/\+[0-9a-f]{8}\+/, '+00000000+'))),
    said('another', other),
    said('under another name', renamed),
    said('as a witness’s', witness),
    of('log key', 'the log’s name in the manifest', 'DESIGNATION_INVALID', () => undefined, { aud: 'another.test/log' }),
    of('log key', 'left out', 'MEMBER_MISSING', (all) => void all.delete(LOG_KEY)),
  ];
}
