/** Tickets are good in the hand of the officer who made the leaf, for a quarter of an hour, for what they name, and as they were written. */
import { describe, expect, it } from 'vitest';
import type { Caller } from '../../domain/caller.js';
import { MINUTE_MS } from '../../domain/time.js';
import { createReadingTickets, type ReadingKind } from '../../gateway/reading-tickets.js';
import { createTickets, createVouching } from '../../gateway/tickets.js';
import { digest } from '../support/ids.js';
import { createCast } from '../support/test-gateway.js';
import { colleagueOf, uuidFrom } from '../support/actors.js';
import { createChance, createWorld, createWorldClock, WORLD_START } from '../support/world.js';

const chance = createChance(5);
const { fia, fix } = createCast(7);
const { caller } = fia;
const others: readonly (readonly [string, Caller])[] = [
  ['a colleague', colleagueOf(fia, 'o2', chance).caller],
  ['another authority', { ...fix.caller, officer: caller.officer }],
];
const secret = chance.bytes(32);
const altered = (ticket: string): string => `${Buffer.from(`${digest('x')} `).toString('base64url')}${ticket}`;

describe('a ticket for bytes', () => {
  const { clock } = createWorld(5);
  const what = { access: digest('access'), upload: uuidFrom(chance), sizeBytes: 9 };
  const tickets = createTickets(secret, clock);
  const ticket = tickets.issue(what, caller);

  it('names the access that it rests on, to whoever made it', () => {
    expect(tickets.redeem(ticket, caller)).toEqual(what);
    expect(createTickets(secret, clock).redeem(ticket, caller)).toEqual(what);
  });

  it.each(others)('is nothing in the hand of %s', (_name, other) => {
    expect(tickets.redeem(ticket, other)).toBeNull();
  });

  it('is nothing where it was altered, or another secret or another use vouches for it', () => {
    const text = Buffer.from(ticket.split('.')[0]!, 'base64url').toString();
    expect(tickets.redeem(altered(ticket), caller)).toBeNull();
    expect(tickets.redeem(ticket.split('.')[0]!, caller)).toBeNull();
    expect(createTickets(chance.bytes(32), clock).redeem(ticket, caller)).toBeNull();
    expect(tickets.redeem(createVouching(secret, 'parley/ticket/v2').vouch(text), caller)).toEqual(what);
    expect(tickets.redeem(createVouching(secret, 'parley/reading/v1').vouch(text), caller)).toBeNull();
  });

  it('ends after fifteen minutes', () => {
    clock.advance(15 * MINUTE_MS - 1);
    expect(tickets.redeem(ticket, caller)).toEqual(what);
    clock.advance(1);
    expect(tickets.redeem(ticket, caller)).toBeNull();
  });
});

describe('a ticket for a reading of the log', () => {
  const clock = createWorldClock(WORLD_START);
  const tickets = createReadingTickets(secret, clock);
  const exchange = uuidFrom(chance);
  const issue = (report: 'DISCLOSURES' | 'EVIDENCE' | 'COUNTS') =>
    tickets.issue({ report, exchange, of: fix.id, from: WORLD_START, to: null }, caller).ticket;
  const KINDS: readonly ReadingKind[] = ['EVENTS', 'EVIDENCE', 'COUNTS'];

  it.each([
    ['DISCLOSURES', 'EVENTS'],
    ['EVIDENCE', 'EVIDENCE'],
    ['COUNTS', 'COUNTS'],
  ] as const)('of %s is one for %s and for nothing else', (report, kind) => {
    const ticket = issue(report);
    for (const one of KINDS)
      expect(tickets.redeem(ticket, one, caller)).toEqual(
        one === kind ? { kind, exchange, of: fix.id, from: WORLD_START, to: null } : null,
      );
  });

  it.each(others)('is nothing in the hand of %s', (_name, other) => {
    expect(tickets.redeem(issue('EVIDENCE'), 'EVIDENCE', other)).toBeNull();
  });

  it('is nothing where it was altered, and ends after fifteen minutes', () => {
    const ticket = issue('COUNTS');
    expect(tickets.redeem(altered(ticket), 'COUNTS', caller)).toBeNull();
    clock.advance(15 * MINUTE_MS - 1);
    expect(tickets.redeem(ticket, 'COUNTS', caller)).not.toBeNull();
    clock.advance(1);
    expect(tickets.redeem(ticket, 'COUNTS', caller)).toBeNull();
  });
});
