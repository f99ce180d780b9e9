import { dirname, relative, resolve } from 'node:path';
import { Command } from 'commander';
import type { AuthorityId } from '../../../domain/ids.js';
import { present } from '../../../domain/present.js';
import { clearMembersOf } from '../../../domain/profiles/clear-members.js';
import { openingOf, PROFILES } from '../../../domain/profiles/index.js';
import type { Instant } from '../../../domain/time.js';
import type { AuthorityType, ExchangeType, MatterType, ProfileId, Purpose } from '../../../domain/vocabulary.js';
import { authority, authorityType, digest, exchangeType, listOf, profile, until } from '../arguments.js';
import { CAVEAT_HELP, checkNamed, confidentialUntil, ownCaveat, type OwnCaveat } from '../caveats.js';
import { systemClock } from '../clock-system.js';
import { readContents, requireFile, type Contents } from '../draft.js';
import { blankForm } from '../form/blank.js';
import { defaultLabel, ParleyError, withCaveats, writeLabel, type AddressedAs } from '../../sdk/index.js';
import { writeNew } from '../new-file.js';
import type { Workplace } from '../workplace.js';

interface Options {
  to: AuthorityId;
  type?: ExchangeType;
  toType?: AuthorityType;
  fromType?: AuthorityType;
  form?: string;
  attach?: readonly string[];
  source?: readonly string[];
  caveat?: readonly OwnCaveat[];
  confidentialUntil?: Instant;
  destroyBy?: Instant;
  out?: string;
}

/** Writes a draft to fill in; nothing is sealed or sent. */
export const composeCommand = ({ out, connect }: Workplace): Command =>
  new Command('compose')
    .description('write a draft of an opening message, to be completed and sent')
    .argument('<profile>', Object.keys(PROFILES).join(', '), profile)
    .requiredOption('--to <authority>', 'addressee', authority)
    .option('--type <exchange>', 'exchange type; absent: the one that the profile is for', exchangeType)
    .option('--to-type <type>', 'as what it is addressed; absent: as the directory has it', authorityType)
    .option('--from-type <type>', 'as what you write; absent: as the directory has it', authorityType)
    .option(
      '--form <file>',
      'JSON file with any of `form`, `text`, `attachments`, `label`, `kind`, `sources`, `sourcesComplete`; the rest is filled in in the draft; `attachments` is a list of files, from where this one lies',
    )
    .option('--attach <file>', 'a file; may be repeated', listOf(String))
    .option('--source <item>', 'an item opened here from which it is made; its label joins; may be repeated', listOf(digest))
    .option('--caveat <caveat>', CAVEAT_HELP, listOf(ownCaveat))
    .option(
      '--confidential-until <time>',
      'the caveat CONFIDENTIAL_UNTIL: RFC 3339 such as 2027-01-31T23:59:59Z, or days such as 90d',
      until,
    )
    .option('--destroy-by <time>', 'when it is to be destroyed: RFC 3339, or days such as 90d', until)
    .option('--out <file>', 'where the draft goes; absent: to standard output')
    .action(async (id: ProfileId, options: Options) => {
      const given: Contents = options.form === undefined ? {} : await readContents(options.form);
      const attachments = await attachmentsOf(given, options);
      const type = options.type ?? PROFILES[id].exchangeTypes[0]!;
      const draft = skeleton(
        id,
        { ...options, ...(await addressedAs(id, { ...options, type }, connect)) },
        { ...given, ...attachments, ...(await labelOf(id, options, given, connect)) },
      );
      const text = `${JSON.stringify(draft, null, 2)}\n`;
      if (options.out === undefined) out.pour(new TextEncoder().encode(text));
      else {
        await writeNew(options.out, text);
        out.say(
          { draft: options.out },
          () => `Draft: ${options.out}. Complete it; what it lacks: parley check ${options.out}. Then: parley send ${options.out}`,
        );
      }
    });

/** Each as the draft will name it, by the way from its own folder: those of the contents were named from theirs, the options' from here. */
async function attachmentsOf(
  { attachments = [] }: Contents,
  { form = '', attach = [], out = '' }: Options,
): Promise<Pick<Contents, 'attachments'>> {
  const named = [
    ...attachments.map((one) => ({ ...one, path: resolve(dirname(form), one.path) })),
    ...attach.map((path) => ({ path: resolve(path) })),
  ];
  for (const { path } of named) await requireFile(path);
  const fromDraft = (path: string): string => relative(resolve(dirname(out)), path);
  return named.length === 0 ? {} : { attachments: named.map((one) => ({ ...one, path: fromDraft(one.path) })) };
}

type Connect = Workplace['connect'];

