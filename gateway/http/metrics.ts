/** Numbers for the operator. Labels are route names, statuses and codes: never an authority, an officer or an id. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { StoredGauges } from '../read/vitals.js';

interface Now {
  readonly waiting: number;
  /** null: the store does not answer */
  readonly stored: StoredGauges | null;
  /** can sealed bodies be put and read? */
  readonly blobs: boolean;
}

export interface Metrics {
  request(operation: string, status: number, durationMs: number): void;
  refusal(code: string): void;
  /** what the gateway could not do, for a request or by itself */
  failure(code: string): void;
  /** time from the first byte of a statement to its receipt */
  accepted(durationMs: number): void;
  /** Prometheus text, with gauges read now; without those of a store that does not answer */
  text(now: Now): Promise<string>;
  readonly contentType: string;
}

const MS_BUCKETS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 30_000];

/** @param linesLost of the log, so far */
export function createMetrics(linesLost: () => number): Metrics {
  const registers = [new Registry()];
  const requests = new Counter({
    name: 'parley_requests_total',
    help: 'answered requests',
    labelNames: ['operation', 'status'] as const,
    registers,
  });
  const durations = new Histogram({
    name: 'parley_request_ms',
    help: 'time to answer',
    labelNames: ['operation'] as const,
    buckets: MS_BUCKETS,
    registers,
  });
  const refusals = new Counter({ name: 'parley_refusals_total', help: 'refusals by code', labelNames: ['code'] as const, registers });
  const failures = new Counter({ name: 'parley_failures_total', help: 'failures by code', labelNames: ['code'] as const, registers });
  const accepts = new Histogram({ name: 'parley_accept_ms', help: 'statement to receipt', buckets: MS_BUCKETS, registers });
  const gauges = createGauges(registers, linesLost);
  return {
    request(operation, status, durationMs) {
      requests.inc({ operation, status: String(status) });
      durations.observe({ operation }, durationMs);
    },
    refusal: (code) => refusals.inc({ code }),
    failure: (code) => failures.inc({ code }),
    accepted: (durationMs) => accepts.observe(durationMs),
    text(now) {
      gauges(now);
      return registers[0]!.metrics();
    },
    contentType: registers[0]!.contentType,
  };
}

function createGauges(registers: Registry[], linesLost: () => number): (now: Now) => void {
  const outbox = new Gauge({ name: 'parley_outbox_open', help: 'deliveries that are not settled', registers });
  const size = new Gauge({ name: 'parley_log_leaves', help: 'leaves of the log', registers });
  const unproved = new Gauge({ name: 'parley_log_unproved', help: 'leaves that the served checkpoint does not cover', registers });
  const answers = new Gauge({ name: 'parley_store_answers', help: '1: the store does; 0: it fails, or says nothing', registers });
  const usable = new Gauge({
    name: 'parley_blobs_usable',
    help: '1: sealed bodies can be put and read; 0: their volume fails, or hangs',
    registers,
  });
  const lost = new Counter({ name: 'parley_log_lines_lost_total', help: 'lines of the log that standard output did not take', registers });
  const waiting = new Gauge({ name: 'parley_commit_queue', help: 'statements that wait for the next commit', registers });
  return ({ waiting: rows, stored, blobs }) => {
    waiting.set(rows);
    lost.reset();
    lost.inc(linesLost());
    answers.set(stored === null ? 0 : 1);
    usable.set(blobs ? 1 : 0);
    if (stored === null) {
      // what it was before is not what it is
      for (const gauge of [outbox, size, unproved]) gauge.remove();
      return;
    }
    outbox.set(stored.outboxOpen);
    size.set(stored.logSize);
    unproved.set(stored.logSize - stored.proved);
  };
}
