/** What the log may say of a statement beside who and when: codes, and references that reveal nothing by themselves. */
import type { EventMatter } from '../../domain/audit-event.js';
import { consentsIn } from '../../domain/basis.js';
import { present } from '../../domain/present.js';
import { instantFromMs } from '../../domain/time.js';
import type { AuthorityType } from '../../domain/vocabulary.js';
import type { EntryPayload } from '../../domain/wire/directory.js';
import type { EnvelopePayload } from '../../domain/wire/envelope.js';
import type { StatementOf } from '../../domain/statement.js';
import type { ItemFacts } from '../../policies/facts.js';
import type { Sight } from '../plan.js';
import type { Volume } from '../read/library.js';

type Body = EnvelopePayload['body'];

export function aboutEnvelope(payload: EnvelopePayload): Pick<Sight, 'about' | 'details'> {
  const { profile, fromType, toType, matterType, urgency, assistanceTypes, pairCase, body } = payload;
  const relatesTo = 'request' in body ? [body.request] : 'relatesTo' in body ? body.relatesTo : undefined;
  const about: EventMatter = {
    profile,
    fromType,
    toType,
    matterType,
    urgency,
    ...present({ assistanceTypes, pairCase }),
    ...('ownCase' in body && body.ownCase !== undefined ? { ownCase: body.ownCase } : {}),
    ...('handlerRef' in body && body.handlerRef !== undefined ? { handlerRef: body.handlerRef } : {}),
    ...present({ relatesTo }),
  };
  return { about, details: codesIn(body) };
}

/** Codes that a message names: of its members, those that a closed or open list of codes fills. */
const CODES = [
  'codes',
  'code',
  'ground',
  'withoutNotice',
  'searched',
  'outcome',
  'reason',
  'view',
  'means',
  'consultationKind',
  'spontaneousBasis',
  'urgency',
] as const;

function codesIn(body: Body): string[] {
  const said = body as Readonly<Partial<Record<(typeof CODES)[number], string | readonly string[]>>>;
  return CODES.flatMap((name) => said[name] ?? []);
}

export function itemsSeen(items: readonly ItemFacts[]): Pick<Sight, 'items' | 'destroyBy'> {
  const ends = items.flatMap(({ label }) => (label.destroyBy === null ? [] : [label.destroyBy]));
  return {
    items: items.map(({ digest, told }) => ({ item: digest, originators: told })),
    ...(ends.length === 0 ? {} : { destroyBy: instantFromMs(Math.min(...ends)) }),
  };
}

/** On what a reading rests: the envelope that brought the item, or the release and what that cites. */
export function basisOfReading({ statement }: Volume): Pick<Sight, 'basis' | 'consents' | 'legalBasis'> {
  if (statement.typ === 'parley-envelope+json') return { basis: 'ENVELOPE', legalBasis: statement.payload.legalBasis };
  if (statement.typ !== 'parley-release+json') return { basis: 'CONSENT_REFUSAL' };
  const { basis, legalBasis } = statement.payload;
  return { basis: 'RELEASE', legalBasis: [legalBasis], consents: consentsIn(basis) };
}

/** The caveats that an item bears from then on, or what was wrong. */
export const detailsOfChange = ({ label, lifts, reason }: StatementOf<'parley-label+json'>['payload']): readonly string[] => [
  ...(label?.caveats ?? []).map(({ code }) => code),
  ...(lifts ?? []),
  ...(reason === undefined ? [] : [reason]),
];

/** As which of its types a holder acts, where that is known: whose consents it rests on is told by it. */
export const actingAs = ([type, ...more]: readonly AuthorityType[]): Pick<Sight, 'holderType'> =>
  type === undefined || more.length > 0 ? {} : { holderType: type };

/** Who may look at its log is an act of its own, and not only a line of an entry. */
export const detailsOfEntry = ({ overseers = [] }: EntryPayload): readonly string[] => overseers.map((body) => `OVERSEER ${body}`);
