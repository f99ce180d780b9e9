import { describe, expect, it } from 'vitest';
import { alarmLines, failOnAlarms, type Standing } from '../../../client/cli/alarms.js';

const QUIET: Standing = { proofs: { proved: 2, waiting: 0, alarms: [] }, entry: null, isUnwitnessed: true, log: [], directory: [] };
const FORKED: Standing = {
  ...QUIET,
  log: [{ kind: 'FORK', why: 'two roots of one size', at: '2026-11-01T00:00:00.000Z', remembered: 'a', shown: 'b' }],
};

describe('what an officer must see whatever was asked', () => {
  it('makes the command fail, so that a machine sees it too', () => {
    expect(() => failOnAlarms(FORKED)).toThrow(expect.objectContaining({ code: 'ALARM' }) as Error);
    expect(() => failOnAlarms(QUIET)).not.toThrow();
  });

  it('stands no longer once it was acknowledged', () => {
    const dealtWith = { ...FORKED, log: FORKED.log.map((one) => ({ ...one, acknowledgedAt: '2026-11-02T00:00:00.000Z' })) };
    expect(() => failOnAlarms(dealtWith)).not.toThrow();
    expect(alarmLines({ ...dealtWith, log: [...dealtWith.log, ...FORKED.log] })).toHaveLength(1);
  });

  it('says where both signed notes are', () => {
    expect(alarmLines(FORKED)).toEqual([expect.stringContaining('parley log alarms')]);
    expect(alarmLines(QUIET)).toEqual([]);
  });

  it('says how what the log left out is no longer asked for, of an act and of a reading', () => {
    const receipt = { body: '', signature: '' } as never;
    const unlogged = (['parley-envelope+json', 'parley-access+json'] as const).map(
      (typ) => ({ statement: 'S', typ, check: 'INCLUSION', originator: null, why: 'no checkpoint covers it yet', receipt }) as const,
    );
    const lines = alarmLines({ ...QUIET, proofs: { ...QUIET.proofs, alarms: unlogged } });
    expect(lines).toEqual(Array(2).fill(expect.stringMatching(/tell the operator.*dealt with: parley status --acknowledge$/i)));
  });

  it('takes a checkpoint that too few witnesses have seen for no fault of an entry, or of what was handed in', () => {
    const why = '1 of the 2 witnesses that are asked for have seen this checkpoint';
    const receipt = { body: '', signature: '' } as never;
    const unproved = { statement: 'S', typ: 'parley-envelope+json', check: 'CHECKPOINT', originator: null, why, receipt } as const;
    const alarm = { check: 'CHECKPOINT', epoch: null, entry: null, why, at: '2026-11-01T00:00:00.000Z' } as const;
    const lines = alarmLines({
      ...QUIET,
      proofs: { ...QUIET.proofs, alarms: [unproved] },
      entry: { epoch: 1, looked: 0, skipped: 0, alarms: [alarm] },
    });
    expect(lines).toEqual(
      Array(2).fill(expect.stringMatching(/1 of the 2 witnesses.*ask the operator, and the witnesses.*parley log pin/)),
    );
    expect(lines.join()).not.toMatch(/your root|reached nobody|convicts/);
    const proved = { ...alarm, provedAt: '2026-11-02T00:00:00.000Z' };
    expect(alarmLines({ ...QUIET, entry: { epoch: 2, looked: 1, skipped: 0, alarms: [proved] } })).toEqual([
      expect.stringMatching(/was not proved: 1 of the 2.*A later checkpoint is believed.*2026-11-02.*parley status --acknowledge/),
    ]);
  });
});
