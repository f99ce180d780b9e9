/**
 * The walk: the whole server on one page. One way in for every statement, one way out for what is due, one way to publish.
 * It is the only place where the steps meet; every step is one file, called from here alone.
 */
import type { Caller } from '../domain/caller.js';
import { Failure } from '../domain/failure.js';
import type { AuthorityId, Digest } from '../domain/ids.js';
import type { OutboxRow } from '../domain/ports.js';
import type { Receipt } from '../domain/receipt.js';
import { refusal, type Refusal } from '../domain/refusal.js';
import { no, ok, type Result } from '../domain/result.js';
import { plusMs } from '../domain/time.js';
import type { Submission } from '../domain/wire/submission.js';
import { decide } from '../policies/decide.js';
import { RULE_BOOK_DIGEST } from './audit/rule-book.js';
import { createReceiptMaker } from './audit/receipts.js';
import type { Accepted, Refused, Walk } from './answers.js';
import { decodeExchange } from './cases/exchanges.js';
import type { Deps } from './deps.js';
import type { Author, ParsedSubmission } from './parsed.js';
import type { Plan, Sight } from './plan.js';
import type { DirectoryReader } from './read/directory.js';
import { createLibrary, type Library, type Volume } from './read/library.js';
import { acceptRow } from './steps/accept-row.js';
import { advanceExchange } from './steps/advance-exchange.js';
import { createCommitter } from './steps/commit.js';
import { deliveryRow } from './steps/delivery-row.js';
import { gatherFacts } from './steps/gather-facts.js';
import { openSession } from './steps/open-session.js';
import { parseSubmission } from './steps/parse-submission.js';
import { publishEpoch } from './steps/publish-epoch.js';
import { refusalRow, sightOfAttempt, type Speaker } from './steps/refuse.js';
import { verifyStatement } from './steps/verify-statement.js';

/** How often a statement is decided anew because what it rested on moved. Each round another statement won. */
const ROUNDS_MAX = 8;
const DELIVERIES_AT_ONCE = 64;
const ATTEMPTS_MAX = 20;
const BACKOFF_MS = 1_000;
const BACKOFF_MS_MAX = 600_000;
/** An item or a ciphertext comes once: under a second statement it would carry a second label. */
const WRAPPED_AGAIN = /^link:(?:item|ciphertext):/;

export interface RunningWalk extends Walk {
  readonly waiting: number;
  readonly library: Library;
  /** resolves when every row that was taken is settled */
  drained(): Promise<void>;
}

