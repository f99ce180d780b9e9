/** Commands tell of an addressee that is stale or was succeeded, whatever they send to it: by the same sentence, and without a word of the matter. */
import { beforeEach, describe, expect, it } from 'vitest';
import { consentCommand } from '../../../client/cli/commands/consent.js';
import { releaseCommand } from '../../../client/cli/commands/release.js';
import { replyCommands } from '../../../client/cli/commands/reply.js';
import type { Workplace } from '../../../client/cli/workplace.js';
import { concernsWith } from '../../../client/sdk/concerns.js';
import type { ParleyClient } from '../../../client/sdk/index.js';
import type { Directory } from '../../../domain/authority.js';
import { designated, efcx, fia, fix, FIA, FIX, EFCX, NOW, PROS } from '../../support/facts.js';
import { digest } from '../../support/ids.js';

const EXCHANGE = '0f8fad5b-d9cb-469f-a165-70867728950e';
const STALE = /^VG-FIX last confirmed its entry on 2025-01-01: ask whether it still holds\. It ends on 2027-01-01\.$/;

/** FIX has not confirmed its entry for more than a year; EFCX was succeeded. */
const directory = {
  authorities: new Map([fia, fix, efcx, designated(PROS, ['PROSECUTION'])].map((one) => [one.id, one])),
  successors: new Map([[EFCX, PROS]]),
} as unknown as Directory;

const opening = {
  from: FIX,
  fromType: 'FIU',
  to: FIA,
  toType: 'FIU',
  profile: 'BVI_BILATERAL_FIU',
  language: 'en',
  exchangeType: 'FIU_REQUEST',
};
const sent = { exchange: EXCHANGE, digest: digest('sent'), release: digest('sent'), receipt: {}, receiptBody: { index: 7 }, items: [] };

const client = {
  authority: FIA,
  directory: () => Promise.resolve({ directory }),
  exchange: () => Promise.resolve({ opening, summary: { requested: opening.to, agreements: [] } }),
  concernsWith: (to: Parameters<ParleyClient['concernsWith']>[0]) => Promise.resolve(concernsWith({ directory }, to, NOW)),
  holding: () => Promise.resolve({}),
  explainRelease: () => Promise.resolve({ allowed: true, restsOn: { consents: [] } }),
  release: () => Promise.resolve(sent),
  acknowledge: () => Promise.resolve(sent),
  followUp: () => Promise.resolve(sent),
  askConsent: () => Promise.resolve(sent),
};

describe('a command that sends something to an authority', () => {
  let said: { json: { concerns?: { code: string; sentence: string }[] }; text: string };
  const workplace = {
    connect: () => Promise.resolve(client),
    out: {
      say: (json: object, lines: () => string) => void (said = { json, text: lines() }),
      progress: () => ({ step: () => undefined, end: () => undefined }),
    },
  } as unknown as Workplace;
  beforeEach(() => void (said = { json: {}, text: '' }));
  const [ack, ...replies] = replyCommands(workplace);
  const reply = replies.at(-1)!;
  const run = (command: ReturnType<typeof releaseCommand>, ...words: string[]) => command.parseAsync(words, { from: 'user' });
  const onward = ['--purpose', 'INTELLIGENCE', '--legal-basis', 'RECIPROCITY'];

  it('warns on a release of whom it goes to', async () => {
    await run(releaseCommand(workplace), digest('item'), '--to', EFCX, '--to-type', 'LAW_ENFORCEMENT', ...onward);
    expect(said.json.concerns).toMatchObject([
      { code: 'ENTRY_STALE' },
      {
        code: 'SUCCEEDED',
        sentence:
          'NG-PROS came after NG-EFCX: open new matters with it. For what NG-EFCX gave or asked, NG-EFCX answers still, whoever acts for it now.',
      },
    ]);
    expect(said.text).toContain(
      '\nWARNING SUCCEEDED: NG-PROS came after NG-EFCX: open new matters with it. For what NG-EFCX gave or asked, NG-EFCX answers still, whoever acts for it now.',
    );
  });

  it('has nothing to say of a private party, which the gateway refuses', async () => {
    await run(releaseCommand(workplace), digest('item'), '--to', 'private:NEWSPAPER', ...onward);
    expect(said.json.concerns).toEqual([]);
  });

  it('warns on a reply and on an acknowledgement of the exchange’s other side', async () => {
    await run(reply, EXCHANGE, 'INTERIM_REPLY', '--text', 'We look into it.');
    expect(said.json.concerns).toEqual([{ code: 'ENTRY_STALE', sentence: expect.stringMatching(STALE) as string }]);
    expect(said.text).toContain('\nWARNING ENTRY_STALE: VG-FIX last');
    await run(ack!, EXCHANGE);
    expect(said.json.concerns).toMatchObject([{ code: 'ENTRY_STALE' }]);
    expect(said.text).toContain('WARNING ENTRY_STALE');
  });

  it('warns where consent is asked of whom it is asked and of whom it is for', async () => {
    const until = ['--until', '90d'];
    await run(
      consentCommand(workplace),
      'ask',
      EXCHANGE,
      '--item',
      digest('item'),
      '--to',
      EFCX,
      '--to-type',
      'LAW_ENFORCEMENT',
      '--purpose',
      'INTELLIGENCE',
      ...until,
    );
    expect(said.json.concerns?.map(({ sentence }) => sentence.split(' ')[0])).toEqual(['VG-FIX', 'NG-EFCX', 'NG-PROS']);
    expect(said.text.match(/WARNING/g)).toHaveLength(3);
  });
});
