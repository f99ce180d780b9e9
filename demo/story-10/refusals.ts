/** Story 10, what is tried in the exchange itself and refused. */
import type { Stage } from '../stage.js';
import { consultation, DAY, FOR_KE, text, WORDS } from './facts.js';

export async function triesToArrest(stage: Stage): Promise<void> {
  await stage.isRefused(
    'b',
    { mark: '(b)', who: 'KE-EXT', whom: 'AE-EXT', what: 'asks by the same channel to have the person arrested provisionally.' },
    'send',
    consultation({ body: { parts: [{ id: 'A', assistanceType: 'PROVISIONAL_ARREST', coercive: true }] } }),
  );
}

export async function triesToRefuseUnheard(stage: Stage, exchange: string): Promise<void> {
  await stage.toDay(DAY.hasty);
  await stage.isRefused(
    'a',
    {
      mark: '(a)',
      who: 'AE-EXT',
      whom: 'KE-EXT',
      what: 'marks the matter REFUSED, with code and text, before it has heard the other side.',
    },
    'follow',
    { exchange, message: 'REFUSE', body: { codes: ['NATIONALITY'] }, items: [text(WORDS.grounds, FOR_KE)] },
  );
}

export async function triesReplay(stage: Stage, exchange: string): Promise<void> {
  await stage.toDay(DAY.status);
  const { envelope, index } = await stage.does('KE-EXT', 'askStatus', { exchange });
  await stage.does('AE-EXT', 'receive', { kind: 'envelope', message: 'STATUS_REQUEST' });
  stage.tell({ mark: '', who: 'KE-EXT', whom: 'AE-EXT', what: `asks how the matter stands: leaf ${index}.` });
  await stage.isRefused(
    'h',
    {
      mark: '(h)',
      who: 'KE-EXT',
      whom: 'AE-EXT',
      what: 'hands the same envelope in again: the same id with a new time, and a signature that is good.',
    },
    'askAgain',
    { envelope },
  );
}
