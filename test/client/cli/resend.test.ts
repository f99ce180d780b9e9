/** What is handed in again, and what becomes of it, as a program and a person are told. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { ParleyError } from '../../../client/sdk/index.js';
import { refusalBy } from '../sdk/receipts.js';
import { disclosureTo } from './disclosure.js';
import { openTerminal } from './terminal.js';

const { gateway, terminal } = await openTerminal({ 'NG-FIA': 'FIU', 'VG-FIX': 'FIU' });

/** @returns what `act` gives where the gateway answers statements by these, one after another */
async function answeredBy<T>(answers: ((submission: Uint8Array) => Response | Promise<Response>)[], act: () => Promise<T>): Promise<T> {
  const real = fetch;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    url.endsWith('/v1/statements') ? Promise.resolve(answers.shift()!(init.body as Uint8Array)) : real(url, init),
  );
  return act().finally(() => vi.unstubAllGlobals());
}

const noReceipt = () => Response.json({});
const refusal = (submission: Uint8Array) => refusalBy(gateway.key, submission);
const notSigned = () => Response.json({ code: 'POLICY', detail: 'no', violations: [] }, { status: 403 });

it('says of each what was sent and what was refused, and ends as a refusal does', async () => {
  const draft = (facts: string) => terminal.write('note.json', disclosureTo('VG-FIX', facts));
  for (const facts of ['One.', 'Two.'])
    await expect(answeredBy([noReceipt], () => terminal.parley('ng-fia', 'send', draft(facts)))).rejects.toMatchObject({
      inOutbox: expect.any(String) as string,
    });
  const again = await answeredBy([refusal, noReceipt], () => terminal.showsAll('ng-fia', '--json', 'resend'));
  expect(again.code).toBe('ANSWER_UNREADABLE');
  const { sent, refused } = JSON.parse(again.shown) as { sent: object[]; refused: object[] };
  expect([sent, refused]).toMatchObject([[], [{ code: 'POLICY', violations: [] }]]);
  expect(await terminal.shows('ng-fia', 'resend')).toMatch(/^1 handed in again, 0 refused\.\nSUBMIT [\w-]{43}, exchange /);
  await answeredBy([noReceipt], () => terminal.parley('ng-fia', 'send', draft('Three.'))).catch(() => undefined);
  const { shown, code } = await answeredBy([refusal], () => terminal.showsAll('ng-fia', 'resend'));
  expect([shown, code]).toEqual([expect.stringMatching(/^0 handed in again, 1 refused\.\nREFUSED [\w-]{43}: POLICY\n$/), 'POLICY']);
});

it('names what was sent again as every command names what it signed', async () => {
  const draft = terminal.write('note.json', disclosureTo('VG-FIX', 'Five.'));
  await answeredBy([noReceipt], () => terminal.parley('ng-fia', 'send', draft)).catch(() => undefined);
  const { sent } = await terminal.parley<{ sent: object[] }>('ng-fia', 'resend');
  expect(sent.map((one) => Object.keys(one).sort())).toEqual([['exchange', 'message', 'receipt', 'statement']]);
});

it('gives up what is refused without a receipt each time, and says that nobody knows', async () => {
  const draft = terminal.write('note.json', disclosureTo('VG-FIX', 'Four.'));
  const failed: unknown = await answeredBy([notSigned], () => terminal.parley('ng-fia', 'send', draft)).catch((error: unknown) => error);
  const { inOutbox, next } = failed as ParleyError;
  expect(next).toContain(`parley resend --give-up ${inOutbox}`);
  expect(await terminal.shows('ng-fia', 'resend', '--give-up', inOutbox!)).toMatch(
    /^Given up: [\w-]{43}\. Whether it was taken in stays unknown/,
  );
  expect(await terminal.shows('ng-fia', 'resend')).toMatch(/^0 handed in again, 0 refused\./);
});

it('keeps no other one back where a record of the outbox is damaged, and lets go of that one', async () => {
  const send = (facts: string) => terminal.parley('ng-fia', 'send', terminal.write('note.json', disclosureTo('VG-FIX', facts)));
  const left = async (facts: string) =>
    (await answeredBy([noReceipt], () => send(facts)).catch((error: unknown) => error as ParleyError)) as ParleyError;
  const one = (await left('Six.')).inOutbox!;
  await left('Seven.');
  const outbox = terminal.path('ng-fia/outbox');
  const file = join(
    outbox,
    readdirSync(outbox).find((name) => name.startsWith(one.replaceAll(/[A-Z]/g, (letter) => `+${letter.toLowerCase()}`)))!,
  );
  writeFileSync(file, readFileSync(file).fill(0, 300));
  const damaged = { code: 'KEY_STORE_DAMAGED', inOutbox: one, next: expect.stringContaining(`parley resend --give-up ${one}`) as string };
  await expect(send('Eight.')).rejects.toMatchObject(damaged);
  const { shown, code } = await terminal.showsAll('ng-fia', 'resend');
  expect([shown, code]).toEqual([expect.stringMatching(/^1 handed in again, 0 refused\.\nSUBMIT /), 'KEY_STORE_DAMAGED']);
  expect(await terminal.shows('ng-fia', 'resend', '--give-up', one)).toMatch(/^Given up: /);
  expect(await terminal.shows('ng-fia', 'resend')).toMatch(/^0 handed in again, 0 refused\./);
  await send('Eight.');
});

it('lists a key’s end in the entry, and says what to do where that fails', async () => {
  const { keys } = await terminal.parley<{ keys: { use: string; kid: string }[] }>('vg-fix', 'keys', 'list');
  const revokedAgain = async (wanted: RegExp) => {
    const { kid } = keys.find(({ use }) => wanted.test(use))!;
    const revoking = answeredBy([noReceipt], () => terminal.parley('vg-fix', 'keys', 'revoke', kid, 'SCHEDULED'));
    await expect(revoking).rejects.toMatchObject({ code: 'ANSWER_UNREADABLE' });
    return terminal.shows('vg-fix', 'resend');
  };
  expect(await revokedAgain(/ 1$/)).toMatch(/^1 handed in again, 0 refused\.\n[\w-]{43}\nThe entry lists the revocation/);
  await terminal.parley('vg-fix', 'entry', 'desk', 'NIGHT');
  expect(await revokedAgain(/^encryption$/)).toMatch(/does NOT LIST it yet \(ENTRY_DIFFERS: .*parley entry confirm/);
});
