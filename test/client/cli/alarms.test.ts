import { describe, expect, it } from 'vitest';
import { alarmLines, failOnAlarms, type Standing } from '../../../client/cli/alarms.js';

const QUIET: Standing = { proofs: { proved: 2, waiting: 0, alarms: [] }, entry: null, isUnwitnessed: true, log: [] };
const FORKED: Standing = {
  ...QUIET,
  log: [{ kind: 'FORK', why: 'two roots of one size', at: '2026-11-01T00:00:00.000Z', remembered: 'a', shown: 'b' }],
};

describe('what an officer must see whatever was asked', () => {
  it('makes the command fail, so that a machine sees it too', () => {
    expect(() => failOnAlarms(FORKED)).toThrow(expect.objectContaining({ code: 'ALARM' }) as Error);
    expect(() => failOnAlarms(QUIET)).not.toThrow();
  });

  it('says where both signed notes are', () => {
    expect(alarmLines(FORKED)).toEqual([expect.stringContaining('parley log alarms')]);
    expect(alarmLines(QUIET)).toEqual([]);
  });
});
