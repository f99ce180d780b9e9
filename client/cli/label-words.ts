/** What a label says, and what becomes of it, as a person reads it. */
import type { Label } from '../../domain/label.js';
import { writeLabel } from '../sdk/index.js';

type WrittenLabel = ReturnType<typeof writeLabel>;

/** All that a caveat says: until when, for whom, for which proceedings. */
export const caveatWords = ({ code, by, ...terms }: { readonly code: string; readonly by: string }): string =>
  [
    `${code} (${by})`,
    ...Object.entries(terms).map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`),
  ].join(' ');

const wordsOf = ({ caveats }: WrittenLabel): readonly string[] => caveats.map(caveatWords);

/** What is new in a label that became tighter, in words; nothing where it is the same. */
export function tightenings(before: Label, after: Label): readonly string[] {
  const [old, now] = [writeLabel(before), writeLabel(after)];
  const gone = old.purposes.filter((purpose) => !now.purposes.includes(purpose));
  const loosening = old.caveats.filter(({ code, by }) => !now.caveats.some((one) => one.code === code && one.by === by));
  return [
    ...(now.level === old.level ? [] : [`level ${now.level}, was ${old.level}`]),
    ...(now.tlp === old.tlp ? [] : [`TLP:${now.tlp}, was TLP:${old.tlp}`]),
    ...wordsOf(now).filter((words) => !wordsOf(old).includes(words)),
    ...loosening.map((one) => `${caveatWords(one)} no more`),
    ...(gone.length === 0 ? [] : [`no more for ${gone.join(', ')}`]),
    ...(now.originators.length === old.originators.length ? [] : [`originators ${now.originators.join(', ')}`]),
    ...(now.destroyBy === old.destroyBy ? [] : [`to be destroyed by ${now.destroyBy}`]),
  ];
}

export const labelWords = (label: Label): string => wordsOf(writeLabel(label)).join('; ') || 'no caveat';
