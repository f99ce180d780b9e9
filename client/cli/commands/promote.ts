import { Command } from 'commander';
import type { AuthorityId, ExchangeId } from '../../../domain/ids.js';
import { present } from '../../../domain/present.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import type { AuthorityType, ExchangeType, ProfileId, Purpose } from '../../../domain/vocabulary.js';
import { ParleyError, type AddressedAs, type LeftOut, type ParleyClient, type Promoted } from '../../sdk/index.js';
import { authority, authorityType, exchange, exchangeType, profile, purpose } from '../arguments.js';
import { stepOf } from '../explained.js';
import { writeNew } from '../new-file.js';
import type { Workplace } from '../workplace.js';
import { skeleton } from './compose.js';

interface Options {
  toProfile: ProfileId;
  type?: ExchangeType;
  to?: AuthorityId;
  toType?: AuthorityType;
  fromType?: AuthorityType;
  purpose?: Purpose;
  out?: string;
}

/** A formal draft of what is one's own. What was received stays behind, and it is said how to ask for it. */
export const promoteCommand = ({ out, connect }: Workplace): Command =>
  new Command('promote')
    .description('make a formal draft from your own part of an exchange; nothing is sent')
    .argument('<exchange>', 'the informal exchange', exchange)
    .requiredOption('--to-profile <profile>', Object.keys(PROFILES).join(', '), profile)
    .option('--type <exchange>', 'exchange type; absent: the one that the profile is for', exchangeType)
    .option('--to <authority>', 'addressee; absent: the other side of the exchange', authority)
    .option('--to-type <type>', 'as what it is addressed', authorityType)
    .option('--from-type <type>', 'as what you write', authorityType)
    .option('--purpose <purpose>', 'what the request is for; absent: what the profile is for', purpose)
    .option('--out <file>', 'where the draft goes; absent: it is shown')
    .action(async (id: ExchangeId, { toProfile, out: path, ...options }: Options) => {
      const client = await connect();
      const { purpose: named, ...addressing } = options;
      const wanted = named ?? PROFILES[toProfile].defaultLabel.purposes[0]!;
      const promoted = await client.promote(id, { ...addressing, profile: toProfile, purpose: wanted });
      const draft = draftOf(toProfile, promoted, { ...options, ...(await addressedAs(client, toProfile, promoted.to, options)) });
      if (path !== undefined) await writeNew(path, `${JSON.stringify(draft, null, 2)}\n`);
      const { files, leftOut } = promoted;
      out.say(
        { ...(path === undefined ? { draft } : { file: path }), filled: Object.keys(promoted.form), from: promoted.from, files, leftOut },
        () => linesOf(id, promoted, draft, path),
      );
    });

/** As the directory has both; what it does not tell is what the profile is for, to be looked at before it is sent. */
async function addressedAs(client: ParleyClient, profile: ProfileId, to: AuthorityId, { type, fromType, toType }: Partial<Options>) {
  const { exchangeTypes, pairs } = PROFILES[profile];
  const named = present({ fromType, toType });
  const found = await client.typesWith({ profile, type: type ?? exchangeTypes[0]!, to, ...named }).catch((error: unknown) => {
    if (error instanceof ParleyError && error.code === 'NO_SUCH_AUTHORITY') return null;
    throw error;
  });
  const [pair] = pairs;
  return found ?? { fromType: fromType ?? pair!.from[0]!, toType: toType ?? pair!.to[0]! };
}

/** Intelligence is the matter of no formal request: there the profile's own is proposed. */
function fitting(id: ProfileId, { matterType, ...facts }: Promoted['facts']): object {
  return matterType === undefined || (PROFILES[id].formal && matterType === 'INTELLIGENCE') ? facts : { ...facts, matterType };
}

/** The profile's skeleton, with one's own words in it. */
function draftOf(
  id: ProfileId,
  { to, form, facts, relatesTo }: Promoted,
  { purpose: named, ...options }: Omit<Options, 'toProfile' | 'out'> & AddressedAs,
) {
  const blank = skeleton(id, { ...options, to }, fitting(id, facts)) as { body: object; form?: object };
  return {
    ...blank,
    ...(named === undefined ? {} : { purposes: [named] }),
    body: { ...blank.body, ...(relatesTo.length === 0 ? {} : { relatesTo }) },
    form: { ...blank.form, ...form },
  };
}

const leftLines = ({ item, issuer, kind, itemRole, originators, caveats, release }: LeftOut): string[] => [
  `  ${itemRole} ${item}: ${kind === 'OWN' ? 'received' : kind} from ${issuer}; originators ${originators.join(', ')}`,
  `    caveats: ${caveats.map(({ code, by }) => `${code} (${by})`).join(', ') || 'none'}`,
  ...howLines(item, release),
];

function howLines(item: string, release: LeftOut['release']): string[] {
  if (release === null) return ['    you hold it no more, or may not know what it would take: ask who gave it'];
  if (release.allowed) return [`    it may be handed on by a release of its own: parley release ${item}`];
  const asks = release.missing.map(({ originator }) => originator);
  if (asks.length > 0)
    return [`    how to ask: parley explain release --item ${item} --out FILE writes the consent request to ${asks.join(', ')}`];
  return [...new Set(release.violations.map((violation) => `    ${violation.code}: ${stepOf(violation)}`))];
}

const carriedOf = (from: Promoted['from']): string[] =>
  Object.entries(from).map(([name, before]) => (name === before ? name : `${name} (was ${before})`));

function linesOf(id: ExchangeId, { from, relatesTo, files, leftOut, isTold }: Promoted, draft: object, path: string | undefined): string {
  const carried = carriedOf(from);
  return [
    ...(path === undefined ? [JSON.stringify(draft, null, 2)] : [`Draft: ${path}.`]),
    carried.length === 0
      ? 'Nothing of your own has a place in the new form.'
      : `From your own words: ${carried.join(', ')}. Read each again.`,
    relatesTo.length === 0 ? 'It names no earlier exchange: its addressee was not in it.' : `It relates to exchange ${id}.`,
    ...(files.length === 0 ? [] : [`Your own texts and files, to be attached again: ${files.join(', ')}.`]),
    ...(leftOut.length === 0 ? ['Nothing was left out.'] : ['Left out, since it is not yours alone:', ...leftOut.flatMap(leftLines)]),
    ...(path === undefined ? [] : [`Next: parley check ${path}, complete it, then parley send ${path}`]),
    ...(isTold
      ? [
          `Once it is sent, say so in the exchange, with what \`parley send\` names in the place of NEW: parley reply ${id} PROMOTE_TO_FORMAL --body '{"request":"NEW"}'`,
        ]
      : []),
  ].join('\n');
}