/** Both named: nobody is asked. */
async function addressedAs(
  profile: ProfileId,
  { to, type, fromType, toType }: Options & { type: ExchangeType },
  connect: Connect,
): Promise<AddressedAs> {
  if (fromType !== undefined && toType !== undefined) return { fromType, toType };
  if (openingOf(profile, type) === null) notOffered(profile, type);
  const wanted = present({ fromType, toType });
  const client = await connect().catch(orNameBoth);
  const found = await client.typesWith({ profile, type, to, ...wanted });
  if (found !== null) return found;
  throw new ParleyError(
    'CHANNEL_NOT_PERMITTED',
    `On ${profile} you and ${to} write no ${type} to each other, as what the directory has you both.`,
    `See who writes to whom: parley form print ${profile}; which channel fits: parley advise --help. Or name both: --from-type, --to-type.`,
  );
}

/** The directory is not to be had: what it would tell can be said. */
function orNameBoth(error: unknown): never {
  if (!(error instanceof ParleyError)) throw error;
  throw new ParleyError(error.code, error.what, `${error.next} Or name both: --from-type, --to-type.`, { cause: error });
}

function notOffered(profile: ProfileId, type: ExchangeType): never {
  throw new ParleyError('NOT_ON_PROFILE', `${profile} offers no ${type}.`, `It offers ${PROFILES[profile].exchangeTypes.join(', ')}.`);
}

/** The profile's own, or the one of the contents, with what the options add; nothing where they add nothing. */
async function labelOf(
  id: ProfileId,
  { caveat = [], confidentialUntil: end, destroyBy }: Options,
  { label: given, kind }: Pick<Contents, 'label' | 'kind'>,
  connect: Connect,
): Promise<object> {
  if (caveat.length === 0 && end === undefined && destroyBy === undefined) return given === undefined ? {} : { label: writeLabel(given) };
  const client = await connect();
  const me = client.authority;
  const label = given ?? defaultLabel(id, me, systemClock.now(), kind);
  const caveats = [...caveat, ...(end === undefined ? [] : [confidentialUntil(end)])].map((own) => own(me));
  checkNamed(await client.directory(), caveats);
  return { label: writeLabel(withCaveats({ ...label, destroyBy: destroyBy ?? label.destroyBy }, caveats)) };
}

/** Statements that are made by sending them. */
const DECLARED: ReadonlySet<string> = new Set(['reciprocity', 'art3Compliant']);

/** They say by being empty that there is nothing. */
const LISTS: ReadonlySet<string> = new Set(['intendedRecipients', 'alsoRequestedVia', 'chain']);

/** Sending fills it in from the form. */
const FILLED_IN = 'links';
/** Members of the envelope itself, all of which a draft has anyway. */
const OF_ENVELOPE: ReadonlySet<string> = new Set(['legalBasis', 'purposes', 'matterType', 'language', 'urgency', 'onBehalfOf']);

/** What is asked for, part by part; it counts as absent until it says what. */
const BLANK_PART = { id: '1', assistanceType: '', coercive: false };

/** What the matter is, by what the profile is for first. */
const MATTERS: Readonly<Partial<Record<Purpose, MatterType>>> = {
  PROSECUTION_JUDICIAL: 'CRIMINAL',
  EXTRADITION: 'CRIMINAL',
  CIVIL_PROCEEDING: 'CIVIL',
  PREVENTION: 'PREVENTION',
};
const matterOf = (id: ProfileId): MatterType => MATTERS[PROFILES[id].defaultLabel.purposes[0]!] ?? 'INTELLIGENCE';

type Skeleton = Pick<Options, 'to' | 'type' | 'source'> & AddressedAs;

/** @param given what is known already, member by member */
export function skeleton(id: ProfileId, options: Skeleton, given: object): object {
  const chosen = PROFILES[id];
  const type = options.type ?? chosen.exchangeTypes[0]!;
  const opening = openingOf(id, type);
  if (opening === null) return notOffered(id, type);
  const clear = clearMembersOf(chosen, type).map(({ name }) => name);
  const body = clear.filter((name) => !OF_ENVELOPE.has(name) && name !== FILLED_IN);
  return {
    to: options.to,
    toType: options.toType,
    fromType: options.fromType,
    ...(clear.includes('onBehalfOf') ? { onBehalfOf: '' } : {}),
    exchangeType: type,
    profile: id,
    legalBasis: ['RECIPROCITY'],
    framework: [],
    purposes: chosen.defaultLabel.purposes,
    matterType: matterOf(id),
    language: 'en',
    urgency: 'ROUTINE',
    body: {
      ...Object.fromEntries(body.map((field) => [field, DECLARED.has(field) ? true : LISTS.has(field) ? [] : ''])),
      ...(type === 'FORMAL_MLA_REQUEST' ? { parts: [BLANK_PART] } : {}),
    },
    ...(opening.form === null ? {} : { form: blankForm(opening.form) }),
    ...present({ sources: options.source }),
    ...given,
  };
}
