/**
 * What a file of evidence tells, taken apart: the same for whoever makes one and for whoever checks one. The members' bytes follow from it
 * and it follows from them, one spelling each.
 */
import type { z } from 'zod';
import { decodeBase64, encodeBase64 } from '../../../crypto/base64.js';
import type { Hash } from '../../../crypto/merkle.js';
import { encodeDigest } from '../../../crypto/merkle/digests.js';
import { parseDigest } from '../../../domain/ids.js';
import type { Receipt, ReceiptBody } from '../../../domain/receipt.js';
import type { AuditEvent } from '../../../domain/audit-event.js';
import { ownView, receiptAnswer } from '../../../domain/wire/http-answers.js';
import { receiptOf } from '../receipt.js';
import { wrong } from './codes.js';
import { CONSISTENCY, EPOCH_LEAF, EPOCH_PROOF, FIRST, kindOf, LOG_KEY, memberName, NEWEST, type MemberKind } from './layout.js';

/** In the receipt of a leaf about no statement, such as a reading of the log. */
export const NO_STATEMENT = encodeDigest(new Uint8Array(32));

export type View = z.output<typeof ownView>;

export interface DossierLeaf {
  readonly index: number;
  readonly receipt: Receipt;
  readonly view: View;
  /** the 32 bytes that stand in the log */
  readonly data: Uint8Array;
  /** C2SP tlog-proof against the newest checkpoint */
  readonly proof: string;
}

export interface Dossier {
  /** C2SP verifier key */
  readonly log: string;
  /** compact statements by digest; item statements are apart */
  readonly statements: ReadonlyMap<string, string>;
  readonly items: ReadonlyMap<string, string>;
  /** in log order */
  readonly leaves: readonly DossierLeaf[];
  readonly newest: string;
  /** null: the newest is the first that covers it */
  readonly first: { readonly note: string; readonly consistency: readonly Hash[] } | null;
  readonly epoch: { readonly data: Uint8Array; readonly proof: string };
  /** by digest, as all that follow */
  readonly designations: ReadonlyMap<string, string>;
  readonly entries: ReadonlyMap<string, string>;
  /** changes of root, each signed by the old one */
  readonly roots: ReadonlyMap<string, string>;
  readonly revocations: ReadonlyMap<string, string>;
}

/** A leaf whose receipt and event were read; neither is to be trusted by that alone. */
export interface ReadLeaf extends DossierLeaf {
  readonly body: ReceiptBody;
  readonly event: AuditEvent;
}

const utf8 = new TextEncoder();
const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The members that tell it: manifest, accompanying texts and bodies are not among them. */
export function membersOf(dossier: Dossier): Map<string, Uint8Array> {
  const members = new Map<string, Uint8Array>();
  const put = (name: string, content: string): void => void members.set(name, utf8.encode(content));
  put(LOG_KEY, `${dossier.log}\n`);
  put(NEWEST, dossier.newest);
  if (dossier.first !== null) {
    put(FIRST, dossier.first.note);
    put(CONSISTENCY, dossier.first.consistency.map((hash) => `${encodeBase64(hash)}\n`).join(''));
  }
  members.set(EPOCH_LEAF, dossier.epoch.data);
  put(EPOCH_PROOF, dossier.epoch.proof);
  for (const { index, receipt, view, data, proof } of dossier.leaves) {
    put(memberName('receipt', index), `${JSON.stringify(receipt)}\n`);
    put(memberName('view', index), `${JSON.stringify(view)}\n`);
    members.set(memberName('data', index), data);
    put(memberName('proof', index), proof);
  }
  const compacts = [
    ['statement', dossier.statements],
    ['item', dossier.items],
    ['designation', dossier.designations],
    ['entry', dossier.entries],
    ['root', dossier.roots],
    ['revocation', dossier.revocations],
  ] as const;
  for (const [kind, map] of compacts) for (const [key, compact] of map) put(memberName(kind, key), compact);
  return members;
}

/** @throws EvidenceWrong `MEMBER_MISSING`, `MEMBER_MALFORMED` */
export function dossierOf(members: ReadonlyMap<string, Uint8Array>): Dossier {
  const need = (name: string): Uint8Array => members.get(name) ?? wrong('MEMBER_MISSING', name);
  const textOf = (name: string): string => decoded(name, need(name));
  const map = (kind: MemberKind): Map<string, string> => new Map(keysOf(members, kind).map((key) => [key, textOf(memberName(kind, key))]));
  const indexes = keysOf(members, 'receipt')
    .map(Number)
    .toSorted((a, b) => a - b);
  const hasAll = (['view', 'data', 'proof'] as const).every((kind) => keysOf(members, kind).length === indexes.length);
  if (!hasAll) wrong('MEMBER_MISSING', 'leaves/', 'each leaf has a receipt, a view, its data and a proof');
  return {
    log: line(LOG_KEY, textOf(LOG_KEY)),
    statements: map('statement'),
    items: map('item'),
    leaves: indexes.map((index) => ({
      index,
      receipt: receiptIn(memberName('receipt', index), textOf(memberName('receipt', index))),
      view: jsonOf(memberName('view', index), textOf(memberName('view', index)), ownView),
      data: need(memberName('data', index)),
      proof: textOf(memberName('proof', index)),
    })),
    newest: textOf(NEWEST),
    first: members.has(FIRST) || members.has(CONSISTENCY) ? { note: textOf(FIRST), consistency: hashesOf(textOf(CONSISTENCY)) } : null,
    epoch: { data: need(EPOCH_LEAF), proof: textOf(EPOCH_PROOF) },
    designations: map('designation'),
    entries: map('entry'),
    roots: map('root'),
    revocations: map('revocation'),
  };
}

const keysOf = (members: ReadonlyMap<string, unknown>, kind: MemberKind): string[] =>
  [...members.keys()].flatMap((name) => {
    const known = kindOf(name);
    return known?.kind === kind ? [known.key] : [];
  });

function decoded(name: string, bytes: Uint8Array): string {
  try {
    return text.decode(bytes);
  } catch {
    return wrong('MEMBER_MALFORMED', name, 'not UTF-8');
  }
}

const line = (name: string, content: string): string =>
  content.endsWith('\n') && content.indexOf('\n') === content.length - 1
    ? content.slice(0, -1)
    : wrong('MEMBER_MALFORMED', name, 'not one line');

/** One spelling: members in the schema's order, no spaces, a newline. */
function jsonOf<T>(name: string, content: string, schema: z.ZodType<T>): T {
  try {
    const parsed = schema.safeParse(JSON.parse(content));
    if (parsed.success && `${JSON.stringify(parsed.data)}\n` === content) return parsed.data;
  } catch {
    // said below
  }
  return wrong('MEMBER_MALFORMED', name, 'not the one spelling of its kind');
}

function receiptIn(name: string, content: string): Receipt {
  const answer = jsonOf(name, content, receiptAnswer);
  return answer.path.every((hash) => parseDigest(hash).ok)
    ? receiptOf(answer)
    : wrong('MEMBER_MALFORMED', name, 'its path holds no digests');
}

function hashesOf(content: string): Hash[] {
  if (content !== '' && !content.endsWith('\n')) wrong('MEMBER_MALFORMED', CONSISTENCY, 'not lines');
  return content
    .split('\n')
    .slice(0, -1)
    .map((encoded) => {
      const hash = decodeBase64(encoded);
      return hash.ok && hash.value.length === 32 ? hash.value : wrong('MEMBER_MALFORMED', CONSISTENCY, 'not base64 hashes');
    });
}
