import { expect, it } from 'vitest';
import { createProgram } from '../../../client/cli/program.js';
import { REASON_CHARS_MIN } from '../../../client/sdk/index.js';
import { explanationLines } from '../../../client/cli/explained.js';
import { CONFIDENTIALITY_INABILITIES, DELETION_INABILITIES } from '../../../domain/wire/notice-answer.js';

it('help keeps its lines within a terminal of 60 columns, but for a word that is longer', () => {
  const { program } = createProgram({} as never, { answer: () => undefined, complaint: () => undefined });
  const widest = program.commands
    .filter((command) => ['release', 'compose', 'reply'].includes(command.name()))
    .flatMap((command) =>
      command
        .configureHelp({ ...command.configureHelp(), helpWidth: 60 })
        .helpInformation()
        .split('\n'),
    )
    .filter((line) => line.length > 60 && line.trim().split(/ +/).length > 3);
  expect(widest).toEqual([]);
});

it('help of a closed list names every code that is taken', () => {
  const { program } = createProgram({} as never, { answer: () => undefined, complaint: () => undefined });
  const help = program.commands.find((command) => command.name() === 'unable')!.helpInformation();
  for (const code of [...DELETION_INABILITIES, ...CONFIDENTIALITY_INABILITIES]) expect(help).toContain(code);
});

it('help of a consent’s refusal says how much its reason says at least', () => {
  const { program } = createProgram({} as never, { answer: () => undefined, complaint: () => undefined });
  const consent = program.commands.find((command) => command.name() === 'consent')!;
  const help = consent.commands.find((command) => command.name() === 'refuse')!.helpInformation();
  expect(help.replace(/\s+/g, ' ')).toContain(`why, in ${REASON_CHARS_MIN} characters or more`);
});

it('an explanation says how the request for consent is written', () => {
  const ask = {
    to: 'VG-FIX',
    toType: 'FIU',
    profile: 'EGMONT_FIU',
    body: { consent: { until: '2027-01-01T00:00:00Z', recipient: { authority: 'EE-FIN', authorityType: 'FIU', purposes: ['TAX'] } } },
  };
  const lacking = {
    allowed: false,
    act: 'release',
    violations: [],
    missing: [{ originator: 'VG-FIX', codes: ['X'], ask }],
    restsOn: { consents: [] },
  };
  expect(explanationLines(lacking as never, [])).toContain('To have the request written: the same once more with --out FILE.');
  expect(explanationLines(lacking as never, ['r.json'])).not.toContain('--out FILE');
});
