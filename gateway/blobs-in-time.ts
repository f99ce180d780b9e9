/**
 * The volume of bodies may hang instead of failing, and then each call of its files keeps one of the four threads that this process has for files,
 * signatures and names of hosts. So few calls are made at once, and none beside one that says nothing.
 */
import { Failure } from '../domain/failure.js';
import type { Blobs, Clock } from '../domain/ports.js';
import { SECOND_MS } from '../domain/time.js';
import { within } from './within.js';

/** a third thread is kept by the one look of `/readyz`, and one is left */
const AT_ONCE_MAX = 2;
/** for a part of 8 MiB; shorter than a drain waits for the last piece of work */
const SILENT_MS_MAX = 8 * SECOND_MS;

/**
 * @returns the same blobs. While one call says nothing for too long, whoever waits is refused, and nobody else's is begun until it has ended.
 *   What was refused so may be done all the same, later: it is what its repeat does
 * @throws Failure (each method) `BLOBS_UNAVAILABLE`
 */
export function inTime(blobs: Blobs, clock: Pick<Clock, 'sleep'>): Blobs {
  let running = 0;
  const silent = new Set<Promise<unknown>>();
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    const all = waiting;
    waiting = [];
    for (const go of all) go();
  };
  const ask = async <T>(call: () => Promise<T>): Promise<T> => {
    if (silent.size > 0) throw saysNothing();
    const answer = call().then((value) => ({ value }));
    const answered = await within(SILENT_MS_MAX, answer, clock);
    if (answered !== null) return answered.value;
    silent.add(answer);
    const ended = (): unknown => silent.delete(answer);
    answer.then(ended, ended);
    wake();
    throw saysNothing();
  };
  const inTurn = async <T>(call: () => Promise<T>): Promise<T> => {
    while (running === AT_ONCE_MAX && silent.size === 0) await new Promise<void>((go) => waiting.push(go));
    return ask(() => {
      running += 1;
      return call().finally(() => {
        running -= 1;
        wake();
      });
    });
  };
  return {
    putPart: (upload, n, bytes) => inTurn(() => blobs.putPart(upload, n, bytes)),
    readPart: (upload, n, from, length) => inTurn(() => blobs.readPart(upload, n, from, length)),
    drop: (upload) => inTurn(() => blobs.drop(upload)),
    // whoever watches is not told of a hang where others only wait for their turn
    assertUsable: () => ask(() => blobs.assertUsable()),
  };
}

const saysNothing = (): Failure =>
  new Failure(
    'BLOBS_UNAVAILABLE',
    `the volume of bodies says nothing: something asked of it has no answer for ${SILENT_MS_MAX / SECOND_MS} s`,
  );
