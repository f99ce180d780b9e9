/** Story 3 of the domain document: silence that counts as consent where both sides said so before, and never for tax. */
import { StoryFailed, type ActArgs } from './actor.js';
import type { Stage } from './stage.js';
import { fiuRequest, requestBody, requestFields, yearsBefore, type Story } from './told.js';

const PROFILE = 'EGMONT_FIU';
const DAY = { acknowledge: 1, answer: 20, forward: 21, others: 23, ask: 203, refuse: 204, last: 204 };

const TO_POLICE = { to: 'EE-POL', toType: 'LAW_ENFORCEMENT', legalBasis: 'DOMESTIC_LAW:EE-FIN-4' } as const;
const TO_TAX = { to: 'EE-TAX', toType: 'TAX_AUTHORITY', legalBasis: 'DOMESTIC_LAW:EE-FIN-9' } as const;

type Answer = 'SILENT' | 'REFUSE';
interface Answered {
  readonly request: string;
  readonly item: string;
  readonly via: string;
}

export const STORY_3: Story = {
  id: '3',
  title: 'Story 3: presumed consent, and use for tax',
  below:
    'EE-FIN asks CH-FIN and names EE-POL as an intended reader. Both list the channel under presumed consent in their directory entries, so CH-FIN’s ' +
    'silence about EE-POL is consent, for what the request says and no more. Six months later the tax board asks.',
  cast: ['EE-FIN', 'CH-FIN', 'LI-FIN', 'EE-POL', 'EE-TAX'],
  days: DAY.last,
  async play(stage) {
    const answered = await asks(stage, 'CH-FIN', 'CH', 'SILENT', DAY.acknowledge, DAY.answer);
    const read = await presumes(stage, answered);
    await triesForTax(stage, answered);
    await triesAgainstRefusal(stage);
    await triesWithoutSwitch(stage);
    await stage.toDay(DAY.ask);
    await triesTaxBoard(stage, answered);
    await asksInVain(stage, answered);
    await readsReport(stage, answered);
    return { witness: 'EE-POL', receipt: read.receipt };
  },
};

/** One exchange: request with EE-POL as an intended reader, acknowledgement, final reply with that answer about EE-POL. */
async function asks(stage: Stage, of: string, territory: string, answer: Answer, onAck: number, onAnswer: number): Promise<Answered> {
  const subject = `Company-${territory}`;
  const period = [yearsBefore(stage.dateOf(0), 2), stage.dateOf(0)] as const;
  const named = { authority: 'EE-POL', authorityType: 'LAW_ENFORCEMENT' };
  const fields = requestFields(subject, territory, 'CORRUPTION', { intendedUse: 'Investigation of corruption by EE-POL.' });
  const sent = await stage.does(
    'EE-FIN',
    'send',
    fiuRequest(PROFILE, of, {
      fromType: 'FIU',
      purposes: ['INTELLIGENCE', 'INVESTIGATION'],
      body: requestBody(period, { intendedRecipients: [{ ...named, purposes: ['INVESTIGATION'] }] }),
      items: [{ role: 'FORM', of: 'opening', fields }],
    }),
  );
  await stage.does(of, 'receive', { kind: 'envelope', message: 'SUBMIT' });
  stage.tell(
    {
      mark: answer === 'SILENT' && of === 'CH-FIN' ? '(1)' : '',
      who: 'EE-FIN',
      whom: of,
      what: `asks about ${subject}, in a matter of corruption.`,
    },
    [`intended reader: EE-POL, for INVESTIGATION; leaf ${sent.index}`],
  );
  await stage.toDay(onAck);
  await stage.does(of, 'acknowledge', { exchange: sent.exchange, handlerRef: `${territory}-77` });
  await stage.toDay(onAnswer);
  const form = { answer: `${subject} has two accounts here; details below.`, evaluation: 'EUROPOL_4x4 B2', asOf: stage.dateOf(onAnswer) };
  await stage.does(of, 'follow', {
    exchange: sent.exchange,
    message: 'FINAL_REPLY',
    body: { consentToIntendedRecipients: [{ ...named, answer }] },
    items: [{ role: 'FORM', of: 'answer', fields: form }],
  });
  const got = await stage.does('EE-FIN', 'receive', { kind: 'envelope', message: 'FINAL_REPLY' });
  const item = got.items[0];
  if (item === undefined) throw new StoryFailed('the answer has no form');
  const { label } = await stage.does('EE-FIN', 'open', { item: item.digest, via: got.digest, purpose: 'INTELLIGENCE' });
  stage.tell({ mark: '', who: of, whom: 'EE-FIN', what: `answers; about EE-POL it says ${answer}.` }, [
    `label ${label.level}, TLP:${label.tlp}, ${label.caveats.join(', ')}`,
  ]);
  return { request: sent.digest, item: item.digest, via: got.digest };
}

async function presumes(stage: Stage, { request, item, via }: Answered) {
  await stage.toDay(DAY.forward);
  await stage.does('EE-FIN', 'open', { item, via, purpose: 'INTELLIGENCE' });
  const until = stage.dayText(DAY.last);
  await stage.does('EE-FIN', 'release', { ...TO_POLICE, item, purpose: 'INVESTIGATION', basis: { presumed: request }, until });
  const got = await stage.does('EE-POL', 'receive', { kind: 'release' });
  const read = await stage.does('EE-POL', 'open', { item, via: got.digest, purpose: 'INVESTIGATION' });
  stage.tell(
    { mark: '(2)', who: 'EE-FIN', whom: 'EE-POL', what: 'passes the answer on: consent is presumed from the request that named EE-POL.' },
    [`logged as PRESUMED(${request}); EE-POL's reading is leaf ${read.index}`],
  );
  return read;
}

