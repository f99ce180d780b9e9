/** A command that somebody is told to type next, so that it can be pasted: in the profile that they named, about what they named. */
import type { Command } from 'commander';

/** What an officer types about exchanges. Of the others some are for somebody else to type, in a profile of theirs. */
const OFFICERS =
  'answers|audit|check|clarified|clarify|compose|consent|correct|dates|deleted|directory|entry|erase|evidence|explain|feedback|hold|inbox|' +
  'ack|lift|log|notice|open|promote|reconcile|relax|release|reply|report|resend|retract|send|show|statistics|status|tighten|unable|use';
const COMMAND = new RegExp(`\\bparley (?=(?:${OFFICERS})\\b)`, 'g');
const ABOUT = /(\bparley [a-z]+(?: [a-z]+)? )(EXCHANGE|ITEM)\b/g;

export interface Named {
  readonly profile?: string | undefined;
  /** address that was typed and that the profile does not know */
  readonly gateway?: string | undefined;
  readonly EXCHANGE?: string | undefined;
  readonly ITEM?: string | undefined;
}

export const isProfileName = (name: string): boolean => /^[a-z0-9][a-z0-9-]{0,31}$/.test(name);

/** What a gateway names, in a line that is pasted: an id or a code, and nothing that a shell would do. */
export const plain = (named: unknown): string => (/^\w[\w.:-]*$/.test(String(named)) ? String(named) : '…');

/** What the words of a command name. */
export const namedIn = (command: Command): Named =>
  Object.fromEntries(
    command.registeredArguments.map((one, at) => [one.name().toUpperCase(), command.processedArgs[at] as unknown] as const),
  );

/** Of a host more is allowed than a shell leaves alone: brackets stand in quotes, in double ones, which every shell takes off. Null: left out. */
const shellWord = (origin: string): string | null =>
  /^https?:\/\/[\w.:-]+$/.test(origin) ? origin : /^https?:\/\/\[[\da-f:.]+\](?::\d+)?$/.test(origin) ? `"${origin}"` : null;

/** @param text of this program, and of nobody else */
export function toType(text: string, { profile, gateway, ...about }: Named): string {
  const origin = gateway === undefined ? null : shellWord(gateway);
  return text
    .replace(ABOUT, (whole, command: string, what: 'EXCHANGE' | 'ITEM') => (about[what] === undefined ? whole : command + about[what]))
    .replace(
      COMMAND,
      [
        'parley ',
        profile !== undefined && isProfileName(profile) ? `--profile ${profile} ` : '',
        origin === null ? '' : `--gateway ${origin} `,
      ].join(''),
    );
}
