/** One alteration, and the check that must notice it. */
import type { EvidenceCode } from '../../client/sdk/evidence/codes.js';
import { verifyEvidenceFile, type EvidenceTrust } from '../../client/sdk/evidence/verify.js';
import { memberName, type MemberKind } from '../../client/sdk/evidence/layout.js';
import { digestOfBytes } from '../../crypto/digest.js';
import { signStatement } from '../../crypto/statement.js';
import type { SigningKey } from '../../crypto/signing-key.js';
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import { certain } from '../../domain/result.js';
import { bytesOf, readerOf, repaired, textOf, type Genuine, type Members } from './genuine.js';
import type { Payload } from '../../client/sdk/evidence/make.js';

export interface Row {
  /** which part of the file */
  readonly part: string;
  readonly what: string;
  /** any of these: which one, the order of the file decides */
  readonly caught: readonly EvidenceCode[];
  /** where the file alone does not say that it is wrong: what whoever reads it is told */
  readonly remarked?: RegExp;
  /** the altered file */
  readonly make: () => Promise<Uint8Array>;
  /** what the verifier brings, where it is something else */
  readonly trust?: EvidenceTrust;
}

export interface Verdict {
  readonly row: Row;
  readonly code: EvidenceCode | null;
  readonly where: string;
  readonly isCaught: boolean;
}

export async function tryRow(row: Row, genuine: Genuine): Promise<Verdict> {
  const { wrong, remarks } = await verifyEvidenceFile(readerOf(await row.make()), row.trust ?? genuine.trust);
  const code = wrong?.code ?? null;
  const remark = remarks.find((line) => row.remarked?.test(line) ?? false);
  const isCaught = code === null ? remark !== undefined : row.caught.includes(code);
  return { row, code, where: wrong?.where ?? remark ?? '', isCaught };
}

/** The strongest adversary of a file: its maker, who signs a new manifest over whatever it altered. */
export const byMaker =
  (genuine: Genuine) =>
  (
    part: string,
    what: string,
    caught: EvidenceCode | readonly EvidenceCode[],
    alter: (members: Map<string, Uint8Array>) => unknown,
    change?: Partial<Payload>,
  ): Row => ({
    part,
    what,
    caught: [caught].flat(),
    make: async () => {
      const members = new Map(genuine.members);
      const altered = (await alter(members)) as Members | undefined;
      return repaired(genuine, altered instanceof Map ? altered : members, change);
    },
  });

export const keysIn = (members: Members, kind: MemberKind): string[] => {
  const [folder, ending] = memberName(kind, '\n').split('\n') as [string, string];
  return [...members.keys()]
    .filter((name) => name.startsWith(folder) && name.endsWith(ending))
    .map((name) => name.slice(folder.length, name.length - ending.length));
};

/** Another character in the middle, of the same alphabet. */
export function flipped(text: string, at = Math.floor(text.length / 2)): string {
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
}

export const edit = (members: Map<string, Uint8Array>, name: string, change: (text: string) => string): void => {
  const before = textOf(members.get(name)!);
  const after = change(before);
  if (after === before) throw new RangeError(`nothing was altered in ${name}`);
  members.set(name, bytesOf(after));
};

export const flipByte = (members: Map<string, Uint8Array>, name: string, at = 0): void => {
  const bytes = members.get(name)!.slice();
  bytes[at]! ^= 1;
  members.set(name, bytes);
};

export function swap(members: Map<string, Uint8Array>, a: string, b: string): void {
  const [first, second] = [members.get(a)!, members.get(b)!];
  members.set(a, second).set(b, first);
}

// ── statements ──

const partsOf = (compact: string): [string, string, string] => compact.split('.') as [string, string, string];
export const payloadOf = (compact: string): Record<string, unknown> =>
  JSON.parse(textOf(certain(decodeBase64url(partsOf(compact)[1])))) as Record<string, unknown>;
const headerOf = (compact: string): { typ: string; kid: string } =>
  JSON.parse(textOf(certain(decodeBase64url(partsOf(compact)[0])))) as { typ: string; kid: string };

export const withSignature = (compact: string): string => {
  const [header, payload, signature] = partsOf(compact);
  return [header, payload, flipped(signature)].join('.');
};
export function withHeader(compact: string, change: { typ?: string; kid?: string }): string {
  const [, payload, signature] = partsOf(compact);
  const { typ, kid } = { ...headerOf(compact), ...change };
  return [encodeBase64url(bytesOf(`{"alg":"Ed25519","typ":"${typ}","kid":"${kid}"}`)), payload, signature].join('.');
}
export function withPayload(compact: string, change: object): string {
  const [header, , signature] = partsOf(compact);
  return [header, encodeBase64url(bytesOf(JSON.stringify({ ...payloadOf(compact), ...change }))), signature].join('.');
}
/** Said anew and signed with this key. */
export const signedBy = (compact: string, key: SigningKey, change: object = {}): Promise<string> =>
  signStatement(headerOf(compact).typ, { ...payloadOf(compact), ...change }, key);

/** Under the name that its bytes ask for, as whoever knows the layout would put it. */
export function rename(members: Map<string, Uint8Array>, kind: MemberKind, key: string, compact: string): void {
  members.delete(memberName(kind, key));
  members.set(memberName(kind, digestOfBytes(bytesOf(compact))), bytesOf(compact));
}

/** So many of them, from the first on, evenly. */
export const spread = <T>(all: readonly T[], count: number): T[] => {
  const step = Math.max(1, Math.ceil(all.length / count));
  return all.filter((_, i) => i % step === 0);
};
