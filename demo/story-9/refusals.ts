/** Story 9, what is tried and refused. */
import type { Stage } from '../stage.js';
import type { Answer } from './exchange.js';
import { ABOUT_THE_OTHER_SIDE, CLAIM, civilRequest, DAY } from './facts.js';

export async function triesWithoutChoice(stage: Stage): Promise<void> {
  await stage.isRefused(
    'a',
    {
      mark: '(a)',
      who: 'AO-CIV',
      whom: 'PT-CIV',
      what: 'hands the request in without saying whether fact and substance are confidential.',
    },
    'send',
    civilRequest('PT-CIV', 'CIVIL_ADMIN_FOCAL_POINT', { body: ABOUT_THE_OTHER_SIDE }),
  );
}

export async function triesAnUnwillingDoor(stage: Stage): Promise<void> {
  const { violations } = await stage.isRefused(
    'd',
    { mark: '(d)', who: 'AO-CIV', whom: 'CH-CEN', what: 'asks CH-CEN the same, whose entry says that it helps in no civil matter.' },
    'send',
    civilRequest('CH-CEN', 'CENTRAL_AUTHORITY_MLA'),
  );
  stage.holds(
    'hintOfChCen',
    violations.map(({ sentence, remedy }) => [sentence, remedy.action]),
  );
}

export async function triesTheLawyers(stage: Stage, { item }: Answer): Promise<void> {
  await stage.toDay(DAY.lawyers);
  await stage.isRefused(
    'b',
    { mark: '(b)', who: 'AO-CIV', whom: 'lawyers of Company-V', what: 'tries to hand the answer to the lawyers of the victim.' },
    'release',
    {
      item,
      to: 'private:LAWYERS',
      purpose: 'CIVIL_PROCEEDING',
      legalBasis: 'DOMESTIC_LAW:AO-CIV-3',
      basis: { consents: [] },
      until: stage.dayText(DAY.last),
    },
  );
}

export async function triesTooEarly(stage: Stage, { item }: Answer): Promise<void> {
  await stage.toDay(DAY.early);
  await stage.isRefused(
    'c',
    {
      mark: '(c)',
      who: 'AO-CIV',
      whom: 'the court',
      what: `wants to file on ${stage.dateOf(DAY.early)}, in open court, and records that use first.`,
    },
    'use',
    { item, purpose: 'CIVIL_PROCEEDING', proceedings: CLAIM, action: 'OPEN' },
  );
}

export async function triesDiscipline(stage: Stage, { item }: Answer): Promise<void> {
  await stage.toDay(DAY.discipline);
  await stage.isRefused(
    'e',
    {
      mark: '(e)',
      who: 'AO-CIV',
      whom: 'a disciplinary board',
      what: 'wants to use the answer against an official in a disciplinary case.',
    },
    'use',
    { item, purpose: 'ADMINISTRATIVE_PROCEEDING', proceedings: 'DISC-17-27' },
  );
}
