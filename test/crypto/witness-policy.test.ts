import { describe, expect, it } from 'vitest';
import { createNoteSigner, formatVerifierKey } from '../../crypto/note-key.js';
import { parseWitnessPolicy, WITNESSES_MAX } from '../../crypto/witness-policy.js';

const signer = (n: number) => createNoteSigner(`witness.example/w${n}`, 'COSIGNATURE_V1', new Uint8Array(32).fill(n));
const key = (n: number) => formatVerifierKey(signer(n).key);
const line = (n: number, url = `https://w${n}.example/sub`) => `witness w${n} ${key(n)} ${url}`;
const problems = (text: string): readonly string[] => {
  const parsed = parseWitnessPolicy(text);
  return parsed.ok ? [] : parsed.error;
};

describe('a policy of witnesses', () => {
  it('names each witness with key and address, and how many are enough', () => {
    const parsed = parseWitnessPolicy(`# ours\n\n${line(1)}\r\n  ${line(2, 'http://127.0.0.1:7380/')}\nquorum 2\n`);
    expect(parsed).toEqual({
      ok: true,
      value: {
        quorum: 2,
        witnesses: [
          { name: 'w1', key: signer(1).key, verifierKey: key(1), url: 'https://w1.example/sub' },
          { name: 'w2', key: signer(2).key, verifierKey: key(2), url: 'http://127.0.0.1:7380' },
        ],
      },
    });
  });

  it('tells every problem at once, by line', () => {
    const log = formatVerifierKey(createNoteSigner('example.com/log', 'ED25519', new Uint8Array(32).fill(9)).key);
    expect(problems(`witness w/1 nonsense ftp://x\nwitness w2 ${log} https://w2.example\nquorum 0\nlog x`)).toEqual([
      'line 1: a name is up to 48 letters, digits, dots, hyphens',
      'line 1: the address is https://…, or http:// on loopback, without query',
      'line 1: not a verifier key: name+keyid+base64',
      'line 2: not the key of a witness',
      'line 4: expected "witness NAME VERIFIER-KEY URL" or "quorum K"',
      'one line "quorum K", from 1 to the number of witnesses',
    ]);
  });

  it('tells of no quorum that the lines which are wrong would meet', () => {
    expect(problems(`${line(1)}\n${line(2)} more\nquorum 2`)).toEqual(['line 2: expected "witness NAME VERIFIER-KEY URL" or "quorum K"']);
    expect(problems(`${line(1)}\n${line(1)}\nlog x\nquorum 4`)).toEqual([
      'line 3: expected "witness NAME VERIFIER-KEY URL" or "quorum K"',
      'each name and each key once',
      'one line "quorum K", from 1 to the number of witnesses',
    ]);
  });

  it('takes a witness with its three words alone, and those of one for no other line', () => {
    const expected = 'line 1: expected "witness NAME VERIFIER-KEY URL" or "quorum K"';
    for (const wrong of [line(1).slice(0, line(1).lastIndexOf(' ')), `${line(1)} more`, line(1).replace('witness', 'watcher')])
      expect(problems(`${wrong}\nquorum 1`), wrong).toEqual([expected]);
    expect(problems(`${line(1).replaceAll(' ', ' \t ')}\nquorum 1`)).toEqual([]);
  });

  it('asks over the open net by TLS only, and sends no name or query along', () => {
    for (const url of [
      'http://w1.example',
      'https://user@w1.example',
      'https://:word@w1.example',
      'ftp://127.0.0.1/w1',
      'http://127.0.0.1.example/w1',
      'https://w1.example/?a',
      'https://w1.example/#a',
      'https://w1.example/'.padEnd(501, 'x'),
      'w1',
    ])
      expect(problems(`${line(1, url)}\nquorum 1`), url).toHaveLength(1);
    expect(problems(`${line(1, 'https://w1.example/'.padEnd(500, 'x'))}\nquorum 1`)).toEqual([]);
  });

  it('has a quorum that can be met, once', () => {
    const asked = ['one line "quorum K", from 1 to the number of witnesses'];
    for (const quorum of ['', 'quorum', 'quorum 0', 'quorum 3', 'quorum 1 2', 'quorum 1\nquorum 1', 'quorum x'])
      expect(problems(`${line(1)}\n${line(2)}\n${quorum}`)).toEqual(asked);
  });

  it('counts nobody twice, and asks somebody but not everybody', () => {
    expect(problems(`${line(1)}\n${line(1).replace('w1', 'w2')}\nquorum 1`)).toEqual(['each name and each key once']);
    expect(problems('quorum 1')).toContain(`from 1 to ${WITNESSES_MAX} witnesses`);
    const many = Array.from({ length: WITNESSES_MAX + 1 }, (_, i) => line(i + 1)).join('\n');
    expect(problems(`${many}\nquorum 1`)).toEqual([`from 1 to ${WITNESSES_MAX} witnesses`]);
    for (const count of [1, WITNESSES_MAX]) expect(problems(`${many.split('\n').slice(0, count).join('\n')}\nquorum 1`)).toEqual([]);
  });
});
