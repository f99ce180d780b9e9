/** Times in which an authority was suspended, and in which the two of an exchange could say nothing to each other (docs/decisions/0035). */
import type { AuthorityId } from './ids.js';
import type { Instant } from './time.js';
import type { DesignationPayload } from './wire/directory.js';

export interface Silence {
  readonly from: Instant;
  /** null: it lasts */
  readonly to: Instant | null;
}

export interface InForce {
  readonly payload: Pick<DesignationPayload, 'authority' | 'status' | 'at'>;
  /** when it came into force, by the log; absent: when it says itself */
  readonly since?: Instant;
}

/** @param designations in the order in which they came into force */
export function suspensionsOf(designations: readonly InForce[]): ReadonlyMap<AuthorityId, readonly Silence[]> {
  const all = new Map<AuthorityId, Silence[]>();
  for (const { payload, since = payload.at } of designations) {
    const own = all.get(payload.authority) ?? [];
    all.set(payload.authority, own);
    const last = own.at(-1);
    const lasts = last?.to === null;
    if (payload.status === 'SUSPENDED' && !lasts) own.push({ from: since, to: null });
    if (payload.status !== 'SUSPENDED' && lasts) own[own.length - 1] = { from: last.from, to: since };
  }
  return all;
}

/** In order and apart: those that overlap are one. */
export function joined(silences: readonly Silence[]): readonly Silence[] {
  const apart: Silence[] = [];
  for (const one of silences.toSorted((a, b) => a.from - b.from)) {
    const last = apart.at(-1);
    if (last === undefined || (last.to !== null && last.to < one.from)) apart.push(one);
    else if (last.to !== null && (one.to === null || one.to > last.to)) apart[apart.length - 1] = { from: last.from, to: one.to };
  }
  return apart;
}
