/** Story 1 of the domain document: one bilateral answer, for intelligence only, and everything that may not be done with it. */
import { createHash } from 'node:crypto';
import { StoryFailed } from './actor.js';
import { memberNamed } from './directory.js';
import { goamlReport } from './goaml.js';
import { noiseDigest } from './noise.js';
import type { Stage } from './stage.js';
import { fiuRequest, requestBody, requestFields, yearsBefore, type Story } from './told.js';

const PROFILE = 'BVI_BILATERAL_FIU';
const SUBJECT = 'Company-A';
const AGENT_FILE = { name: 'registered-agent-file.bin', mediaType: 'application/octet-stream', noise: { seed: 29, sizeBytes: 20_000_000 } };
/** days of the story; consent is given for 90 days, and feedback comes six months after the answer */
const DAY = {
  acknowledge: 1,
  question: 9,
  reply: 10,
  answer: 18,
  ask: 19,
  grant: 20,
  forward: 21,
  misuse: 23,
  end: 110,
  late: 111,
  last: 201,
};

const FORWARD = { to: 'NG-EFCX', toType: 'LAW_ENFORCEMENT', legalBasis: 'DOMESTIC_LAW:NG-FIA-12', purpose: 'INVESTIGATION' } as const;

export const STORY_1: Story = {
  id: '1',
  title: 'Story 1: a bilateral answer, for intelligence only',
  below:
    'NG-FIA, a financial intelligence unit, asks VG-FIX about a company; what comes back may be read, and passed on only as VG-FIX allows. ' +
    'All authorities are fictional. Sources in brackets: [S¶n] paragraph of the report that the story is taken from, [F:Sn] text that was read, ' +
    '[F2:Sn] the same second-hand, [M] known without a copy at hand, [D] design of this project.',
  cast: ['NG-FIA', 'VG-FIX', 'NG-EFCX', 'NG-PROS', 'NG-TAX'],
  days: DAY.last,
  async play(stage) {
    const exchange = await asksAndClarifies(stage);
    const answer = await answers(stage, exchange);
    const item = answer.form;
    await triesWithoutConsent(stage, item);
    const consent = await obtainsConsent(stage, item);
    const read = await forwards(stage, answer, consent);
    await triesUnderConsent(stage, item, consent);
    await triesPastConsent(stage, item);
    await triesTheWrongDoor(stage);
    await stage.toDay(DAY.late);
    await triesTooLate(stage, item, consent);
    await givesFeedback(stage, exchange);
    await readsReport(stage, consent);
    return { witness: 'NG-EFCX', receipt: read.receipt };
  },
};

