import { inStep, page, table } from './page.mjs';

const MEANINGS = {
  SEND: 'An envelope was accepted or refused.',
  DELIVER: 'An envelope or a release became available to its addressee; due dates start.',
  CONSENT_GRANT: 'An originator granted an exception, or was refused.',
  CONSENT_REFUSE: 'An originator refused consent on one of the closed grounds.',
  CONSENT_REVOKE: 'An originator ended a grant: no new use and no handing on from here.',
  RELEASE: 'A holder handed an item to one more reader, or was refused.',
  ACCESS: 'An officer was given the bytes of an item to read, or was refused.',
  LABEL_CHANGE: 'An originator tightened, relaxed, corrected or retracted what it gave.',
  USE: 'A holder recorded a use before it happened, or was refused.',
  DELETE: 'A holder certified that it deleted what was corrected or taken back: its own signed statement.',
  INABILITY: 'A holder said why it cannot delete an item, or cannot keep its fact confidential; or that its hold has ended (`HOLD_ENDED`).',
  NOTICE: 'A holder told every originator of a disclosure that the law allows or asks without consent.',
  CONSULTATION: 'An originator answered such a notice: it wants to be consulted, or has nothing against it.',
  VERIFY: 'A source answered a holder that asked before it acts.',
  APPROVE: 'A second person approved a notice of a lawful way, or a designation.',
  DESIGNATE: 'The operator designated, suspended or restored an authority.',
  AGREEMENT: 'The operator’s root entered an agreement between authorities in the register.',
  ENTRY: 'An authority’s root signed a new directory entry.',
  KEY_REVOKE: 'An authority’s root ended one of its keys.',
  ROOT_CHANGE: 'An authority has another root: named by the old one, or by the operator’s two persons where the old one is lost.',
  QUORUM_REQUEST: 'An officer asked the authority’s quorum to open a case, or a desk’s secrets; the basis says why.',
  QUORUM_SHARE: 'A holder of the quorum agreed, with a share sealed to whoever asked.',
  QUORUM_ACCESS: 'An item was read under the quorum’s right and no desk’s: logged before the bytes left.',
  LOGIN: 'An officer opened a session.',
  REPORT: 'Somebody opened a report of the log, or was refused: which, whose, for what, over which time.',
  PARK: 'A delivery was given up after its last attempt.',
  CLOCK_REMIND: 'A due date is near: the desk that owes was reminded.',
  CLOCK_DUE: 'A due date passed without what was owed.',
  CLOCK_LAPSE: 'A period ended in silence, and what the profile says of silence happened.',
  CLOCK_ESCALATE: 'A missed date was brought before those who supervise.',
  CLOCK_MOVED: 'A changed calendar, or the end of a suspension, moved a due date, or made it certain (`CERTAIN`) or provisional; the old and the new one stand in it.',
  CLOCK_STOPPED: 'One of the two authorities is suspended: a time that no law gives stands still.',
  STRANGERS_REFUSED: 'How many requests without a verified signature were refused in a minute: one leaf for all.',
  RETENTION_REVIEW: 'What an authority has is to be looked through: an exchange ended some time ago, or a day to destroy by is near.',
  RETENTION_DUE: 'What is kept is due to go; its codes say why, and what stands in the way.',
  ERASE: 'The gateway removed its sealed copy of an item, or one holder’s seals; how many bytes and seals stands in it.',
  PRUNE: 'Events of old leaves and their salts were erased; their hashes stay. Which leaves stands in it.',
  RESTORED: 'The operator restored the log from a backup: from which size and root it goes on; in everybody’s view.',
};

export function auditEventsPage(actions) {
  return page('Audit events', 'domain/audit-event.ts', [
    'Each is one authority’s view of one leaf of the log, at most 4 KiB, of ids and codes alone: never content, a subject’s name or free text. `outcome` is `ALLOW`, `DENY` or `DONE`; a denial names every broken rule and code.',
    table(
      ['Action', 'What happened'],
      inStep(actions, MEANINGS, 'AUDIT-EVENTS.md').map(([action, meaning]) => [`\`${action}\``, meaning]),
    ),
    'The log is pseudonymous: officers can be identified by their authority. It is complete for what this log recorded; PROTOCOL.md 1 says how much of that can be checked from outside today.',
  ]);
}
