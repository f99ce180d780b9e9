/** What an originator says later of what it gave: tighter, looser, wrong, or taken back. */
import type { Digest } from '../../domain/ids.js';
import type { CaveatCode, Label } from '../../domain/label.js';
import type { LabelChange } from '../../domain/label-change.js';
import { present } from '../../domain/present.js';
import type { Statement } from '../../domain/statement.js';
import type { ClientContext } from './context.js';
import { changeHolding } from './holding.js';
import { writeLabel } from './labels.js';
import { headOf, makeStatement, type DraftOf } from './statements.js';
import { submissionOf, submit, type Sent } from './submit.js';
import { doneBefore } from './waiting.js';

type Changed = Pick<DraftOf<'parley-label+json'>, 'change' | 'reason' | 'replacement'> & Pick<LabelChange, 'label' | 'lifts'>;

async function sayLater(context: ClientContext, item: Digest, changed: Changed, again = false): Promise<Sent> {
  const { identity, store } = context;
  const statement = await statementOf(context, item, changed);
  const sent = await submit(context, statement, submissionOf(statement), again);
  await changeHolding(store, item, { originator: identity.authority, ...changed });
  return sent;
}

function statementOf(context: ClientContext, item: Digest, { label, lifts, ...said }: Changed): Promise<Statement> {
  const { identity } = context;
  const payload = {
    ...headOf(context),
    originator: identity.authority,
    item,
    ...said,
    ...(label === undefined ? {} : { label: writeLabel(label) }),
    ...present({ lifts: lifts && [...lifts] }),
  };
  return makeStatement('parley-label+json', payload, identity.signing);
}

/** Joins a label to that of an item that this authority gave. It reaches every holder along the releases. */
export const tightenLabel = (context: ClientContext, item: Digest, label: Label): Promise<Sent> =>
  sayLater(context, item, { change: 'ADD', label });

/** Takes it back from every holder. @param again a restore lost the first @throws ParleyError `DONE_BEFORE` where this key store did so already, PolicyRefusal `STEP_NOT_ALLOWED` where a colleague did */
export const retractItem = (context: ClientContext, item: Digest, again = false): Promise<Sent> =>
  sayLater(context, item, { change: 'RETRACT' }, again);

/** @returns the retraction that was accepted from this key store; null: none */
export const takenBack = async (context: ClientContext, item: Digest): Promise<Digest | null> =>
  doneBefore(context.store, await statementOf(context, item, { change: 'RETRACT' }));

/** Lifts caveats that this authority set itself; what others set stands. */
export const relaxLabel = (context: ClientContext, item: Digest, lifts: readonly CaveatCode[]): Promise<Sent> =>
  sayLater(context, item, { change: 'RELAX', lifts });

/** Says that the content was wrong. Every holder hears of it, and of the item that is right, where there is one. @param again as of `retractItem` @throws ParleyError `DONE_BEFORE` */
export const correctItem = (context: ClientContext, item: Digest, reason: string, replacement?: Digest, again = false): Promise<Sent> =>
  sayLater(context, item, { change: 'CORRECT', reason, ...present({ replacement }) }, again);
