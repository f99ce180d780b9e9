/** One officer's client of one gateway. Each method is one act; what it means is told in the file that it is imported from. */
import type { AuthorityId, DeskId, Digest, ExchangeId, OfficerId } from '../../domain/ids.js';
import type { CaveatCode, Label } from '../../domain/label.js';
import type { Chance, Clock } from '../../domain/ports.js';
import type { Receipt, ReceiptBody } from '../../domain/receipt.js';
import type { StatementOf } from '../../domain/statement.js';
import { readConsents, readMessages } from './messages.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import type { AuthorityType, Purpose, Suite } from '../../domain/vocabulary.js';
import type { OfficerCard } from '../../domain/wire/directory.js';
import { typesBetween, type Addressing } from './addressing.js';
import { adviseFor, type NeedOf } from './adviser.js';
import { certifyDeletion, eraseItem, liftHold, readAnswers, sayInability, type InabilityCode } from './after-delivery.js';
import { readAuditEvents, readCounts, type AuditRead } from './audit.js';
import {
  askConsent,
  consentRequestOf,
  grantConsent,
  grantRequest,
  refuseRequest,
  revokeConsent,
  type ConsentAsking,
  type ConsentGrant,
  type ConsentRefusal,
} from './consent.js';
import type { ClientContext, Progress } from './context.js';
import { pinRoot, type DirectoryView } from './directory.js';
import { directorySource } from './directory-source.js';
import { createDoor, type DoorOptions } from './door.js';
import { concernsAbout, concernsWith, staleEntries, type Correspondence } from './concerns.js';
import { addDesk, confirmEntry, meetGateway, publishEntry, revokeKey, turnDeskKeys } from './enrol.js';
import type { EntryFacts } from './entry.js';
import { makeEvidence, type EvidenceWish } from './evidence/index.js';
import { readExchanges, readStanding } from './exchanges.js';
import { explainExport, explainRelease, explainSend, explainUse, type ReleaseInMind, type UseInMind } from './explain.js';
import { followUp, readExchangeFacts, sendEnvelope, type EnvelopeDraft, type FollowUp } from './envelope.js';
import { leftToRefuse } from './granted.js';
import { readHolding, type Holding } from './holding.js';
import { checkInbox } from './inbox-check.js';
import { notVerified } from './inbox-words.js';
import { inboxEntries, keepCursor, readCursor, readInbox, type InboxEntry, type InboxOptions } from './inbox.js';
import { correctItem, relaxLabel, retractItem, tightenLabel } from './label-changes.js';
import { fetchKeyrings, shareAfter, shareDesks } from './keyring.js';
import { ownEndings } from './own-ends.js';
import { admitOfficer, cardOf, dismissOfficer, listOfficers, prolongOfficer, type Seat } from './officers.js';
import { quorumActs } from './quorum-acts.js';
import { rootActs } from './new-root.js';
import { resealOpen } from './reseal.js';
import { resendOutbox } from './resend.js';
import { createIdentity, readIdentity, writeIdentity, type Identity, type NewIdentity } from './identity.js';
import type { KeyStore } from './key-store.js';
import type { Stage } from './content.js';
import { answerNotice, approveNotice, giveNotice, verifyItem, type NoticeDraft } from './notice.js';
import { openItem, type ReadingRequest } from './open.js';
import { promoteExchange, type Promotion } from './promote.js';
import { checkLog, readAlarms } from './checkpoints.js';
import { checkProofs, proveInclusion, readProof } from './proofs.js';
import { compareReconciliation, exportReconciliation, type Period } from './reconcile.js';
import { approveDesignation, designate, registerAgreement, type AgreementFacts, type DesignationFacts } from './register.js';
import { recordUse, releaseItem, type ReleaseDraft, type UseDraft } from './release.js';
import { verifyReceipt, type PinnedGateway } from './receipt.js';
import { makeReport, type ReportWanted } from './report/index.js';
import { createSessionSource } from './session.js';
import { askSeveral } from './several.js';
import { provenDisclosures, proveStream } from './stream.js';
import { giveUp } from './submit.js';
import { acknowledgeEntryAlarms, watchOwnEntry } from './watch.js';
import { readChecked, readWhatNext } from './standing.js';

