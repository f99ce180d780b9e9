/** Story 6, the formal request in parts, and how it is asked after every fortnight. */
import { formalRequest, reads, says } from '../mla.js';
import type { Stage } from '../stage.js';
import { DAY, DEADLINE_DAYS, MY, PARTS, PURPOSE, requestFields, unreasonedFields, US } from './facts.js';

const deadlineOf = (stage: Stage): string => stage.dayText(DAY.file + DEADLINE_DAYS);

/** (f), (g): what is filed badly is not filed. */
export async function filesBadly(stage: Stage): Promise<void> {
  await stage.toDay(DAY.tries);
  const deadline = deadlineOf(stage);
  const told = { who: MY, whom: US };
  const refused = await stage.isRefused(
    'f',
    { ...told, mark: '(f)', what: 'files the request, to be answered within 60 days, and does not say why so soon.' },
    'send',
    formalRequest(US, unreasonedFields, PARTS, { deadline }),
  );
  stage.holds(
    'missing',
    refused.violations.flatMap(({ offenders }) => offenders),
  );
  await stage.isRefused(
    'g',
    { ...told, mark: '(g)', what: 'files it in Malay; US-OIX lists English alone, and no translation goes with it.' },
    'send',
    formalRequest(US, requestFields, PARTS, { deadline, language: 'ms' }),
  );
}

export async function files(stage: Stage): Promise<string> {
  await stage.toDay(DAY.file);
  const sent = await stage.does(MY, 'send', formalRequest(US, requestFields, PARTS, { deadline: deadlineOf(stage) }));
  const { opened } = await reads(stage, US, 'SUBMIT', PURPOSE);
  stage.tell({ mark: '(3)', who: MY, whom: US, what: 'files the formal request, with the date and its reason, in three parts.' }, [
    'A: bank records (coercive); B: company register extracts (not coercive); C: a voluntary interview (not coercive)',
    `article 46(15)(a)-(f) is filled and sealed; the gateway sees which fields are, the parts, and the date ${deadlineOf(stage).slice(0, 10)}; leaf ${sent.index}`,
    `US-OIX has read it: leaf ${opened[0]?.index ?? ''}`,
  ]);
  await stage.toDay(DAY.acknowledge);
  await stage.does(US, 'acknowledge', { exchange: sent.exchange, handlerRef: 'US-4720' });
  await stage.does(MY, 'receive', { kind: 'envelope', message: 'ACKNOWLEDGE' });
  stage.tell({ mark: '', who: US, whom: MY, what: 'acknowledges.' });
  return sent.exchange;
}

const ANSWERS = [
  'All three parts are with the office that executes; a word on conditions follows.',
  'A has been put to you for your views, which were received; B and C are being executed.',
  'A is closed. B is nearly done.',
];

const SINCE = ['two weeks after it filed', 'two weeks later again', 'two weeks later again'] as const;

/** @param round from 0: the first, second and third fortnight */
export async function asksHowItStands(stage: Stage, exchange: string, round: 0 | 1 | 2): Promise<void> {
  await stage.toDay(DAY.status[round]);
  await stage.does(MY, 'follow', { exchange, message: 'STATUS_REQUEST', body: {} });
  await stage.does(US, 'receive', { kind: 'envelope', message: 'STATUS_REQUEST' });
  const answer = ANSWERS[round]!;
  await says(stage, { who: US, whom: MY, exchange, purpose: PURPOSE }, 'STATUS_REPLY', answer);
  const { state } = await stage.does(MY, 'exchange', { exchange });
  stage.tell({ mark: '', who: MY, whom: US, what: `asks how it stands, ${SINCE[round]}: “${answer}”` }, [
    `the exchange itself is ${state}; asking moves nothing`,
  ]);
}
