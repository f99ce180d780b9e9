import { describe, expect, it } from 'vitest';
import { bodyIssues, bodyMembers } from '../../../client/sdk/index.js';
import { DELAY_CODES, MESSAGES } from '../../../domain/vocabulary.js';
import { createTerminal } from './terminal.js';

const terminal = createTerminal();

describe('parley body', () => {
  it('lists every message with the members that it states in clear, and which of them are owed', async () => {
    const shown = (await terminal.shows('nobody', 'body')).split('\n');
    for (const message of MESSAGES) expect(shown.filter((line) => line.split(':')[0] === message)).toHaveLength(1);
    expect(shown).toContain('POSTPONE: code*, text*, reviewDate*, parts');
    expect(shown).toContain('CLOSE');
  });

  it('says of one message what each member takes, as the gateway’s schema has it', async () => {
    const shown = await terminal.shows('nobody', 'body', 'POSTPONE');
    expect(shown).toContain(`code (owed): one of ${DELAY_CODES.join(', ')}`);
    expect(shown).toContain('reviewDate (owed): day, yyyy-mm-dd');
    expect(shown).toContain('text (owed): filled in by sending');
    expect(await terminal.shows('nobody', 'body', 'CLOSE')).toContain('leave --body out');
    expect(await terminal.parley('nobody', 'body', 'PROMOTE_TO_FORMAL')).toEqual({
      message: 'PROMOTE_TO_FORMAL',
      members: [{ name: 'request', isOwed: true, takes: 'RFC 9562 UUID, lower case' }],
    });
  });

  it('says what a rule owes beside the shape: a ground and its reason, and what a message is there to bring', async () => {
    const refuse = await terminal.shows('nobody', 'body', 'REFUSE');
    for (const words of ['codes (owed): a list of 1 to 8', 'text (owed)', 'its reason in words, sealed: --text'])
      expect(refuse).toContain(words);
    expect(await terminal.shows('nobody', 'body', 'DISCUSS')).toContain('It owes what it says, sealed: --text, --form or --attach.');
    expect(await terminal.shows('nobody', 'body', 'VIEWS_SUBMITTED')).toContain('or a `view`');
    expect(await terminal.shows('nobody', 'body', 'CLOSE')).not.toContain('owes');
  });

  it('tells members within members by their path', () => {
    const names = bodyMembers('SUBMIT').map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['parts', 'parts[].coercive', 'consent.recipient.purposes']));
    for (const message of MESSAGES) for (const { takes } of bodyMembers(message)) expect(takes).not.toMatch(/undefined|^string$/);
  });
});

it('a body is wrong by the names of its members alone, and a condition may be a text that is not sealed yet', () => {
  expect(bodyIssues('CONDITIONS_PROPOSED', {})).toEqual([]);
  expect(bodyIssues('MEASURE_TAKEN', { until: 'canary-7f3a' })).toEqual(['until: not an RFC 3339 time with Z']);
});
