/** Places that one owner takes at once, an authority or an address: whoever is slow, or many, stands in its own way. Counted in this process alone. */

export interface Places {
  /** @returns false where `owner` would have taken more than there are */
  take(owner: string, count?: number): boolean;
  /** Gives them back. */
  leave(owner: string, count?: number): void;
}

/** @param max of one owner */
export function createPlaces(max: number): Places {
  const taken = new Map<string, number>();
  return {
    take(owner, count = 1) {
      const after = (taken.get(owner) ?? 0) + count;
      if (after > max) return false;
      taken.set(owner, after);
      return true;
    },
    leave(owner, count = 1) {
      const left = (taken.get(owner) ?? 0) - count;
      if (left > 0) taken.set(owner, left);
      else taken.delete(owner);
    },
  };
}
