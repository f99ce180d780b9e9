/** Story 10, months later: the identity was wrong, and what was given is corrected, taken back, and deleted by everybody who had it. */
import { StoryFailed } from '../actor.js';
import { OPERATOR } from '../directory.js';
import type { Stage } from '../stage.js';
import type { Given } from './exchange.js';
import { consultation, DAY, TO_PROSECUTORS } from './facts.js';

const HOLDERS = ['KE-EXT', 'KE-PROS'] as const;

export async function retracts(stage: Stage, { item, via }: Given): Promise<string> {
  await stage.toDay(DAY.error);
  // looked at once more on the very morning: it is held, and its label is fresh
  await stage.does('KE-EXT', 'open', { item, via, purpose: 'EXTRADITION' });
  const corrected = await stage.does('AE-EXT', 'correct', { item, reason: 'WRONG_PERSON' });
  for (const who of HOLDERS) await stage.does(who, 'receive', { kind: 'label' });
  stage.tell(
    {
      mark: '(8)',
      who: 'AE-EXT',
      whom: HOLDERS.join(', '),
      what: 'gives a CORRECTION_NOTICE: item 7 is about another person of a similar name.',
    },
    [`WRONG_PERSON, leaf ${corrected.index}; it goes along the releases, also to KE-PROS, which AE-EXT never wrote to`],
  );
  const retracted = await stage.does('AE-EXT', 'retract', { item });
  for (const who of HOLDERS) await stage.does(who, 'receive', { kind: 'label' });
  stage.tell(
    {
      mark: '(9)',
      who: 'AE-EXT',
      whom: HOLDERS.join(', '),
      what: 'RETRACTS item 7: it is neither used nor handed on, and is to be deleted.',
    },
    [`leaf ${retracted.index}`],
  );
  await stage.isRefused(
    'e',
    { mark: '(e)', who: 'KE-EXT', whom: 'KE-PROS', what: 'hands item 7 to its prosecutors as it did before, after it was retracted.' },
    'release',
    { ...TO_PROSECUTORS, item, until: stage.dayText(DAY.last + 30) },
  );
  return retracted.digest;
}

/** Both recipients certify; the originator sees in its own log that nobody is missing. */
export async function certifies(stage: Stage, { item }: Given, retraction: string) {
  const certificates = [];
  for (const who of HOLDERS) certificates.push(await stage.does(who, 'certify', { item, answers: retraction }));
  const answers = await stage.does('AE-EXT', 'answersTo', { change: retraction });
  stage.holds('answersToRetraction', answers.map(({ holder, answer }) => `${holder} ${answer}`).sort());
  stage.tell({ mark: '(10)', who: HOLDERS.join(', '), whom: 'AE-EXT', what: 'delete item 7 from their key stores, and certify it.' }, [
    `${answers.map(({ holder, answer, index }) => `${holder} ${answer}, leaf ${index}`).join('; ')}: nobody who was told is missing`,
    'a certificate is the holder’s signed statement; nobody can look into its cellars',
  ]);
  const [last] = certificates.slice(-1);
  if (last === undefined) throw new StoryFailed('nobody certified');
  return last;
}

export async function suspends(stage: Stage): Promise<void> {
  await stage.toDay(DAY.suspend);
  const designation = { authority: 'KE-EXT', root: stage.rootOf('KE-EXT'), types: ['CENTRAL_AUTHORITY_EXTRADITION'] } as const;
  const { index } = await stage.does(OPERATOR.authority, 'designate', { ...designation, status: 'SUSPENDED', reason: 'REVIEW' });
  stage.tell(
    {
      mark: '(11)',
      who: OPERATOR.authority,
      whom: 'KE-EXT',
      what: 'suspends KE-EXT while the mix-up is reviewed: it neither sends nor receives.',
    },
    [`leaf ${index}: the operator countersigns who takes part, and nothing else; what KE-EXT holds stays under its caveats`],
  );
  await stage.isRefused(
    'suspended',
    { mark: '', who: 'KE-EXT', whom: 'AE-EXT', what: 'tries to open a new consultation while it is suspended.' },
    'send',
    consultation(),
  );
  await stage.toToday();
  await stage.does(OPERATOR.authority, 'designate', designation);
  await stage.does('KE-EXT', 'send', consultation());
  await stage.does('AE-EXT', 'receive', { kind: 'envelope', message: 'SUBMIT' });
  stage.tell({ mark: '', who: OPERATOR.authority, whom: 'KE-EXT', what: 'lifts the suspension, and the same consultation goes through.' });
}
