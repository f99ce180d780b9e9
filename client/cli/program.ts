/** Every command of `parley`, over one environment. */
import { Command, InvalidArgumentError, type Option } from 'commander';
import { isListOf } from './arguments.js';
import { adviseCommand } from './commands/advise.js';
import { afterDeliveryCommands } from './commands/after-delivery.js';
import { auditCommand } from './commands/audit.js';
import { backupCommands } from './commands/backup.js';
import { bodyCommand } from './commands/body.js';
import { checkCommand } from './commands/check.js';
import { composeCommand } from './commands/compose.js';
import { consentCommand } from './commands/consent.js';
import { designateCommand } from './commands/designate.js';
import { directoryCommand } from './commands/directory.js';
import { enrolCommand } from './commands/enrol.js';
import { entryCommand } from './commands/entry.js';
import { evidenceCommand } from './commands/evidence.js';
import { explainCommand } from './commands/explain.js';
import { formCommand } from './commands/form.js';
import { inboxCommand } from './commands/inbox.js';
import { keysCommand } from './commands/keys.js';
import { labelCommand } from './commands/label.js';
import { logCommand } from './commands/log.js';
import { noticeCommand } from './commands/notice.js';
import { officerCommand } from './commands/officer.js';
import { openCommand } from './commands/open.js';
import { promoteCommand } from './commands/promote.js';
import { quorumCommand } from './commands/quorum.js';
import { reconcileCommand } from './commands/reconcile.js';
import { registerCommand } from './commands/register.js';
import { reportCommand } from './commands/report.js';
import { releaseCommand } from './commands/release.js';
import { replyCommands } from './commands/reply.js';
import { sendCommands } from './commands/send.js';
import { serveCommand } from './commands/serve.js';
import { datesCommand } from './commands/dates.js';
import { showCommand } from './commands/show.js';
import { statusCommand } from './commands/status.js';
import { verifyCommands } from './commands/verify.js';
import { witnessCommand } from './commands/witness.js';
import { clipped, createOutput, type Output, type Sink } from './output.js';
import { namedIn, toType, type Named } from './typed.js';
import { createWorkplace, type Environment } from './workplace.js';

const EVERY_COMMAND = 'See every command: parley help';

const commands = [
  enrolCommand,
  entryCommand,
  officerCommand,
  keysCommand,
  quorumCommand,
  directoryCommand,
  adviseCommand,
  formCommand,
  composeCommand,
  checkCommand,
  promoteCommand,
  sendCommands,
  inboxCommand,
  openCommand,
  replyCommands,
  bodyCommand,
  statusCommand,
  showCommand,
  datesCommand,
  consentCommand,
  explainCommand,
  releaseCommand,
  labelCommand,
  afterDeliveryCommands,
  noticeCommand,
  evidenceCommand,
  verifyCommands,
  auditCommand,
  reconcileCommand,
  reportCommand,
  designateCommand,
  registerCommand,
  serveCommand,
  witnessCommand,
  logCommand,
  backupCommands,
];

/**
 * What cannot be parsed is thrown as CommanderError; people were told by then.
 *
 * @param sink where answers and complaints go
 * @param version of the package
 */
export function createProgram(env: Environment, sink: Sink, version = 'unknown'): { readonly program: Command; readonly out: Output } {
  const program = new Command('parley')
    .description('Sealed messages between authorities, with proof of what was and was not disclosed.')
    .option('--profile <name>', 'which key store: ~/.parley/<name>, or under PARLEY_HOME')
    .option('--gateway <origin>', 'the gateway’s address')
    .option('--json', 'answers and complaints as JSON, for machines')
    .version(version)
    .exitOverride()
    // beside the long names of some options a terminal of 60 columns leaves less than the 40 that it would ask for
    .configureHelp({ minWidthToWrap: 20 })
    .configureOutput({ writeErr: (text) => (options().json === true ? undefined : sink.complaint(clipped(text))) })
    .showHelpAfterError(EVERY_COMMAND);
  const options = (): { profile?: string; gateway?: string; json?: boolean } => program.opts();
  let named: Named = {};
  program.hook('preAction', (_program, command) => void (named = namedIn(command)));
  const out = createOutput(
    () => options().json === true,
    sink,
    (text) => toType(text, { ...named, profile: options().profile, gateway: workplace.typedGateway() }),
  );
  const workplace = createWorkplace(env, options, out);
  for (const create of commands) for (const command of [create(workplace)].flat()) program.addCommand(command);
  alike(program);
  return { program, out };
}

/** Each command ends, and complains, as the one above it, and says where its own words stand. */
function alike(above: Command, path = 'parley'): void {
  for (const option of above.options) if (option.required && !isListOf(option.parseArg)) refuseTwice(above, option);
  tellAllMissing(above);
  above.hook('preSubcommand', (group) => refuseUnknown(group));
  for (const command of above.commands) {
    const own = `${path} ${command.name()}`;
    alike(command.copyInheritedSettings(above).showHelpAfterError(`What it takes: ${own} --help`), own);
  }
}

/** A group with a command of its own for no words would have that one complain of a word too many. */
function refuseUnknown(group: Command): void {
  const [word = '-'] = group.args;
  if (word.startsWith('-') || group.registeredArguments.length > 0) return;
  if (word === 'help' || group.commands.some((command) => [command.name(), ...command.aliases()].includes(word))) return;
  group.error(`error: unknown command '${word}'`, { code: 'commander.unknownCommand' });
}

/** Commander tells of one option after the other, and of what they are about last. */
function tellAllMissing(command: Command): void {
  const refuse = command.error.bind(command);
  command.error = (message, options) => {
    if (options?.code !== 'commander.missingMandatoryOptionValue') return refuse(message, options);
    const words = command.registeredArguments.slice(command.args.length).filter(({ required }) => required);
    const flags = command.options.filter((one) => one.mandatory && command.getOptionValue(one.attributeName()) === undefined);
    return refuse(`error: missing: ${[...words.map((one) => `<${one.name()}>`), ...flags.map((one) => one.flags)].join(', ')}`, options);
  };
}

/** Of two values the last would win without a word: what was to go to one authority would go to another. */
function refuseTwice(command: Command, option: Option): void {
  const read = option.parseArg ?? String;
  option.argParser((text: string, before: unknown) => {
    if (command.getOptionValueSource(option.attributeName()) === 'cli') throw new InvalidArgumentError('It is given twice: give one.');
    return read(text, before);
  });
}
