/**
 * The embedded database in a thread of its own: libsql waits for the disk without giving up its thread, and one that answers
 * requests must not stand still at every commit.
 */
import { Worker } from 'node:worker_threads';
import { Failure } from '../../../domain/failure.js';
import type { Store } from '../../../domain/ports.js';

export interface Call {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}
export interface Answer {
  /** of the call; 0 answers the opening */
  readonly id: number;
  readonly value?: unknown;
  readonly failure?: Pick<Failure, 'code' | 'detail'>;
}
interface Waiting {
  resolve(value: unknown): void;
  reject(error: Failure): void;
}

/**
 * @param path of the database file; this process holds its lock
 * @param entry the compiled `thread.js` beside this file
 * @param closed called once nothing more is written
 * @param lost called where the thread ends by itself, out of memory for instance: the store answers nothing any more
 */
export async function openThreaded(
  path: string,
  entry: URL,
  closed: () => void = () => undefined,
  lost: (why: Failure) => void = () => undefined,
): Promise<Store> {
  const worker = new Worker(entry, { workerData: path });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let gone: Failure | null = null;
  const ask = (id: number, send: () => void): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (gone) return reject(gone);
      waiting.set(id, { resolve, reject });
      send();
    });
  worker.on('message', ({ id, value, failure }: Answer) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (failure) call?.reject(new Failure(failure.code, failure.detail));
    else call?.resolve(value);
  });
  let isOpen = false;
  const end = (): void => {
    gone ??= new Failure('STORE_UNAVAILABLE', 'the database thread ended');
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
    if (isOpen) lost(gone);
    isOpen = false;
  };
  worker.on('error', end);
  worker.on('exit', end);
  await ask(0, () => undefined);
  isOpen = true;
  const call = (method: string, args: readonly unknown[]): Promise<unknown> => {
    const id = ++last;
    return ask(id, () => worker.postMessage({ id, method, args: args.map(ownBuffers) } satisfies Call));
  };
  const close = (): Promise<unknown> => {
    isOpen = false;
    return call('close', []).finally(closed);
  };
  // every port method is asynchronous, so that a name is all the thread needs; `then` is asked of whatever is awaited
  return new Proxy({ close } as Store, {
    get(own, name): unknown {
      return name === 'then' ? undefined : name === 'close' ? own.close : (...args: unknown[]) => call(String(name), args);
    },
  });
}

/** A view on a part of a buffer would take the whole buffer along. */
function ownBuffers(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.byteLength === value.buffer.byteLength ? value : new Uint8Array(value);
  if (Array.isArray(value)) return value.map(ownBuffers);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, ownBuffers(inner)]));
}
