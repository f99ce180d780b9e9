import { expect, it, vi } from 'vitest';
import { disclosureTo } from './disclosure.js';
import { openTerminal } from './terminal.js';

const { terminal } = await openTerminal({ 'NG-FIA': 'FIU', 'VG-FIX': 'FIU' });

const NOTE = disclosureTo('VG-FIX');

interface Shown {
  readonly envelopes: readonly { readonly receipt: object }[];
}

/** What the gateway answers of an exchange, altered. */
function answering(alter: (shown: Shown) => Shown): typeof fetch {
  const real = fetch;
  return async (url, init) => {
    const answer = await real(url, init);
    return String(url).includes('/v1/exchanges/') ? Response.json(alter((await answer.json()) as Shown)) : answer;
  };
}

async function rootOf(profile: string): Promise<string> {
  const { keys } = await terminal.parley<{ keys: { use: string; kid: string }[] }>(profile, 'keys');
  return keys.find(({ use }) => use === 'root')!.kid;
}

/** @returns the exchange that an officer opened who left afterwards */
async function openedByWhoLeft(): Promise<string> {
  const card = terminal.path('card.json');
  await terminal.parley(
    'ng-two',
    'officer',
    'new',
    '--authority',
    'NG-FIA',
    '--officer',
    'o.2',
    '--root',
    await rootOf('ng-fia'),
    '--out',
    card,
  );
  await terminal.parley('ng-fia', 'officer', 'admit', card, '--role', 'OFFICER', '--desk', 'INTAKE', '--yes');
  await terminal.parley('ng-two', 'directory', 'trust', 'VG-FIX', await rootOf('vg-fix'));
  await terminal.parley('ng-two', 'keys', 'fetch');
  const { exchange } = await terminal.parley('ng-two', 'send', terminal.write('note.json', NOTE));
  await terminal.parley('ng-fia', 'officer', 'dismiss', 'o.2');
  return exchange!;
}

it('who has left is named for what was signed before, and not verified where the log does not say that it was', async () => {
  const left = await openedByWhoLeft();
  const { exchange: other } = await terminal.parley('ng-fia', 'send', terminal.write('note.json', NOTE));
  expect(await terminal.shows('vg-fix', 'show', left)).toContain('NG-FIA, o.2');

  let receipts: readonly object[] = [];
  vi.stubGlobal(
    'fetch',
    answering((shown) => {
      if (receipts.length === 0) receipts = shown.envelopes.map(({ receipt }) => receipt);
      return { ...shown, envelopes: shown.envelopes.map((one) => ({ ...one, receipt: receipts[0]! })) };
    }),
  );
  try {
    // its receipt is of another statement from here on
    await terminal.shows('vg-fix', 'show', other!);
    const shown = await terminal.shows('vg-fix', 'show', left);
    expect(shown).toContain('NG-FIA, NOT VERIFIED: the key was not valid then');
    expect(shown).not.toContain('o.2');
    expect(await terminal.parley('vg-fix', 'show', left)).toMatchObject({
      messages: [{ signedBy: null, notVerified: 'the key was not valid then' }],
    });
  } finally {
    vi.unstubAllGlobals();
  }
});

it('a state that does not follow from what was signed is told as that, before it is told, and so is a date', async () => {
  const { exchange } = await terminal.parley('ng-fia', 'send', terminal.write('note.json', NOTE), '--again');
  await terminal.parley('vg-fix', 'inbox', '--wait', '5');
  for (const words of ['show', 'dates']) expect(await terminal.shows('vg-fix', words, exchange!)).not.toMatch(/NOT WHAT|not checked/);
  const lie = answering((shown) => ({ ...shown, exchange: { ...(shown as Shown & { exchange: object }).exchange, state: 'ACCEPTED' } }));
  vi.stubGlobal('fetch', lie);
  try {
    const shown = await terminal.shows('vg-fix', 'show', exchange!);
    expect(shown.replaceAll(/\s+/g, ' ')).toMatch(/NOT WHAT WAS SIGNED: it is shown as ACCEPTED, .*It is ACCEPTED\./);
    expect(await terminal.shows('vg-fix', 'dates', exchange!)).toContain('NOT WHAT WAS SIGNED');
    const contradicted = [expect.stringContaining('ACCEPTED') as string];
    expect(await terminal.parley('vg-fix', 'show', exchange!)).toMatchObject({ state: 'ACCEPTED', contradicted });
    expect(await terminal.parley('vg-fix', 'dates', exchange!)).toMatchObject({ contradicted });
  } finally {
    vi.unstubAllGlobals();
  }
});