export interface ClientOptions extends Pick<DoorOptions, 'origin' | 'fetch' | 'triesMax' | 'answerBytesMax' | 'answerMsMax'> {
  readonly store: KeyStore;
  readonly clock: Clock;
  readonly chance: Chance;
  /** key id of the gateway, where it was got another way; else first contact pins it */
  readonly gatewayKid?: string;
  /** false: leave label checks to the gateway, for showing its refusals; default true */
  readonly refusesLocally?: boolean;
}

/** Makes an authority's keys in an empty key store. @throws RangeError where there are some already */
export async function enrol(store: KeyStore, wanted: NewIdentity, chance: Chance, now: Instant): Promise<Identity> {
  if ((await store.read('identity')) !== null) throw new RangeError('this key store holds an identity already');
  const identity = await createIdentity(wanted, chance, now);
  await writeIdentity(store, identity);
  return identity;
}

export class ParleyClient {
  private constructor(private readonly context: ClientContext & { identity: Identity }) {}

  /** @throws ParleyError `NOT_ENROLLED`, `GATEWAY_KEY_CHANGED`, `GATEWAY_UNREACHABLE` */
  static async connect(options: ClientOptions): Promise<ParleyClient> {
    const { store, clock, chance } = options;
    const nobody = () => Promise.reject(new RangeError('this door needs no session'));
    const publicDoor = createDoor(options, nobody);
    const identity = await readIdentity(store);
    const gateway = await meetGateway(publicDoor, store, options.gatewayKid);
    const context: ClientContext & { identity: Identity } = {
      store,
      clock,
      chance,
      gateway,
      identity,
      refusesLocally: options.refusesLocally ?? true,
      door: createDoor(
        options,
        createSessionSource(
          () => context.identity,
          () => gateway.origin,
          publicDoor,
          clock,
          chance,
        ),
      ),
      directory: directorySource(publicDoor, store, () => context.identity, clock),
    };
    return new ParleyClient(context);
  }

  get authority() {
    return this.context.identity.authority;
  }
  get officer(): OfficerId {
    return this.context.identity.officer;
  }
  get gateway(): PinnedGateway {
    return this.context.gateway;
  }
  get identity(): Identity {
    return this.context.identity;
  }

  // ── directory and keys ──
  directory = (fresh = false): Promise<DirectoryView> => this.context.directory(fresh);
  pinRoot = async (authority: string, root: string, replace = false): Promise<void> => {
    await pinRoot(this.context.store, authority, root, replace ? this.context.clock.now() : null);
    await this.context.directory(true);
  };
  publishEntry = (facts?: EntryFacts) => publishEntry(this.context, facts);
  confirmEntry = () => confirmEntry(this.context);
  /** what of the own entry has ended by time alone, or ends within thirty days */
  endings = async () => ownEndings(await this.context.directory(), this.authority, this.context.clock.now());
  /** one more desk; it is in the directory once the entry is published */
  addDesk = async (desk: DeskId, suites: readonly Suite[]): Promise<void> => {
    this.context.identity = await addDesk(this.context, desk, suites);
  };
  /** what a sender should know of an addressee before it seals */
  concernsAbout = async (about: Omit<Correspondence, 'from'>) =>
    concernsAbout(await this.context.directory(), { ...about, from: this.authority }, this.context.clock.now());
  /** the same of whoever gets anything, on whichever channel; a private party has no entry */
  concernsWith = async (to: AuthorityId) => concernsWith(await this.context.directory(), to, this.context.clock.now());
  staleEntries = async (withinMs = 0) => staleEntries(await this.context.directory(true), this.context.clock.now(), withinMs);
  turnDeskKey = async () => {
    this.context.identity = await turnDeskKeys(this.context);
    return { ...(await publishEntry(this.context)), ...(await shareAfter(this.context)) };
  };
  designate = (facts: DesignationFacts) => designate(this.context, facts);
  approveDesignation = (designation: Digest) => approveDesignation(this.context, designation);
  registerAgreement = (facts: AgreementFacts) => registerAgreement(this.context, facts);
  revokeKey = (kid: string, reason: 'SCHEDULED' | 'LOST' | 'COMPROMISED', doubtfulSince?: Instant) =>
    revokeKey(this.context, kid, reason, doubtfulSince);

