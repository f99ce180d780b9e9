/** What the gateway answers, one schema an answer. Text that was signed travels as it is; a client parses it again before it believes it. */
import { z } from 'zod';
import { CLOCK_BINDINGS, CLOCK_KINDS, CLOCK_UNITS } from '../profiles/profile.js';
import { PART_STATES } from '../machine.js';
import { ASSISTANCE_TYPE_CODES, AUTHORITY_TYPES, EXCHANGE_TYPES, LEVELS, PROFILE_IDS } from '../vocabulary.js';
import { base64url, bytes32, hash, id, jsonObject, time } from './answer-texts.js';
import { witnessing } from './witnessing.js';

const compact = z.string().max(262_144).meta({ description: 'compact JWS' });
const authority = z.string().max(32);
const day = z.string().length(10).meta({ description: 'local date' });
const cursor = z.string().max(24);
const index = z.int().min(0);

/** of one exchange (domain/repeated.ts bounds how many there are) */
export const CLOCKS_MAX = 1_000;
/** label statements in one reading, of the item and of what it is made from, each; where there are more, no reading is begun */
export const READING_LABELS_MAX = 5_000;

export const receiptAnswer = z.strictObject({
  /** exact text of the receipt's body */
  body: z.string().max(2_048),
  position: index,
  path: z.array(hash).max(53),
  /** compact `parley-receipts+json` */
  batch: compact,
});

export const accepted = z.strictObject({ receipt: receiptAnswer });
export const session = z.strictObject({ session: z.string().max(64), key: bytes32, until: time });

export const reading = z.strictObject({
  receipt: receiptAnswer,
  item: compact,
  seals: z.array(z.strictObject({ kid: hash, bytes: base64url })).max(256),
  envelope: compact.optional(),
  release: compact.optional(),
  consents: z.array(compact).max(64),
  labels: z.array(compact).max(READING_LABELS_MAX),
  /** about what it is made from, since it was given */
  sourceLabels: z.array(compact).max(READING_LABELS_MAX),
  /** acceptance of what gave the item, of consents and labels: when the log took each in */
  receipts: z.array(receiptAnswer).max(2 * READING_LABELS_MAX + 100),
  body: z.union([
    z.strictObject({ bytes: base64url }),
    z.strictObject({ ticket: z.string().max(600), sizeBytes: z.int().min(1), parts: z.int().min(1) }),
  ]),
});

export type ReadingAnswer = z.output<typeof reading>;

