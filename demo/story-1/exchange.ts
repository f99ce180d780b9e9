/** Story 1, the exchange itself: request, acknowledgement, clarification, answer, feedback. */
import { createHash } from 'node:crypto';
import { StoryFailed } from '../actor.js';
import { memberNamed } from '../directory.js';
import { goamlReport } from '../goaml.js';
import { noiseDigest } from '../noise.js';
import type { Stage } from '../stage.js';
import { fiuRequest, requestBody, requestFields, yearsBefore } from '../told.js';
import { AGENT_FILE, DAY, PROFILE, SUBJECT } from './facts.js';

export async function asksAndClarifies(stage: Stage): Promise<string> {
  const goaml = reportOf(stage);
  const fields = requestFields(SUBJECT, 'VG', 'CORRUPTION', {
    informationSought: `Beneficial owner and registered agent. The same request in goAML 5.0.2 is attached: ${goaml.name}.`,
  });
  const period = [yearsBefore(stage.dateOf(0), 3), stage.dateOf(0)] as const;
  const sent = await stage.does(
    'NG-FIA',
    'send',
    fiuRequest(PROFILE, 'VG-FIX', {
      fromType: 'FIU',
      purposes: ['INTELLIGENCE'],
      body: requestBody(period, { reciprocity: true }),
      items: [
        { role: 'FORM', of: 'opening', fields },
        { role: 'FILE', ...goaml },
      ],
    }),
  );
  const got = await stage.does('VG-FIX', 'receive', { kind: 'envelope', message: 'SUBMIT' });
  stage.tell({ mark: '(1)', who: 'NG-FIA', whom: 'VG-FIX', what: `asks who stands behind ${SUBJECT}: facts, reasons, the link with VG.` }, [
    `FIU_REQUEST on ${PROFILE}, purpose INTELLIGENCE, nobody else named as a reader`,
    `sealed: the form, and a goAML report of ${goaml.text.length} bytes; the gateway sees codes, dates and digests`,
    `leaf ${sent.index} of the log; the signed receipt is NG-FIA's proof`,
  ]);
  await opensRequest(stage, got, goaml.text);
  await stage.toDay(DAY.acknowledge);
  await stage.does('VG-FIX', 'acknowledge', { exchange: sent.exchange, handlerRef: 'VG-2026-118' });
  const { clocks } = await stage.does('NG-FIA', 'exchange', { exchange: sent.exchange });
  const due = clocks.find(({ code }) => code === 'BVI_21D')?.due;
  stage.holds('clockStarted', due !== undefined);
  stage.tell({ mark: '(2)', who: 'VG-FIX', whom: 'NG-FIA', what: 'acknowledges; it has read the form and the report.' }, [
    `the clock of 21 days runs since delivery: due by the end of ${lastDay(due ?? '', 'VG-FIX')} there`,
  ]);
  await clarifies(stage, sent.exchange);
  return sent.exchange;
}

type Received = Awaited<ReturnType<typeof received>>;
export const received = (stage: Stage, who: string, message: string) => stage.does(who, 'receive', { kind: 'envelope', message });

async function opensRequest(stage: Stage, got: Received, report: string): Promise<void> {
  for (const { digest, role } of got.items) {
    const opened = await stage.does('VG-FIX', 'open', { item: digest, via: got.digest, purpose: 'INTELLIGENCE' });
    if (role === 'FILE' && opened.sha256 !== sha256(report)) throw new StoryFailed('the goAML report is not the one that was sent');
  }
}

async function clarifies(stage: Stage, exchange: string): Promise<void> {
  await stage.toDay(DAY.question);
  const question = { role: 'TEXT', text: `Please give the registration number of ${SUBJECT}.` } as const;
  await stage.does('VG-FIX', 'follow', { exchange, message: 'CLARIFICATION_REQUEST', body: {}, items: [question] });
  await reads(stage, 'NG-FIA', 'CLARIFICATION_REQUEST');
  stage.tell({ mark: '(3)', who: 'VG-FIX', whom: 'NG-FIA', what: 'asks for the registration number; its clock stands still meanwhile.' });
  await stage.toDay(DAY.reply);
  const reply = { role: 'TEXT', text: `${SUBJECT}: company number 1 904 217.` } as const;
  await stage.does('NG-FIA', 'follow', { exchange, message: 'CLARIFICATION_REPLY', body: {}, items: [reply] });
  await reads(stage, 'VG-FIX', 'CLARIFICATION_REPLY');
  stage.tell({ mark: '', who: 'NG-FIA', whom: 'VG-FIX', what: 'gives it; the clock runs on.' });
}