  // ── officers of this authority ──
  get card() {
    return cardOf(this.context.identity);
  }
  officers = () => listOfficers(this.context);
  admitOfficer = (card: OfficerCard, seat: Seat) => admitOfficer(this.context, card, seat);
  /** the same keys, roles and desks until a later day */
  prolongOfficer = (officer: OfficerId, until: Instant) => prolongOfficer(this.context, officer, until);
  dismissOfficer = (officer: OfficerId) => dismissOfficer(this.context, officer, (identity) => (this.context.identity = identity));
  /** wraps the desks' secrets to whoever sits there now, as admitting and dismissing do */
  shareDesks = () => shareDesks(this.context);
  fetchKeyrings = async () => {
    const { identity, fetched, missing } = await fetchKeyrings(this.context);
    this.context.identity = identity;
    return { fetched, missing };
  };
  /** seals what is held under older desk keys to the newest ones */
  resealOpen = () => resealOpen(this.context);

  /** the authority's quorum (quorum-acts.ts), and changes of root (new-root.ts) */
  readonly quorum = quorumActs(
    () => this.context,
    (identity) => (this.context.identity = identity),
  );
  readonly roots = rootActs(
    () => this.context,
    (identity) => (this.context.identity = identity),
  );

  // ── exchanges ──
  send = (draft: EnvelopeDraft, progress?: Progress) => sendEnvelope(this.context, draft, progress);
  askSeveral = (children: readonly EnvelopeDraft[]) => askSeveral(this.context, children);
  followUp = (exchange: ExchangeId, next: FollowUp, progress?: Progress) => followUp(this.context, exchange, next, progress);
  acknowledge = (exchange: ExchangeId, body: { handlerRef?: string; expectedDate?: string; receivedAt?: string } = {}) =>
    followUp(this.context, exchange, { message: 'ACKNOWLEDGE', body: { receivedAt: formatInstant(this.context.clock.now()), ...body } });
  exchange = (exchange: ExchangeId) => readExchangeFacts(this.context, exchange);
  /** What its messages say in clear, each with who signed it. */
  messages = (exchange: ExchangeId) => readMessages(this.context, exchange);
  consentsIn = (exchange: ExchangeId) => readConsents(this.context, exchange);
  /** due dates, each with where it comes from; `standing`: and the state, and whether both follow from what was signed; `whatNext`: and what may follow */
  dates = async (exchange: ExchangeId) => (await readStanding(this.context, exchange)).dates;
  standing = (exchange: ExchangeId) => readChecked(this.context, exchange);
  whatNext = (exchange: ExchangeId) => readWhatNext(this.context, exchange);
  exchanges = () => readExchanges(this.context);

  // ── reading ──
  inbox = (after?: string) => inboxEntries(this.context, after);
  notVerified = (entries: readonly InboxEntry[]) => notVerified(this.context, entries);
  inboxPage = (options?: InboxOptions) => readInbox(this.context, options);
  readCursor = () => readCursor(this.context);
  keepCursor = (after: string) => keepCursor(this.context, after);
  open = (request: ReadingRequest, stage?: Stage, progress?: Progress) => openItem(this.context, request, stage, progress);
  /** what an earlier opening or sending left here */
  holding = (item: string): Promise<Holding> => readHolding(this.context.store, item);

