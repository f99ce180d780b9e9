/** What the log has said so far, and whom and what it names: as naively as can be, without facts, rules or versions. */
import type { Digest } from '../../domain/ids.js';
import type { StatementOf, StatementType } from '../../domain/statement.js';
import type { ItemPayload } from '../../domain/wire/item.js';

export interface Logged<T extends StatementType> extends Pick<StatementOf<T>, 'digest' | 'kid' | 'payload'> {
  readonly index: number;
  readonly at: number;
}
export type Release = Logged<'parley-release+json'>;

export interface Past {
  readonly items: Map<Digest, ItemPayload>;
  readonly said: Map<StatementType, Logged<StatementType>[]>;
  /** envelopes that have arrived */
  readonly arrived: Set<Digest>;
}

export const emptyPast = (): Past => ({ items: new Map(), said: new Map(), arrived: new Set() });

/** Every statement of that type, in log order. */
export const saidIn = <T extends StatementType>({ said }: Past, typ: T): readonly Logged<T>[] => (said.get(typ) ?? []) as Logged<T>[];

/** The item and all that it is made from. */
export const lineage = (past: Past, item: Digest): Digest[] => [
  item,
  ...(past.items.get(item)?.derivedFrom ?? []).flatMap((source) => lineage(past, source)),
];

export const behind = (past: Past, item: Digest): Set<string> => new Set(lineage(past, item).map((one) => past.items.get(one)!.issuer));

export function labelsOn(past: Past, item: Digest): readonly Logged<'parley-label+json'>[] {
  const all = lineage(past, item);
  return saidIn(past, 'parley-label+json').filter(({ payload }) => all.includes(payload.item));
}

export const isRetracted = (past: Past, item: Digest): boolean => labelsOn(past, item).some(({ payload }) => payload.change === 'RETRACT');

const isParty = ({ payload }: Logged<'parley-envelope+json'>, who: string): boolean => payload.from === who || payload.to === who;
export const sentTo = (past: Past, who: string, item: Digest): readonly Logged<'parley-envelope+json'>[] =>
  saidIn(past, 'parley-envelope+json').filter((envelope) => envelope.payload.items.includes(item) && isParty(envelope, who));
export const givenTo = (past: Past, who: string, item: Digest): readonly Release[] =>
  saidIn(past, 'parley-release+json').filter(({ payload }) => payload.to === who && payload.item === item);
