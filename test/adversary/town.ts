/** A real gateway whose operator lies: it rewrites what it answers, and what its own publisher reads. */
import type { ClientContext } from '../../client/sdk/context.js';
import { systemClock as clock } from '../../client/cli/clock-system.js';
import { leafData, viewHash } from '../../crypto/views.js';
import { createMemoryKeyStore, ParleyClient, type KeyStore } from '../../client/sdk/index.js';
import type { AuditEvent } from '../../domain/audit-event.js';
import type { Digest } from '../../domain/ids.js';
import type { Clock, CommitRow, LeafView, Store, StoredLeaf } from '../../domain/ports.js';
import type { Instant } from '../../domain/time.js';
import { openGateway, type LiveGateway, type Member } from '../client/sdk/live-gateway.js';
import { noteTo, waitFor } from '../client/sdk/notes.js';

export type { Member } from '../client/sdk/live-gateway.js';
export type Json = Record<string, unknown>;

export interface Lies {
  /** changes answers whose path begins like this; a number is a status to answer instead */
  answer: { readonly path: string; readonly change: (answer: Json) => unknown } | null;
  /** what the publisher is not to see in the stream of whom */
  unpublished: Kept | null;
  /** what is logged without a view of whom: no leaf tells of it, and all that is signed fits */
  unlogged: Kept | null;
  /** what is logged for whom with another text than happened: leaf, stream and map fit it */
  retold: (Kept & { readonly as: Partial<AuditEvent> }) | null;
}

export interface Kept {
  readonly view: string;
  readonly action: AuditEvent['action'];
}

export interface Town {
  readonly gateway: LiveGateway;
  readonly lies: Lies;
  readonly owner: Member;
  readonly reader: Member;
  /** a note of the owner's, delivered to the reader */
  note(): Promise<{ readonly item: Digest; readonly via: Digest }>;
  /** resolves once a checkpoint covers everything that is logged now */
  published(): Promise<void>;
  /** resolves once the statement stands in the reader's inbox */
  delivered(statement: Digest): Promise<void>;
  /** another device of the same officer, with what it remembers so far */
  again(member: Member, without?: readonly string[]): Promise<Member>;
}

const text = new TextDecoder();
/** What waits for a checkpoint that does not come need not wait here. */
const HURRIED: Clock = { now: () => clock.now(), sleep: (ms, signal) => clock.sleep(Math.min(ms, 20), signal) };

/** The context that a client's acts share; the cases call acts below the client's surface too. */
export const contextOf = ({ client }: Member): ClientContext => (client as unknown as { readonly context: ClientContext }).context;

export async function openTown(): Promise<Town> {
  const lies: Lies = { answer: null, unpublished: null, unlogged: null, retold: null };
  const gateway = await openGateway(
    (real) => lyingFetch(real, lies),
    { PARLEY_PROOF_DELAY_MS: '1000', PARLEY_RATE_PER_OFFICER: '0' },
    (real) => lyingStore(real, lies),
  );
  const owner = await gateway.join('CH-FIN', 'FIU');
  const reader = await gateway.join('EE-FIN', 'FIU');
  await gateway.compareAll();
  const sizeNow = async (): Promise<number> => ((await contextOf(owner).door.get('/v1/log', false)) as { readonly size: number }).size;
  const signedSize = async (): Promise<number> => {
    const answer = await fetch(`${gateway.origin}/v1/checkpoint`);
    return answer.ok ? Number((await answer.text()).split('\n')[1]) : 0;
  };
  return {
    gateway,
    lies,
    owner,
    reader,
    async note() {
      const sent = await owner.client.send(noteTo(owner.client, reader.client));
      await waitFor(reader.client, ({ statement }) => statement?.digest === sent.digest);
      return { item: sent.items[0]!.statement.digest, via: sent.digest };
    },
    async published() {
      for (const size = await sizeNow(); (await signedSize()) < size;) await clock.sleep(20);
    },
    async delivered(digest) {
      await waitFor(reader.client, ({ statement }) => statement?.digest === digest);
    },
    async again(member, without = []) {
      const store = await copyOf(member.store, without);
      const options = { origin: gateway.origin, fetch: lyingFetch(fetch, lies), clock: HURRIED, triesMax: 2, store };
      return { client: await ParleyClient.connect({ ...options, chance: contextOf(member).chance }), store };
    },
  };
}

async function copyOf(store: KeyStore, without: readonly string[]): Promise<KeyStore> {
  const copy = createMemoryKeyStore();
  for (const name of await store.names(''))
    if (!without.some((one) => name.startsWith(one))) await copy.write(name, (await store.read(name))!);
  return copy;
}

const lyingFetch =
  (real: typeof fetch, lies: Lies): typeof fetch =>
  async (input, init) => {
    const { pathname } = new URL(String(input));
    const lie = lies.answer;
    const response = await real(input, init);
    if (lie === null || !pathname.startsWith(lie.path)) return response;
    const bytes = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const answer = (isJson ? JSON.parse(bytes) : { text: bytes }) as Json;
    const told = (await lie.change(answer)) ?? answer;
    if (typeof told === 'number') return new Response('{"code":"NOT_FOUND"}', { status: told });
    return new Response(isJson ? JSON.stringify(told) : String((told as Json)['text']), {
      status: response.status,
      headers: response.headers,
    });
  };

/** The publisher reads runs of leaves; everything else reads one leaf at a time, and what it shows still fits the log. */
const lyingStore = (real: Store, lies: Lies): Store =>
  new Proxy(real, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== 'function') return method;
      if (name === 'leaves')
        return async (from: number, to: number) => (await real.leaves(from, to)).map((leaf) => without(leaf, lies.unpublished));
      if (name === 'commitBatch')
        return async (rows: readonly CommitRow[], now: Instant) =>
          real.commitBatch(
            rows.map((row) => misLogged(row, lies)),
            now,
          );
      return method.bind(target) as unknown;
    },
  });

const isOf = ({ view, event }: LeafView, lie: Kept): boolean =>
  view === lie.view && (JSON.parse(text.decode(event)) as AuditEvent).action === lie.action;

function without<Leaf extends Pick<StoredLeaf, 'views'>>(leaf: Leaf, lie: Kept | null): Leaf {
  return lie === null ? leaf : { ...leaf, views: leaf.views.filter((one) => !isOf(one, lie)) };
}

function retold({ salt, view, event }: LeafView, as: Partial<AuditEvent>): LeafView {
  const happened = JSON.parse(text.decode(event)) as AuditEvent;
  const told = { ...happened, ...as, object: { ...happened.object, ...as.object } };
  return { salt, view, event: new TextEncoder().encode(JSON.stringify(told)) };
}

function misLogged(row: CommitRow, { unlogged, retold: lie }: Lies): CommitRow {
  if (![unlogged, lie].some((one) => one !== null && row.leaf.views.some((view) => isOf(view, one)))) return row;
  const leaf = without(row.leaf, unlogged);
  const views = leaf.views.map((one) => (lie !== null && isOf(one, lie) ? retold(one, lie.as) : one));
  return { ...row, leaf: { ...leaf, views, data: leafData(views.map(({ salt, event }) => viewHash(salt, event))) } };
}