  // ── consent, release, use ──
  askConsent = (asking: ConsentAsking) => askConsent(this.context, asking);
  consentRequestOf = (exchange: ExchangeId) => consentRequestOf(this.context, exchange);
  grantConsent = (grant: ConsentGrant) => grantConsent(this.context, grant);
  grantRequest = (request: StatementOf<'parley-envelope+json'>, changes?: Partial<ConsentGrant>) =>
    grantRequest(this.context, request, changes);
  refuseRequest = (request: StatementOf<'parley-envelope+json'>, refusal: ConsentRefusal) => refuseRequest(this.context, request, refusal);
  leftToRefuse = (request: StatementOf<'parley-envelope+json'>) => leftToRefuse(this.context, request);
  revokeConsent = (consent: Digest) => revokeConsent(this.context, consent);
  release = (holding: Holding, draft: ReleaseDraft) => releaseItem(this.context, holding, draft);
  recordUse = (item: Digest, draft: UseDraft) => recordUse(this.context, item, draft);
  retract = (item: Digest, again = false) => retractItem(this.context, item, again);
  addCaveat = (item: Digest, label: Label) => tightenLabel(this.context, item, label);
  relax = (item: Digest, lifts: readonly CaveatCode[]) => relaxLabel(this.context, item, lifts);
  correct = (item: Digest, reason: string, replacement?: Digest, again = false) =>
    correctItem(this.context, item, reason, replacement, again);
  certifyDeletion = (item: Digest, answers?: Digest) => certifyDeletion(this.context, item, answers);
  sayInability = (item: Digest, why: InabilityCode, answers?: Digest, until?: Instant) =>
    sayInability(this.context, item, why, answers, until);
  liftHold = (item: Digest) => liftHold(this.context, item);
  /** certifies the deletion; `takeBack`: as its issuer, from everybody */
  erase = (item: Digest, takeBack: boolean, answers?: Digest) => eraseItem(this.context, item, takeBack, answers);
  giveNotice = (draft: NoticeDraft) => giveNotice(this.context, draft);
  approveNotice = (notice: Digest) => approveNotice(this.context, notice);
  answerNotice = (notice: Digest, answer: 'CONSULT' | 'NO_OBJECTION') => answerNotice(this.context, notice, answer);
  verifyItem = (item: Digest, holder: AuthorityId, isConfirmed = true) => verifyItem(this.context, item, holder, isConfirmed);
  /** who was told of a retraction or correction, and what each answered */
  answersTo = (change: Digest) => readAnswers(this.context, change);

  // ── asked before it is done ──
  explainSend = (draft: EnvelopeDraft) => explainSend(this.context, draft);
  explainRelease = (draft: ReleaseInMind) => explainRelease(this.context, draft);
  explainUse = (draft: UseInMind) => explainUse(this.context, draft);
  explainExport = (item: Digest, purpose: Purpose, label?: Label, proceedings?: string, holderType?: AuthorityType) =>
    explainExport(this.context, item, purpose, label, proceedings, holderType);

  /** as what this authority and another write to each other, as the directory has both */
  typesWith = (wanted: Addressing) => typesBetween(this.context, wanted);
  /** which channel fits what is needed of another authority */
  advise = (need: NeedOf) => adviseFor(this.context, need);
  /** a formal draft of one's own part of an exchange */
  promote = (exchange: ExchangeId, wanted: Promotion) => promoteExchange(this.context, exchange, wanted);

  // ── proof ──
  verifyReceipt = (receipt: Receipt, statement?: string) => verifyReceipt(receipt, this.context.gateway, statement);
  /** @returns the signed checkpoint that covers it */
  proveInclusion = (body: ReceiptBody) => proveInclusion(this.context, body);
  checkProofs = (acknowledged = false) => checkProofs(this.context, acknowledged);
  checkLog = () => checkLog(this.context);
  logAlarms = () => readAlarms(this.context.store);
  /** all that this authority may have of an exchange, as one file */
  makeEvidence = (exchange: ExchangeId, wish?: EvidenceWish) => makeEvidence(this.context, exchange, wish);
  readProof = (index: number) => readProof(this.context, index);
  auditEvents = (): Promise<readonly AuditRead[]> => readAuditEvents(this.context);
  auditCounts = () => readCounts(this.context);
  report = (wanted: ReportWanted) => makeReport(this.context, wanted);
  disclosureReport = () => provenDisclosures(this.context);
  proveStream = () => proveStream(this.context);
  exportReconciliation = (other: AuthorityId, period: Period) => exportReconciliation(this.context, other, period);
  compareReconciliation = (file: unknown) => compareReconciliation(this.context, file);
  /** what was logged as delivered and is in no inbox, and whether that is proved */
  checkInbox = () => checkInbox(this.context);
  /** which entry of one's own each epoch binds: once an epoch */
  watch = () => watchOwnEntry(this.context);
  acknowledgeEntryAlarms = () => acknowledgeEntryAlarms(this.context);
  /** sends again what never had an answer; each gets its one receipt, or the refusal that it never heard of */
  resend = () => resendOutbox(this.context);
  /** what the gateway refuses each time and signs no refusal of: no longer sent, and unsettled for ever */
  giveUp = (digest: Digest) => giveUp(this.context, digest);
}
