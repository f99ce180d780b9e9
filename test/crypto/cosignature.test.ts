import { createPublicKey, verify as nodeVerify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { certain } from '../../domain/result.js';
import { cosign, verifyCosignature } from '../../crypto/cosignature.js';
import { parseNote, signatureLine, signNote, type Note } from '../../crypto/note.js';
import { createNoteSigner } from '../../crypto/note-key.js';
import { ok } from '../../domain/result.js';
import { instantFromMs } from '../../domain/time.js';

// the example of c2sp.org/tlog-cosignature
const TEXT = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
const AT = instantFromMs(1_679_315_147_000);

const log = createNoteSigner('example.com/behind-the-sofa', 'ED25519', new Uint8Array(32).fill(1));
const witness = createNoteSigner('witness.example.com/w1', 'COSIGNATURE_V1', new Uint8Array(32).fill(2));
const parsed = (text: string): Note => certain(parseNote(text));
const cosigned = (...lines: string[]): Note => parsed(signNote(TEXT, log) + lines.join(''));

describe('a cosignature', () => {
  it('signs the header, the time and the whole text', () => {
    const { signature } = cosigned(cosign(TEXT, witness, AT)).signatures[1]!;
    expect(Buffer.from(signature.slice(0, 8)).toString('hex')).toBe((1_679_315_147).toString(16).padStart(16, '0'));
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), witness.key.publicKey]);
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    expect(nodeVerify(null, Buffer.from(`cosignature/v1\ntime 1679315147\n${TEXT}`), key, signature.slice(8))).toBe(true);
  });

  it('tells when the witness saw the checkpoint, in whole seconds', () => {
    expect(verifyCosignature(cosigned(cosign(TEXT, witness, instantFromMs(AT + 999))), witness.key)).toEqual(ok(AT));
  });

  it('tells the latest time where there are two, in either order', () => {
    const [early, late] = [cosign(TEXT, witness, AT), cosign(TEXT, witness, instantFromMs(AT + 60_000))];
    expect(verifyCosignature(cosigned(early, late), witness.key)).toEqual(ok(AT + 60_000));
    expect(verifyCosignature(cosigned(late, early), witness.key)).toEqual(ok(AT + 60_000));
  });

  it('is absent where the witness said nothing', () => {
    expect(verifyCosignature(cosigned(), witness.key)).toEqual(ok(null));
  });

  it('of another text, with another time or of another length spoils the note', () => {
    expect(verifyCosignature(cosigned(cosign(TEXT.replace('20852163', '20852164'), witness, AT)), witness.key).ok).toBe(false);
    const { signature } = cosigned(cosign(TEXT, witness, AT)).signatures[1]!;
    const later = signature.with(7, signature[7]! + 1);
    expect(verifyCosignature(cosigned(signatureLine(witness.key, later)), witness.key).ok).toBe(false);
    expect(verifyCosignature(cosigned(signatureLine(witness.key, signature.slice(1))), witness.key).ok).toBe(false);
  });

  it('after the year 9999 is no time that could be written', () => {
    const line = (seconds: number) => cosign(TEXT, witness, instantFromMs(seconds * 1000));
    expect(verifyCosignature(cosigned(line(253_402_300_799)), witness.key).ok).toBe(true);
    expect(verifyCosignature(cosigned(line(253_402_300_800)), witness.key).ok).toBe(false);
  });

  it('too short to hold a time spoils the note, and ends in no exception', () => {
    for (const length of [1, 7, 8, 71, 73])
      expect(verifyCosignature(cosigned(signatureLine(witness.key, new Uint8Array(length))), witness.key).ok, `${length}`).toBe(false);
  });

  it('is not looked for under a key of another kind, whatever that one signed', () => {
    const plain = createNoteSigner(witness.key.name, 'ED25519', new Uint8Array(32).fill(2));
    for (const lines of [[], [cosign(TEXT, plain, AT)], [cosign(TEXT, witness, AT)]])
      expect(verifyCosignature(cosigned(...lines), plain.key).ok).toBe(false);
  });
});
