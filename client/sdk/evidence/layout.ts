/** Which members a file of evidence has, and what each is called. Everything is text but leaves' data and sealed bodies. */

export const MANIFEST = 'manifest.jws';
/** the manifest's payload again, for whoever reads without tools */
export const MANIFEST_TEXT = 'manifest.json';
export const README = 'README.txt';
export const TIMELINE_TEXT = 'timeline.txt';
export const TIMELINE_HTML = 'timeline.html';
export const LOG_KEY = 'log.vkey';
export const NEWEST = 'checkpoints/newest.note';
/** the first checkpoint that covers the exchange's beginning, where it is an older one */
export const FIRST = 'checkpoints/first.note';
export const CONSISTENCY = 'checkpoints/consistency.txt';
export const EPOCH_LEAF = 'checkpoints/epoch-leaf.json';
export const EPOCH_PROOF = 'checkpoints/epoch-leaf.tlog-proof';

const DIGEST = '[A-Za-z0-9_-]{43}';
const COUNT = '0|[1-9][0-9]{0,15}';

/** Members of which there are many: folder, name without ending, ending. */
const KINDS = {
  statement: ['statements/', DIGEST, '.jws'],
  item: ['items/', DIGEST, '.jws'],
  body: ['bodies/', DIGEST, '.sealed'],
  receipt: ['leaves/', COUNT, '.receipt.json'],
  view: ['leaves/', COUNT, '.view.json'],
  data: ['leaves/', COUNT, '.data'],
  proof: ['leaves/', COUNT, '.tlog-proof'],
  designation: ['directory/designations/', DIGEST, '.jws'],
  entry: ['directory/entries/', DIGEST, '.jws'],
  root: ['directory/roots/', DIGEST, '.jws'],
  revocation: ['directory/revocations/', DIGEST, '.jws'],
} as const;
export type MemberKind = keyof typeof KINDS;

const SINGLE: ReadonlySet<string> = new Set([
  MANIFEST,
  MANIFEST_TEXT,
  README,
  TIMELINE_TEXT,
  TIMELINE_HTML,
  LOG_KEY,
  NEWEST,
  FIRST,
  CONSISTENCY,
  EPOCH_LEAF,
  EPOCH_PROOF,
]);

export const memberName = (kind: MemberKind, key: string | number): string => `${KINDS[kind][0]}${key}${KINDS[kind][2]}`;

const PATTERNS = Object.entries(KINDS).map(
  ([kind, [folder, key, ending]]) => [kind as MemberKind, new RegExp(`^${folder}(${key})${ending.replaceAll('.', '\\.')}$`)] as const,
);

/** @returns null for one of the single members, and for a name that no member has */
export function kindOf(name: string): { readonly kind: MemberKind; readonly key: string } | null {
  for (const [kind, pattern] of PATTERNS) {
    const key = pattern.exec(name)?.[1];
    if (key !== undefined) return { kind, key };
  }
  return null;
}

/** Absolute paths, `..`, backslashes, other folders: whatever is not one of these is not ours. */
export const isMemberName = (name: string): boolean => SINGLE.has(name) || kindOf(name) !== null;
export const isManifest = (name: string): boolean => name === MANIFEST || name === MANIFEST_TEXT;
