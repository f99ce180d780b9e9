/**
 * A ticket: an access statement's leaf, in the hand of the officer who made it. For 15 minutes the bytes of one item come out on it,
 * range by range, without another leaf, for as long as that access would be allowed (`read/still-read.ts`). Nothing is stored: the
 * gateway's secret vouches for the text.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../domain/caller.js';
import { parseDigest, parseUuid, type Digest, type Uuid } from '../domain/ids.js';
import type { Clock } from '../domain/ports.js';
import { MINUTE_MS } from '../domain/time.js';

export const TICKET_MS = 15 * MINUTE_MS;

export interface TicketFor {
  /** the access statement that it rests on */
  readonly access: Digest;
  readonly upload: Uuid;
  readonly sizeBytes: number;
}

export interface Tickets {
  /** @param what a claimed upload, as the walk's reading names it */
  issue(what: { readonly access: Digest; readonly upload: string; readonly sizeBytes: number }, caller: Caller): string;
  /** @returns null for a ticket that is forged, over, or another officer's: all three look the same */
  redeem(ticket: string, caller: Caller): TicketFor | null;
}

/** @param secret the gateway's, 32 bytes; processes that share it honour each other's tickets */
export function createTickets(secret: Uint8Array, clock: Clock): Tickets {
  const key = Buffer.from(hkdfSync('sha256', secret, new Uint8Array(0), 'parley/ticket/v2', 32));
  const codeOf = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  return {
    issue({ access, upload, sizeBytes }, { authority, officer }) {
      const text = [access, upload, sizeBytes, authority, officer, clock.now() + TICKET_MS].join(' ');
      return `${Buffer.from(text).toString('base64url')}.${codeOf(text).toString('base64url')}`;
    },
    redeem(ticket, caller) {
      const [encoded = '', code = ''] = ticket.split('.');
      const text = Buffer.from(encoded, 'base64url').toString();
      const given = Buffer.from(code, 'base64url');
      const made = codeOf(text);
      if (given.length !== made.length || !timingSafeEqual(given, made)) return null;
      const [by = '', id = '', size, authority, officer, until] = text.split(' ');
      const [access, upload] = [parseDigest(by), parseUuid(id)];
      if (!access.ok || !upload.ok || authority !== caller.authority || officer !== caller.officer || clock.now() >= Number(until))
        return null;
      return { access: access.value, upload: upload.value, sizeBytes: Number(size) };
    },
  };
}
