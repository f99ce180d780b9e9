/** A report is made: the reading is logged, the events come, the rows follow from them, and it is said whether the list is proved to be whole. */
import type { AuthorityId } from '../../../domain/ids.js';
import type { ReadingPurpose } from '../../../domain/oversight.js';
import { formatInstant, type Instant } from '../../../domain/time.js';
import { readLog, type AuditRead, type LogReading } from '../audit.js';
import { isLogAlarm, WITHDRAWN } from '../checkpoints.js';
import type { ClientContext } from '../context.js';
import { proveStream, type StreamProof } from '../stream.js';
import type { Question, ReportKind, Row } from './question.js';

export interface ReportWanted {
  readonly kind: ReportKind;
  /** whose log; absent: one's own authority's */
  readonly of?: AuthorityId | undefined;
  readonly item?: string | undefined;
  readonly counterpart?: string | undefined;
  readonly from?: Instant | undefined;
  /** exclusive */
  readonly to?: Instant | undefined;
  /** absent: self-monitoring of one's own, lawfulness of another's, or statistics */
  readonly purpose?: ReadingPurpose | undefined;
  /** from one's own records, by exchange: the log holds none */
  readonly offences?: ReadonlyMap<string, string> | undefined;
}

export type Wholeness =
  /** of this authority's stream up to that leaf, under that checkpoint */
  | { readonly state: 'PROVED'; readonly upTo: number; readonly checkpoint: string; readonly witnesses: readonly string[] }
  /** another's log, or one that no checkpoint covers yet which is believed here */
  | { readonly state: 'NOT_PROVED' }
  /** the log does not fit what was shown: an alarm */
  | {
      readonly state: 'MISFIT';
      readonly misfits: readonly { readonly check: string; readonly index: number | null; readonly why: string }[];
    };

export interface MadeReport {
  readonly kind: ReportKind;
  readonly rows: readonly Row[];
  readonly view: string;
  /** origin of the log */
  readonly log: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly item: string | null;
  readonly counterpart: string | null;
  readonly madeAt: string;
  /** place of the leaf that says that this was read */
  readonly reading: number;
  /** how many events it was made of */
  readonly events: number;
  /** events of this view whose text the log no longer has after its years, as the proof counts them; of another's log, as the gateway says */
  readonly erased: number;
  readonly wholeness: Wholeness;
  /** no witness is pinned: that everybody is shown the same log rests on the gateway's word */
  readonly isUnwitnessed: boolean;
}

/** These look back: what ends, is late or is used in a time may have begun long before. */
const LOOKS_BACK: ReadonlySet<string> = new Set([
  'WHO_SAW',
  'OVERDUE',
  'CONSENTS_EXPIRING',
  'PAST_RETENTION',
  'THIRD_PARTIES',
  'USE_OUTSIDE_PURPOSE',
  'QUARTERLY',
  'STATISTICS',
]);

/** @throws PolicyRefusal `ROLE_REQUIRED`, which is a leaf */
export async function makeReport(context: ClientContext, wanted: ReportWanted): Promise<MadeReport> {
  const authority = wanted.of ?? context.identity.authority;
  const { reading, wholeness, erased } =
    authority === context.identity.authority ? await readOwn(context, wanted) : await readOther(context, wanted);
  const { directory } = await context.directory();
  const names = new Map([...directory.authorities].map(([id, { entry }]): [string, string | null] => [id, entry?.name ?? null]));
  const question = questionOf(wanted, reading.events, authority, context.clock.now(), (code) => names.get(code) ?? null);
  return {
    kind: wanted.kind,
    rows: wanted.kind.rows(question),
    view: authority,
    log: context.gateway.origin,
    from: question.from,
    to: question.to,
    item: question.item,
    counterpart: question.counterpart,
    madeAt: formatInstant(question.now),
    reading: reading.index,
    events: reading.events.length,
    erased,
    wholeness,
    isUnwitnessed: (context.gateway.quorum ?? 0) === 0,
  };
}

export const questionOf = (
  { item, counterpart, from, to, offences }: Omit<ReportWanted, 'kind'>,
  events: readonly AuditRead[],
  authority: AuthorityId,
  now: Instant,
  nameOf: Question['nameOf'] = () => null,
): Question => ({
  events,
  authority,
  from: from === undefined ? null : formatInstant(from),
  to: to === undefined ? null : formatInstant(to),
  now,
  item: item ?? null,
  counterpart: counterpart ?? null,
  nameOf,
  offenceOf: (exchange) => offences?.get(exchange) ?? null,
});

/** Of another's log no more than the time that is asked about, where the report can do with that. Nothing of it can be proved here. */
async function readOther(
  context: ClientContext,
  { kind, of, item, from, to, purpose }: ReportWanted,
): Promise<Awaited<ReturnType<typeof readOwn>>> {
  const reading = await readLog(context, {
    report: kind.code,
    of,
    item,
    ...(from === undefined || LOOKS_BACK.has(kind.code) ? {} : { from: formatInstant(from) }),
    ...(to === undefined ? {} : { to: formatInstant(to) }),
    purpose: purpose ?? (kind.code === 'STATISTICS' ? 'STATISTICS' : 'LAWFULNESS'),
  });
  return { reading, wholeness: { state: 'NOT_PROVED' }, erased: reading.erased?.length ?? 0 };
}

/** One's own view is read whole: only the whole of it can be proved. */
async function readOwn(
  context: ClientContext,
  { kind, item, purpose }: ReportWanted,
): Promise<{ readonly reading: LogReading; readonly wholeness: Wholeness; readonly erased: number }> {
  const reading = await readLog(context, {
    report: kind.code,
    item,
    purpose: purpose ?? (kind.code === 'STATISTICS' ? 'STATISTICS' : 'SELF_MONITORING'),
  });
  const proof = await proveStream(context, reading);
  return { reading, wholeness: wholenessOf(proof), erased: proof.erased };
}

export function wholenessOf({ isComplete, misfits, upTo, checkpoint, epochs }: StreamProof): Wholeness {
  if (isComplete && checkpoint !== null && epochs !== null)
    return { state: 'PROVED', upTo, checkpoint: checkpoint.note, witnesses: [...checkpoint.witnesses] };
  // whatever else keeps the proof from being made, a log that contradicts itself among it, is an alarm
  const isUnproved = isComplete || misfits.every(contradictsNothing);
  return isUnproved ? { state: 'NOT_PROVED' } : { state: 'MISFIT', misfits };
}

/** There is no checkpoint to hold the log against yet: none was published, or none that is believed here, for want of witnesses. */
const contradictsNothing = ({ check, why }: StreamProof['misfits'][number]): boolean =>
  check === 'NO_CHECKPOINT' || (check === 'CHECKPOINT' && !isLogAlarm(why) && why !== WITHDRAWN);
