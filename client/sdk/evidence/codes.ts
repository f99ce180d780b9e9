/** What can be wrong with a file of evidence: a closed list, and the one way to say it. */

export const EVIDENCE_CODES = {
  FILE_MALFORMED: 'the file is not laid out as this tool writes it',
  FILE_TOO_LARGE: 'the file, or a member of it, is larger than evidence may be',
  MEMBER_NAME: 'a member has a name that no evidence has',
  MEMBER_TWICE: 'two members have one name, or they are not in order',
  MEMBER_MISSING: 'the manifest names a member that is not there',
  MEMBER_UNLISTED: 'a member is there that the manifest does not name',
  MEMBER_DIGEST: 'a member is not the one that the manifest names',
  MEMBER_MALFORMED: 'a member does not have the form of its kind',
  MANIFEST_MALFORMED: 'the manifest does not have its form',
  VERSION_OLDER: 'the file is of an older version, which reads differently',
  MANIFEST_SIGNATURE: 'no officer of the maker signed the manifest with a key that was good',
  OPERATOR_DIFFERS: 'the operator is another one, or its key is not the one that was given',
  DESIGNATION_INVALID: 'a designation is not the operator’s, or of another authority',
  ROOT_UNKNOWN: 'nothing vouches for an authority’s root',
  ROOT_DIFFERS: 'an authority’s root is not the one that was given',
  ROOT_CHANGE_INVALID: 'a change of root is not the old root’s, or stands under another name',
  ENTRY_INVALID: 'a directory entry is not its root’s, or stands under another name',
  REVOCATION_INVALID: 'a key revocation is not its root’s, or stands under another name',
  REVOCATION_MISSING: 'a directory entry lists a key revocation that is not here',
  LOG_DIFFERS: 'the log, or its key, is not the one that was given or named',
  CHECKPOINT_UNTRUSTED: 'a checkpoint is not signed as it must be',
  INCONSISTENT: 'the earlier checkpoint is not the beginning of the newest',
  EPOCH_LEAF: 'the epoch leaf is not the last one under the newest checkpoint',
  RECEIPT_INVALID: 'a receipt is not the gateway’s',
  RECEIPT_DIFFERS: 'a receipt is of another leaf or statement',
  RECEIPT_MISSING: 'a statement has no receipt of its acceptance',
  NOT_INCLUDED: 'a leaf is not in the log under the newest checkpoint',
  VIEW_DIFFERS: 'what a leaf is said to record is not what was hashed into it',
  EVENT_DIFFERS: 'a recorded event contradicts its receipt or the file',
  STATEMENT_MALFORMED: 'a statement does not have its shape, or stands under another name',
  STATEMENT_MISSING: 'the log took in a statement that must be here and is not',
  STATEMENT_DIFFERS: 'a statement is of another log, exchange or kind than it may be here',
  KEY_UNKNOWN: 'no directory entry lists the key that signed',
  KEY_NOT_VALID: 'the key that signed was not valid at log time',
  KEY_REVOKED: 'the key that signed was revoked before log time',
  SIGNATURE_INVALID: 'a signature does not fit the bytes',
  ITEM_UNGIVEN: 'an item is here that no statement carries',
  REFERENCE_MISSING: 'what a statement rests on is not here',
  ORDER_BROKEN: 'envelopes or versions of the exchange do not follow one another',
  BODY_DIFFERS: 'a sealed body is not the one that its item names',
  README_DIFFERS: 'the accompanying text is not the one that this file has',
  TIMELINE_DIFFERS: 'the timeline does not tell what the checked members say',
} as const;
export type EvidenceCode = keyof typeof EVIDENCE_CODES;

/** The first thing that is wrong. Ends the check: what comes after it was not looked at. */
export class EvidenceWrong extends Error {
  /** @param where the member, or what else it is about */
  constructor(
    readonly code: EvidenceCode,
    readonly where: string,
    readonly detail = '',
  ) {
    super(`${code}: ${where}${detail === '' ? '' : `: ${detail}`}`);
    this.name = 'EvidenceWrong';
  }
}

export const wrong = (code: EvidenceCode, where: string, detail?: string): never => {
  throw new EvidenceWrong(code, where, detail);
};
