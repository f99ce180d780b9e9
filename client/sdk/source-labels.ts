/** What originators said of the sources of an item since it was given: each addition stands on the item too, as the gateway judges it. */
import { additionsTo, labelNow, type LoggedChange, type Made } from '../../domain/made-from.js';
import type { Label } from '../../domain/label.js';
import { verifySigner, type DirectoryView } from './directory.js';
import { ReadingRefused, retractedBy } from './error.js';
import type { LoggedAt } from './logged.js';
import type { Item } from './reading-order.js';
import { readStatementOf } from './statements.js';

const refuse = (check: string, detail: string): never => {
  throw new ReadingRefused(check, detail);
};

/** A statement's order is the time that the log vouches for; where two have one time, nothing is lifted. */
function changeOf(compact: string, loggedAt: LoggedAt) {
  const change = readStatementOf('parley-label+json', compact);
  if (!change.ok) return refuse('LABEL', 'A label statement is unreadable.');
  const logged: LoggedChange = { ...change.value.payload, logIndex: loggedAt(change.value.digest) };
  return { statement: change.value, logged };
}

/**
 * The item's label joined with what was added to its sources. Which of them is made from which, this reader cannot see: what an owner
 * lifted half-way stays on here, which is stricter than the gateway and never looser.
 *
 * @param own verified label statements about the item, as served
 * @param ofSources about what it is made from, in log order
 * @throws ReadingRefused `LABEL`, `ITEM_RETRACTED`
 */
export async function checkSourceLabels(
  item: Item,
  own: readonly string[],
  ofSources: readonly string[],
  {
    view,
    loggedAt,
    outlivesRetraction,
  }: { readonly view: DirectoryView; readonly loggedAt: LoggedAt; readonly outlivesRetraction: boolean },
): Promise<Label> {
  const bySource = new Map<string, LoggedChange[]>();
  for (const compact of ofSources) {
    const { statement, logged } = changeOf(compact, loggedAt);
    const { originator, change, item: source } = statement.payload;
    const signer = await verifySigner(statement, originator, view, loggedAt(statement.digest));
    if (!signer.ok || source === item.digest || !item.payload.label.originators.includes(originator))
      return refuse('LABEL', 'A label statement about a source is not an originator’s.');
    if (change === 'RETRACT' && !outlivesRetraction) throw retractedBy(originator, item.digest, 'what it is made from');
    bySource.set(source, [...(bySource.get(source) ?? []), logged]);
  }
  const { label } = item.payload;
  const sources = [...bySource.values()].map((changes): Made => ({ label, logIndex: -1, changes, sources: [] }));
  const made: Made = { label, logIndex: -1, changes: own.map((compact) => changeOf(compact, loggedAt).logged), sources };
  return labelNow(made, additionsTo(made));
}