async function reads(stage: Stage, who: string, message: string): Promise<void> {
  const { digest, items } = await received(stage, who, message);
  for (const item of items) await stage.does(who, 'open', { item: item.digest, via: digest, purpose: 'INTELLIGENCE' });
}

export async function answers(stage: Stage, exchange: string): Promise<{ form: string; via: string }> {
  await stage.toDay(DAY.answer);
  const digest = noiseDigest(AGENT_FILE.noise);
  const fields = {
    answer: `Beneficial owner of ${SUBJECT}: Subject-1. Registered agent: Company-B, whose file is attached (SHA-256 ${digest}).`,
    evaluation: 'EUROPOL_4x4 A1',
    asOf: stage.dateOf(DAY.answer),
    searched: 'Company register; beneficial ownership register; the agent’s own file.',
    restrictions: 'For intelligence only. Not to be passed on without our consent. Not evidence.',
  };
  const body = { consentToIntendedRecipients: [] };
  const items = [{ role: 'FORM', of: 'answer', fields } as const, { role: 'FILE', ...AGENT_FILE } as const];
  await stage.does('VG-FIX', 'follow', { exchange, message: 'FINAL_REPLY', body, items });
  const got = await received(stage, 'NG-FIA', 'FINAL_REPLY');
  const form = got.items.find(({ role }) => role === 'FORM');
  const file = got.items.find(({ role }) => role === 'FILE');
  if (form === undefined || file === undefined) throw new StoryFailed('the answer lacks its form or its file');
  const read = await stage.does('NG-FIA', 'open', { item: form.digest, via: got.digest, purpose: 'INTELLIGENCE' });
  const bytes = await stage.does('NG-FIA', 'open', { item: file.digest, via: got.digest, purpose: 'INTELLIGENCE' });
  if (bytes.sha256 !== digest || !String(read.fields['answer']).includes(digest))
    throw new StoryFailed('the file is not the one that was sent');
  stage.holds('answerLabel', [read.label.level, ...read.label.caveats]);
  stage.tell({ mark: '(4)', who: 'VG-FIX', whom: 'NG-FIA', what: 'answers: beneficial owner and registered agent, evaluated A1.' }, [
    `label ${read.label.level}, TLP:${read.label.tlp}, ${read.label.caveats.join(', ')}; purpose ${read.label.purposes.join(', ')}`,
    `a file of ${AGENT_FILE.noise.sizeBytes / 1e6} MB went in ${Math.ceil(file.sizeBytes / 2 ** 23)} parts; NG-FIA opened it, and its SHA-256 is the one in the sealed form`,
    `NG-FIA's reading is leaf ${read.index}: VG-FIX can see that it was read, and when`,
  ]);
  return { form: form.digest, via: got.digest };
}

export async function givesFeedback(stage: Stage, exchange: string): Promise<void> {
  await stage.toToday();
  const text = 'The answer led to a file against Subject-1; the investigation goes on. Thank you.';
  await stage.does('NG-FIA', 'follow', { exchange, message: 'FEEDBACK', body: {}, items: [{ role: 'TEXT', text }] });
  await reads(stage, 'VG-FIX', 'FEEDBACK');
  stage.tell({ mark: '(8)', who: 'NG-FIA', whom: 'VG-FIX', what: 'tells six months later what came of it.' });
}

function reportOf(stage: Stage) {
  const text = goamlReport({
    reportingId: 1,
    reportCode: 'ECDD',
    ownReference: 'NG-FIA-2026-0042',
    date: `${stage.dateOf(0)}T09:00:00`,
    currency: 'NGN',
    label: 'RESTRICTED // INTEL_ONLY // NO_THIRD_PARTY // NOT_FOR_EVIDENCE. The binding label travels in the envelope.',
    reason: `Payments of a public contractor to ${SUBJECT}, passed on within a day.`,
    action: 'Beneficial owner and registered agent are asked for.',
    company: {
      name: SUBJECT,
      registrationNumber: 'not known yet',
      business: 'consultancy',
      country: 'VG',
      significance: 'Suspected recipient of the payments.',
    },
    indicators: ['BBCRP'],
  });
  return { name: 'request-0042.goaml.xml', mediaType: 'application/xml', text };
}

/** @param due the first instant that is late, RFC 3339 @returns the last day that is not, on the authority's own wall */
const lastDay = (due: string, authority: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: memberNamed(authority).facts.timeZone }).format(Date.parse(due) - 1);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
