import { awaited, unconsulted, type Awaited } from '../../../domain/consultation.js';
import { MACHINES } from '../../../domain/machines/index.js';
import { formatInstant, instantFromMs } from '../../../domain/time.js';
import type { Remedy } from '../../../domain/violation.js';
import type { SendFacts } from '../../facts.js';
import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

/** 46(26) knows no exception; 44(17) bids consult where appropriate, and whoever finds that it is not says why, in an item that goes with it. */
const mayBeLeftOut = ({ envelope, items }: SendFacts): boolean => {
  if (envelope.exchangeType !== 'EXTRADITION_CONSULTATION' || envelope.message !== 'REFUSE') return false;
  const { notAppropriate } = envelope.body;
  return items.some(({ digest }) => digest === notAppropriate);
};

const partIds = (parts: readonly (string | object)[] | undefined): readonly string[] | undefined =>
  parts?.filter((part) => typeof part === 'string');

/** When all of them may be refused without an answer; null: no certain date ends the wait. */
function endOf(waits: readonly Awaited[]): string | null {
  const ends = waits.flatMap(({ until }) => (until === null ? [] : [until]));
  return ends.length < waits.length ? null : formatInstant(instantFromMs(Math.max(...ends)));
}

/** How parts stand of which the other side has said nothing, and what mends it. */
interface Unheard {
  readonly parts: readonly string[];
  readonly standing: string;
  readonly remedy: Remedy;
}

const unasked = (parts: readonly string[]): Unheard => ({ parts, standing: 'nobody asked it', remedy: { action: 'consult', parts } });

function stillAsked(waits: readonly Awaited[]): Unheard {
  const parts = waits.map(({ part }) => part);
  const until = endOf(waits);
  const standing = `it was asked and may answer${until === null ? '' : ` until ${until}`}`;
  return { parts, standing, remedy: { action: 'await-views', parts, until } };
}

export const consultation = rule({
  id: 'refusal/consultation',
  code: 'REFUSAL_WITHOUT_CONSULTATION',
  on: ['send'],
  source: 'UNCAC 46(26) [M]; 44(17) [F2:S3]; the window: rulings 5 [D]',
  sentence: '{message} of {parts} comes before the other side was heard: {standing}.',
  remedy: 'Consult, or where you have, wait for its views or for the end of the window.',
  violatedBy(facts) {
    const { envelope, exchange, now } = facts;
    const owes = MACHINES[envelope.exchangeType].table.some((row) => row.step === envelope.message && row.consultation === 'OWED');
    if (exchange === null || !owes || mayBeLeftOut(facts)) return [];
    const unheard = unconsulted(exchange, 'parts' in envelope.body ? partIds(envelope.body.parts) : undefined, now);
    const waits = awaited(exchange, unheard);
    const others = unheard.filter((id) => !waits.some(({ part }) => part === id));
    const standings = [...(others.length === 0 ? [] : [unasked(others)]), ...(waits.length === 0 ? [] : [stillAsked(waits)])];
    return standings.map(({ parts, standing, remedy }) => ({
      fill: { message: envelope.message, parts: named(parts), standing },
      offenders: parts,
      remedy,
    }));
  },
});
