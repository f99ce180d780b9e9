/** Every leaf: its receipt, the maker's view of it, its data, its proof; exchanged with another's; left out. */
import { memberName, NEWEST } from '../../client/sdk/evidence/layout.js';
import type { Receipt } from '../../domain/receipt.js';
import { bytesOf, textOf, type Genuine } from './genuine.js';
import { byMaker, edit, flipByte, flipped, keysIn, spread, swap, withHeader, withPayload, withSignature, type Row } from './row.js';

type Json = Record<string, unknown>;
const json = (change: (value: Json) => Json) => (text: string) => `${JSON.stringify(change(JSON.parse(text) as Json))}\n`;

/** @param leaves how many of them, spread over the exchange */
export function leafRows(genuine: Genuine, leaves: number): Row[] {
  const known = keysIn(genuine.members, 'receipt').toSorted((a, b) => Number(a) - Number(b));
  const indexes = spread(known, leaves);
  return [
    ...indexes.flatMap((index) => [...receiptRows(genuine, index), ...viewRows(genuine, index), ...proofRows(genuine, index)]),
    ...swapRows(genuine, known),
  ];
}

function receiptRows(genuine: Genuine, index: string): Row[] {
  const of = byMaker(genuine);
  const name = memberName('receipt', index);
  const part = `receipt #${index}`;
  const receipt = JSON.parse(textOf(genuine.members.get(name)!)) as Receipt;
  const body = (from: RegExp, to: string) => json((value) => ({ ...value, body: String(value['body']).replace(from, to) }));
  const otherDigest = (member: string) =>
    json((value) => {
      const text = String(value['body']);
      return { ...value, body: flipped(text, text.indexOf(`"${member}":"`) + member.length + 4) };
    });
  const batch = (change: (text: string) => string) => json((value) => ({ ...value, batch: change(String(value['batch'])) }));
  return [
    of(part, 'its time', 'RECEIPT_INVALID', (all) => edit(all, name, body(/"at":"2\d{3}/, '"at":"2001'))),
    of(part, 'its place', 'RECEIPT_INVALID', (all) => edit(all, name, body(/"index":\d+/, '"index":999999'))),
    of(part, 'its outcome', 'RECEIPT_INVALID', (all) => edit(all, name, body(/"outcome":"(?:ALLOW|DENY|DONE)"/, '"outcome":"NONE"'))),
    of(part, 'its stage', 'RECEIPT_INVALID', (all) => edit(all, name, body(/"stage":"[a-z]+"/, '"stage":"expired"'))),
    of(part, 'its version', 'RECEIPT_INVALID', (all) => edit(all, name, body(/"version":\d+/, '"version":77'))),
    of(part, 'its statement', 'RECEIPT_INVALID', (all) => edit(all, name, otherDigest('statement'))),
    of(part, 'its leaf', 'RECEIPT_INVALID', (all) => edit(all, name, otherDigest('leaf'))),
    of(part, 'its place in the batch', 'RECEIPT_INVALID', (all) =>
      edit(
        all,
        name,
        json((value) => ({ ...value, position: receipt.position + 1 })),
      ),
    ),
    of(part, 'its path in the batch', 'RECEIPT_INVALID', (all) =>
      edit(
        all,
        name,
        json((value) => ({ ...value, path: [...receipt.path, 'A'.repeat(43)] })),
      ),
    ),
    of(part, 'a byte of the batch’s signature', 'RECEIPT_INVALID', (all) => edit(all, name, batch(withSignature))),
    of(part, 'the batch’s payload', 'RECEIPT_INVALID', (all) =>
      edit(
        all,
        name,
        batch((text) => withPayload(text, { size: 9 })),
      ),
    ),
    of(part, 'the batch’s type', 'RECEIPT_INVALID', (all) =>
      edit(
        all,
        name,
        batch((text) => withHeader(text, { typ: 'parley-release+json' })),
      ),
    ),
    of(part, 'its spelling', 'MEMBER_MALFORMED', (all) => edit(all, name, (text) => ` ${text}`)),
    of(part, 'left out', 'MEMBER_MISSING', (all) => void all.delete(name)),
  ];
}

function viewRows(genuine: Genuine, index: string): Row[] {
  const of = byMaker(genuine);
  const name = memberName('view', index);
  const data = memberName('data', index);
  const part = `own view #${index}`;
  const event = (from: RegExp, to: string) => json((value) => ({ ...value, event: String(value['event']).replace(from, to) }));
  return [
    of(part, 'its salt', 'VIEW_DIFFERS', (all) =>
      edit(
        all,
        name,
        json((value) => ({ ...value, salt: flipped(String(value['salt'])) })),
      ),
    ),
    of(part, 'what was done', 'VIEW_DIFFERS', (all) => edit(all, name, event(/"action":"[A-Z_]+"/, '"action":"DELETE"'))),
    of(part, 'who did it', 'VIEW_DIFFERS', (all) =>
      edit(all, name, event(/"actor":\{"authority":"[^"]+"/, '"actor":{"authority":"XX-NONE"')),
    ),
    of(part, 'when', 'VIEW_DIFFERS', (all) => edit(all, name, event(/"at":"2\d{3}/, '"at":"2001'))),
    of(part, 'its codes', 'VIEW_DIFFERS', (all) => edit(all, name, event(/"codes":\[[^\]]*\]/, '"codes":["X"]'))),
    of(part, 'a view of nobody beside it', 'VIEW_DIFFERS', (all) =>
      edit(
        all,
        name,
        json((value) => ({ ...value, others: [...(value['others'] as string[]), 'A'.repeat(43)] })),
      ),
    ),
    of(part, 'left out', 'MEMBER_MISSING', (all) => void all.delete(name)),
    of(`leaf #${index}`, 'a byte of its data', 'RECEIPT_DIFFERS', (all) => flipByte(all, data)),
    of(`leaf #${index}`, 'its data left out', 'MEMBER_MISSING', (all) => void all.delete(data)),
  ];
}

function proofRows(genuine: Genuine, index: string): Row[] {
  const of = byMaker(genuine);
  const name = memberName('proof', index);
  const part = `proof #${index}`;
  const path = (change: (lines: string[]) => string[]) => (text: string) => {
    const [head = '', ...rest] = text.split('\n\n');
    const [format = '', place = '', ...lines] = head.split('\n');
    return [[format, place, ...change(lines)].join('\n'), ...rest].join('\n\n');
  };
  const lines = textOf(genuine.members.get(name)!).split('\n\n')[0]!.split('\n').slice(2);
  return [
    of(part, 'its place', 'NOT_INCLUDED', (all) => edit(all, name, (text) => text.replace(/^index \d+$/m, 'index 1'))),
    ...lines.map((_, at) =>
      of(part, `hash ${at} of its path`, 'NOT_INCLUDED', (all) =>
        edit(
          all,
          name,
          path((all) => all.map((line, i) => (i === at ? flipped(line) : line))),
        ),
      ),
    ),
    of(part, 'the order of its path', 'NOT_INCLUDED', (all) =>
      edit(
        all,
        name,
        path((all) => all.toReversed()),
      ),
    ),
    of(part, 'the last hash of its path left out', 'NOT_INCLUDED', (all) =>
      edit(
        all,
        name,
        path((all) => all.slice(0, -1)),
      ),
    ),
    of(part, 'a hash more in its path', 'NOT_INCLUDED', (all) =>
      edit(
        all,
        name,
        path((all) => [...all, all[0]!]),
      ),
    ),
    of(part, 'an extra line', 'NOT_INCLUDED', (all) => edit(all, name, (text) => text.replace('\nindex', '\nextra AAAA\nindex'))),
    of(part, 'its checkpoint', 'NOT_INCLUDED', (all) => edit(all, name, (text) => text.replace(/\n(\d+)\n/, '\n9$1\n'))),
    of(part, 'left out', 'MEMBER_MISSING', (all) => void all.delete(name)),
  ];
}

/** a place where no leaf of the exchange lies: designations are the first in every log */
const FREE = '1';

function swapRows(genuine: Genuine, [first = '', second = '', ...rest]: readonly string[]): Row[] {
  const of = byMaker(genuine);
  const kinds = ['receipt', 'view', 'data', 'proof'] as const;
  const caught = { receipt: 'RECEIPT_DIFFERS', view: 'VIEW_DIFFERS', data: 'RECEIPT_DIFFERS', proof: 'NOT_INCLUDED' } as const;
  const all = (members: Map<string, Uint8Array>, from: string, to: string): void => {
    for (const kind of kinds) {
      members.set(memberName(kind, to), members.get(memberName(kind, from))!);
      members.delete(memberName(kind, from));
    }
  };
  return [
    ...kinds.map((kind) =>
      of(`${kind}s`, `those of #${first} and #${second} exchanged`, caught[kind], (members) =>
        swap(members, memberName(kind, first), memberName(kind, second)),
      ),
    ),
    of('leaves', 'two exchanged whole', 'RECEIPT_DIFFERS', (members) => {
      for (const kind of kinds) swap(members, memberName(kind, first), memberName(kind, second));
    }),
    of('leaves', 'one moved to another place', 'RECEIPT_DIFFERS', (members) => all(members, rest[0]!, FREE)),
    of('leaves', 'one told twice', 'RECEIPT_DIFFERS', (members) => {
      for (const kind of kinds) members.set(memberName(kind, FREE), members.get(memberName(kind, first))!);
    }),
    of(
      'leaves',
      'a proof without a leaf',
      'MEMBER_MISSING',
      (members) => void members.set(memberName('proof', FREE), bytesOf(textOf(members.get(NEWEST)!))),
    ),
    of('leaves', 'the opening’s left out whole', ['RECEIPT_MISSING'], (members) => {
      for (const kind of kinds) members.delete(memberName(kind, first));
    }),
    // its delivery started the clocks, and so moved the exchange
    of('leaves', 'the opening’s delivery left out whole', ['ORDER_BROKEN'], (members) => {
      for (const kind of kinds) members.delete(memberName(kind, second));
    }),
  ];
}
