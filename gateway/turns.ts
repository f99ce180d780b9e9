/**
 * Every decision rests on the directory, so each change of it makes whoever is deciding decide anew. In this process changes therefore take
 * turns, and each waits for those who lost a round before it. What other processes change is bounded by its pace (`checks/pace.ts`).
 */
export interface Turns {
  /** Runs `work` when every earlier change is done, and everybody who asked for quiet until then. Passes on what it throws. */
  change<T>(work: () => Promise<T>): Promise<T>;
  /** From now on no change begins before the returned function is called; those that began go on. */
  quiet(): () => void;
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  const waiting = new Set<Promise<void>>();
  return {
    change(work) {
      // those who ask for quiet later wait for this one, and not it for them: nobody keeps a revocation waiting for ever
      const turn = last.then(() => Promise.all(waiting)).then(work);
      last = turn.catch(() => undefined);
      return turn;
    },
    quiet() {
      let end!: () => void;
      const done = new Promise<void>((resolve) => (end = resolve));
      waiting.add(done);
      return () => {
        waiting.delete(done);
        end();
      };
    },
  };
}