const presumed = ({ request, item }: Answered, purpose: 'INVESTIGATION' | 'TAX', until: string): ActArgs<'release'> => ({
  ...TO_POLICE,
  item,
  purpose,
  basis: { presumed: request },
  until,
});

async function triesForTax(stage: Stage, answered: Answered): Promise<void> {
  const told = { mark: '(b)', who: 'EE-FIN', whom: 'EE-POL', what: 'tries to pass the same on to EE-POL for use in a tax case.' };
  await stage.isRefused('b', told, 'release', presumed(answered, 'TAX', stage.dayText(DAY.last)));
}

async function triesAgainstRefusal(stage: Stage): Promise<void> {
  await stage.toDay(DAY.others);
  const answered = await asks(stage, 'CH-FIN', 'CH', 'REFUSE', DAY.others + 1, DAY.others + 10);
  const told = { mark: '(c)', who: 'EE-FIN', whom: 'EE-POL', what: 'presumes consent although this time CH-FIN refused it for EE-POL.' };
  await stage.isRefused('c', told, 'release', presumed(answered, 'INVESTIGATION', stage.dayText(DAY.last)));
}

async function triesWithoutSwitch(stage: Stage): Promise<void> {
  const answered = await asks(stage, 'LI-FIN', 'LI', 'SILENT', DAY.others + 11, DAY.others + 20);
  const told = {
    mark: '(d)',
    who: 'EE-FIN',
    whom: 'EE-POL',
    what: 'presumes consent of LI-FIN, whose entry does not list presumed consent.',
  };
  await stage.isRefused('d', told, 'release', presumed(answered, 'INVESTIGATION', stage.dayText(DAY.last)));
}

async function triesTaxBoard(stage: Stage, { item }: Answered): Promise<void> {
  const told = {
    mark: '(a)',
    who: 'EE-FIN',
    whom: 'EE-TAX',
    what: 'tries to give CH-FIN’s answer to the tax board, which asked for it at home.',
  };
  await stage.isRefused('a', told, 'release', { ...TO_TAX, item, purpose: 'TAX', basis: { consents: [] }, until: stage.dayText(DAY.last) });
}

async function asksInVain(stage: Stage, { item }: Answered): Promise<void> {
  const asked = await stage.does('EE-FIN', 'askConsent', {
    profile: PROFILE,
    fromType: 'FIU',
    to: 'CH-FIN',
    toType: 'FIU',
    legalBasis: ['RECIPROCITY'],
    framework: ['EGMONT_PRINCIPLES'],
    purposes: ['TAX'],
    matterType: 'INTELLIGENCE',
    language: 'en',
    urgency: 'ROUTINE',
    item,
    recipient: { authority: 'EE-TAX', authorityType: 'TAX_AUTHORITY' },
    recipientPurposes: ['TAX'],
    until: stage.dayText(DAY.last + 90),
  });
  await stage.does('CH-FIN', 'receive', { kind: 'envelope', message: 'SUBMIT' });
  stage.tell({ mark: '(3)', who: 'EE-FIN', whom: 'CH-FIN', what: 'asks for consent: to EE-TAX, for TAX.' });
  await stage.toToday();
  const codes = ['CONSENT_OUT_OF_SCOPE'];
  const told = { mark: '(e)', who: 'CH-FIN', whom: 'EE-FIN', what: 'refuses consent and gives a code without a text.' };
  await stage.isRefused('e', told, 'refuseConsent', { exchange: asked.exchange, codes });
  const text = 'The information was given for the investigation of corruption. A tax case is outside what was asked and answered.';
  await stage.does('CH-FIN', 'refuseConsent', { exchange: asked.exchange, codes, text });
  const got = await stage.does('EE-FIN', 'receive', { kind: 'consent-refusal' });
  stage.holds('consentRefused', got.codes);
  const [reasons] = got.items;
  if (reasons === undefined) throw new StoryFailed('the refusal came without its text');
  const opened = await stage.does('EE-FIN', 'open', { item: reasons.digest, via: got.digest, purpose: 'INTELLIGENCE' });
  if (opened.text !== text) throw new StoryFailed('the reasons are not those that were given');
  stage.tell({ mark: '(4)', who: 'CH-FIN', whom: 'EE-FIN', what: 'refuses consent with a code and its reasons in a sealed text.' }, [
    `code ${got.codes.join(', ')}; EE-FIN opened the reasons, which the gateway cannot read: “${text}”`,
  ]);
}

async function readsReport(stage: Stage, { request }: Answered): Promise<void> {
  const { disclosures } = await stage.does('CH-FIN', 'disclosureReport', {});
  stage.holds(
    'disclosures',
    disclosures.map(({ holder, to, purpose, basis }) => ({ holder, to, purpose, basis: basis.replace(request, 'the request') })),
  );
  stage.tell(
    { mark: '', who: 'CH-FIN', whom: 'its own log', what: 'its compliance officer reads: exactly one disclosure to a third party.' },
    [`EE-FIN → EE-POL for INVESTIGATION, on PRESUMED(${request})`],
  );
}
