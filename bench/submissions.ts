/**
 * Worker thread: makes submissions as the client makes them, each sealed and signed anew, and hands over their bytes.
 * It is given a gateway for the directory; what it would send is kept instead.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { createMemoryKeyStore, ParleyError, type EnvelopeDraft } from '../client/sdk/index.js';
import { connect } from './cast.js';

export interface SubmissionJob {
  readonly url: string;
  /** the sender's key store, record by record */
  readonly records: ReadonlyMap<string, Uint8Array>;
  readonly draft: EnvelopeDraft;
  readonly count: number;
}

const KEPT = { status: 400, headers: { 'content-type': 'application/problem+json' } } as const;

if (parentPort !== null) parentPort.postMessage(await makeSubmissions(workerData as SubmissionJob));

/** What the client leaves in its outbox, because no log signed the refusal, is not handed in again. */
export async function makeSubmissions({ url, records, draft, count }: SubmissionJob): Promise<readonly Uint8Array[]> {
  const store = createMemoryKeyStore();
  for (const [name, bytes] of records) await store.write(name, bytes);
  const made: Uint8Array[] = [];
  const directory = new Map<string, Promise<ArrayBuffer>>();
  const keeping: typeof fetch = async (input, init) => {
    const address = String(input);
    if (address.endsWith('/v1/statements') && init?.body instanceof Uint8Array) {
      made.push(init.body);
      return new Response('{"code":"KEPT"}', KEPT);
    }
    if (init?.method !== 'GET') return fetch(input, init);
    // the first one may have to wait for a checkpoint that binds both entries
    if (made.length === 0) return fetch(input, init);
    const known = directory.get(address) ?? fetch(input, init).then((response) => response.arrayBuffer());
    directory.set(address, known);
    return new Response((await known).slice(0));
  };
  const client = await connect(url, store, keeping);
  while (made.length < count)
    await client.send(draft).catch(async (error: unknown) => {
      if (!(error instanceof ParleyError && error.code === 'REFUSAL_NOT_SIGNED' && error.inOutbox !== null)) throw error;
      await client.giveUp(error.inOutbox);
    });
  return made;
}
