/** What time alone ends of one's own entry, in words that a person is shown. */
import type { Ending } from '../sdk/index.js';

/** What is to be done is the root's. */
const AFTER: Readonly<Record<Ending['of'], (name: string) => string>> = {
  ENTRY: () => 'nobody can write to you, and none of you signs in. Whoever holds the root signs it anew: parley entry confirm',
  DESK: () => 'nobody can write to it. Whoever holds the root turns them: parley keys turn',
  OFFICER: (name) =>
    `they sign in no more. Whoever holds the root prolongs it: their own with parley entry confirm, a colleague’s with parley officer prolong ${name}`,
};

const WHAT: Readonly<Record<Ending['of'], readonly [what: string, ends: string]>> = {
  ENTRY: ['The entry of', 'ends'],
  DESK: ['The keys of', 'end'],
  OFFICER: ['The term of', 'ends'],
};

export const endingLine = ({ of, name, until, hasEnded }: Ending): string => {
  const [what, ends] = WHAT[of];
  return `${what} ${name} ${hasEnded ? 'ended' : ends} ${until}: from then on ${AFTER[of](name)}`;
};
