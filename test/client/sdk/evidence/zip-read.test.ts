/** The frame of a file of evidence: whatever its maker did not write as we write it is refused before anything in it is believed. */
import { describe, expect, it } from 'vitest';
import { crc32, centralHeader, descriptor, endRecord, localHeader, ZIP_BYTES_MAX } from '../../../../client/sdk/evidence/zip-format.js';
import { readMember, readZip, type ReadAt } from '../../../../client/sdk/evidence/zip-read.js';
import { writeZip } from '../../../../client/sdk/evidence/zip-write.js';
import { EVIDENCE_MEMBERS_MAX, MEMBER_NAME_CHARS_MAX } from '../../../../domain/wire/evidence.js';

interface Laid {
  readonly name: string;
  readonly text: string;
  /** bytes that stand before it, and that nothing names */
  readonly gap?: string;
  /** where the directory says that it lies; absent: where it does */
  readonly said?: number;
  /** how long the directory says that it is; absent: as it is */
  readonly size?: number;
}
const of = (name: string, text = `of ${name}`): Laid => ({ name, text });
const utf8 = new TextEncoder();

/** A zip of these members, with what stands around them as we write it. */
function zipOf(laid: readonly Laid[], { tail = '', count = laid.length, more = '' } = {}): Uint8Array {
  const bytes: number[] = [];
  const directory: number[] = [];
  for (const { name, text, gap = '', said, size } of laid) {
    bytes.push(...utf8.encode(gap));
    const content = utf8.encode(text);
    const member = { name, size: size ?? content.length, crc: crc32(content), offset: said ?? bytes.length };
    bytes.push(...localHeader(name), ...content, ...descriptor(member));
    directory.push(...centralHeader(member));
  }
  bytes.push(...utf8.encode(tail));
  directory.push(...utf8.encode(more));
  return Uint8Array.of(...bytes, ...directory, ...endRecord(count, directory.length, bytes.length));
}

const fileOf = (bytes: Uint8Array): ReadAt => ({
  size: bytes.length,
  async read(from, length) {
    if (from + length > bytes.length) throw new Error('there are no such bytes');
    return Promise.resolve(bytes.subarray(from, from + length));
  },
});

async function textsIn(bytes: Uint8Array): Promise<Record<string, string>> {
  const file = fileOf(bytes);
  const texts: Record<string, string> = {};
  for (const member of await readZip(file, (name) => /^[a-z]+$/.test(name))) {
    texts[member.name] = '';
    for await (const chunk of readMember(file, member)) texts[member.name] += new TextDecoder().decode(chunk);
  }
  return texts;
}
const codeOf = (bytes: Uint8Array): Promise<string> =>
  textsIn(bytes).then(
    () => 'HOLDS',
    ({ code }: { code?: string }) => code ?? 'no code',
  );

describe('a file of evidence, as a zip', () => {
  it('is read as it is written', async () => {
    const written: number[] = [];
    for await (const chunk of writeZip(new Map([of('a'), of('b')].map(({ name, text }) => [name, utf8.encode(text)]))))
      written.push(...chunk);
    expect(zipOf([of('a'), of('b')])).toEqual(Uint8Array.from(written));
    expect(await textsIn(Uint8Array.from(written))).toEqual({ a: 'of a', b: 'of b' });
    expect(await textsIn(zipOf([]))).toEqual({});
  });

  it.each<[string, Uint8Array]>([
    ['bytes before the first member', zipOf([{ ...of('a'), gap: 'x' }])],
    ['bytes between two members', zipOf([of('a'), { ...of('b'), gap: 'x' }])],
    ['bytes between the last member and the directory', zipOf([of('a')], { tail: 'x' })],
    ['two members in one place', zipOf([of('a', 'same'), { ...of('b', 'same'), said: 0 }])],
    ['a member that ends behind the file', zipOf([of('a'), { ...of('b'), size: 400 }])],
    ['a directory that holds more than is counted', zipOf([of('a'), of('b')], { count: 1 })],
    ['a directory that holds something else', zipOf([of('a')], { more: 'x' })],
    ['a directory that holds less than is counted', zipOf([of('a')], { count: 2 })],
    ['a directory elsewhere', Uint8Array.of(...utf8.encode('x'), ...zipOf([of('a')]))],
  ])('is refused with %s', async (_, bytes) => {
    expect(await codeOf(bytes)).toBe('FILE_MALFORMED');
  });

  it('has no byte that could be another one', async () => {
    const bytes = zipOf([of('a'), of('b')]);
    for (let n = 0; n < bytes.length; n += 1)
      expect(await codeOf(bytes.map((byte, at) => (at === n ? byte ^ 1 : byte))), `byte ${n}`).not.toBe('HOLDS');
  });

  it('has each name once, in order, and none that evidence does not have', async () => {
    expect(await codeOf(zipOf([of('a'), of('a')]))).toBe('MEMBER_TWICE');
    expect(await codeOf(zipOf([of('b'), of('a')]))).toBe('MEMBER_TWICE');
    expect(await codeOf(zipOf([of('../a')]))).toBe('MEMBER_NAME');
    expect(await codeOf(zipOf([of('a'.repeat(MEMBER_NAME_CHARS_MAX))]))).toBe('HOLDS');
    expect(await codeOf(zipOf([of('a'.repeat(MEMBER_NAME_CHARS_MAX + 1))]))).toBe('MEMBER_NAME');
  });

  it('has a largest size and a largest number of members, which are asked before anything else', async () => {
    const never = () => Promise.reject(new Error('read'));
    await expect(readZip({ size: ZIP_BYTES_MAX + 1, read: never }, () => true)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    expect(await codeOf(zipOf([], { count: EVIDENCE_MEMBERS_MAX + 3 }))).toBe('FILE_TOO_LARGE');
    expect(await codeOf(utf8.encode('not a zip'))).toBe('FILE_MALFORMED');
  });
});
