/** A row that writes its leaf and nothing else; each other row says what it adds. */
import type { Chance, CommitRow, NewLeaf } from '../../domain/ports.js';
import { leafViews, type Happening } from '../audit/events.js';
import type { Sight } from '../plan.js';

export const bareRow = (leaf: NewLeaf): CommitRow => ({
  statement: null,
  links: [],
  leaf,
  exchange: null,
  outbox: [],
  settles: null,
  expects: [],
  bumps: [],
  validUntil: null,
});

/** @param place of its leaf; one that moves no exchange has version 0, and without a mailbox it stands in no inbox */
export function eventRow(
  happening: Happening,
  sight: Sight,
  place: Pick<NewLeaf, 'stage'> & Partial<Pick<NewLeaf, 'version' | 'mailbox'>>,
  chance: Chance,
): CommitRow {
  const { statement, outcome, at } = happening;
  return bareRow({ ...leafViews(happening, sight, chance), statement, outcome, at, version: 0, mailbox: null, ...place });
}

type Deed = Pick<Happening, 'log' | 'at' | 'outcome' | 'correlation' | 'statement'> & Partial<Pick<Happening, 'codes'>>;

/** What the gateway did itself: no officer acted, and no law was asked. */
export const ownDeed = (deed: Deed): Happening => ({
  codes: [],
  ...deed,
  actor: { authority: 'GATEWAY', officer: null, role: null },
  policy: null,
  rules: [],
});
