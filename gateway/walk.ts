/**
 * The walk: the whole server on one page. One way in for every statement, one way out for what is due, one way to publish.
 * It is the only place where the steps meet; every step is one file, called from here alone.
 */
import type { PolicyWitness } from '../crypto/witness-policy.js';
import type { Directory } from '../domain/authority.js';
import type { Caller } from '../domain/caller.js';
import { Failure } from '../domain/failure.js';
import type { Digest } from '../domain/ids.js';
import type { Conflict, OutboxRow, Stage } from '../domain/ports.js';
import type { Receipt } from '../domain/receipt.js';
import { refusal, type Refusal } from '../domain/refusal.js';
import { no, ok, type Result } from '../domain/result.js';
import type { Submission } from '../domain/wire/submission.js';
import { decide } from '../policies/decide.js';
import type { Accepted, Refused, Walk } from './answers.js';
import { createReceiptMaker } from './audit/receipts.js';
import { RULE_BOOK_DIGEST } from './audit/rule-book.js';
import { advanceExchange } from './cases/advance.js';
import type { Committer } from './committer.js';
import type { Deps } from './deps.js';
import { assertOwnLog } from './own-log.js';
import type { Plan } from './plan.js';
import { isSelfSigned } from './parsed.js';
import type { DirectoryReader } from './read/directory.js';
import { createLibrary, type Library } from './read/library.js';
import { acceptRow } from './rows/accept-row.js';
import { sightOfAttempt, speakerOf } from './rows/refusal-row.js';
import { createCommitter } from './steps/commit.js';
import { askWitness } from './steps/ask-witness.js';
import { countStrangers } from './steps/count-strangers.js';
import { deliver } from './steps/deliver.js';
import { erase } from './steps/erase.js';
import { fireClock } from './steps/fire-clock.js';
import { fireNoticeClock } from './steps/fire-notice-clock.js';
import { fireRetention } from './steps/fire-retention.js';
import { findEarlier } from './steps/find-earlier.js';
import { gatherFacts } from './steps/gather-facts.js';
import { openReading } from './steps/open-reading.js';
import { openSession } from './steps/open-session.js';
import { parseSubmission, soundStatement } from './steps/parse-submission.js';
import { pruneDue, pruneOld } from './steps/prune.js';
import { publishEpoch } from './steps/publish-epoch.js';
import { recountClocks } from './steps/recount-clocks.js';
import { refuse } from './steps/refuse.js';
import { rest } from './steps/rest.js';
import { sweepRows } from './steps/sweep-rows.js';
import { verifyStatement } from './steps/verify-statement.js';
import { createStanding } from './standing.js';
import { createTurns } from './turns.js';
import { ROUNDS_MAX, type Attempt, type Denial, type Given, type Workshop } from './workshop.js';

const DELIVERIES_AT_ONCE = 64;
/** An item or a ciphertext comes once: under a second statement it would carry a second label. */
const isWrappedAgain = (on: Conflict): boolean => on.of === 'link' && on.link.kind !== 'ended';

const REPLAY = refusal('REPLAY_DETECTED', 'this id was used for other bytes before; a new statement has a new id');
// the commit says so, since only it sees two of them at once
const REWRAPPED = refusal('REPLAY_DETECTED', 'these sealed bytes came before under another statement; hand the item on by a release');
const UNSETTLED = refusal('CONFLICT', 'what this rests on keeps changing; send the same bytes again');

export interface RunningWalk extends Walk {
  /** how the group commit is doing; rows join it here alone */
  readonly commits: Omit<Committer, 'commit'>;
  /** what is stored, as the doors read it too: kept in memory once, and forgotten there once it is erased */
  readonly library: Library;
  /** why the log must not go on (`standing.ts`); null: all is well */
  readonly behind: string | null;
  /** what nothing may be written for now: of the log, or of the clock; null: all is well */
  readonly trouble: Failure | null;
}

export function createWalk(deps: Deps, directory: DirectoryReader): RunningWalk {
  const { store, clock, config } = deps;
  const receipts = createReceiptMaker(config.origin, deps.keys, config.proofDelayMsMax);
  const standing = createStanding(deps);
  const committer = createCommitter(store, receipts, config, () => clock.now(), standing);
  const shop: Workshop = {
    ...deps,
    directory,
    library: createLibrary(store),
    receipts,
    committer,
    strangers: { count: 0, writtenAt: null },
    standing,
    turns: createTurns(),
    witnessed: new Map(),
    recounted: new Map(),
  };
  return {
    library: shop.library,
    commits: committer,
    get behind() {
      return standing.behind;
    },
    get trouble() {
      return standing.trouble;
    },
    acceptStatement: (submission, caller) => acceptStatement(shop, submission, caller),
    deliverDue: () => deliverDue(shop),
    recountClocks: () => recountClocks(shop),
    takeAway: () => takeAway(shop),
    assertStanding: () => assertStanding(shop),
    publishCheckpoint: () => publishCheckpoint(shop),
    witnesses: [...witnessesOf(shop).keys()],
    askWitness: (name) => askNamed(shop, name),
    stand: () => stand(shop),
    async openSession(request, requestId) {
      const opened = await openSession(shop, request, requestId);
      if (!opened.ok) shop.strangers.count += 1;
      return opened;
    },
    async openReading(asked, caller, requestId) {
      const opened = await openReading(shop, asked, caller, requestId);
      return opened.ok ? opened : refuse(shop, opened.error.why, opened.error.attempt);
    },
    receiptOf: (leaf) => receipts.ofLeaf(leaf, store),
    receiptFor: (statement, stage) => receiptFor(shop, statement, stage),
  };
}

