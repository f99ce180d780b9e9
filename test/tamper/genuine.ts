/** A genuine file of evidence taken apart, with every key that an adversary of these tests may hold, and put together again. */
import { systemChance as chance, systemClock as clock } from '../../client/cli/clock-system.js';
import { signManifest } from '../../client/sdk/evidence/file.js';
import { isManifest, kindOf, MANIFEST_TEXT, NEWEST } from '../../client/sdk/evidence/layout.js';
import { membersListed, type Payload } from '../../client/sdk/evidence/make.js';
import type { EvidenceTrust } from '../../client/sdk/evidence/verify.js';
import { writeZip } from '../../client/sdk/evidence/zip-write.js';
import { certain } from '../../domain/result.js';
import { cosign } from '../../crypto/cosignature.js';
import { createNoteSigner, parseVerifierKey, type NoteSigner } from '../../crypto/note-key.js';
import { partTreeOf } from '../../crypto/part-tree.js';
import { encodeDigest } from '../../crypto/merkle/digests.js';
import { parseNote } from '../../crypto/note.js';
import { createSigningKey, type SigningKey } from '../../crypto/signing-key.js';
import { unzipSync } from 'fflate';
import { openGateway } from '../client/sdk/live-gateway.js';
import { playExchange, type Played } from './exchange.js';

export type Members = ReadonlyMap<string, Uint8Array>;

export interface Genuine {
  readonly played: Played;
  /** all but the manifest */
  readonly members: Members;
  /** the manifest's payload */
  readonly payload: Payload;
  readonly bytes: Uint8Array;
  readonly keys: {
    /** signs manifests and whatever the maker says itself */
    readonly maker: SigningKey;
    readonly makerRoot: SigningKey;
    readonly otherRoot: SigningKey;
    readonly operator: SigningKey;
    readonly gateway: SigningKey;
    /** of nobody */
    readonly stranger: SigningKey;
  };
  readonly trust: EvidenceTrust;
  close(): Promise<void>;
}

/** Plays an exchange over HTTP, makes its evidence with sealed bodies, and has a witness cosign its newest checkpoint. */
export async function makeGenuine(): Promise<Genuine> {
  const gateway = await openGateway();
  const played = await playExchange(gateway);
  const made = await played.requesting.makeEvidence(played.exchange, { bodies: { purpose: 'INTELLIGENCE', justification: 'SUPERVISION' } });
  const raw = unzipSync(await whole(made.bytes()));
  const payload = JSON.parse(textOf(raw[MANIFEST_TEXT]!)) as Payload;
  const witness = createNoteSigner('witness.test/one', 'COSIGNATURE_V1', chance.bytes(32));
  const members = cosigned(new Map(Object.entries(raw).filter(([name]) => !isManifest(name))), witness);
  const { requesting, requested } = played;
  const keys = {
    maker: requesting.identity.signing,
    makerRoot: requesting.identity.root!,
    otherRoot: requested.identity.root!,
    operator: gateway.operator.identity.root!,
    gateway: gateway.key,
    stranger: createSigningKey(chance),
  };
  const trust: EvidenceTrust = {
    root: keys.makerRoot.kid,
    roots: new Map([[gateway.operator.authority as string, [keys.operator.kid as string]]]),
    log: certain(parseVerifierKey(payload.log)),
    witnesses: [witness.key],
    quorum: 1,
  };
  const bytes = await repaired({ payload, keys }, members);
  return { played, members, payload, bytes, keys, trust, close: () => gateway.running.drain() };
}

/** As the gateway would have served it with this witness. */
function cosigned(members: Members, witness: NoteSigner): Members {
  const before = textOf(members.get(NEWEST)!);
  const after = before + cosign(certain(parseNote(before)).text, witness, clock.now());
  return withNote(members, after);
}

/** The newest checkpoint's note changed everywhere: each proof holds it. */
export function withNote(members: Members, note: string): Members {
  const before = textOf(members.get(NEWEST)!);
  return new Map(
    [...members].map(([name, bytes]) => {
      const isProof = name.endsWith('.tlog-proof');
      return [name, name === NEWEST || isProof ? bytesOf(textOf(bytes).replace(before, () => note)) : bytes];
    }),
  );
}

/** The file as a maker who alters it would hand it over: every digest of the manifest fits again, and its signature. */
export async function repaired(
  { payload, keys }: Pick<Genuine, 'payload' | 'keys'>,
  members: Members,
  change: Partial<Payload> = {},
  key = keys.maker,
) {
  const listed = [...membersListed(members)].map((member) => {
    // of a body the manifest holds the root over its parts
    const bytes = members.get(member.name)!;
    return kindOf(member.name)?.kind === 'body' && bytes.length > 0 ? { ...member, digest: encodeDigest(partTreeOf(bytes).root) } : member;
  });
  const manifest = await signManifest({ ...payload, members: listed.toSorted((a, b) => (a.name < b.name ? -1 : 1)), ...change }, key);
  return zipped(new Map([...manifest, ...members]));
}

export const zipped = (members: Members): Promise<Uint8Array> => whole(writeZip(members));

export async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return new Uint8Array(Buffer.concat(parts));
}

export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const readerOf = (bytes: Uint8Array) => ({
  size: bytes.length,
  read: (from: number, length: number) => Promise.resolve(bytes.subarray(from, from + length)),
});
