/** Story 1, what is tried and refused: each by a signed statement to the gateway. */
import type { Stage } from '../stage.js';
import { fiuRequest, requestBody, requestFields, yearsBefore } from '../told.js';
import { DAY, FORWARD, PROFILE, SUBJECT } from './facts.js';

export async function triesWithoutConsent(stage: Stage, item: string): Promise<void> {
  await stage.toDay(DAY.ask);
  const told = { mark: '(a)', who: 'NG-FIA', whom: 'NG-EFCX', what: 'tries to pass the answer on before it has asked.' };
  const until = stage.dayText(DAY.end);
  await stage.isRefused('a', told, 'release', { ...FORWARD, item, purpose: 'INTELLIGENCE', basis: { consents: [] }, until });
}

export async function triesUnderConsent(stage: Stage, item: string, consent: string): Promise<void> {
  await stage.toDay(DAY.forward + 1);
  const until = stage.dayText(DAY.end);
  await stage.isRefused(
    'e',
    { mark: '(e)', who: 'NG-FIA', whom: 'NG-EFCX', what: 'exports the answer once more, with the caveats taken off its label.' },
    'release',
    { ...FORWARD, item, basis: { consents: [consent] }, until, stripped: true },
  );
  await stage.isRefused(
    'd',
    { mark: '(d)', who: 'NG-FIA', whom: 'a newspaper', what: 'tries to hand the answer to the press.' },
    'release',
    { item, to: 'private:NEWSPAPER', purpose: 'INTELLIGENCE', legalBasis: FORWARD.legalBasis, basis: { consents: [] }, until },
  );
}

export async function triesPastConsent(stage: Stage, item: string): Promise<void> {
  await stage.toDay(DAY.misuse);
  const onward = { item, to: 'NG-PROS', toType: 'PROSECUTION' as const, legalBasis: 'DOMESTIC_LAW:NG-EFCX-7', basis: { consents: [] } };
  const until = stage.dayText(DAY.end);
  const told = { mark: '(b)', who: 'NG-EFCX', whom: 'NG-PROS' };
  await stage.isRefused(
    'b-onward',
    { ...told, what: 'tries to pass it further: the consent names NG-EFCX and nobody after it.' },
    'release',
    { ...onward, purpose: 'INVESTIGATION', until },
  );
  await stage.isRefused('b-evidence', { ...told, what: 'tries the same as evidence for a trial.' }, 'release', {
    ...onward,
    purpose: 'PROSECUTION_JUDICIAL',
    until,
  });
}

export async function triesTheWrongDoor(stage: Stage): Promise<void> {
  const fields = requestFields(SUBJECT, 'VG', 'TAX_EVASION');
  const period = [yearsBefore(stage.dateOf(0), 3), stage.dateOf(0)] as const;
  await stage.isRefused(
    'f',
    {
      mark: '(f)',
      who: 'NG-TAX',
      whom: 'VG-FIX',
      what: 'the revenue office asks VG-FIX directly, with a request that is in order otherwise.',
    },
    'send',
    fiuRequest(PROFILE, 'VG-FIX', {
      fromType: 'TAX_AUTHORITY',
      purposes: ['INTELLIGENCE'],
      body: requestBody(period, { reciprocity: true }),
      items: [{ role: 'FORM', of: 'opening', fields }],
    }),
  );
}

export async function triesTooLate(stage: Stage, item: string, consent: string): Promise<void> {
  const told = { mark: '(c)', who: 'NG-FIA', whom: 'NG-EFCX', what: 'passes it on again on day 91 of a consent of 90 days.' };
  await stage.isRefused('c', told, 'release', { ...FORWARD, item, basis: { consents: [consent] }, until: stage.dayText(DAY.last) });
}
