/** The eight leaves of the Certificate Transparency reference implementation and what it publishes about them. */
import { describe, expect, it } from 'vitest';
import { EMPTY_ROOT, leafHash, rootOf, verifyConsistency, verifyInclusion } from '../../crypto/merkle.js';
import { appendRun, EMPTY_FRONTIER, type NodeId } from '../../crypto/merkle/append.js';
import { planConsistency, planInclusion, type ProofPlan } from '../../crypto/merkle/prove.js';

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');

const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(bytes);
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const INCLUSION: [index: number, size: number, path: string[]][] = [
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
];
const CONSISTENCY: [older: number, newer: number, proof: string[]][] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];

const { nodes } = appendRun(EMPTY_FRONTIER, LEAVES.map(leafHash));
const hashOf = (id: NodeId): Uint8Array => nodes.find((node) => node.level === id.level && node.index === id.index)!.hash;
const make = (plan: ProofPlan): string[] => plan.finish(plan.nodes.map(hashOf)).map(hex);

describe('the reference vectors of RFC 6962', () => {
  it('gives the empty tree the hash of nothing', () => {
    expect(hex(EMPTY_ROOT)).toBe(ROOTS[0]);
  });

  it.each(ROOTS.map((root, size) => ({ root, size })))('gives the root of the first $size leaves', ({ root, size }) => {
    expect(hex(rootOf(LEAVES.slice(0, size)))).toBe(root);
  });

  it.each(INCLUSION)('makes and accepts the path of leaf %i of %i', (index, size, path) => {
    expect(make(planInclusion(index, size))).toEqual(path);
    expect(verifyInclusion(leafHash(LEAVES[index]!), index, size, path.map(bytes), bytes(ROOTS[size]!))).toBe(true);
  });

  it.each(CONSISTENCY)('makes and accepts the proof from %i to %i leaves', (older, newer, proof) => {
    expect(make(planConsistency(older, newer))).toEqual(proof);
    const [before, after] = [older, newer].map((size) => ({ size, root: bytes(ROOTS[size]!) }));
    expect(verifyConsistency(before!, after!, proof.map(bytes))).toBe(true);
  });
});
