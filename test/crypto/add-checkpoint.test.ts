import { describe, expect, it } from 'vitest';
import { ADD_CHECKPOINT_CHARS_MAX, cosignatureIn, formatAddCheckpoint, parseAddCheckpoint } from '../../crypto/add-checkpoint.js';
import { signCheckpoint } from '../../crypto/checkpoint.js';
import { cosign } from '../../crypto/cosignature.js';
import { leafHash } from '../../crypto/merkle.js';
import { createNoteSigner, formatVerifierKey } from '../../crypto/note-key.js';
import { parseNote } from '../../crypto/note.js';
import { instantFromMs, plusMs } from '../../domain/time.js';

const hash = (n: number) => leafHash(Uint8Array.of(n));
const log = createNoteSigner('example.com/log', 'ED25519', new Uint8Array(32).fill(1));
const witness = createNoteSigner('witness.example/w1', 'COSIGNATURE_V1', new Uint8Array(32).fill(2));
const other = createNoteSigner('witness.example/w2', 'COSIGNATURE_V1', new Uint8Array(32).fill(3));
const note = signCheckpoint({ size: 7, root: hash(7) }, log);
const NOW = instantFromMs(1_800_000_000_000);
const textOf = (signed: string): string => {
  const parsed = parseNote(signed);
  return parsed.ok ? parsed.value.text : '';
};
const lineOf = (signer = witness, over = note) => cosign(textOf(over), signer, NOW);

describe('a request to a witness', () => {
  it('comes back as it was written', () => {
    for (const proof of [[], [hash(1), hash(2)]]) {
      const request = { oldSize: proof.length, proof, note };
      expect(parseAddCheckpoint(formatAddCheckpoint(request))).toEqual({ ok: true, value: request });
    }
    expect(formatAddCheckpoint({ oldSize: 0, proof: [], note })).toBe(`old 0\n\n${note}`);
  });

  it('has an old size in its one spelling, and hashes', () => {
    for (const head of [
      'old',
      'old 01',
      'old -1',
      'old 9999999999999999',
      'size 3',
      'old 3 ',
      '',
      `old 3\nAAAA`,
      'old 3\nnot base64',
      'old 3\r',
    ])
      expect(parseAddCheckpoint(`${head}\n\n${note}`).ok, JSON.stringify(head)).toBe(false);
    expect(parseAddCheckpoint('old 3\n').ok).toBe(false);
  });

  it('has at most 63 lines of proof, and an end', () => {
    const many = (lines: number) => formatAddCheckpoint({ oldSize: 1, proof: Array.from({ length: lines }, () => hash(1)), note });
    expect([parseAddCheckpoint(many(63)).ok, parseAddCheckpoint(many(64)).ok]).toEqual([true, false]);
    const long = (chars: number) => parseAddCheckpoint('old 0\n\n'.padEnd(chars, 'x')).ok;
    expect([long(ADD_CHECKPOINT_CHARS_MAX), long(ADD_CHECKPOINT_CHARS_MAX + 1)]).toEqual([true, false]);
  });
});

describe('a witness’s answer', () => {
  it('is the line of the witness that was asked, whoever else signed', () => {
    expect(cosignatureIn(lineOf(other) + lineOf(), note, witness.key)).toEqual({ ok: true, value: { line: lineOf(), at: NOW } });
  });

  it('is its first line where there are two, and says when that was signed', () => {
    const later = cosign(textOf(note), witness, plusMs(NOW, 9_000));
    expect(cosignatureIn(later + lineOf(), note, witness.key)).toEqual({ ok: true, value: { line: later, at: plusMs(NOW, 9_000) } });
  });

  it('is worth nothing where another signed, where it is of another checkpoint, or no line at all', () => {
    const elsewhere = signCheckpoint({ size: 8, root: hash(8) }, log);
    for (const lines of [lineOf(other), lineOf(witness, elsewhere), '', 'OK\n', lineOf().slice(0, -1)])
      expect(cosignatureIn(lines, note, witness.key).ok, lines).toBe(false);
  });

  it('says by which other key the witness signed, where it has not by the known one', () => {
    const changed = createNoteSigner(witness.key.name, 'COSIGNATURE_V1', new Uint8Array(32).fill(4));
    const id = formatVerifierKey(changed.key).split('+')[1]!;
    const said = (lines: string) => cosignatureIn(lines, note, witness.key);
    expect(said(lineOf(other))).toEqual({ ok: false, error: 'witness.example/w1 has not signed it' });
    expect(said(lineOf(changed))).toEqual({ ok: false, error: `witness.example/w1 has not signed it (signed by another key, ${id})` });
  });

  it('is worth nothing where an empty line makes another note of it: put below the checkpoint, that line would spoil it for every reader', () => {
    for (const [before, over] of [
      ['\n', note],
      ['more\n\n', `${note}more\n`],
      [`${lineOf(other)}\n`, note + lineOf(other)],
    ] as const)
      expect(cosignatureIn(before + cosign(over, witness, NOW), note, witness.key).ok, before).toBe(false);
  });
});
