/**
 * A ticket for a reading of the log: the REPORT leaf, in the hand of the officer who made it. For 15 minutes the pages of one
 * authority's view come out on it, over the time that the leaf names, without another leaf. Nothing is stored: the gateway's secret vouches.
 */
import type { Caller } from '../domain/caller.js';
import { parseAuthorityId } from '../domain/ids.js';
import type { Clock } from '../domain/ports.js';
import { instantFromMs, plusMs, type Instant } from '../domain/time.js';
import type { OpenedReading } from './answers.js';
import { createVouching, TICKET_MS } from './tickets.js';

/** A report is made of events, whichever it is; one exchange's evidence and counts are asked for by themselves. */
export type ReadingKind = 'EVENTS' | 'EVIDENCE' | 'COUNTS';

export interface ReadingFor extends Pick<OpenedReading, 'of' | 'from' | 'to'> {
  readonly kind: ReadingKind;
  /** of EVIDENCE */
  readonly exchange: string;
}

export interface ReadingTickets {
  /** @param reading as the walk opened it */
  issue(reading: Omit<OpenedReading, 'receipt'>, caller: Caller): { readonly ticket: string; readonly until: Instant };
  /** @returns null for a ticket that is forged, over, another officer's, or for the other kind: all look the same */
  redeem(ticket: string, kind: ReadingKind, caller: Caller): ReadingFor | null;
}

export function createReadingTickets(secret: Uint8Array, clock: Clock): ReadingTickets {
  const vouching = createVouching(secret, 'parley/reading/v1');
  return {
    issue({ report, exchange, of, from, to }, { authority, officer }) {
      const until = plusMs(clock.now(), TICKET_MS);
      const kind: ReadingKind = report === 'COUNTS' || report === 'EVIDENCE' ? report : 'EVENTS';
      const text = [kind, exchange ?? '', of, from ?? '', to ?? '', authority, officer, until].join(' ');
      return { ticket: vouching.vouch(text), until };
    },
    redeem(ticket, kind, caller) {
      const [issued, exchange = '', whose = '', from, to, authority, officer, until] = vouching.textOf(ticket)?.split(' ') ?? [];
      const of = parseAuthorityId(whose);
      if (!of.ok || issued !== kind || authority !== caller.authority || officer !== caller.officer) return null;
      return clock.now() >= Number(until) ? null : { kind, exchange, of: of.value, from: edgeOf(from), to: edgeOf(to) };
    },
  };
}

const edgeOf = (text = ''): Instant | null => (text === '' ? null : instantFromMs(Number(text)));
