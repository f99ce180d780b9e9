/** What happens without a request: deliveries, clocks and their calendars, checkpoints and their witnesses, uploads that nobody claimed, what retention takes away, and a renewed certificate. */
import type { Clock } from '../domain/ports.js';
import { HOUR_MS, type Instant } from '../domain/time.js';
import type { Walk } from './answers.js';
import type { Bell } from './http/bell.js';
import { untilEither } from './http/either.js';
import type { Uploads } from './uploads.js';

export interface WorkerPace {
  /** between two looks at the outbox, where nothing rings */
  readonly deliverMs: number;
  readonly checkpointMs: number;
  /** between two sweeps, and between two looks at the calendars */
  readonly sweepMs: number;
}

export interface Worker {
  /** Everything that is due, once. */
  step(): Promise<void>;
  /** Until `signal` aborts; resolves when the last piece of work has ended. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
}

export interface WorkerDeps {
  readonly walk: Pick<
    Walk,
    'deliverDue' | 'publishCheckpoint' | 'recountClocks' | 'takeAway' | 'assertStanding' | 'witnesses' | 'askWitness'
  >;
  readonly uploads: Pick<Uploads, 'sweep'>;
  readonly clock: Clock;
  /** a new acceptance: deliver at once */
  readonly bell: Bell;
  /** of the certificate */
  readonly renew?: () => void;
  /** a failure is the operator's to see; the work is tried again. @param times in a row. @param isKnown it was written within the hour: to be counted alone */
  readonly onFailure: (error: unknown, times: number, isKnown: boolean) => void;
  /** what failed so many times in a row, the last time by `error`, has succeeded */
  readonly onOver?: (error: unknown, times: number) => void;
}

export function createWorker(deps: WorkerDeps, pace: WorkerPace): Worker {
  const { walk, uploads, clock, bell, renew } = deps;

  const deliver = (signal?: AbortSignal): Promise<void> => deliverAll(walk, bell, signal);
  // another process may be taking in what only a clock that runs ahead calls old
  const sweep = async (): Promise<void> => {
    await walk.assertStanding();
    await uploads.sweep();
  };
  const loop = async (work: () => Promise<unknown>, pauseMs: number, signal: AbortSignal, woken?: () => AbortSignal): Promise<void> => {
    const isDone = telling(deps, work);
    while (!signal.aborted) {
      // taken before the work: what comes while it runs is seen in the next round
      const rung = woken?.();
      if (!(await isDone())) await clock.sleep(pauseMs, signal);
      else await untilEither(rung === undefined ? [signal] : [rung, signal], (either) => clock.sleep(pauseMs, either));
    }
  };

  return {
    async step() {
      await deliver();
      await walk.publishCheckpoint();
      await Promise.allSettled(walk.witnesses.map((name) => walk.askWitness(name)));
      await sweep();
      await walk.recountClocks();
      await walk.takeAway();
    },
    async run(signal) {
      await Promise.all([
        loop(
          () => deliver(signal),
          pace.deliverMs,
          signal,
          () => bell.next(),
        ),
        loop(() => walk.publishCheckpoint(), pace.checkpointMs, signal),
        ...walk.witnesses.map((name) => loop(() => walk.askWitness(name), pace.checkpointMs, signal)),
        ...[sweep, () => walk.recountClocks(), () => walk.takeAway(), async () => renew?.()].map((work) =>
          loop(work, pace.sweepMs, signal),
        ),
      ]);
    },
  };
}

/** What is settled may have made more due; a stopping process leaves it to the next one. */
async function deliverAll(walk: Pick<Walk, 'deliverDue'>, bell: Bell, signal?: AbortSignal): Promise<void> {
  while (!(signal?.aborted ?? false) && (await walk.deliverDue()) > 0) bell.ring();
}

/** Of work that fails for days a line of each try would bury whatever else goes wrong: it is written as it begins, as it changes, once an hour, and as it ends. */
function telling({ clock, onFailure, onOver }: WorkerDeps, work: () => Promise<unknown>): () => Promise<boolean> {
  let last: { readonly error: unknown; readonly what: string; readonly writtenAt: Instant; readonly times: number } | null = null;
  return async () => {
    try {
      await work();
      if (last !== null) onOver?.(last.error, last.times);
      last = null;
      return true;
    } catch (error) {
      const at = clock.now();
      // times and sizes in it differ from one try to the next
      const what = String(error).replaceAll(/\d/g, '');
      const before = last?.what === what ? last : null;
      // a clock that was set back makes no hour longer
      const isKnown = before !== null && Math.abs(at - before.writtenAt) < HOUR_MS;
      last = { error, what, writtenAt: isKnown ? before.writtenAt : at, times: (before?.times ?? 0) + 1 };
      onFailure(error, last.times, isKnown);
      return false;
    }
  };
}
