/** What runs in the thread of the embedded database: it opens the store, then does what it is asked by name. */
import { parentPort, workerData } from 'node:worker_threads';
import { Failure } from '../../../domain/failure.js';
import type { Store } from '../../../domain/ports.js';
import { notOpened } from '../not-opened.js';
import { openSqlite } from './open.js';
import type { Answer, Call } from './threaded.js';

const port = parentPort;
if (port === null) throw new Failure('INVARIANT_BROKEN', 'this file runs as a thread');

/** what the store throws once it is open is a failure already */
function failureOf(error: unknown): NonNullable<Answer['failure']> {
  const { code, detail } = notOpened(error);
  return { code, detail };
}

async function answer(store: Store, { id, method, args }: Call): Promise<Answer> {
  try {
    const run = store[method as keyof Store] as (...given: readonly unknown[]) => Promise<unknown>;
    return { id, value: await run(...args) };
  } catch (error) {
    return { id, failure: failureOf(error) };
  }
}

try {
  const store = await openSqlite(String(workerData));
  port.on('message', (call: Call) => {
    void answer(store, call).then((done) => {
      port.postMessage(done);
      // nothing is asked after this: the thread ends by itself
      if (call.method === 'close') port.close();
    });
  });
  port.postMessage({ id: 0 } satisfies Answer);
} catch (error) {
  port.postMessage({ id: 0, failure: failureOf(error) } satisfies Answer);
}
