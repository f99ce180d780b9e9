/** What originators said of the sources of an item since it was given: each addition stands on the item too, as the gateway judges it. */
import { digestOf } from '../../crypto/statement.js';
import { additionsTo, labelNow, type LoggedChange, type Made } from '../../domain/made-from.js';
import type { AuthorityId, Digest } from '../../domain/ids.js';
import { asDated } from '../../domain/label-change.js';
import type { Label } from '../../domain/label.js';
import type { ReadingAnswer } from '../../domain/wire/http-answers.js';
import type { ClientContext } from './context.js';
import { verifySigner, type DirectoryView } from './directory.js';
import { ReadingRefused, retractedBy } from './error.js';
import { acceptedAt, type LoggedAt } from './logged.js';
import type { Item } from './reading-order.js';
import { receiptOf } from './receipt.js';
import { readIfShown } from './shown.js';
import { readStatementOf } from './statements.js';
import { statementsKnown } from './told.js';

const refuse = (detail: string): never => {
  throw new ReadingRefused('LABEL', detail);
};

/** Its place is the one that the log vouches for: what lifts a caveat, shown behind its being set anew, would lift that too. */
function changeOf(compact: string, loggedAt: LoggedAt) {
  const change = readStatementOf('parley-label+json', compact);
  if (!change.ok) return refuse('A label statement is unreadable.');
  const logIndex = loggedAt.place(change.value.digest);
  if (logIndex === null) return refuse('Nothing says where in the log a label statement stands.');
  const logged = { ...change.value.payload, logIndex };
  return { statement: change.value, logged };
}

/** Who gave a source, as far as a reader of the extract can know: it sees neither the source's issuer nor its label. */
const namedBy = ({ payload }: Item, changes: readonly LoggedChange[]): readonly AuthorityId[] => [
  ...payload.label.originators,
  ...changes.flatMap(({ label }) => label?.originators ?? []),
];

/**
 * The item's label joined with what was added to its sources. Which of them is made from which, this reader cannot see: what an owner
 * lifted half-way stays on here, which is stricter than the gateway and never looser.
 *
 * @param own verified label statements about the item, as served
 * @param ofSources about what it is made from
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
  const bySource = new Map<string, ReturnType<typeof changeOf>['logged'][]>();
  // in the order that receipts give, whatever order the gateway shows
  const ordered = ofSources.map((compact) => changeOf(compact, loggedAt)).sort((a, b) => a.logged.logIndex - b.logged.logIndex);
  for (const { statement, logged } of ordered) {
    const { originator, change, item: source } = statement.payload;
    const signer = await verifySigner(statement, originator, view, loggedAt(statement.digest));
    const earlier = bySource.get(source) ?? [];
    if (!signer.ok || source === item.digest || !namedBy(item, earlier).includes(originator))
      return refuse('A label statement about a source is not an originator’s.');
    if (change === 'RETRACT' && !outlivesRetraction) throw retractedBy(originator, item.digest, 'what it is made from');
    bySource.set(source, [...earlier, asDated(logged, earlier)]);
  }
  const { label } = item.payload;
  const sources = [...bySource.values()].map((changes): Made => ({ label, logIndex: -1, changes, sources: [] }));
  const said = own.map((compact) => changeOf(compact, loggedAt).logged);
  const changes = said.map((one, place) => asDated(one, said.slice(0, place)));
  const made: Made = { label, logIndex: -1, changes, sources };
  return labelNow(made, additionsTo(made));
}

/**
 * What the inbox told of a source since the item was given has to come with it, at a first reading too. Of sources that are further away
 * than one step this reader knows nothing before a reading names them.
 *
 * @param given place in the log of what gave the item
 * @param place of the reading
 * @throws ReadingRefused `LABEL`
 */
export async function checkToldOfSources(
  context: ClientContext,
  given: number,
  { payload: { derivedFrom } }: Item,
  { sourceLabels }: Pick<ReadingAnswer, 'sourceLabels'>,
  place: number,
): Promise<void> {
  const shown = new Set<Digest>(sourceLabels.map(digestOf));
  const told = (await Promise.all(derivedFrom.map((source) => statementsKnown(context.store, source)))).flat();
  for (const digest of told.filter((one) => !shown.has(one))) {
    const at = await placeOf(context, digest);
    // what came before the item was given stands in its own label, and what came behind the reading in the next one
    if (at === null || (at > given && at < place))
      refuse('Your inbox told of a label statement about what it is made from, and the gateway keeps it back.');
  }
}

/** @returns where in the log it was taken in; null where the gateway does not show it, or no receipt of its says so */
async function placeOf(context: ClientContext, digest: Digest): Promise<number | null> {
  const shown = await readIfShown(context, digest);
  return shown === null ? null : ((await acceptedAt(receiptOf(shown.receipt), context.gateway, digest))?.index ?? null);
}