export function createWalk(deps: Deps, directory: DirectoryReader): RunningWalk {
  const { store, clock, chance, config, courier } = deps;
  const log = config.origin;
  const library = createLibrary(store);
  const receipts = createReceiptMaker(log, deps.keys, config.proofDelayMsMax);
  const committer = createCommitter(store, receipts, config, () => clock.now());

  return {
    library,
    get waiting() {
      return committer.waiting;
    },
    drained: () => committer.drained(),

    async acceptStatement(submission, caller) {
      const parsed = parseSubmission(submission);
      if (!parsed.ok)
        return refuse(parsed.error, { speaker: speakerOf(caller), statement: null, sight: sightOfAttempt('parley-envelope+json') });
      const attempt: Attempt = {
        speaker: speakerOf(caller),
        statement: parsed.value.signed.jws.digest,
        sight: sightOfAttempt(parsed.value.signed.statement.typ),
      };
      // the same bytes again: the same answer again, before anybody asks whether they would still be valid
      const earlier = await answeredBefore(parsed.value, caller);
      if (earlier !== null) return earlier;
      for (let round = 0; round < ROUNDS_MAX; round += 1) {
        const answer = await decideOnce(submission, parsed.value, caller, attempt);
        if (answer !== 'again') return answer.ok ? answer : deny(answer.error, parsed.value, caller);
        await directory.refresh();
      }
      return refuse(refusal('CONFLICT', 'what this rests on keeps changing; send the same bytes again'), attempt);
    },

    async deliverDue() {
      const rows = await store.claim(clock.now(), config.leaseMs, DELIVERIES_AT_ONCE);
      const settled = await Promise.all(rows.map((row) => deliver(row)));
      return settled.filter((done) => done).length;
    },

    publishCheckpoint: () => publishEpoch(deps, directory, committer),

    openSession: (request, requestId) => openSession(request, requestId, deps, directory, committer),

    async receiptFor(statement, stage) {
      const leaf = await store.leafOf(statement, stage);
      return leaf === null ? null : receipts.ofLeaf(leaf, store);
    },
  };

  async function decideOnce(
    submission: Submission,
    parsed: ParsedSubmission,
    caller: Caller | null,
    attempt: Attempt,
  ): Promise<Result<Accepted, Denial> | 'again'> {
    const now = clock.now();
    const known = await directory.current();
    const author = await verifyStatement(parsed, caller, known, deps, now);
    if (!author.ok) return no({ why: author.error, attempt, author: null });
    const denied = (why: Refusal, said: Attempt) => no({ why, attempt: said, author: author.value });
    const speaker = speakerOf(caller) ?? { authority: author.value.authority, officer: null, role: null };
    const officer = officerFacts(author.value.authority, caller);
    const plan = await gatherFacts({
      parsed,
      author: author.value,
      officer,
      directory: known,
      store,
      library,
      deployment: config.deployment,
      now,
    });
    if (!plan.ok) return denied(plan.error, { ...attempt, speaker });
    const said: Attempt = { ...attempt, speaker, sight: plan.value.sight };
    const { facts, malformed } = plan.value;
    const decision = facts === null ? ({ outcome: 'ALLOW' } as const) : decide(facts);
    if (decision.outcome === 'DENY')
      return denied(refusal('POLICY', 'the rules of this exchange do not allow it', decision.violations), said);
    if (malformed !== null) return denied(malformed, said);
    const { digest, typ } = parsed.signed.statement;
    const step = plan.value.exchange;
    const exchange = step === null ? ok(null) : advanceExchange(step, typ === 'parley-envelope+json' ? digest : null, known, now);
    if (!exchange.ok) return denied(exchange.error, said);
    const row = acceptRow(
      {
        submission,
        parsed,
        author: author.value,
        plan: plan.value,
        exchange: exchange.value,
        log,
        policy: RULE_BOOK_DIGEST,
        correlation: digest,
        directoryVersion: known.version,
      },
      now,
      chance,
    );
    const committed = await committer.commit(row);
    if (committed.kind === 'replay') return denied(REPLAY, said);
    if (committed.kind === 'conflict') return WRAPPED_AGAIN.test(committed.on) ? denied(REWRAPPED, said) : 'again';
    return ok(await accepted(committed.receipt, digest, plan.value));
  }

  async function accepted(receipt: Receipt, digest: Digest, plan: Plan): Promise<Accepted> {
    // an upload that this claims twice is the same statement's: harmless; one that is not claimed yet is swept only after a day
    for (const upload of plan.uploads) await store.claimUpload(upload, digest);
    if (plan.bumps.includes('directory')) await directory.refresh();
    return { digest, receipt, reading: plan.reading };
  }

  /** Whoever sends the same bytes twice at once may lose to itself: a no is said only if they, or their id, were not accepted meanwhile. */
  async function deny(
    { why, attempt, author }: Denial,
    parsed: ParsedSubmission,
    caller: Caller | null,
  ): Promise<Result<Accepted, Refused>> {
    const meanwhile = await answeredBefore(parsed, caller);
    if (meanwhile !== null) return meanwhile;
    const same = author === null ? null : await store.statementById(author.authority, author.id);
    return refuse(same !== null && same.digest !== attempt.statement ? REPLAY : why, attempt);
  }

  /** @returns null where these bytes are new, or where they ask to read: then the law is asked again before bytes leave again */
  async function answeredBefore(parsed: ParsedSubmission, caller: Caller | null): Promise<Result<Accepted, Refused> | null> {
    const { digest, typ } = parsed.signed.statement;
    if (typ === 'parley-access+json') return null;
    const stored = await store.statement(digest);
    const selfSigned = typ === 'parley-entry+json' || typ === 'parley-designation+json' || typ === 'parley-revocation+json';
    if (stored === null || (!selfSigned && caller?.authority !== stored.author)) return null;
    const leaf = await store.leaf(stored.index);
    if (leaf === null) throw new Failure('INVARIANT_BROKEN', `statement ${digest} has no leaf`);
    return ok({ digest, receipt: await receipts.ofLeaf(leaf, store), reading: null });
  }

  /** A stranger's refusal is answered and counted; whoever is known earns a leaf and its receipt. */
  async function refuse(
    why: Refusal,
    attempt: Omit<Attempt, 'speaker'> & { readonly speaker: Speaker | null },
  ): Promise<Result<never, Refused>> {
    const { speaker, statement, sight } = attempt;
    if (speaker === null) return no({ refusal: why, receipt: null });
    const about = { log, speaker, statement, sight, correlation: statement ?? 'UNREADABLE', policy: RULE_BOOK_DIGEST };
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const committed = await committer.commit(refusalRow(why, about, clock.now(), chance));
      // it rests on nothing and conflicts only where it waited too long to be written
      if (committed.kind === 'committed') return no({ refusal: why, receipt: committed.receipt });
    }
    throw new Failure('OVERLOADED', 'a refusal could not be written in time');
  }

  async function deliver(row: OutboxRow): Promise<boolean> {
    const volume = row.statement === null ? null : await library.volume(row.statement);
    if (volume === null || row.addressee === null) throw new Failure('INVARIANT_BROKEN', `outbox row ${row.key} delivers nothing`);
    const carried = await courier.carry(volume.stored, row.addressee);
    const park = carried.kind === 'never' || (carried.kind === 'later' && row.attempts >= ATTEMPTS_MAX);
    if (carried.kind === 'later' && !park) {
      const backoffMs = Math.min(BACKOFF_MS_MAX, BACKOFF_MS * 2 ** row.attempts);
      const jitter = chance.bytes(1)[0]! / 256;
      await store.retry(row.key, row.fence, plusMs(clock.now(), Math.round(backoffMs * (0.5 + jitter / 2))), false);
      return false;
    }
    return settle(row, volume, row.addressee, park ? 'PARK' : 'DELIVER');
  }

  async function settle(row: OutboxRow, volume: Volume, addressee: AuthorityId, action: 'DELIVER' | 'PARK'): Promise<boolean> {
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const now = clock.now();
      const exchange = action === 'DELIVER' ? await receiptStep(volume) : null;
      const after =
        exchange === null
          ? null
          : advanceExchange(
              { before: exchange, current: exchange, step: 'DELIVERY_RECEIPT', actor: 'S' },
              null,
              await directory.current(),
              now,
            );
      const sees = [...new Set([volume.stored.author, addressee])];
      const moved = after?.ok ? after.value : null;
      const committed = await committer.commit(deliveryRow({ row, addressee, volume, exchange: moved, sees, action, log }, now, chance));
      if (committed.kind === 'committed') return true;
      // another worker settled it under a newer fence: its delivery counts
      if (committed.kind === 'conflict' && committed.on.startsWith('fence:')) return false;
    }
    return false;
  }

  /** The opening envelope's arrival starts the clocks; later messages arrive without moving anything. */
  async function receiptStep(volume: Volume) {
    if (volume.statement.typ !== 'parley-envelope+json' || volume.statement.payload.message !== 'SUBMIT') return null;
    const row = await store.exchange(volume.statement.payload.exchange);
    const exchange = row === null ? null : decodeExchange(row);
    return exchange?.state === 'SUBMITTED' ? exchange : null;
  }
}

const REPLAY = refusal('REPLAY_DETECTED', 'this id was used for other bytes before; a new statement has a new id');
// the commit says so, since only it sees two of them at once
const REWRAPPED = refusal('REPLAY_DETECTED', 'these sealed bytes came before under another statement; hand the item on by a release');

/** A no before it is said. `author` is null where no signature was verified. */
interface Denial {
  readonly why: Refusal;
  readonly attempt: Attempt;
  readonly author: Author | null;
}

interface Attempt {
  readonly speaker: Speaker | null;
  readonly statement: Digest | null;
  readonly sight: Sight;
}

const speakerOf = (caller: Caller | null): Speaker | null =>
  caller === null ? null : { authority: caller.authority, officer: caller.officer, role: caller.roles[0] ?? null };

const officerFacts = (authority: AuthorityId, caller: Caller | null) =>
  caller === null
    ? { authority, officer: 'root', roles: [], clearance: 'PUBLIC' as const }
    : { authority: caller.authority, officer: caller.officer, roles: caller.roles, clearance: caller.clearance };
