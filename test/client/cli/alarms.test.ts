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
});