async function acceptStatement(shop: Workshop, submission: Submission, caller: Caller | null): Promise<Result<Accepted, Refused>> {
  const speaker = speakerOf(caller);
  const sound = soundStatement(submission.statement);
  if (!sound.ok) return refuse(shop, sound.error, { speaker, statement: null, sight: sightOfAttempt('') });
  const { digest, typ } = sound.value;
  const attempt = { speaker, statement: digest, sight: sightOfAttempt(typ) };
  const earlier = await findEarlier(shop, sound.value, caller);
  if (earlier !== null) return earlier;
  const parsed = parseSubmission(submission, sound.value);
  if (!parsed.ok) return refuse(shop, parsed.error, attempt);
  const given: Given = { parsed: parsed.value, caller, attempt };
  const rounds = (): Promise<Result<Accepted, Denial> | 'again'> => takeRounds(shop, submission, given);
  const answer = isSelfSigned(typ) ? await shop.turns.change(rounds) : await rounds();
  if (answer === 'again') return refuse(shop, UNSETTLED, given.attempt);
  return answer.ok ? answer : sayNo(shop, answer.error, given);
}

/** Whoever lost a round has quiet for the next ones; whoever changes the directory has its turn, and needs none. */
async function takeRounds(shop: Workshop, submission: Submission, given: Given): Promise<Result<Accepted, Denial> | 'again'> {
  let speak: (() => void) | null = null;
  try {
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const directory = await shop.directory.current();
      const answer = await tryOnce(shop, submission, given, directory);
      // nobody is refused for what another process has changed meanwhile
      if (answer !== 'again' && (answer.ok || (await shop.directory.refresh()).version === directory.version)) return answer;
      if (!isSelfSigned(given.parsed.signed.statement.typ)) speak ??= shop.turns.quiet();
      await shop.directory.refresh();
    }
    return 'again';
  } finally {
    speak?.();
  }
}

/** One round: verify, gather, decide, advance, commit. `again`: something that the decision rested on moved before the commit. */
async function tryOnce(
  shop: Workshop,
  submission: Submission,
  given: Given,
  directory: Directory,
): Promise<Result<Accepted, Denial> | 'again'> {
  const { parsed, caller } = given;
  const { store, library, calendars, config } = shop;
  const now = shop.clock.now();

  const author = await verifyStatement(parsed, caller, directory, shop, now);
  if (!author.ok) return no({ why: author.error, attempt: given.attempt, author: null });
  const { authority } = author.value;
  // a root speaks without a session, and clears nothing
  const officer = caller ?? { authority, officer: 'root', clearance: 'PUBLIC' as const };
  const known: Attempt = { ...given.attempt, speaker: given.attempt.speaker ?? { authority, officer: null, role: null } };
  const denied = (why: Refusal, attempt: Attempt) => no({ why, attempt, author: author.value });

  const { deployment, operator, origin, retention } = config;
  const gathering = { parsed, author: author.value, officer, directory, store, library, calendars, deployment, operator, now };
  const plan = await gatherFacts(gathering);
  if (!plan.ok) return denied(plan.error, known);
  const attempt: Attempt = { ...known, sight: plan.value.sight };

  const objection = objectionTo(plan.value);
  if (objection !== null) return denied(objection, attempt);

  const { digest, typ } = parsed.signed.statement;
  const step = plan.value.exchange;
  const takenBy = typ === 'parley-envelope+json' ? digest : null;
  const exchange = step === null ? ok(null) : advanceExchange(step, takenBy, { calendars, directory }, now);
  if (!exchange.ok) return denied(exchange.error, attempt);

  const context = { log: origin, retention, policy: RULE_BOOK_DIGEST, correlation: digest, directoryVersion: directory.version };
  const row = acceptRow(
    { submission, parsed, author: author.value, plan: plan.value, exchange: exchange.value, ...context },
    now,
    shop.chance,
  );
  const committed = await shop.committer.commit(row);
  if (committed.kind === 'replay') return denied(REPLAY, attempt);
  if (committed.kind === 'conflict') return isWrappedAgain(committed.on) ? denied(REWRAPPED, attempt) : 'again';

  if (committed.kind === 'committed' && row.statement !== null)
    library.shelve({ ...row.statement, index: committed.leaf.index }, parsed.signed.statement);
  // claimed after the commit: who sweeps what nobody claimed asks first whether a statement took it (uploads.ts)
  for (const upload of plan.value.uploads) await store.claimUpload(upload, digest);
  if (plan.value.bumps.includes('directory')) await shop.directory.refresh();
  return ok({ digest, receipt: committed.receipt, reading: plan.value.reading });
}