async function asksAndClarifies(stage: Stage): Promise<string> {
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
      body: requestBody(SUBJECT, 'VG', period, { reciprocity: true }),
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
const received = (stage: Stage, who: string, message: string) => stage.does(who, 'receive', { kind: 'envelope', message });

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

async function answers(stage: Stage, exchange: string): Promise<{ form: string; via: string }> {
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

async function triesWithoutConsent(stage: Stage, item: string): Promise<void> {
  await stage.toDay(DAY.ask);
  const told = { mark: '(a)', who: 'NG-FIA', whom: 'NG-EFCX', what: 'tries to pass the answer on before it has asked.' };
  const until = stage.dayText(DAY.end);
  await stage.isRefused('a', told, 'release', { ...FORWARD, item, purpose: 'INTELLIGENCE', basis: { consents: [] }, until });
}

async function obtainsConsent(stage: Stage, item: string): Promise<string> {
  const until = stage.dayText(DAY.end);
  const asked = await stage.does('NG-FIA', 'askConsent', {
    profile: PROFILE,
    fromType: 'FIU',
    to: 'VG-FIX',
    toType: 'FIU',
    legalBasis: ['RECIPROCITY'],
    framework: ['EGMONT_PRINCIPLES'],
    purposes: ['INTELLIGENCE', 'INVESTIGATION'],
    matterType: 'INTELLIGENCE',
    language: 'en',
    urgency: 'ROUTINE',
    item,
    recipient: { authority: 'NG-EFCX', authorityType: 'LAW_ENFORCEMENT' },
    recipientPurposes: ['INTELLIGENCE', 'INVESTIGATION'],
    until,
  });
  await received(stage, 'VG-FIX', 'SUBMIT');
  stage.tell({ mark: '(5)', who: 'NG-FIA', whom: 'VG-FIX', what: 'asks for consent: to NG-EFCX, as leads for an investigation.' }, [
    'silence would be no consent on this channel',
  ]);
  await stage.toDay(DAY.grant);
  const { consent, index } = await stage.does('VG-FIX', 'grant', { exchange: asked.exchange, until });
  await stage.does('NG-FIA', 'receive', { kind: 'consent' });
  stage.tell(
    { mark: '(6)', who: 'VG-FIX', whom: 'NG-FIA', what: 'consents: NG-EFCX alone, INTELLIGENCE and INVESTIGATION, for 90 days.' },
    [`consent ${consent}, leaf ${index}; it ends ${until.slice(0, 10)}`],
  );
  return consent;
}

async function forwards(stage: Stage, { form: item, via }: { form: string; via: string }, consent: string) {
  await stage.toDay(DAY.forward);
  // a caveat may have been added since it was last read: what is older than an hour is looked at again
  await stage.does('NG-FIA', 'open', { item, via, purpose: 'INTELLIGENCE' });
  await stage.does('NG-FIA', 'release', { ...FORWARD, item, basis: { consents: [consent] }, until: stage.dayText(DAY.end) });
  const got = await stage.does('NG-EFCX', 'receive', { kind: 'release' });
  const read = await stage.does('NG-EFCX', 'open', { item, via: got.digest, purpose: 'INVESTIGATION' });
  stage.holds(
    'readerSeesConsentOf',
    read.consents.map(({ originator }) => originator),
  );
  if (read.consents[0]?.digest !== consent) throw new StoryFailed('NG-EFCX was not shown the consent that it reads under');
  stage.tell({ mark: '(7)', who: 'NG-FIA', whom: 'NG-EFCX', what: 'passes the answer on under the consent: a new seal, the same bytes.' }, [
    `NG-EFCX's own client checked item, release, consent, seal, key and receipt before it showed anything`,
    `it sees label ${read.label.level}, ${read.label.caveats.join(', ')}, and consent ${consent}; its reading is leaf ${read.index}`,
  ]);
  return read;
}

async function triesUnderConsent(stage: Stage, item: string, consent: string): Promise<void> {
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

async function triesPastConsent(stage: Stage, item: string): Promise<void> {
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

async function triesTheWrongDoor(stage: Stage): Promise<void> {
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
      body: requestBody(SUBJECT, 'VG', period, { reciprocity: true }),
      items: [{ role: 'FORM', of: 'opening', fields }],
    }),
  );
}

async function triesTooLate(stage: Stage, item: string, consent: string): Promise<void> {
  const told = { mark: '(c)', who: 'NG-FIA', whom: 'NG-EFCX', what: 'passes it on again on day 91 of a consent of 90 days.' };
  await stage.isRefused('c', told, 'release', { ...FORWARD, item, basis: { consents: [consent] }, until: stage.dayText(DAY.last) });
}

async function givesFeedback(stage: Stage, exchange: string): Promise<void> {
  await stage.toToday();
  const text = 'The answer led to a file against Subject-1; the investigation goes on. Thank you.';
  await stage.does('NG-FIA', 'follow', { exchange, message: 'FEEDBACK', body: {}, items: [{ role: 'TEXT', text }] });
  await reads(stage, 'VG-FIX', 'FEEDBACK');
  stage.tell({ mark: '(8)', who: 'NG-FIA', whom: 'VG-FIX', what: 'tells six months later what came of it.' });
}

async function readsReport(stage: Stage, consent: string): Promise<void> {
  const { disclosures } = await stage.does('VG-FIX', 'disclosureReport', {});
  stage.holds(
    'disclosures',
    disclosures.map(({ holder, to, purpose, basis }) => ({ holder, to, purpose, basis })),
  );
  if (disclosures[0]?.consents.join() !== consent) throw new StoryFailed('the disclosure does not name the consent that it rests on');
  stage.tell(
    { mark: '', who: 'VG-FIX', whom: 'its own log', what: 'its compliance officer reads: exactly one disclosure to a third party.' },
    [`NG-FIA → NG-EFCX for INVESTIGATION, by consent ${consent}: complete for what this log recorded, and provably so`],
  );
  const refusals = await stage.does('NG-FIA', 'ownRefusals', {});
  stage.holds(
    'refusalsOfNgFia',
    refusals.map(({ counterparty }) => counterparty),
  );
  stage.tell(
    { mark: '', who: 'NG-FIA', whom: 'its own log', what: `its compliance officer reads: ${refusals.length} tries that were refused.` },
    ['what an authority considered and could not do stands in its own view of the log and in nobody else’s'],
  );
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
