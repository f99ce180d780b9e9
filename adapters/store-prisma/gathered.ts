/**
 * Look-ups of one kind share queries: while one runs, the next gathers what is asked. Alone a caller waits for one query; sixty-four at once
 * cost two. What is asked is read after it was asked, so that a caller sees all that was committed before.
 */
const KEYS_MAX = 256;

interface Asked<V> {
  readonly key: string;
  resolve(value: V | null): void;
  reject(error: unknown): void;
}

/** @param load the values that exist, by key, for keys that are all different */
export function gathered<V>(load: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>): (key: string) => Promise<V | null> {
  let waiting: Asked<V>[] = [];
  let running = false;
  const run = async (): Promise<void> => {
    running = true;
    // whoever asks in this same turn comes along
    await Promise.resolve();
    while (waiting.length > 0) {
      const asked = waiting.slice(0, KEYS_MAX);
      waiting = waiting.slice(KEYS_MAX);
      try {
        const found = await load([...new Set(asked.map(({ key }) => key))]);
        for (const { key, resolve } of asked) resolve(found.get(key) ?? null);
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    running = false;
  };
  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (!running) void run();
    });
}
