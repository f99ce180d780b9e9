/**
 * A ticket: an access statement's leaf, in the hand of the officer who made it. For 15 minutes the bytes of one item come out on it,
 * range by range, without another leaf. Nothing is stored: the gateway's secret vouches for the text.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../domain/caller.js';
import { parseUuid, type Uuid } from '../domain/ids.js';
import type { Clock } from '../domain/ports.js';
import { MINUTE_MS } from '../domain/time.js';

export const TICKET_MS = 15 * MINUTE_MS;

export interface TicketFor {
  readonly upload: Uuid;
  readonly sizeBytes: number;
}

export interface Tickets {
  /** @param what a claimed upload, as the walk's reading names it */
  issue(what: { readonly upload: string; readonly sizeBytes: number }, caller: Caller): string;
  /** @returns null for a ticket that is forged, over, or another officer's: all three look the same */
  redeem(ticket: string, caller: Caller): TicketFor | null;
}

/** @param secret the gateway's, 32 bytes; processes that share it honour each other's tickets */
export function createTickets(secret: Uint8Array, clock: Clock): Tickets {
  const key = Buffer.from(hkdfSync('sha256', secret, new Uint8Array(0), 'parley/ticket/v1', 32));
  const codeOf = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  return {
    issue({ upload, sizeBytes }, { authority, officer }) {
      const text = [upload, sizeBytes, authority, officer, clock.now() + TICKET_MS].join(' ');
      return `${Buffer.from(text).toString('base64url')}.${codeOf(text).toString('base64url')}`;
    },
    redeem(ticket, caller) {
      const [encoded = '', code = ''] = ticket.split('.');
      const text = Buffer.from(encoded, 'base64url').toString();
      const given = Buffer.from(code, 'base64url');
      const made = codeOf(text);
      if (given.length !== made.length || !timingSafeEqual(given, made)) return null;
      const [id = '', size, authority, officer, until] = text.split(' ');
      const upload = parseUuid(id);
      if (!upload.ok || authority !== caller.authority || officer !== caller.officer || clock.now() >= Number(until)) return null;
      return { upload: upload.value, sizeBytes: Number(size) };
    },
  };
}
