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

/** Text that only this gateway can have written, as its clients carry it. */
export interface Vouching {
  vouch(text: string): string;
  /** @returns the text; null: it is not what was vouched for under this name */
  textOf(ticket: string): string | null;
}

/** @param secret the gateway's, 32 bytes; processes that share it honour each other's tickets */
export function createVouching(secret: Uint8Array, name: 'parley/ticket/v2' | 'parley/reading/v1'): Vouching {
  const key = Buffer.from(hkdfSync('sha256', secret, new Uint8Array(0), name, 32));
  const codeOf = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  return {
    vouch: (text) => `${Buffer.from(text).toString('base64url')}.${codeOf(text).toString('base64url')}`,
    textOf(ticket) {
      const [encoded = '', code = ''] = ticket.split('.');
      const text = Buffer.from(encoded, 'base64url').toString();
      const [given, made] = [Buffer.from(code, 'base64url'), codeOf(text)];
      return given.length === made.length && timingSafeEqual(given, made) ? text : null;
    },
  };
}

export function createTickets(secret: Uint8Array, clock: Clock): Tickets {
  const vouching = createVouching(secret, 'parley/ticket/v2');
  return {
    issue: ({ access, upload, sizeBytes }, { authority, officer }) =>
      vouching.vouch([access, upload, sizeBytes, authority, officer, clock.now() + TICKET_MS].join(' ')),
    redeem(ticket, caller) {
      const [by = '', id = '', size, authority, officer, until] = vouching.textOf(ticket)?.split(' ') ?? [];
      const [access, upload] = [parseDigest(by), parseUuid(id)];
      if (!access.ok || !upload.ok || authority !== caller.authority || officer !== caller.officer || clock.now() >= Number(until))
        return null;
      return { access: access.value, upload: upload.value, sizeBytes: Number(size) };
    },
  };
}
