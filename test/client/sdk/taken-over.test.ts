/** What an authority gave that is no more: under its code its successor consents, and whoever compares that one's root believes it (docs/decisions/0040). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock as clock } from '../../../client/cli/clock-system.js';
import { DAY_MS, plusMs } from '../../../domain/time.js';
import type { LiveGateway, Member } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';
import { openTwoPersons, type TwoPersons } from './two-persons.js';

const READ = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;
let gateway: LiveGateway;
let fia: Member;
let fix: Member;
let cci: Member;
let join: TwoPersons['join'];

beforeAll(async () => {
  ({ gateway, join } = await openTwoPersons());
  [fia, fix, cci] = [await join('NG-FIA'), await join('VG-FIX'), await join('CI-FIU')];
  for (const one of [fia, fix, cci])
    for (const other of [fia, fix, cci]) await one.client.pinRoot(other.client.authority, other.client.identity.root!.kid);
});
afterAll(() => gateway.running.drain());

const rootOf = ({ client }: Member): string => client.identity.root!.kid;

it('is asked for its consent under its code, and whoever compared the root of now believes that, and what was given before', async () => {
  const sent = await fix.client.send(noteTo(fix.client, fia.client));
  await waitFor(fia.client, ({ statement }) => statement?.digest === sent.digest);
  const item = sent.items[0]!.statement.digest;
  const opened = await fia.client.open({ item, via: sent.digest, ...READ });

  // VG-FIX is no more, and its successor's people begin with keys of their own
  const { client: keeper } = await join('VG-FIX', 'new.1');
  const [code, root] = [keeper.authority, keeper.identity.root!.kid];
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
    await client.roots.accept(code, root);
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
    to: code,
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
  await late.client.pinRoot(code, root);
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
