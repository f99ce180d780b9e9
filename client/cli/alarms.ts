/** What an officer must see whatever was asked: what the log took in and does not prove, and entries of one's own that were changed silently. */
import {
  nextOnDoubt,
  ParleyError,
  UNTRUSTED_NEXT,
  wordsIn,
  type Doubt,
  type LogAlarm,
  type ParleyClient,
  type ProofReport,
  type Unlogged,
  type WatchReport,
} from '../sdk/index.js';

export interface Standing {
  readonly proofs: ProofReport;
  /** null where this authority is not in the directory yet */
  readonly entry: WatchReport | null;
  /** nobody but the gateway vouches for its log: no witness is pinned here */
  readonly isUnwitnessed: boolean;
  /** every contradiction of the log that this client was ever shown, those too that were acknowledged */
  readonly log: readonly (LogAlarm | Unlogged)[];
  /** alarms about other entries, such as another root than was known */
  readonly directory: readonly Doubt[];
}

/** @param acknowledged what nothing will ever prove is owed no longer */
export async function readStanding(client: ParleyClient, acknowledged = false): Promise<Standing> {
  const proofs = await client.checkProofs(acknowledged);
  const { directory, doubts } = await client.directory();
  const isListed = directory.authorities.has(client.authority);
  const entry = isListed ? await client.watch() : null;
  // last: what was asked above may have shown one
  return {
    proofs,
    entry,
    isUnwitnessed: (client.gateway.quorum ?? 0) === 0,
    log: await client.logAlarms(),
    directory: doubts.filter(({ isAlarm }) => isAlarm),
  };
}

export const alarmLines = ({ proofs, entry, log, directory }: Standing): string[] => [
  ...log
    .filter(({ acknowledgedAt }) => acknowledgedAt === undefined)
    .map(
      ({ kind, why, at }) =>
        `ALARM ${kind}: the log contradicts itself: ${why}, noticed ${at}. Send nothing more; show both signed notes to the other authorities and the witnesses: parley log alarms. Once it is dealt with: parley status --acknowledge`,
    ),
  ...proofs.alarms.map(proofLine),
  ...directory.map(
    (doubt) =>
      `ALARM ${doubt.authority}: ${doubt.why}. ${nextOnDoubt(doubt)}${doubt.root === undefined ? '' : ' Until then its dates are told in UTC.'}`,
  ),
  ...(entry?.alarms ?? []).map((alarm) => `${entryLine(alarm)} Once it is dealt with: parley status --acknowledge`),
];

function entryLine({ check, epoch, entry, why, at, provedAt }: WatchReport['alarms'][number]): string {
  if (check === 'CHECKPOINT' && provedAt !== undefined)
    return `ALARM ${check}: which entry of yours the log binds was not proved: ${why}, noticed ${at}. A later checkpoint is believed, and every epoch up to it was looked at: ${provedAt}. Ask the operator what it was.`;
  if (check === 'CHECKPOINT')
    return `ALARM ${check}: which entry of yours the log binds is not proved: ${why}, noticed ${at}. ${UNTRUSTED_NEXT}.`;
  const where = `${epoch === null ? '' : ` in epoch ${epoch}`}${entry === null ? '' : ` (${entry})`}`;
  return `ALARM ${check}: your own entry${where}: ${why}, noticed ${at}. Ask whoever holds your root; tell the operator and those who write to you.`;
}

function proofLine({ statement, typ, check, originator, why }: ProofReport['alarms'][number]): string {
  if (check === 'PAST_YEARS')
    return `ALARM ${check}: ${statement} (${typ}): ${why}. To be asked for it no longer: parley status --acknowledge`;
  const isReading = typ === 'parley-access+json';
  const what = isReading ? `reading ${statement}` : `${statement} (${typ}), which the log signed that it took in,`;
  const missing = isReading
    ? 'Tell the operator and the originators.'
    : 'It may have reached nobody: tell the operator, and whom it was for. The signed receipt, which convicts the log’s key: parley status --json.';
  const acted = isReading ? '' : ' Where the operator restored the log and lost it, do it anew.';
  const unlogged = check === 'INCLUSION' ? `${acted} Once it is dealt with: parley status --acknowledge` : '';
  const next = check === 'CHECKPOINT' ? UNTRUSTED_NEXT : `${missing}${unlogged}`;
  return `ALARM ${check}: ${what} is not proved in time${originator === null ? '' : ` to ${originator}`}: ${why}. ${next}`;
}

export const UNWITNESSED = wordsIn('en').page.unwitnessed;

/** After all was said: nobody who only looks at whether a command succeeded takes an alarm for nothing. @throws ParleyError `ALARM` */
export function failOnAlarms(standing: Standing): void {
  const alarms = alarmLines(standing).length;
  if (alarms > 0) throw new ParleyError('ALARM', `${alarms} alarms stand.`, 'Do as each of them says: parley status');
}