const ENTRY_KINDS = [
  'envelope',
  'release',
  'consent',
  'consent-refusal',
  'revocation',
  'label',
  'use',
  'deletion',
  'inability',
  'lawful-notice',
  'approval',
  'consultation',
  'verification',
  'access',
  'directory',
  'notice',
  'receipt',
  'refused',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export const inboxPage = z.strictObject({
  entries: z
    .array(
      z.strictObject({
        cursor,
        index,
        kind: z.enum(ENTRY_KINDS),
        /** absent of a clock, whose exchange is named instead */
        statement: compact.optional(),
        items: z.array(compact).max(64),
        receipt: receiptAnswer,
        exchange: id.optional(),
        /** of a clock: ids, codes and dates, for the desk that the exchange is handled at */
        notice: z
          .strictObject({
            action: z.string().max(48),
            clock: z.string().max(48),
            due: time,
            was: time.optional(),
            /** of a date that was counted again: what it is now, and was not before */
            certainty: z.enum(['CERTAIN', 'PROVISIONAL']).optional(),
            /** of what is kept: which item, and what stands in the way of its deletion */
            item: hash.optional(),
            obstacles: z.array(z.string().max(48)).max(16).optional(),
          })
          .optional(),
      }),
    )
    .max(200),
  next: cursor.optional(),
});
export type InboxPage = z.output<typeof inboxPage>;

/** of the request, for which alone it runs, a day that was named for some; absent: for the whole */
const datedParts = z.array(z.string().max(64)).max(16).optional();
const clock = z.strictObject({
  code: z.string().max(48),
  kind: z.enum(CLOCK_KINDS),
  startedAt: time,
  due: time,
  /** counted without something that would change it: nothing lapses by it */
  provisional: z.boolean(),
  /** derived when it is asked: it was met, or stood still, after its date; where neither, the date is past. Met in time it is not */
  isOverdue: z.boolean(),
  metAt: time.nullable(),
  /** withdrawn by who asked: nothing was owed any more, and nothing was met */
  endedBy: z.literal('NO_LONGER_REQUIRED').optional(),
  parts: datedParts,
  suspendedAt: time.nullable(),
});
/** A date that explains itself. Days are `yyyy-mm-dd` where the requested authority is. */
const clockExplanation = z.strictObject({
  code: z.string().max(48),
  kind: z.enum(CLOCK_KINDS),
  /** the party whose silence it measures */
  owes: authority,
  amount: index,
  unit: z.enum(CLOCK_UNITS),
  source: z.string().max(200),
  binding: z.enum(CLOCK_BINDINGS),
  startedAt: time,
  startedBy: z.string().max(48),
  startedOn: day,
  due: time,
  dueOn: day,
  timeZone: z.string().max(48),
  calendar: z.string().max(200),
  /** why it is provisional; empty: it is firm */
  doubts: z.array(z.enum(['NO_HOLIDAY_DATA', 'NO_TIME_ZONE', 'NO_OFFICE_HOURS'])).max(3),
  skipped: z.array(z.strictObject({ day, why: z.enum(['WEEKEND', 'HOLIDAY', 'CLOSED']), name: z.string().max(200).optional() })).max(2_000),
  suspensions: z.array(z.strictObject({ from: time, to: time.nullable() })).max(1_000),
  metAt: time.nullable(),
  /** withdrawn by who asked: nothing was owed any more, and nothing was met */
  endedBy: z.literal('NO_LONGER_REQUIRED').optional(),
  parts: datedParts,
  isOverdue: z.boolean(),
});
export type ClockAnswer = z.output<typeof clockExplanation>;
/** How one part of a request stands. */
const part = z.strictObject({
  id: z.string().max(64),
  assistanceType: z.enum(ASSISTANCE_TYPE_CODES),
  coercive: z.boolean(),
  state: z.enum(PART_STATES),
  /** the day last named for it */
  expected: day.nullable(),
});
/** Conditions, which bind once they are accepted. Their texts are sealed. */
const agreement = z.strictObject({
  proposal: hash,
  parts: z.array(z.string().max(64)).max(16),
  isAccepted: z.boolean(),
  texts: z.array(hash).max(8),
  notBefore: time.nullable(),
  proceedings: z.array(z.string().max(64)).max(8),
});
const exchangeSummary = z.strictObject({
  id,
  version: z.int().min(1),
  type: z.enum(EXCHANGE_TYPES),
  profile: z.enum(PROFILE_IDS),
  state: z.string().max(48),
  requesting: authority,
  requestingType: z.enum(AUTHORITY_TYPES),
  requested: authority,
  requestedType: z.enum(AUTHORITY_TYPES),
  opening: hash,
  last: hash,
  openedAt: time,
  deliveredAt: time.nullable(),
  clocks: z.array(clock).max(CLOCKS_MAX),
  parts: z.array(part).max(16),
  agreements: z.array(agreement).max(1_000),
});
export type ExchangeSummary = z.output<typeof exchangeSummary>;

export const exchangesPage = z.strictObject({ exchanges: z.array(exchangeSummary).max(200), next: cursor.optional() });
export const statementAnswer = z.strictObject({ statement: compact, items: z.array(compact).max(64), receipt: receiptAnswer });
export type StatementAnswer = z.output<typeof statementAnswer>;
export const exchangeAnswer = z.strictObject({
  exchange: exchangeSummary,
  /** of each clock, in the same order */
  dates: z.array(clockExplanation).max(1_000),
  /** oldest first, a page of them */
  envelopes: z.array(statementAnswer).max(200),
  /** of a request for consent: what was granted and refused on it, and which grant was revoked, in log order; absent: nothing yet */
  consents: z.array(statementAnswer).max(1_000).optional(),
  next: cursor.optional(),
});

export const directoryAnswer = z.strictObject({
  /** number of the newest published checkpoint, 0 before the first */
  epoch: index,
  version: index,
  authorities: z
    .array(
      z.strictObject({
        authority,
        slot: index,
        standing: z.enum(['ACTIVE', 'SUSPENDED', 'OBSERVER']),
        types: z.array(z.enum(AUTHORITY_TYPES)),
        root: hash,
        designation: compact,
        /** the second person's signature, where it waited for one */
        approval: compact.optional(),
        entry: compact.nullable(),
      }),
    )
    .max(10_000),
  /** designations that wait for a second signature */
  waiting: z.array(compact).max(10_000),
  /** of the operator's register, the last statement about each */
  agreements: z.array(compact).max(10_000),
  /** key revocations, each signed by its authority's root */
  revocations: z.array(compact).max(10_000),
  /** changes of root, each signed by the old one, oldest first */
  roots: z.array(compact).max(10_000),
});
export type DirectoryAnswer = z.output<typeof directoryAnswer>;

/** One entry, of any time. */
export const entryAnswer = z.strictObject({ entry: compact });
/** The newest entry that lists an officer's key, and the authority's next one, where there is one. */
export const keyAnswer = z.strictObject({ entries: z.array(compact).min(1).max(2) });

export const uploadOpened = z.strictObject({ upload: id, partBytes: z.int(), parts: z.int().min(1) });
export const uploadAnswer = z.strictObject({
  upload: id,
  sizeBytes: z.int().min(1),
  parts: z.array(z.strictObject({ n: index, sizeBytes: z.int().min(1), leafHash: hash })),
});

export const logAnswer = z.strictObject({
  origin: z.string().max(120),
  /** the gateway's Ed25519 key: signs receipt batches and checkpoints */
  key: z.strictObject({ kid: hash, publicKey: bytes32 }),
  /** the same as a C2SP verifier key */
  verifierKey: z.string().max(300),
  time,
  size: index,
  proofDelayMsMax: z.int(),
  /** nothing above it is carried; absent: an older gateway, which does not say */
  levelMax: z.enum(LEVELS).optional(),
  /** false: nobody but the gateway vouches for the log */
  witnessed: z.boolean(),
  /** absent: no witness is asked */
  witnessing: witnessing.optional(),
});

/** A caller's own view of a leaf, with the bare hashes of the others: `crypto/views.ts` checks it against the leaf's data. */
export const ownView = z.strictObject({ salt: bytes32, event: jsonObject(4_096), others: z.array(hash).max(64) });
export const proofAnswer = z.strictObject({
  index,
  size: z.int().min(1),
  path: z.array(hash).max(64),
  /** the leaf's public data: 32 bytes of an event, or an epoch leaf */
  data: base64url,
  /** signed C2SP note */
  checkpoint: z.string().max(16_384),
  view: ownView.optional(),
});
export type ProofAnswer = z.output<typeof proofAnswer>;

export const auditPage = z.strictObject({
  /** `view.event` is the exact text that was hashed */
  events: z.array(z.strictObject({ cursor, index, view: ownView })).max(200),
  /** places of events whose text was erased after its years: their view hashes are all that is left */
  erased: z
    .array(z.strictObject({ index, viewHash: hash }))
    .max(2_000)
    .optional(),
  next: cursor.optional(),
});
export type AuditPage = z.output<typeof auditPage>;

export const health = z.strictObject({ status: z.literal('up') });
export const readiness = z.strictObject({
  ready: z.boolean(),
  checks: z.strictObject({
    store: z.boolean(),
    blobs: z.boolean(),
    accepting: z.boolean(),
    outbox: z.boolean(),
    log: z.boolean(),
    clock: z.boolean(),
  }),
});
