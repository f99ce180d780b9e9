import { Command } from 'commander';
import { MESSAGES, type Message } from '../../../domain/vocabulary.js';
import { bodyMembers, owesReason, type BodyMember } from '../../sdk/index.js';
import { message } from '../arguments.js';
import { owesItem } from '../what-next.js';
import type { Workplace } from '../workplace.js';

/** What stands in clear in each message. Needs no gateway and no keys. */
export const bodyCommand = ({ out }: Workplace): Command =>
  new Command('body')
    .description('the messages of exchanges, and what each states in clear, as `parley reply --body` takes it')
    .argument('[message]', 'one of them; absent: all, with their members', message)
    .action((wanted?: Message) => {
      if (wanted !== undefined) {
        const row = { message: wanted, members: bodyMembers(wanted) };
        return out.say(row, () => linesOf(row));
      }
      const all = MESSAGES.map((one) => ({ message: one, members: bodyMembers(one).filter(({ name }) => /^\w+$/.test(name)) }));
      out.say(all, () => [...all.map(lineOf), 'What is marked * is owed. What each takes: parley body MESSAGE'].join('\n'));
    });

interface Row {
  readonly message: Message;
  readonly members: readonly BodyMember[];
}

const lineOf = ({ message: name, members }: Row): string =>
  [name, members.map((one) => `${one.name}${one.isOwed ? '*' : ''}`).join(', ')].filter((part) => part !== '').join(': ');

function linesOf({ message: name, members }: Row): string {
  const clear = members.map((one) => `${one.name} (${one.isOwed ? 'owed' : 'may be absent'}): ${one.takes}`);
  return [
    ...(clear.length === 0 ? [`${name} states nothing in clear beside the facts of its exchange: leave --body out.`] : clear),
    ...(owesReason(name) ? ['It owes its reason in words, sealed: --text or --text-file.'] : []),
    ...(owesItem(name) ? [`It owes what it says, sealed: --text, --form or --attach${members.some(isView) ? '; or a `view`' : ''}.`] : []),
    ...(clear.length === 0 ? [] : ['What the channel asks for beside it, and the grounds that it knows: parley form print PROFILE']),
  ].join('\n');
}

const isView = ({ name }: BodyMember): boolean => name === 'view';
