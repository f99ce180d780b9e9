/** A report of the log is opened: who reads whose, which, for what, over which time. What cannot be audited does not happen: first the leaf. */
import type { Caller } from '../../domain/caller.js';
import { objectionToReading } from '../../domain/oversight.js';
import { present } from '../../domain/present.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import { formatInstant } from '../../domain/time.js';
import type { ReadingOpening } from '../../domain/wire/audit.js';
import type { OpenedReading } from '../answers.js';
import type { Sight } from '../plan.js';
import { eventRow } from '../rows/bare-row.js';
import { speakerOf } from '../rows/refusal-row.js';
import { ROUNDS_MAX, type Attempt, type Workshop } from '../workshop.js';

/** @returns what the pages may show; durable: the leaf, in the views of the reader's authority and of the one that is read */
export async function openReading(
  shop: Workshop,
  asked: ReadingOpening,
  caller: Caller,
  requestId: string,
): Promise<Result<OpenedReading, { readonly why: Refusal; readonly attempt: Attempt }>> {
  const { clock, chance, config, committer } = shop;
  const { report, exchange = null, from = null, to = null } = asked;
  const of = asked.of ?? caller.authority;
  const sight = sightOf(asked, of, caller);
  const speaker = { authority: caller.authority, officer: caller.officer, role: roleOf(caller, of, report) };
  const denied = (why: Refusal) => no({ why, attempt: { speaker: speakerOf(caller), statement: null, sight, correlation: requestId } });
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const directory = round === 0 ? await shop.directory.current() : await shop.directory.refresh();
    const objection = objectionToReading(report, of, caller, { directory, operator: config.operator.authority });
    if (objection !== null) return denied(objection);
    const about = { log: config.origin, at: clock.now(), outcome: 'DONE' as const, correlation: requestId, statement: null };
    const happening = { ...about, actor: speaker, policy: null, rules: [], codes: [] };
    const row = eventRow(happening, sight, { stage: 'accepted' }, chance);
    // who oversees whom may have changed since
    const committed = await committer.commit({ ...row, expects: [{ key: 'directory', version: directory.version }] });
    if (committed.kind === 'committed') return ok({ report, exchange, of, from, to, receipt: committed.receipt });
  }
  return denied(refusal('CONFLICT', 'the directory keeps changing; ask again'));
}

/** The role that the reading takes, where the caller has it. */
function roleOf({ authority, roles }: Caller, of: string, report: ReadingOpening['report']): string | null {
  const own = of === authority ? 'COMPLIANCE' : 'OVERSIGHT';
  return roles.find((role) => role === (report === 'COUNTS' ? 'OPERATOR' : own)) ?? roles[0] ?? null;
}

/** Codes, an id and dates. */
function sightOf(
  { report, item, exchange, from, to, purpose }: ReadingOpening,
  of: Sight['parties'][number],
  { authority }: Caller,
): Sight {
  const span = [...(from === undefined ? [] : [`FROM ${formatInstant(from)}`]), ...(to === undefined ? [] : [`TO ${formatInstant(to)}`])];
  return {
    action: 'REPORT',
    parties: [...new Set([authority, of])],
    originators: [],
    counterparty: of,
    purpose,
    basis: [report, ...span].join(' '),
    ...present({ item, exchange }),
  };
}
