import { expect, it } from 'vitest';
import { inboxLines } from '../../../client/cli/commands/audit.js';
import { UNWITNESSED } from '../../../client/cli/alarms.js';

const proofBy = (...witnesses: string[]) =>
  ({
    isComplete: true,
    epochs: { from: 1, to: 2 },
    checkpoint: { size: 9, witnesses, note: '' },
    upTo: 8,
    misfits: [],
    erased: 0,
  }) as never;

it('what is complete for the log is said to be no proof of what was done beside it, nor of one log for all where nobody cosigned', () => {
  const lines = inboxLines({ withheld: [], proof: proofBy() });
  expect(lines).toContain('What was done beside this log no such proof shows.');
  expect(lines).toContain(UNWITNESSED);
  expect(inboxLines({ withheld: [], proof: proofBy('w.example/1') })).not.toContain(UNWITNESSED);
});
