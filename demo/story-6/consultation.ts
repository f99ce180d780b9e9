/** Story 6, before the request: what can be had, and why not all of it. */
import { StoryFailed } from '../actor.js';
import { consultation, reads } from '../mla.js';
import type { Stage } from '../stage.js';
import { DAY, MY, US } from './facts.js';

const FIELDS = {
  offenceSummary: 'Illicit enrichment of a former public official (UNCAC 20).',
  question: 'Can statements of a bank account be had for an offence of this kind, and what else could be had?',
  plannedTiming: 'The formal request is meant to go out within two weeks.',
  assistanceConsidered: 'Statements of one bank account. To talk about them is not to ask for them.',
  dualCriminality: 'Is illicit enrichment an offence on your side?',
};

const ANSWER = {
  answer: 'Illicit enrichment as such is no offence here, so that no court would compel a bank for it: part of a request may fail.',
  requirements: 'For bank records: facts of an offence that exists on both sides, such as bribery. In English.',
  alternatives: 'Without coercion: extracts of the company register, and an interview with whoever is willing (46(9)(b)).',
};

const OWN = { assistanceTypes: ['BANK_RECORDS_COMPELLED'], body: { consultationKind: 'FEASIBILITY' } } as const;

/** (d): the body that has the case writes to the other side's central authority itself. */
export async function triesPastItsCentralAuthority(stage: Stage): Promise<void> {
  const told = { mark: '(d)', who: 'MY-ACX', whom: US, what: 'the commission that has the case writes to US-OIX directly.' };
  await stage.isRefused('d', told, 'send', consultation(US, FIELDS, OWN, 'ANTI_CORRUPTION_LEA'));
}

export async function consults(stage: Stage): Promise<void> {
  const sent = await stage.does(MY, 'send', consultation(US, FIELDS, OWN));
  await reads(stage, US, 'SUBMIT', 'MLA_PREPARATION');
  const what = 'consults informally: could bank records be had in a case of illicit enrichment?';
  stage.tell({ mark: '(1)', who: MY, whom: US, what }, [
    'INFORMAL_CONSULTATION on INFORMAL_MLA_CONSULT, FEASIBILITY; it names no person',
    `to consider a coercive measure is not to ask for one, and it is taken; leaf ${sent.index}`,
  ]);
  await stage.toDay(DAY.discuss);
  const { exchange } = sent;
  await stage.does(US, 'acknowledge', { exchange, handlerRef: 'US-4711' });
  await stage.does(US, 'follow', { exchange, message: 'DISCUSS', body: {}, items: [{ role: 'FORM', of: 'answer', fields: ANSWER }] });
  const [answer] = (await reads(stage, MY, 'DISCUSS', 'MLA_PREPARATION')).opened;
  if (answer?.fields['alternatives'] !== ANSWER.alternatives) throw new StoryFailed('the answer is not the one that was given');
  stage.tell({ mark: '(2)', who: US, whom: MY, what: 'explains its doubt about dual criminality, and what is possible all the same.' }, [
    `“${ANSWER.alternatives}”`,
  ]);
  await stage.toDay(DAY.conclude);
  await stage.does(MY, 'follow', { exchange, message: 'CONCLUDE', body: { outcome: 'PROCEED_MLA' } });
  await stage.does(US, 'receive', { kind: 'envelope', message: 'CONCLUDE' });
  stage.tell({ mark: '', who: MY, whom: US, what: 'ends the consultation: it will file a formal request, in parts.' }, [
    'outcome PROCEED_MLA',
  ]);
}
