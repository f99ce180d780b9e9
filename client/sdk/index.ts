/** The client SDK: seals, signs, opens and checks. Runs in Node and in browsers; knows a gateway by its HTTP only. */
export { ParleyClient, enrol, type ClientOptions } from './client.js';
export {
  acknowledgeLogAlarms,
  logTrustOf,
  newestCheckpoint,
  readAlarms,
  readRemembered,
  trustCheckpoint,
  UNTRUSTED_NEXT,
  type LogAlarm,
  type TrustedCheckpoint,
  type Unlogged,
} from './checkpoints.js';
export type { ClientContext, Progress } from './context.js';
export type { Erased, HolderAnswer, InabilityCode } from './after-delivery.js';
export {
  adviseChannel,
  HELP,
  type Advice,
  type Advised,
  type AdvisedOf,
  type Help,
  type Need,
  type NeedOf,
  type Obstacle,
  type Remark,
} from './adviser.js';
export { completenessOf, draftIn, readReviewedDraft, type Completeness, type Gap, type ReviewedDraft } from './completeness.js';
export { authorityIn, receivingType, typesOf, type AddressedAs, type Addressing } from './addressing.js';
export type { AuditRead, LogReading, ReadingWanted } from './audit.js';
export type { DisclosureReport, DisclosureRow } from './disclosures.js';
export {
  abridgedLinesOf,
  shownLinesOf,
  COLUMNS,
  csvOf,
  digestsOf,
  footnotesOf,
  headOf,
  jsonOf,
  linesOf,
  nameOfReport,
  preambleOf,
  questionOf,
  REPORT_KINDS,
  REPORT_LANGUAGES,
  titleOf,
  wholenessOf,
  wholenessText,
  wordsIn,
  type Cell,
  type Column,
  type MadeReport,
  type Question,
  type ReportKind,
  type ReportLanguage,
  type ReportWanted,
  type Row,
  type Wholeness,
  type Words,
} from './report/index.js';
export { conditionsOwed, confidentialityOwed, specialityOwed } from './conditions.js';
export type { Concern, Correspondence, StaleEntry } from './concerns.js';
export { directoryCsv, exportDirectory, planImport, readDirectoryFile, type ImportPlan, type Proposal } from './directory-file.js';
export { refuseBeyond } from './consent.js';
export type { ConsentAsking, ConsentGrant, ConsentRefusal } from './consent.js';
export { pinRoot, pinRoots, type DirectoryView } from './directory.js';
export { ownEndings, type Ending } from './own-ends.js';
export { formatRoot, parseRoot, type PublicRoot } from './root-word.js';
export { readPins } from './roots.js';
export type { AgreementFacts, DesignationFacts } from './register.js';
export type { EntryFacts } from './entry.js';
export {
  type BodyReading,
  EVIDENCE_CODES,
  verifyEvidenceFile,
  type EvidenceCode,
  type EvidenceFile,
  type EvidenceReport,
  type EvidenceTrust,
  type EvidenceWish,
  type ReadAt,
} from './evidence/index.js';
export { ATTACHMENTS, type EnvelopeDraft, type ExchangeFacts, type FollowUp, type SentEnvelope } from './envelope.js';
export type { ConsentDraft, Explanation, ReleaseInMind, UseInMind } from './explain.js';
export { readAuthority, readDesk, readDigest, readExchangeId, readInstant, readOfficer } from './codes.js';
export type { ListedOfficer } from './officer-standing.js';
export { cardOf, createOfficer, readCard, type Dismissed, type NewOfficer, type Seat } from './officers.js';
export type { Resealing } from './reseal.js';
export { ResendUnanswered, type Resending, type Resent } from './resend.js';
export { NotAnswered, ParleyError, PolicyRefusal, ReadingRefused } from './error.js';
export type { ConsentCell } from './granted.js';
export type { Holding } from './holding.js';
export type { InboxCheck } from './inbox-check.js';
export type { InboxEntry, InboxOptions } from './inbox.js';
export { createIdentity, currentDesk, readIdentity, writeIdentity, type DeskKey, type Identity, type NewIdentity } from './identity.js';
export { createUuid } from '../../domain/uuid.js';
export type { FormSchema, ItemContent, ItemDraft, Portion, PreparedItem } from './draft.js';
export { createMemoryKeyStore, checkedName, type KeyStore } from './key-store.js';
export { checkLabel, CONTRADICTION_WORDS, labelAdding, labelFrom, withCaveats, writeLabel, type LabelAddition } from './labels.js';
export type { OpenedContent, Stage } from './content.js';
export type { Opened, ReadingRequest } from './open.js';
export { portionOf } from './portion.js';
export {
  answerForm,
  defaultLabel,
  formIssues,
  formSchema,
  isFileRow,
  openingForm,
  profileForm,
  type FieldWrong,
  type FileRow,
} from './profile-form.js';
export type { LeftOut, Promoted, Promotion } from './promote.js';
export { verifyProofAnswer, type ProofAlarm, type ProofReport } from './proofs.js';
export { bodyIssues, bodyMembers, type BodyMember } from './message-body.js';
export { owesReason, REASON_CHARS_MIN, saysByTexts } from './sealed-words.js';
export type { NoticeDraft } from './notice.js';
export type { ReleaseDraft, UseDraft } from './release.js';
export type { Doubt } from './directory-belief.js';
export { nextOnDoubt } from './directory-belief.js';
export type { DoubtfulSignature } from './doubts.js';
export type { Sharing } from './keyring.js';
export type { QuorumFacts, QuorumShown } from './quorum.js';
export type { QuorumOpened, QuorumReading } from './quorum-opening.js';
export type { QuorumListed, QuorumQuestion, QuorumWords } from './quorum-request.js';
export { receiptOf, verifyReceipt, type PinnedGateway } from './receipt.js';
export { readStatement, readStatementOf } from './statements.js';
export type { Direction, Period, Reconciled } from './reconcile.js';
export type { StreamProof } from './stream.js';
export { STREAM_CHECKS, type Misfit, type StreamCheck } from './stream-checks.js';
export type { Sent } from './submit.js';
export type { KeyRevoked, NotListed } from './enrol.js';
export type { FileSource } from './upload.js';
export type { EntryAlarm, WatchReport } from './watch.js';
export { parseWitnessPins, pinWitnesses, readWitnessPins, type WitnessPins } from './witness-pins.js';
export type { LogTrust } from '../../crypto/checkpoint.js';
export type { Authority } from '../../domain/authority.js';
export type { AuthorityId, DeskId, Digest, ExchangeId, KeyId, OfficerId, Uuid } from '../../domain/ids.js';
export type { Caveat, Label } from '../../domain/label.js';
export type { Chance, Clock } from '../../domain/ports.js';
export type { Form } from '../../domain/profiles/form.js';
export type { Receipt, ReceiptBody } from '../../domain/receipt.js';
export type { Result } from '../../domain/result.js';
export type { Statement, StatementOf } from '../../domain/statement.js';
export { DAY_MS, formatInstant, HOUR_MS, instantFromMs, MINUTE_MS, plusMs, type Instant } from '../../domain/time.js';
export type { Grounds } from '../../domain/before-the-law.js';
export type { Violation } from '../../domain/violation.js';
export type { AuthorityType, Purpose } from '../../domain/vocabulary.js';
export type { ProofAnswer } from '../../domain/wire/http-answers.js';
export { saidIn, type ConsentWord, type SignedMessage } from './messages.js';
export type { StandingCheck } from './standing-check.js';
export type { CheckedStanding, PossibleStep, WhatNext } from './standing.js';
