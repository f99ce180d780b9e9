/** Where nobody says what is read for, what gave the item does: a signed one, not a line that the gateway made up. */
import { expect, it, vi } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { defaultLabel } from '../../../client/sdk/index.js';
import { createUuid } from '../../../domain/uuid.js';
import { writeLabel } from '../../../client/sdk/labels.js';
import { makeStatement } from '../../../client/sdk/statements.js';
import { createSigningKey } from '../../../crypto/signing-key.js';
import { DAY_MS, formatInstant, plusMs } from '../../../domain/time.js';
import { readAuthority, readDigest } from '../../../client/sdk/codes.js';
import { disclosureTo } from './disclosure.js';
import { openTerminal } from './terminal.js';

const { terminal } = await openTerminal({ 'NG-FIA': 'FIU', 'VG-FIX': 'FIU' });

/** Nobody's: signed with a key that no entry lists. */
const madeUp = (item: string) =>
  makeStatement(
    'parley-release+json',
    {
      v: 1,
      aud: 'parley.test/log',
      id: createUuid(chance),
      at: formatInstant(clock.now()),
      holder: readAuthority('NG-FIA'),
      to: 'VG-FIX',
      toType: 'FIU',
      item: readDigest(item),
      keyCommitment: readDigest(item),
      purpose: 'TAX',
      legalBasis: 'DOMESTIC_LAW:1',
      label: writeLabel(defaultLabel('SPONTANEOUS', readAuthority('NG-FIA'), clock.now())),
      labelEpoch: 0,
      basis: { consents: [readDigest(item)] },
      until: formatInstant(plusMs(clock.now(), DAY_MS)),
    },
    createSigningKey(chance),
  );

it('states no reading for a purpose that only the gateway names', async () => {
  const sent = await terminal.parley<{ items: { item: string }[] }>('ng-fia', 'send', terminal.write('note.json', disclosureTo('VG-FIX')));
  const { item } = sent.items[0]!;
  await vi.waitFor(async () => expect(await terminal.shows('vg-fix', 'inbox', '--all')).toContain(item));
  const { compact } = await madeUp(item);
  const stated: unknown[] = [];
  const real = fetch;
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (url.endsWith('/v1/access')) stated.push(init?.body);
    const answer = await real(url, init);
    if (!url.includes('/v1/inbox')) return answer;
    const page = (await answer.json()) as { entries: object[] };
    return Response.json({ ...page, entries: page.entries.map((entry) => ({ ...entry, statement: compact })) });
  });
  try {
    await expect(terminal.parley('vg-fix', 'open', item)).rejects.toMatchObject({ code: 'GIVER_NOT_VERIFIED' });
  } finally {
    vi.unstubAllGlobals();
  }
  expect(stated).toEqual([]);
  // and what is signed is read for what it was given for
  expect(await terminal.shows('vg-fix', 'open', item)).toContain('A link.');
});
