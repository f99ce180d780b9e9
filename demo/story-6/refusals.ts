/** Story 6, how a request is refused: after consultation, on a ground of the law, part by part. */
import { says } from '../mla.js';
import type { Stage } from '../stage.js';
import { BANK, DAY, MY, PURPOSE, REGISTER, US } from './facts.js';

const TEXT = 'Illicit enrichment as such is no offence here, and a bank can be compelled for an offence of both sides alone.';

const refusing = (exchange: string, part: string, ground: string, text = TEXT) => ({
  exchange,
  message: 'REFUSE' as const,
  body: { codes: [ground], parts: [part] },
  items: [{ role: 'TEXT', text } as const],
});

const told = { who: US, whom: MY };

/** (b) */
export async function refusesUnheard(stage: Stage, exchange: string): Promise<void> {
  const what = 'refuses A on the day on which it acknowledges the request, and asks MY-AGX nothing.';
  await stage.isRefused('b', { ...told, mark: '(b)', what }, 'follow', refusing(exchange, BANK.id, 'DUAL_CRIMINALITY'));
}

/** (a) */
export async function refusesWithoutCoercion(stage: Stage, exchange: string): Promise<void> {
  await stage.toDay(DAY.misuse);
  const what = 'refuses B, the register extracts, for want of dual criminality.';
  await stage.isRefused('a', { ...told, mark: '(a)', what }, 'follow', refusing(exchange, REGISTER.id, 'DUAL_CRIMINALITY'));
}

export async function consultsFirst(stage: Stage, exchange: string): Promise<void> {
  await stage.toDay(DAY.consult);
  const question = 'A court here would not order the bank to answer. Is there a fact of bribery, or another way to see this?';
  const body = { codes: ['DUAL_CRIMINALITY'], parts: [BANK.id] };
  await says(stage, { ...told, exchange, purpose: PURPOSE }, 'PRE_REFUSAL_CONSULTATION', question, body);
  stage.tell({ mark: '(5)', who: US, whom: MY, what: `consults before it refuses A: “${question}”` }, [
    'ground DUAL_CRIMINALITY; MY-AGX may answer within ten business days, and until it has, or they are over, nothing is refused (46(26))',
  ]);
  await stage.toDay(DAY.views);
  const views = 'No bribe can be shown yet. We ask you to go on with B and C whatever becomes of A.';
  await says(stage, { who: MY, whom: US, exchange, purpose: PURPOSE }, 'VIEWS_SUBMITTED', views);
  stage.tell({ mark: '', who: MY, whom: US, what: `gives its views: “${views}”` });
}

/** (c) */
export async function refusesOnSecrecy(stage: Stage, exchange: string): Promise<void> {
  await stage.toDay(DAY.secrecy);
  const what = 'having consulted, refuses A because banks keep their customers’ secrets.';
  const words = refusing(exchange, BANK.id, 'BANK_SECRECY', 'Banks here keep their customers’ secrets.');
  await stage.isRefused('c', { ...told, mark: '(c)', what }, 'follow', words);
}

export async function refuses(stage: Stage, exchange: string): Promise<void> {
  await stage.toDay(DAY.refuse);
  const { index, read } = await says(stage, { ...told, exchange, purpose: PURPOSE }, 'REFUSE', TEXT, {
    codes: ['DUAL_CRIMINALITY'],
    parts: [BANK.id],
  });
  stage.holds('reasonsRead', read);
  stage.tell({ mark: '(6)', who: US, whom: MY, what: 'refuses A after consultation; B and C go on.' }, [
    `ground DUAL_CRIMINALITY; the reasons are sealed, and MY-AGX read them: “${TEXT}”; leaf ${index}`,
  ]);
}