/** The law first, then the form: its answer helps more (docs/decisions/0005). */
function objectionTo({ facts, malformed }: Plan): Refusal | null {
  const decision = facts === null ? ({ outcome: 'ALLOW' } as const) : decide(facts);
  return decision.outcome === 'DENY' ? refusal('POLICY', 'the rules of this exchange do not allow it', decision.violations) : malformed;
}

/** Whoever sends the same bytes twice at once may lose to itself: a no is said only if they, or their id, were not accepted meanwhile. */
async function sayNo(shop: Workshop, { why, attempt, author }: Denial, { parsed, caller }: Given): Promise<Result<Accepted, Refused>> {
  const meanwhile = await findEarlier(shop, parsed.signed.jws, caller);
  if (meanwhile !== null) return meanwhile;
  const same = author === null ? null : await shop.store.statementById(author.authority, author.id);
  return refuse(shop, same !== null && same.digest !== attempt.statement ? REPLAY : why, attempt);
}

/** Each row by itself: one that fails rests, and where nothing of a full round was settled, what stands behind it is as due. */
async function deliverDue(shop: Workshop): Promise<number> {
  for (;;) {
    await assertStanding(shop);
    const rows = await shop.store.claim(shop.clock.now(), shop.config.leaseMs, DELIVERIES_AT_ONCE);
    const ends = await Promise.allSettled(rows.map((row) => settle(shop, row).catch((failure: unknown) => rest(shop, row, failure))));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    const settled = ends.filter((end) => end.status === 'fulfilled' && end.value).length;
    if (settled > 0 || rows.length < DELIVERIES_AT_ONCE) return settled;
  }
}

/** An envelope is carried; an alarm is of retention, of an exchange's clock or of a notice; what nobody has a right to goes. */
function settle(shop: Workshop, row: OutboxRow): Promise<boolean> {
  if (row.kind === 'deliver') return deliver(shop, row);
  if (row.kind === 'retention') return fireRetention(shop, row);
  if (row.kind === 'erase') return erase(shop, row);
  if (row.kind === 'prune') return pruneDue(shop, row);
  if (row.kind === 'clock') return row.exchange === null ? fireNoticeClock(shop, row) : fireClock(shop, row);
  return Promise.reject(unknownWork(row));
}

/** Set by a newer version of this gateway, on the same database: that one does it. */
const unknownWork = ({ kind, key }: Pick<OutboxRow, 'key'> & { readonly kind: string }): Failure =>
  new Failure('INVARIANT_BROKEN', `outbox row ${key}: no work of the kind ${kind} is known to this version`);

/** What has done its work goes, and what the log no longer says; a log that was set back, or a clock that runs ahead, takes nothing away. */
async function takeAway(shop: Workshop): Promise<number> {
  await assertStanding(shop);
  return (await sweepRows(shop)) + (await pruneOld(shop));
}

/** Before anything that time alone does: the log was not set back, and no clock runs ahead. */
async function assertStanding({ standing }: Workshop): Promise<void> {
  await standing.askClocks();
  standing.assert();
}

/** A log that was set back must not sign a second history; and what is shown moves the mark. */
async function publishCheckpoint(shop: Workshop): Promise<string | null> {
  await shop.standing.hold();
  shop.standing.assert();
  await countStrangers(shop);
  const note = await publishEpoch(shop);
  if (note !== null) await shop.standing.hold();
  return note;
}

/** Before the first request. A witness that does not answer accuses nobody. */
async function stand(shop: Workshop): Promise<void> {
  await assertOwnLog(shop.store, shop.config.origin, shop.keys);
  await shop.standing.hold();
  await Promise.allSettled([...witnessesOf(shop).values()].map((witness) => askWitness(shop, witness)));
  // a clock that is behind comes to where the log is, reading needs none, and whoever publishes says so at once
  if (shop.standing.trouble?.code !== 'CLOCK_BEHIND') shop.standing.assert();
}

const witnessesOf = ({ witnessing }: Deps): ReadonlyMap<string, PolicyWitness> =>
  new Map(witnessing?.policy.witnesses.map((witness) => [witness.name, witness]));

async function askNamed(shop: Workshop, name: string): Promise<void> {
  const witness = witnessesOf(shop).get(name);
  if (witness !== undefined) await askWitness(shop, witness);
}

async function receiptFor({ store, receipts }: Workshop, statement: Digest, stage: Stage): Promise<Receipt | null> {
  const leaf = await store.leafOf(statement, stage);
  return leaf === null ? null : receipts.ofLeaf(leaf, store);
}
