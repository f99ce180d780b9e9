import fc from 'fast-check';
import { createPrivateKey, sign as nodeSign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { certain } from '../../domain/result.js';
import { NOTE_CHARS_MAX, NOTE_SIGNATURES_MAX, parseNote, signaturesBy, signNote, verifyNote, type Note } from '../../crypto/note.js';
import { createNoteSigner, parseVerifierKey, type VerifierKey } from '../../crypto/note-key.js';

// golang.org/x/mod/sumdb/note, package documentation: its two example signers
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER_SEED = new Uint8Array(Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64')).slice(1);
const PETER_LINE = '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const ENOCH_LINE = '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';

const known = (text: string): VerifierKey => certain(parseVerifierKey(text));
const PETER = known('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
const ENOCH = known('EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop');

const parsed = (note: string): Note => certain(parseNote(note));

describe('a signed note', () => {
  it('is written as the reference implementation writes it', () => {
    const peter = createNoteSigner('PeterNeumann', 'ED25519', PETER_SEED);
    expect(peter.key).toEqual(PETER);
    expect(signNote(TEXT, peter)).toBe(`${TEXT}\n${PETER_LINE}`);
  });

  it('is verified as the reference implementation verifies it', () => {
    const note = parsed(`${TEXT}\n${PETER_LINE}${ENOCH_LINE}`);
    expect(note.text).toBe(TEXT);
    expect(verifyNote(note, [PETER, ENOCH])).toEqual({ ok: true, value: [PETER, ENOCH] });
  });

  it('is taken apart at its last empty line', () => {
    const signer = createNoteSigner('log.example', 'ED25519', PETER_SEED);
    const text = 'one\n\ntwo\n\n— three\n';
    const note = parsed(signNote(text, signer));
    expect(note.text).toBe(text);
    expect(verifyNote(note, [signer.key]).ok).toBe(true);
  });

  it('counts for the keys that one knows; signatures of others are ignored', () => {
    const note = parsed(`${TEXT}\n${PETER_LINE}${ENOCH_LINE}`);
    expect(verifyNote(note, [ENOCH])).toEqual({ ok: true, value: [ENOCH] });
    expect(verifyNote(note, []).ok).toBe(false);
    expect(verifyNote(parsed(`${TEXT}\n${PETER_LINE}`), [ENOCH]).ok).toBe(false);
  });

  it('ignores a line that shares only the name or only the id with a known key', () => {
    const other = createNoteSigner('PeterNeumann', 'ED25519', new Uint8Array(32).fill(3));
    const note = parsed(signNote(TEXT, other));
    expect(signaturesBy(note, PETER)).toEqual([]);
    const renamed = PETER_LINE.replace('PeterNeumann', 'PaulNeumann');
    expect(verifyNote(parsed(`${TEXT}\n${ENOCH_LINE}${renamed}`), [PETER, ENOCH])).toEqual({ ok: true, value: [ENOCH] });
  });

  it('is thrown away whole where a known key has a signature that it did not make', () => {
    const forged = parsed(`${TEXT.replace('problem', 'riddle')}\n${PETER_LINE}`);
    expect(verifyNote(forged, [PETER]).ok).toBe(false);
    const half = parsed(`${TEXT}\n${PETER_LINE.replace('nAM=', 'nAc=')}${ENOCH_LINE}`);
    expect(verifyNote(half, [PETER, ENOCH]).ok).toBe(false);
    expect(verifyNote(parsed(`${TEXT}\n${PETER_LINE}${PETER_LINE.replace('nAM=', 'nAc=')}`), [PETER]).ok).toBe(false);
  });

  it('is not believed for the cosignature key of a witness', () => {
    const witness = createNoteSigner('w.example', 'COSIGNATURE_V1', PETER_SEED);
    expect(verifyNote(parsed(signNote(TEXT, witness)), [witness.key]).ok).toBe(false);
  });

  it('is refused or unverified after any one byte is changed', () => {
    const note = Buffer.from(`${TEXT}\n${PETER_LINE}`);
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.integer({ min: 1, max: 127 }), (at, change) => {
        const altered = Buffer.from(note);
        altered[at] = altered[at]! ^ change;
        const result = parseNote(altered.toString('utf8'));
        expect(result.ok && verifyNote(result.value, [PETER]).ok).toBe(false);
      }),
    );
  });
});

const longNote = (chars: number): string => `\n\n${PETER_LINE}`.padStart(chars, 'x');

describe('a note that is malformed', () => {
  it.each([
    ['no signature', TEXT],
    ['no signature after the gap', `${TEXT}\n`],
    ['no gap', `${TEXT}${PETER_LINE}`],
    ['no gap, but one character before its signature', `x${PETER_LINE}`],
    ['no last newline', `${TEXT}\n${PETER_LINE}`.slice(0, -1)],
    ['a carriage return', `${TEXT.replaceAll('\n', '\r\n')}\n${PETER_LINE}`],
    ['a control character', `bell\u0007\n\n${PETER_LINE}`],
    ['half a surrogate pair', `\ud800\n\n${PETER_LINE}`],
    ['a hyphen for the dash', `${TEXT}\n${PETER_LINE.replace('—', '-')}`],
    ['no space behind the name', `${TEXT}\n— PeterNeumann\n`],
    ['a plus in the name', `${TEXT}\n${PETER_LINE.replace('PeterNeumann', 'Peter+Neumann')}`],
    ['an odd space in the name', `${TEXT}\n${PETER_LINE.replace('PeterNeumann', 'Peter\u00a0Neumann')}`],
    ['three words', `${TEXT}\n${PETER_LINE.replace('PeterNeumann', 'Peter Neumann')}`],
    ['base64 of another spelling', `${TEXT}\n${PETER_LINE.replace('nAM=', 'nAN=')}`],
    ['a key id and nothing behind it', `${TEXT}\n— PeterNeumann x08gow==\n`],
    ['a line between the signatures', `${TEXT}\n${PETER_LINE}x\n${ENOCH_LINE}`],
    ['more signatures than anyone reads', `${TEXT}\n${PETER_LINE.repeat(NOTE_SIGNATURES_MAX + 1)}`],
    ['more text than anyone reads', longNote(NOTE_CHARS_MAX + 1)],
  ])('is refused: %s', (_, note) => {
    expect(parseNote(note).ok).toBe(false);
  });

  it('is accepted with a text of one letter, or of one empty line', () => {
    for (const text of ['x\n', '\n']) expect(parsed(`${text}\n${PETER_LINE}`).text).toBe(text);
  });

  it('is accepted with sixteen signatures, as C2SP asks, and with as many and as long as anyone reads', () => {
    for (const count of [16, NOTE_SIGNATURES_MAX]) expect(parsed(`${TEXT}\n${PETER_LINE.repeat(count)}`).signatures).toHaveLength(count);
    expect(parseNote(longNote(NOTE_CHARS_MAX)).ok).toBe(true);
  });

  it('is never written', () => {
    const peter = createNoteSigner('PeterNeumann', 'ED25519', PETER_SEED);
    for (const text of ['no newline', 'tab\there\n', '\udc00\n', '']) expect(() => signNote(text, peter)).toThrow(RangeError);
  });
});

describe('the signature of a note', () => {
  it('is plain Ed25519 over the text with its last newline', () => {
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), PETER_SEED]);
    const expected = nodeSign(null, Buffer.from(TEXT), createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
    expect(parsed(`${TEXT}\n${PETER_LINE}`).signatures[0]!.signature).toEqual(new Uint8Array(expected));
  });
});
