import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCheckpoint, parseCheckpoint, signCheckpoint, verifyCheckpoint, type LogTrust } from '../../crypto/checkpoint.js';
import { cosign } from '../../crypto/cosignature.js';
import { signNote } from '../../crypto/note.js';
import { createNoteSigner, formatVerifierKey } from '../../crypto/note-key.js';
import { ok } from '../../domain/result.js';
import { instantFromMs } from '../../domain/time.js';
import { sha256 } from './merkle/model.js';

const ORIGIN = 'parley.example/log';
const AT = instantFromMs(1_790_000_000_000);
const seed = (n: number): Uint8Array => new Uint8Array(32).fill(n);
const log = createNoteSigner(ORIGIN, 'ED25519', seed(1));
const witnesses = [2, 3, 4].map((n) => createNoteSigner(`w${n}.example`, 'COSIGNATURE_V1', seed(n)));
const head = { size: 42, root: sha256(Uint8Array.of(1)) };
const trust = (quorum: number): LogTrust => ({ origin: ORIGIN, logKeys: [log.key], witnesses: witnesses.map((one) => one.key), quorum });

describe('the text of a checkpoint', () => {
  it('is the example of the specification', () => {
    const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
    const checkpoint = parseCheckpoint(text);
    expect(checkpoint.ok && checkpoint.value.size).toBe(20_852_163);
    expect(checkpoint.ok && formatCheckpoint(checkpoint.value)).toBe(text);
  });

  it('comes back as it was, with extension lines', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.array(fc.stringMatching(/^[ -~]+$/)),
        (size, root, extensions) => {
          const checkpoint = { origin: ORIGIN, size, root, extensions };
          expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual(ok(checkpoint));
        },
      ),
    );
  });

  const GOOD = formatCheckpoint({ origin: ORIGIN, ...head, extensions: [] });
  it.each([
    ['has two lines', `${ORIGIN}\n42\n`],
    ['does not end in a newline', `${GOOD}x`],
    ['has no origin', GOOD.replace(ORIGIN, '')],
    ['has an empty line', `${GOOD}\nx\n`],
    ['has a size with a leading zero', GOOD.replace('\n42\n', '\n042\n')],
    ['has a negative size', GOOD.replace('\n42\n', '\n-42\n')],
    ['has a size that no number holds', GOOD.replace('\n42\n', '\n9007199254740993\n')],
    ['has a root that is no base64', GOOD.replace('=\n', '\n')],
    ['has a root of another length', `${ORIGIN}\n42\nAAAA\n`],
  ])('is refused where it %s', (_, text) => {
    expect(parseCheckpoint(text).ok).toBe(false);
  });
});

describe('a checkpoint', () => {
  const note = signCheckpoint(head, log);
  const text = formatCheckpoint({ origin: ORIGIN, ...head, extensions: [] });
  const by = (...which: number[]): string => which.map((i) => cosign(text, witnesses[i]!, AT)).join('');

  it('is believed when the log signed it', () => {
    const result = verifyCheckpoint(note, trust(0));
    expect(result.ok && result.value.checkpoint).toEqual({ origin: ORIGIN, ...head, extensions: [] });
    expect(result.ok && result.value.cosignatures).toEqual([]);
  });

  it('that too few have seen is told with the names of those who are believed: one of them may be a witness no more', () => {
    const { error } = verifyCheckpoint(note, trust(1)) as { error: string };
    for (const { key } of witnesses) expect(error).toContain(key.name);
  });

  it('that a witness signed by another key than the known one is told with that key’s id: it may have been changed', () => {
    const changed = createNoteSigner(witnesses[1]!.key.name, 'COSIGNATURE_V1', seed(77));
    const id = formatVerifierKey(changed.key).split('+')[1]!;
    const { error } = verifyCheckpoint(note + by(0) + cosign(text, changed, AT), trust(2)) as { error: string };
    expect(error).toMatch(new RegExp(`^1 of the 2 .*: w2.example, w3.example \\(signed by another key, ${id}\\), w4.example$`));
  });

  it('is believed from the quorum of witnesses on', () => {
    expect(verifyCheckpoint(note + by(0), trust(2)).ok).toBe(false);
    const result = verifyCheckpoint(note + by(0, 2), trust(2));
    expect(result.ok && result.value.cosignatures).toEqual([
      { witness: 'w2.example', at: AT },
      { witness: 'w4.example', at: AT },
    ]);
  });

  it('counts a witness once, however often it signs and under however many names its key is known', () => {
    expect(verifyCheckpoint(note + by(0, 0), trust(2)).ok).toBe(false);
    const alias = createNoteSigner('alias.example', 'COSIGNATURE_V1', seed(2));
    const known = { ...trust(2), witnesses: [witnesses[0]!.key, alias.key] };
    expect(verifyCheckpoint(note + by(0) + cosign(text, alias, AT), known).ok).toBe(false);
  });

  it('does not count witnesses that one does not know', () => {
    const stranger = createNoteSigner('stranger.example', 'COSIGNATURE_V1', seed(9));
    expect(verifyCheckpoint(note + cosign(text, stranger, AT), trust(1)).ok).toBe(false);
  });

  it('is refused where a witness is said to have signed what it did not', () => {
    const other = formatCheckpoint({ origin: ORIGIN, size: 43, root: head.root, extensions: [] });
    expect(verifyCheckpoint(note + cosign(other, witnesses[0]!, AT), trust(0)).ok).toBe(false);
  });

  it('is refused unsigned, signed by another, malformed, or of another log', () => {
    expect(verifyCheckpoint(text, trust(0)).ok).toBe(false);
    expect(verifyCheckpoint(signCheckpoint(head, createNoteSigner(ORIGIN, 'ED25519', seed(8))), trust(0)).ok).toBe(false);
    expect(verifyCheckpoint(signNote('not a checkpoint\n', log), trust(0)).ok).toBe(false);
    expect(verifyCheckpoint(signNote(text.replace(ORIGIN, 'other.example/log'), log), trust(0)).ok).toBe(false);
  });
});
