/** Seats in networks: what an entry claims counts as far as the operator has designated it, and stays so until that says otherwise. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seatIn } from '../../../domain/seats.js';
import { openGateway, type LiveGateway, type Member } from './live-gateway.js';

const CODE = 'KZ-ARC';
const TYPE = 'ARIN_CONTACT_LE';
const MEMBER = { network: 'CARIN', seat: 'MEMBER' } as const;

let gateway: LiveGateway;
let contact: Member;

beforeAll(async () => {
  gateway = await openGateway();
  contact = await gateway.join(CODE, TYPE);
  const claims = {
    types: [TYPE] as const,
    languages: ['en'],
    clearance: 'RESTRICTED',
    timeZone: 'UTC',
    presumedConsent: [],
    roles: ['OFFICER'],
  } as const;
  await contact.client.publishEntry({ ...claims, name: CODE, territory: 'KZ', declares: { networks: [MEMBER] } });
});
afterAll(() => gateway.running.drain());

const seat = async () => seatIn((await contact.client.directory(true)).directory.authorities.get(contact.client.authority)!, 'CARIN');

it('is its own word alone until the operator names it, and ends with a designation that does not', async () => {
  const { root, authority } = contact.client.identity;
  const designated = { authority, root: root!.kid, types: [TYPE] as const };
  expect(await seat()).toBeNull();
  await gateway.operator.designate({ ...designated, status: 'ACTIVE', networks: [MEMBER] });
  expect(await seat()).toBe('MEMBER');
  await gateway.operator.designate({ ...designated, status: 'SUSPENDED', reason: 'REVIEW' });
  await gateway.operator.designate({ ...designated, status: 'ACTIVE' });
  expect(await seat(), 'nothing was said of it').toBe('MEMBER');
  await gateway.operator.designate({ ...designated, status: 'ACTIVE', networks: [] });
  expect(await seat()).toBeNull();
});

it('is one in each network', async () => {
  const { root, authority } = contact.client.identity;
  const twice = { authority, root: root!.kid, types: [TYPE] as const, status: 'ACTIVE' as const, networks: [MEMBER, MEMBER] };
  await expect(gateway.operator.designate(twice)).rejects.toMatchObject({ code: 'MALFORMED' });
});
