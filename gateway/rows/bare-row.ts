/** A row that writes its leaf and nothing else; each other row says what it adds. */
import type { CommitRow, NewLeaf } from '../../domain/ports.js';

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
