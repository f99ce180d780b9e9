import { expect, it, vi } from 'vitest';
import { disclosureTo } from './disclosure.js';
import { openTerminal } from './terminal.js';

const { terminal } = await openTerminal({ 'NG-FIA': 'FIU', 'VG-FIX': 'FIU' });

const NOTE = disclosureTo('VG-FIX');

interface Page {
  readonly entries: readonly { readonly index: number; readonly receipt: object }[];
}

/** The gateway's own pages, with a reminder of the exchange at the end. */
function reminding(exchange: string, due: string): typeof fetch {
  const real = fetch;
  let like: Page['entries'][number] | undefined;
  return async (url, init) => {
    const answer = await real(url, init);
    if (!String(url).includes('/v1/inbox')) return answer;
    const page = (await answer.json()) as Page;
    like ??= page.entries[0];
    const { index, receipt } = like!;
    const notice = {
      cursor: 'zz',
      index,
      kind: 'notice',
      items: [],
      receipt,
      exchange,
      notice: { action: 'CLOCK_REMIND', clock: 'ACK_5BD', due },
    };
    return Response.json({ ...page, entries: [...page.entries, notice] });
  };
}

it('a reminder tells its due time in the zone that counts it, as status does, to either side', async () => {
  const facts = {
    name: 'VG-FIX',
    territory: 'VG',
    types: ['FIU'],
    languages: ['en'],
    clearance: 'RESTRICTED',
    timeZone: 'America/Tortola',
  };
  await terminal.parley('vg-fix', 'entry', terminal.write('moved.json', { ...facts, calendar: { roundTheClock: true } }));
  const { exchange } = await terminal.parley('ng-fia', 'send', terminal.write('note.json', NOTE));
  await terminal.parley('vg-fix', 'inbox', '--wait', '5');
  const { exchanges } = await terminal.parley<{ exchanges: { clocks: { due: string }[] }[] }>('ng-fia', 'status');
  const [{ due }] = exchanges[0]!.clocks as [{ due: string }];
  const [told] = /\d{4}-\d\d-\d\d \d\d:\d\d America\/Tortola/.exec(await terminal.shows('ng-fia', 'status')) ?? [];
  vi.stubGlobal('fetch', reminding(exchange!, due));
  try {
    for (const profile of ['vg-fix', 'ng-fia']) {
      const shown = await terminal.shows(profile, 'inbox', '--all');
      expect(shown).toContain(`CLOCK_REMIND ACK_5BD ${told}`);
    }
  } finally {
    vi.unstubAllGlobals();
  }
});

it('shows again what it could not show: where the log’s proofs do not come, nothing counts as read', async () => {
  await terminal.parley('vg-fix', 'inbox', '--all');
  const { statement: envelope } = await terminal.parley('ng-fia', 'send', terminal.write('another.json', { ...NOTE, pairCase: 'case-2' }));
  await vi.waitFor(async () => {
    const { exchanges } = await terminal.parley<{ exchanges: { deliveredAt: string | null }[] }>('vg-fix', 'status');
    expect(exchanges.at(-1)?.deliveredAt).toEqual(expect.any(String));
  });
  const real = fetch;
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) =>
    String(url).endsWith('/v1/checkpoint') ? Promise.resolve(new Response('busy', { status: 500 })) : real(url, init),
  );
  try {
    await expect(terminal.shows('vg-fix', 'inbox')).rejects.toMatchObject({ code: 'HTTP_500' });
  } finally {
    vi.unstubAllGlobals();
  }
  expect(await terminal.shows('vg-fix', 'inbox')).toContain(envelope);
});

it('says of what nobody signed that it is not verified', async () => {
  const real = fetch;
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    const answer = await real(url, init);
    if (!String(url).includes('/v1/inbox')) return answer;
    const page = (await answer.json()) as { readonly entries: { readonly kind: string; statement?: string }[] };
    for (const entry of page.entries)
      if (entry.kind === 'envelope') entry.statement = `${entry.statement!.split('.').slice(0, 2).join('.')}.${'A'.repeat(86)}`;
    return Response.json(page);
  });
  try {
    expect(await terminal.shows('vg-fix', 'inbox', '--all')).toContain('NOT VERIFIED');
    const lines = await terminal.parley<{ kind: string; notVerified?: string }[]>('vg-fix', 'inbox', '--all');
    expect(lines.filter(({ kind, notVerified }) => kind === 'envelope' && notVerified === undefined)).toEqual([]);
  } finally {
    vi.unstubAllGlobals();
  }
  expect(await terminal.shows('vg-fix', 'inbox', '--all')).not.toContain('NOT VERIFIED');
});

it('tells how urgent a message is that opens an exchange, and by when it is wanted', async () => {
  const urgent = { urgency: 'URGENT', body: { ...NOTE.body, urgencyThresholds: ['DISSIPATION_OF_ASSETS'], alsoRequestedVia: [] } };
  const draft = terminal.write('urgent.json', { ...NOTE, ...urgent, pairCase: 'case-3' });
  const { statement } = await terminal.parley('ng-fia', 'send', draft);
  const came = () => terminal.parley<object[]>('vg-fix', 'inbox', '--all');
  await expect.poll(came, { timeout: 10_000 }).toContainEqual(expect.objectContaining({ statement, urgency: 'URGENT' }));
  const shown = await terminal.shows('vg-fix', 'inbox', '--all');
  expect(shown).toContain('envelope SUBMIT, URGENT, SPONTANEOUS_DISCLOSURE on SPONTANEOUS, from NG-FIA');
  expect(shown).toContain('envelope SUBMIT, SPONTANEOUS_DISCLOSURE on SPONTANEOUS, from NG-FIA');
});
