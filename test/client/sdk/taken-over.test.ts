/** What an authority gave that is no more: under its code its successor consents, and whoever compares that one's root believes it (docs/decisions/0040). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { createMemoryKeyStore, enrol, ParleyClient, type KeyStore } from '../../../client/sdk/index.js';
import { encodeBase64url } from '../../../crypto/base64url.js';
import { parseDeskId, parseOfficerId, type AuthorityId } from '../../../domain/ids.js';
import { certain } from '../../../domain/result.js';
import { DAY_MS, plusMs } from '../../../domain/time.js';
import { openGateway, type LiveGateway, type Member } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

const READ = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;
let gateway: LiveGateway;
let fia: Member;
let fix: Member;
let cci: Member;
let approver: ParleyClient;

beforeAll(async () => {
  const store = createMemoryKeyStore();
  const [officer, desk] = [certain(parseOfficerId('ops.2')), certain(parseDeskId('INTAKE'))];
  const authority = 'XX-OPS' as AuthorityId;
  const identity = await enrol(store, { authority, officer, desk, suites: [] }, chance, clock.now());
  gateway = await openGateway(undefined, { PARLEY_OPERATOR_APPROVERS: encodeBase64url(identity.root!.publicKey) });
  approver = await ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, triesMax: 1, store });
  [fia, fix, cci] = [await join('NG-FIA'), await join('VG-FIX'), await join('CI-FIU')];
  for (const one of [fia, fix, cci])
    for (const other of [fia, fix, cci]) await one.client.pinRoot(other.client.authority, other.client.identity.root!.kid);
});
afterAll(() => gateway.running.drain());

const approveAll = async (): Promise<void> => {
  for (const { digest } of (await approver.directory(true)).waiting) await approver.approveDesignation(digest);
};
async function join(code: string): Promise<Member> {
  const store = createMemoryKeyStore();
  const wanted = { authority: code as AuthorityId, officer: certain(parseOfficerId('o.1')), desk: certain(parseDeskId('INTAKE')) };
  const identity = await enrol(store, { ...wanted, suites: ['age-pq-1'] }, chance, clock.now());
  await gateway.designate(code, identity.root!.kid, 'FIU');
  await approveAll();
  const client = await connect(store);
  await client.publishEntry({
    name: code,
    territory: code.slice(0, 2),
    types: ['FIU'],
    languages: ['en'],
    clearance: 'RESTRICTED',
    timeZone: 'UTC',
    presumedConsent: [],
    roles: ['OFFICER', 'SUPERVISOR', 'COMPLIANCE'],
  });
  return { client, store };
}
const connect = (store: KeyStore, over = fetch) =>
  ParleyClient.connect({ origin: gateway.origin, fetch: over, clock, chance, triesMax: 1, store });
const rootOf = ({ client }: Member): string => client.identity.root!.kid;

it('is asked for its consent under its code, and whoever compared the root of now believes that, and what was given before', async () => {
  const sent = await fix.client.send(noteTo(fix.client, fia.client));
  await waitFor(fia.client, ({ statement }) => statement?.digest === sent.digest);
  const item = sent.items[0]!.statement.digest;
  const opened = await fia.client.open({ item, via: sent.digest, ...READ });

  // VG-FIX is no more, and its successor's people begin with keys of their own
  const store = createMemoryKeyStore();
  const people = { authority: 'VG-FIX' as AuthorityId, officer: certain(parseOfficerId('new.1')), desk: certain(parseDeskId('INTAKE')) };
  const identity = await enrol(store, { ...people, suites: ['age-pq-1'] }, chance, clock.now());
  const root = identity.root!.kid;
  await gateway.designate('VG-FIX', root, 'FIU');
  await approveAll();
  const keeper = await connect(store);
  await keeper.publishEntry({
    name: 'VG-NEW, for what VG-FIX gave',
    territory: 'VG',
    types: ['FIU'],
    languages: ['en'],
    clearance: 'RESTRICTED',
    timeZone: 'UTC',
    presumedConsent: [],
    roles: ['OFFICER', 'SUPERVISOR', 'COMPLIANCE'],
  });
  await keeper.pinRoot(fia.client.authority, rootOf(fia));
  await keeper.pinRoot(cci.client.authority, rootOf(cci));
  const cell = {
    items: [item],
    recipient: { authority: cci.client.authority, authorityType: 'FIU' as const },
    purposes: ['INTELLIGENCE' as const],
    until: plusMs(clock.now(), 30 * DAY_MS),
  };
  // every partner compares, once: nobody's voice moves by the operator's word alone
  for (const { client } of [fia, cci]) {
    expect((await client.directory(true)).doubts).toMatchObject([{ authority: 'VG-FIX', isAlarm: true }]);
    await client.roots.accept(people.authority, root);
  }
  const asked = await fia.client.askConsent({
    profile: 'EGMONT_FIU',
    legalBasis: ['RECIPROCITY'],
    framework: [],
    matterType: 'INTELLIGENCE',
    language: 'en',
    purposes: ['INTELLIGENCE'],
    urgency: 'ROUTINE',
    fromType: 'FIU',
    to: people.authority,
    toType: 'FIU',
    cell,
  });
  await waitFor(keeper, ({ statement }) => statement?.digest === asked.digest);
  const request = await keeper.consentRequestOf(asked.exchange);
  const { consent } = await keeper.grantRequest(request, {});
  const handing = { purpose: 'INTELLIGENCE', legalBasis: 'RECIPROCITY', until: plusMs(clock.now(), DAY_MS) } as const;
  const { release } = await fia.client.release(opened, { ...handing, to: cci.client.authority, basis: { consents: [consent] } });
  await waitFor(cci.client, ({ statement }) => statement?.digest === release);
  expect((await cci.client.open({ item, via: release, ...READ })).content.role).toBe('FORM');

  // a reader that never compared the root of before: whoever has the code now stands by the item, since its consent names it
  const late = await join('EE-FIN');
  for (const client of [keeper, fia.client]) await client.pinRoot(late.client.authority, rootOf(late));
  await late.client.pinRoot(fia.client.authority, rootOf(fia));
  await late.client.pinRoot(people.authority, root);
  const recipient = { authority: late.client.authority, authorityType: 'FIU' as const };
  const granted = await keeper.grantConsent({ ...cell, recipient, holder: fia.client.authority });
  const { release: second } = await fia.client.release(opened, {
    ...handing,
    to: recipient.authority,
    basis: { consents: [granted.consent] },
  });
  await waitFor(late.client, ({ statement }) => statement?.digest === second);
  expect((await late.client.open({ item, via: second, ...READ })).content.role).toBe('FORM');
  const told = await keeper.disclosureReport();
  expect(told.disclosures.map(({ to, consents }) => [to, consents])).toEqual([
    ['CI-FIU', [consent]],
    ['EE-FIN', [granted.consent]],
  ]);
});
