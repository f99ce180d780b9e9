import { Command, Option } from 'commander';
import type { BasisOfOne } from '../../../domain/basis.js';
import { EXEMPTIONS, type ExemptionCode } from '../../../domain/exemption.js';
import { parseAuthorityId, type Digest } from '../../../domain/ids.js';
import type { Label } from '../../../domain/label.js';
import { present } from '../../../domain/present.js';
import { formatInstant, type Instant } from '../../../domain/time.js';
import type { AuthorityType, Purpose } from '../../../domain/vocabulary.js';
import { AS_HELP, authorityType, basisLine, digest, legalBasis, listOf, purpose, until } from '../arguments.js';
import { CAVEAT_HELP, checkNamed, ownCaveat, type OwnCaveat } from '../caveats.js';
import { warningLines } from '../concerns.js';
import { restLines } from '../explained.js';
import { ParleyError, withCaveats, type Explanation, type ParleyClient } from '../../sdk/index.js';
import type { Workplace } from '../workplace.js';

interface Options {
  to: string;
  toType?: AuthorityType;
  as?: AuthorityType;
  purpose: Purpose;
  legalBasis: string;
  consent?: readonly Digest[];
  presumed?: Digest;
  exemption?: ExemptionCode;
  each?: readonly BasisOfOne[];
  notice?: readonly Digest[];
  approval?: readonly Digest[];
  verification?: readonly Digest[];
  caveat?: readonly OwnCaveat[];
  kept?: readonly Digest[];
  until: Instant;
  again?: true;
}

/** What nobody but a person can judge, stated by the officer who signs. */
export const KEPT_HELP =
  'a restriction or condition in words, by the digest on the label: you state that you have read it, and that this keeps to it or is what its owner consented to; may be repeated';

/** Hands an item on, on a basis that the gateway checks. */
export const releaseCommand = (workplace: Workplace): Command =>
  new Command('release')
    .description('hand an item that you hold to one more reader')
    .argument('<item>', 'its digest; opened within the last hour', digest)
    .requiredOption('--to <authority>', 'the reader')
    .option('--to-type <type>', 'as what it receives; absent: as the one type that it has', authorityType)
    .option('--as <type>', AS_HELP, authorityType)
    .requiredOption('--purpose <purpose>', 'for what', purpose)
    .requiredOption('--legal-basis <code>', 'such as DOMESTIC_LAW:FIA-2003', legalBasis)
    .option('--consent <digest>', 'the originator’s grant; may be repeated', listOf(digest))
    .option('--presumed <request>', 'digest of the request that named the reader', digest)
    .addOption(new Option('--exemption <code>', 'a typed exemption').choices(EXEMPTIONS))
    .option(
      '--each <line>',
      'ORIGINATOR=consent:DIGEST, =presumed:REQUEST or =exemption:CODE; one for each, may be repeated',
      listOf(basisLine),
    )
    .option('--notice <digest>', 'a lawful way: the notice that tells of this; may be repeated', listOf(digest))
    .option('--approval <digest>', 'the second person’s approval of the notice; may be repeated', listOf(digest))
    .option('--verification <digest>', 'the source’s confirmation; may be repeated', listOf(digest))
    .option('--caveat <caveat>', `what you add: it binds the reader, and whoever has it from that one. ${CAVEAT_HELP}`, listOf(ownCaveat))
    .option('--kept <digest>', KEPT_HELP, listOf(digest))
    .addOption(new Option('--until <time>', 'RFC 3339, or days such as 90d').argParser(until).default(until('90d'), '90d'))
    .option('--again', 'the same was released before, and is to be released once more')
    .action(async (item: Digest, options: Options) => {
      const client = await workplace.connect();
      const to = parseAuthorityId(options.to);
      const concerns = to.ok ? await client.concernsWith(to.value) : [];
      const asked = {
        to: options.to,
        ...present({ toType: options.toType, holderType: options.as }),
        purpose: options.purpose,
        legalBasis: options.legalBasis,
        until: options.until,
        ...(options.again ? { again: true } : {}),
        ...present({ verifications: options.verification, kept: options.kept }),
      };
      // whoever is no authority is refused, and that is logged
      if (to.ok && !citesSomething(options)) tellWhatToCite(await client.explainRelease({ ...asked, item }));
      const holding = await client.holding(item);
      const label = await labelOf(client, holding.label, options.caveat);
      const sent = await client.release(holding, { ...asked, ...label, basis: basisOf(options) });
      workplace.out.say({ statement: sent.release, until: formatInstant(options.until), receipt: sent.receipt, concerns }, () =>
        [`Released to ${options.to}: ${sent.release}. ${endWords(options)}`, ...warningLines(concerns)].join('\n'),
      );
    });

/** A consent that ends stops new use and handing on, and no reading (rulings 4): the two ends may differ. */
const endWords = ({ until: end, consent, each }: Options): string =>
  `It may be read there until ${formatInstant(end)}.${consent === undefined && each === undefined ? '' : ' Used, or handed on, it may be while the consent stands.'}`;

/** The label under which it is held, with caveats of one's own. */
async function labelOf(client: ParleyClient, held: Label, caveat: readonly OwnCaveat[] = []): Promise<{ label?: Label }> {
  if (caveat.length === 0) return {};
  const own = caveat.map((one) => one(client.authority));
  checkNamed(await client.directory(), own);
  return { label: withCaveats(held, own) };
}

const citesSomething = ({ consent, presumed, exemption, each, notice }: Options): boolean =>
  [consent, presumed, exemption, each, notice].some((one) => one !== undefined);

/** Which of what is there it rests on is the officer's to say; a refused attempt teaches nobody. @throws ParleyError `NOTHING_CITED` */
function tellWhatToCite({ allowed, restsOn }: Explanation): void {
  const lines = restLines(restsOn);
  if (allowed && lines.length > 0)
    throw new ParleyError(
      'NOTHING_CITED',
      `Nothing is cited, and there is what it could rest on. ${lines.join(' ')}`,
      'See how: parley release --help.',
    );
}

/** What a release rests on, as it is typed. */
export type Basis = Pick<Options, 'consent' | 'presumed' | 'exemption' | 'each' | 'notice' | 'approval'>;

export function basisOf({ consent, presumed, exemption, each, notice, approval }: Basis) {
  if (each !== undefined) return { each: [...each] };
  if (presumed !== undefined) return { presumed };
  if (notice !== undefined) return { notices: [...notice], approvals: [...(approval ?? [])] };
  return exemption !== undefined ? { exemption } : { consents: [...(consent ?? [])] };
}
