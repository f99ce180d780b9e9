/** Could I, and what would make it lawful? Asked of the gateway before the act; nothing is signed, sealed or done. */
import { encodeBase64url } from '../../crypto/base64url.js';
import { parseAuthorityId, parseDigest, type Digest } from '../../domain/ids.js';
import type { Label, UseAction } from '../../domain/label.js';
import { present } from '../../domain/present.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import type { AuthorityType, Purpose, Suite } from '../../domain/vocabulary.js';
import { explanation, type Explanation, type explainRequest } from '../../domain/wire/explain.js';
import type { z } from 'zod';
import { withType } from './addressing.js';
import { readAnswer } from './answers.js';
import type { ClientContext } from './context.js';
import type { ItemDraft } from './draft.js';
import { payloadOf, type EnvelopeDraft } from './envelope.js';
import { ParleyError } from './error.js';
import { readHolding } from './holding.js';
import { createUuid } from '../../domain/uuid.js';
import { certain } from '../../domain/result.js';
import { presentIn } from './items.js';
import { groundsTold } from './refusal-answer.js';
import { labelFrom, writeLabel } from './labels.js';
import { checkBody } from './message-body.js';
import { chooseReaders, releaseKeys } from './readers.js';
import type { DraftOf } from './statements.js';

export type { ConsentDraft, Explanation } from '../../domain/wire/explain.js';

type Asked = z.input<typeof explainRequest>;

/** A release that is only thought of; what is absent the gateway takes from the item and from the grants that stand. */
export interface ReleaseInMind {
  readonly item: Digest;
  /** an authority, or `private:CODE` */
  readonly to: string;
  /** absent: as the one type that it has */
  readonly toType?: AuthorityType;
  /** as which of its own types this authority would hand it on; absent: as the one as which it has it */
  readonly holderType?: AuthorityType;
  readonly purpose: Purpose;
  readonly legalBasis?: string;
  readonly basis?: DraftOf<'parley-release+json'>['basis'];
  readonly label?: Label;
  readonly verifications?: readonly Digest[];
  readonly kept?: readonly Digest[];
  readonly until?: Instant;
}

export interface UseInMind {
  /** as which of its own types this authority would use it; absent: as the one as which it has it */
  readonly holderType?: AuthorityType;
  readonly item: Digest;
  readonly purpose: Purpose;
  readonly proceedings?: string;
  readonly action?: UseAction;
  readonly verifications?: readonly Digest[];
}

/** @throws PolicyRefusal `NOT_FOUND` for an item that this authority does not hold: the same whether or not there is one */
async function ask({ door }: ClientContext, asked: Asked): Promise<Explanation> {
  const told = readAnswer(explanation, await door.post('/v1/explain', asked), 'explanation');
  const { obstacle } = told;
  return obstacle === undefined ? told : { ...told, obstacle: { ...obstacle, ...groundsTold(obstacle.code, obstacle) } };
}

/** @throws ParleyError `TYPE_NOT_SAID` where the reader is of several types, and none was said; `NO_SUCH_AUTHORITY` */
export const explainRelease = async (context: ClientContext, draft: ReleaseInMind): Promise<Explanation> =>
  explainAsSaid(context, await withType(context, draft));

/** The same of whoever is named, in the directory or not yet, as what was said. */
export async function explainAsSaid(context: ClientContext, draft: ReleaseInMind): Promise<Explanation> {
  const { label, verifications, kept, until, ...named } = draft;
  const suite = await suiteFor(context, draft);
  return ask(context, {
    ...named,
    act: 'release',
    ...(suite === null ? {} : { suite }),
    ...present({ label: label && writeLabel(label), verifications: verifications && [...verifications], kept: kept && [...kept] }),
    ...(until === undefined ? {} : { until: formatInstant(until) }),
  });
}

export const explainUse = (context: ClientContext, { verifications, ...named }: UseInMind): Promise<Explanation> =>
  ask(context, { ...named, act: 'use', ...present({ verifications: verifications && [...verifications] }) });

/** A copy taken out, into one's own case system, under the item's label or the one that is named. */
export const explainExport = (
  context: ClientContext,
  item: Digest,
  purpose: Purpose,
  label?: Label,
  proceedings?: string,
  holderType?: AuthorityType,
): Promise<Explanation> =>
  ask(context, {
    act: 'export',
    item,
    purpose,
    ...present({ holderType, proceedings, label: label && writeLabel(label) }),
  });

/** An envelope as `send` would sign it: no content leaves this client, sealed or not. */
export async function explainSend(context: ClientContext, draft: EnvelopeDraft): Promise<Explanation> {
  checkBody(draft.message, draft.body);
  const view = await context.directory(true);
  const own = { authority: context.identity.authority, type: draft.fromType };
  const addressee = { authority: draft.to, type: draft.toType, ...(draft.toDesk ? { desk: draft.toDesk } : {}) };
  const items = draft.items.map((item) => inMind(item, digestOfNothing(context)));
  const keys = items.length === 0 ? [] : keysFor(() => chooseReaders(view, addressee, own, context.clock.now(), draft.suites).keys);
  const envelope = payloadOf(context, draft, {
    exchange: draft.exchange ?? createUuid(context.chance),
    view,
    items: items.map(({ digest, itemRole }) => ({ statement: { digest, payload: { itemRole } } })),
    seals: items.flatMap(({ digest }) => keys.map(({ kid }) => ({ item: digest, kid, seal: digest }))),
  });
  return ask(context, { act: 'send', envelope, drafts: items });
}

/** stands for a digest of what is not made yet */
const digestOfNothing = ({ chance }: ClientContext): Digest => certain(parseDigest(encodeBase64url(chance.bytes(32))));

function inMind({ content, label, kind, language, sources = [], sourcesComplete = true }: ItemDraft, digest: Digest) {
  return {
    digest,
    itemRole: content.role,
    kind: kind ?? (sources.length > 0 ? ('EXTRACT' as const) : ('OWN' as const)),
    ...present({ language }),
    label: writeLabel(
      labelFrom(
        label,
        sources.map((source) => source.label),
      ),
    ),
    derivedFrom: [...new Set(sources.map(({ item }) => item.digest))],
    sourcesComplete,
    ...(content.role === 'FORM' ? { form: { schema: content.schema.code, present: presentIn(content) } } : {}),
  };
}

/** Without a key to seal to, the law is asked all the same: it says why. */
function keysFor<T>(choose: () => readonly T[]): readonly T[] {
  try {
    return choose();
  } catch (error) {
    if (error instanceof ParleyError) return [];
    throw error;
  }
}

/** The suite that `release` would seal under; null: not known before the item was opened here, or no key is there. */
async function suiteFor({ store, clock, directory }: ClientContext, { item, to, toType }: ReleaseInMind): Promise<Suite | null> {
  const authority = parseAuthorityId(to);
  if (!authority.ok || toType === undefined) return null;
  const view = await directory();
  const holding = await readHolding(store, item).catch((error: unknown) => {
    if (error instanceof ParleyError) return null;
    throw error;
  });
  if (holding === null) return null;
  const reader = { authority: authority.value, type: toType };
  const [key] = keysFor(() => [releaseKeys(view, reader, holding.item.payload.format, clock.now())]);
  return key?.suite ?? null;
}
