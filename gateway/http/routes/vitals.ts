import { health, readiness } from '../../../domain/wire/http-answers.js';
import type { Failure } from '../../../domain/failure.js';
import { ok } from '../../../domain/result.js';
import type { Doors } from '../doors.js';
import { forAnybody, json } from '../route.js';
import { within } from '../../within.js';

/** deliveries that wait; with more, new work should go to another process */
const OUTBOX_LAG_MAX = 10_000;
/** for so long after a commit that could not be written: whoever sends work elsewhere meanwhile sends none to notice that it can be again */
const FAILED_MS = 30_000;
/** a store that says nothing for so long does not answer, as far as whoever watches it is concerned */
const SILENT_MS_MAX = 3_000;
const utf8 = new TextEncoder();

const isHealthy = forAnybody({
  method: 'get',
  path: '/healthz',
  operation: 'isHealthy',
  summary: 'The process answers.',
  who: 'public',
  answers: { 200: { description: 'it does', schema: health } },
  handle: () => Promise.resolve(json(200, { status: 'up' })),
});

const isReady = forAnybody({
  method: 'get',
  path: '/readyz',
  operation: 'isReady',
  summary:
    'The process can take statements: its store answers and could be written to, it does not drain, deliveries keep up, its log is not behind what was cosigned, its clock neither ahead of others nor behind the log. `blobs` says besides whether the place of sealed bodies is usable: without it all but parts goes on.',
  who: 'public',
  answers: {
    200: { description: 'ready', schema: readiness },
    503: { description: 'not ready, and which check says so', schema: readiness },
  },
  async handle(_asked, doors) {
    const failed = failedLately(doors);
    const [open, usable] = await Promise.all([
      failed === 'STORE_UNAVAILABLE' ? null : soon(doors, doors.vitals.outboxOpen()),
      soon(doors, doors.vitals.blobsUsable()),
    ]);
    const checks = {
      store: open !== null,
      accepting: !doors.draining.aborted,
      outbox: (open ?? 0) <= OUTBOX_LAG_MAX,
      ...standing([failed, doors.trouble()?.code]),
    };
    const ready = Object.values(checks).every(Boolean);
    // processes share the volume: where it is gone, none would be left for what needs no part (docs/decisions/0041)
    return json(ready ? 200 : 503, { ready, checks: { ...checks, blobs: usable === true } });
  },
});

function standing(codes: readonly unknown[]): { readonly log: boolean; readonly clock: boolean } {
  return { log: !codes.includes('LOG_BEHIND'), clock: !codes.includes('CLOCK_AHEAD') && !codes.includes('CLOCK_BEHIND') };
}

/** Reading needs no room and no clock: a full disk shows where something is to be written. After a while it may be tried again. */
function failedLately({ failed, clock }: Doors): Failure['code'] | null {
  const last = failed();
  return last !== null && Math.abs(clock.now() - last.at) < FAILED_MS ? last.code : null;
}

/** @returns null where what was asked of the store fails, or takes too long: told to the operator by whatever else asks, and here to a watcher */
const soon = <T>({ clock }: Doors, asked: Promise<T>): Promise<T | null> => within(SILENT_MS_MAX, asked, clock).catch(() => null);

const readMetrics = forAnybody({
  method: 'get',
  path: '/metrics',
  operation: 'readMetrics',
  summary: 'Prometheus metrics without ids or names. A proxy in front should keep it inside.',
  who: 'public',
  answers: { 200: { description: 'metrics', type: 'text/plain' } },
  async handle(_asked, doors) {
    const { metrics, waiting, vitals } = doors;
    const [stored, usable] = await Promise.all([soon(doors, vitals.gauges()), soon(doors, vitals.blobsUsable())]);
    const text = await metrics.text({ waiting: waiting(), stored, blobs: usable === true });
    return ok({ status: 200, bytes: utf8.encode(text), type: metrics.contentType });
  },
});

export const vitalRoutes = [isHealthy, isReady, readMetrics];
