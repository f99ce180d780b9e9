/** One event, as each concerned authority may see it, salted and hashed into one leaf. */
import { leafData, SALT_BYTES, viewHash } from '../../crypto/views.js';
import type { AuditEvent } from '../../domain/audit-event.js';
import type { AuthorityId, Digest, OfficerId } from '../../domain/ids.js';
import type { Chance, LeafView } from '../../domain/ports.js';
import { present } from '../../domain/present.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import type { Sight } from '../plan.js';

export interface Happening {
  readonly log: string;
  readonly at: Instant;
  readonly outcome: AuditEvent['outcome'];
  readonly correlation: string;
  readonly actor: { readonly authority: AuthorityId | 'GATEWAY'; readonly officer: OfficerId | null; readonly role: string | null };
  readonly statement: Digest | null;
  /** digest of the rule table that decided; null where no law was asked */
  readonly policy: string | null;
  readonly rules: readonly string[];
  readonly codes: readonly string[];
}

const EVENT_BYTES_MAX = 4_096;
const RULES_MAX = 32;
/** of each list, where the whole would not fit */
const LIST_MAX = 8;
const COUNTERPARTIES_MAX = 16;
const utf8 = new TextEncoder();

/** Final before the commit: neither position nor previous hash stands in it. Members that say nothing are absent. */
export function eventFor(view: AuthorityId, happening: Happening, sight: Sight): AuditEvent {
  const isParty = sight.parties.includes(view);
  const { actor } = happening;
  const ownActor = actor.authority === view;
  const abroad = ownActor ? undefined : sight.abroad;
  return {
    v: 1,
    log: happening.log,
    view,
    at: formatInstant(happening.at),
    action: abroad ?? sight.action,
    outcome: happening.outcome,
    correlation: happening.correlation,
    actor: {
      authority: actor.authority,
      // who in another authority acted is that authority's own affair
      ...(ownActor && actor.officer !== null ? { officer: actor.officer } : {}),
      ...(ownActor && actor.role !== null ? { role: actor.role } : {}),
    },
    object: {
      ...(isParty ? present({ exchange: sight.exchange, exchangeType: sight.exchangeType, message: sight.message }) : {}),
      ...present({ item: sight.item }),
      ...itemsFor(view, isParty, sight),
      ...(happening.statement === null ? {} : { statement: happening.statement }),
      ...(isParty ? present({ seal: sight.seal, answers: sight.answers, text: sight.text }) : {}),
    },
    ...present({ counterparty: sight.counterparty, holderType: sight.holderType, toType: sight.toType, purpose: sight.purpose }),
    legalBasis: sight.legalBasis ?? [],
    ...(sight.justification === undefined || abroad !== undefined ? {} : { justification: sight.justification }),
    ...(happening.policy === null ? {} : { policy: happening.policy }),
    rules: [...new Set(happening.rules)].slice(0, RULES_MAX),
    codes: [...new Set(happening.codes)].slice(0, RULES_MAX),
    consents: sight.consents ?? [],
    ...present({ basis: sight.basis }),
    ...(isParty && sight.about !== undefined ? { about: sight.about } : {}),
    ...(isParty && sight.details !== undefined && sight.details.length > 0 ? { details: [...new Set(sight.details)] } : {}),
    ...(sight.until === undefined ? {} : { until: formatInstant(sight.until) }),
    ...(isParty && sight.destroyBy !== undefined ? { destroyBy: formatInstant(sight.destroyBy) } : {}),
  };
}

/** Whose item it is knows of that one; of the others it came with, who sent it and who got it. */
function itemsFor(view: AuthorityId, isParty: boolean, { items = [] }: Sight): { readonly items?: readonly Digest[] } {
  const seen = items.filter(({ originators }) => isParty || originators.includes(view)).map(({ item }) => item);
  return seen.length === 0 ? {} : { items: seen };
}

/** What an event has room for comes first; that it happened, by whom and with what outcome is never left out. */
function encode(event: AuditEvent): Uint8Array {
  const whole = utf8.encode(JSON.stringify(event));
  if (whole.length <= EVENT_BYTES_MAX) return whole;
  const { about: _about, details: _details, object, ...rest } = event;
  const { items: _items, ...short } = object;
  const cut: AuditEvent = { ...rest, object: short, cut: true };
  const bytes = utf8.encode(JSON.stringify(cut));
  return bytes.length <= EVENT_BYTES_MAX ? bytes : utf8.encode(JSON.stringify(shortest(cut)));
}

/** Of each list as much as is sure to fit, those that stand first. */
const shortest = ({ counterparty, ...event }: AuditEvent): AuditEvent => ({
  ...event,
  ...(counterparty === undefined ? {} : { counterparty: counterparty.split('+').slice(0, COUNTERPARTIES_MAX).join('+') }),
  legalBasis: event.legalBasis.slice(0, LIST_MAX),
  rules: event.rules.slice(0, LIST_MAX),
  codes: event.codes.slice(0, LIST_MAX),
  consents: event.consents.slice(0, LIST_MAX),
});

/**
 * @param chance gives each view its salt, so that nobody guesses a view from the public leaf
 * @returns the leaf's data and its views, one for each concerned authority
 */
export function leafViews(
  happening: Happening,
  sight: Sight,
  chance: Chance,
): { readonly data: Uint8Array; readonly views: readonly LeafView[] } {
  const views = [...new Set([...sight.parties, ...sight.originators])].map((view): LeafView => {
    const event = encode(eventFor(view, happening, sight));
    return { view, salt: chance.bytes(SALT_BYTES), event };
  });
  return { data: leafData(views.map(({ salt, event }) => viewHash(salt, event))), views };
}
