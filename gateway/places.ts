/** Places that an authority takes at once: whoever is slow, or many, stands in its own way. Counted in this process alone. */
import type { AuthorityId } from '../domain/ids.js';

export interface Places {
  /** @returns false where `owner` has taken as many as there are */
  take(owner: AuthorityId): boolean;
  /** Gives one back. */
  leave(owner: AuthorityId): void;
}

/** @param max of one authority */
export function createPlaces(max: number): Places {
  const taken = new Map<AuthorityId, number>();
  return {
    take(owner) {
      const before = taken.get(owner) ?? 0;
      if (before >= max) return false;
      taken.set(owner, before + 1);
      return true;
    },
    leave(owner) {
      const left = (taken.get(owner) ?? 0) - 1;
      if (left > 0) taken.set(owner, left);
      else taken.delete(owner);
    },
  };
}
