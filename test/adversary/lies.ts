/** Every lie that is told, and what no check catches: `docs/THREATS.md` says the same to its reader. */
import { keyLies } from './key-lies.js';
import type { Lie } from './lie.js';
import { logLies } from './log-lies.js';
import { messageLies } from './message-lies.js';
import { readingLies } from './reading-lies.js';
import { receiptLies } from './receipt-lies.js';
import { standingLies } from './standing-lies.js';
import { streamLies } from './stream-lies.js';

export const LIES: readonly Lie[] = [
  ...streamLies,
  ...logLies,
  ...keyLies,
  ...readingLies,
  ...receiptLies,
  ...messageLies,
  ...standingLies,
];

export const NOT_CAUGHT: readonly string[] = [
  'content that a reader who works with the operator reads without an access: no leaf, no stream, nobody who asks',
  'two histories for clients that never meet: until they compare checkpoints, or ask for a witness’s cosignature',
  'a log that stands still, shown to who never saw its newest part and asks for no witness',
  'a retraction that is neither delivered nor shown to a holder who never saw it: its originator sees that nobody was told',
  'a consent’s revocation that is neither delivered nor shown to its holder: its originator sees that nobody was told',
  'slots and roots at first contact: they are remembered from then on, and compared on paper before',
  'a key revocation kept from a client that never saw it, for as long as no entry lists it: until the next checkpoint, or where the revoking client could not publish the entry (it says so)',
  'a leaf of another act than a reading whose views tell different things: whoever acted sees its own, and until the two compare what the other one is told can be another act',
  'when a message arrived, between the one that it is and the next: until then nothing that follows is signed by a side; its leaf stands in the stream of both',
  'that a time ran out, once it can have: which days are holidays, and whether a side was suspended, is the gateway’s word',
  'the newest messages of an exchange left out, and the exchange shown as it stood before them',
  'states and dates in the list of all exchanges (`parley status`): one’s own exchange is counted again where it is looked at',
  'notices of clocks in an inbox, and which of one’s own exchanges there are: nobody signs them',
  'metadata: the operator sees who writes to whom, when, how much, on which basis',
];
