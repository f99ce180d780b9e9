/** Where a client keeps secrets and what it has seen: a folder of sealed files, a browser's database, or memory. */
export interface KeyStore {
  /** @returns null where nothing is stored under the name */
  read(name: string): Promise<Uint8Array | null>;
  /** Durable when it resolves; replaces what was there, whole or not at all. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /**
   * The same where nothing is stored under the name. Of several that create it at once, in one program or several, one does.
   *
   * @returns false where something is there: it stays
   */
  create(name: string, bytes: Uint8Array): Promise<boolean>;
  remove(name: string): Promise<void>;
  /** @returns the names that begin with `prefix`, sorted */
  names(prefix: string): Promise<readonly string[]>;
}

/** Names are ours: they never hold what came from outside, except ids and digests that were parsed. */
const NAME = /^[a-z]+(?:\/[A-Za-z0-9_-]{1,80})?$/;

/** @throws RangeError for a name that a folder could read as a path */
export function checkedName(name: string): string {
  if (!NAME.test(name)) throw new RangeError(`not the name of a record: ${name}`);
  return name;
}

/** Forgets everything when the process ends. */
export function createMemoryKeyStore(): KeyStore {
  const records = new Map<string, Uint8Array>();
  return {
    read: async (name) => records.get(checkedName(name))?.slice() ?? null,
    write: async (name, bytes) => void records.set(checkedName(name), bytes.slice()),
    create: async (name, bytes) => {
      if (records.has(checkedName(name))) return false;
      records.set(name, bytes.slice());
      return true;
    },
    remove: async (name) => void records.delete(checkedName(name)),
    names: async (prefix) => [...records.keys()].filter((name) => name.startsWith(prefix)).sort(),
  };
}

const utf8 = new TextEncoder();

/** A record as JSON. @returns null where there is none */
export async function readRecord(store: KeyStore, name: string): Promise<unknown> {
  const bytes = await store.read(name);
  return bytes === null ? null : (JSON.parse(new TextDecoder().decode(bytes)) as unknown);
}

export const writeRecord = (store: KeyStore, name: string, value: object): Promise<void> =>
  store.write(name, utf8.encode(JSON.stringify(value)));

/** @returns false where there is one */
export const createRecord = (store: KeyStore, name: string, value: object): Promise<boolean> =>
  store.create(name, utf8.encode(JSON.stringify(value)));

const turns = new WeakMap<KeyStore, Promise<unknown>>();

/** One after another within this program: who writes what follows from what it read writes over nothing that came between. */
export function inTurn<T>(store: KeyStore, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(store) ?? Promise.resolve()).then(work);
  turns.set(
    store,
    turn.catch(() => undefined),
  );
  return turn;
}

/** Of several programs that pin something at once one does. @returns what is kept under the name from now on */
export const firstRecord = async <T extends object>(store: KeyStore, name: string, value: T): Promise<T> =>
  (await createRecord(store, name, value)) ? value : ((await readRecord(store, name)) as T);
