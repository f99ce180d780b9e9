/** The label of what may open no more, by what this authority's inbox told of it: what clears an accused is handed over under that. */
import type { Digest } from '../../domain/ids.js';
import type { Label } from '../../domain/label.js';
import type { ClientContext } from './context.js';
import { ReadingRefused } from './error.js';
import { HELD, readHolding } from './holding.js';
import type { KeyStore } from './key-store.js';
import { viewThatKnows } from './key-history.js';
import { labelFrom } from './labels.js';
import { loggedTimes } from './logged.js';
import { checkLabels, type Item } from './reading-order.js';
import { readShown } from './shown.js';
import { checkSourceLabels } from './source-labels.js';
import { readStatementOf } from './statements.js';
import { readTold, statementsKnown } from './told.js';

/**
 * With what was said since of the item and of what it is made from, each checked as in a reading: nobody signs a caveat in the name of an
 * originator that never set it. Of a source whose own sources were never held here a reading alone tells.
 *
 * @returns never looser than `label`
 * @throws ReadingRefused `LABEL`, `RECEIPT`
 */
export async function labelAsTold(context: ClientContext, item: Item, label: Label): Promise<Label> {
  const { store, gateway, clock } = context;
  await readTold(context);
  const told = (await Promise.all((await madeFrom(store, item)).map((about) => statementsKnown(store, about)))).flat();
  if (told.length === 0) return label;
  const shown = [];
  for (const digest of new Set(told)) shown.push(await shownAs(context, digest));
  const compacts = shown.map(({ compact }) => compact);
  const receipts = shown.map(({ receipt }) => receipt);
  const [view, loggedAt] = [await viewThatKnows(context, compacts), await loggedTimes(receipts, gateway, clock.now())];
  const inOrder = shown.toSorted((a, b) => (loggedAt.place(a.digest) ?? 0) - (loggedAt.place(b.digest) ?? 0));
  const said = (isOwn: boolean) => inOrder.flatMap(({ compact, about }) => ((about === item.digest) === isOwn ? [compact] : []));
  await checkLabels(item, said(true), view, loggedAt, 0, true);
  const now = await checkSourceLabels(item, said(true), said(false), { view, loggedAt, outlivesRetraction: true });
  return labelFrom(label, [now]);
}

/** The item, and what it is made from step by step, as far as it is known here. */
async function madeFrom(store: KeyStore, { digest, payload }: Item): Promise<Digest[]> {
  const found = new Set<Digest>([digest, ...payload.derivedFrom]);
  for (const source of found) {
    if ((await store.read(`${HELD}${source}`)) === null) continue;
    for (const one of (await readHolding(store, source)).item.payload.derivedFrom) found.add(one);
  }
  return [...found];
}

async function shownAs({ door }: ClientContext, digest: Digest) {
  const { statement: compact, receipt } = await readShown({ door }, digest);
  const said = readStatementOf('parley-label+json', compact);
  if (said.ok && said.value.digest === digest) return { digest, compact, receipt, about: said.value.payload.item };
  throw new ReadingRefused('LABEL', 'Your inbox told of a label statement about it, and the gateway shows another one in its place.', NEXT);
}

const NEXT = 'Nothing was signed. Report the item to the gateway’s operator and to its originators.';
