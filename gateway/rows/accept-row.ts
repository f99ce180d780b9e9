/** What an accepted statement writes, all of it or none: statement, links, exchange, outbox and leaf. */
import { alarmsOf } from '../../domain/calendar/timers.js';
import type { Exchange } from '../../domain/exchange.js';
import { destroyAlarms, endedAlarms } from '../../domain/retention-alarms.js';
import type { Retention } from '../../domain/retention.js';
import type { Digest } from '../../domain/ids.js';
import type { Chance, CommitRow, NewOutbox } from '../../domain/ports.js';
import type { Instant } from '../../domain/time.js';
import { spokenAs } from '../../domain/vocabulary.js';
import type { Submission } from '../../domain/wire/submission.js';
import { leafViews } from '../audit/events.js';
import { encodeExchange } from '../cases/exchanges.js';
import type { Author, ParsedSubmission } from '../parsed.js';
import type { Plan } from '../plan.js';

const utf8 = new TextEncoder();

export interface Acceptance {
  readonly submission: Submission;
  readonly parsed: ParsedSubmission;
  readonly author: Author;
  readonly plan: Plan;
  /** the exchange after the step; null where the statement takes none */
  readonly exchange: Exchange | null;
  readonly log: string;
  readonly policy: string;
  readonly retention: Retention;
  readonly correlation: string;
  /** version of the directory that everything was judged by */
  readonly directoryVersion: number;
}

export function acceptRow(
  { submission, parsed, author, plan, exchange, log, policy, retention, correlation, directoryVersion }: Acceptance,
  now: Instant,
  chance: Chance,
): CommitRow {
  const { digest, typ } = parsed.signed.statement;
  const { authority, officer } = author;
  const actor = { authority, officer: officer?.officer ?? null, role: officer === null ? null : spokenAs(officer.roles) };
  const happening = {
    log,
    at: now,
    outcome: 'ALLOW' as const,
    correlation,
    actor,
    statement: digest,
    policy: plan.facts === null ? null : policy,
    rules: [],
    codes: [],
  };
  const { data, views } = leafViews(happening, plan.sight, chance);
  return {
    statement: {
      digest,
      typ,
      author: author.authority,
      id: author.id,
      exchange: exchange?.id ?? null,
      at: now,
      raw: utf8.encode(JSON.stringify(submission)),
    },
    links: plan.links,
    leaf: { data, views, statement: digest, stage: plan.stage, outcome: 'ALLOW', at: now, version: exchange?.version ?? 0, mailbox: null },
    exchange: exchange === null ? null : encodeExchange(exchange),
    outbox: [
      ...deliveriesOf(plan, digest, exchange, now),
      ...plan.alarms,
      ...(exchange === null ? [] : [...alarmsOf(exchange), ...endedAlarms(exchange, retention, now)]),
      ...destroyAlarmsOf(parsed),
    ],
    settles: null,
    expects: [{ key: 'directory', version: directoryVersion }, ...plan.expects],
    bumps: plan.bumps,
    validUntil: plan.validUntil,
  };
}

const deliveriesOf = ({ deliverTo }: Plan, statement: Digest, exchange: Exchange | null, due: Instant): readonly NewOutbox[] =>
  deliverTo.map((addressee) => ({
    key: `${statement} ${addressee}`,
    kind: 'deliver',
    statement,
    exchange: exchange?.id ?? null,
    addressee,
    due,
  }));

/** Of items that come for the first time, and of a label that is tightened later. */
function destroyAlarmsOf({ signed: { statement }, items }: ParsedSubmission): readonly NewOutbox[] {
  const fresh = items.flatMap(({ statement: item }) => destroyAlarms(item.digest, item.payload.label.destroyBy));
  const later =
    statement.typ === 'parley-label+json' ? destroyAlarms(statement.payload.item, statement.payload.label?.destroyBy ?? null) : [];
  return [...fresh, ...later];
}
