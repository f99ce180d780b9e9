/** The members of which one may be absent: what is `undefined` is left out, since neither the wire nor the store knows that word. */
type Absent<T> = { [K in keyof T]: undefined extends T[K] ? K : never }[keyof T];
export type Present<T> = Omit<T, Absent<T>> & { [K in Absent<T>]?: Exclude<T[K], undefined> };

/** @returns `members` without those that are `undefined`, in their order */
export const present = <T extends object>(members: T): Present<T> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Present<T>;
