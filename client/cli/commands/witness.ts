import { Command } from 'commander';
import { formatVerifierKey } from '../../../crypto/note-key.js';
import { openContradictions } from '../../witness/contradictions.js';
import { beginWitness, readLogsFile, readWitnessKey } from '../../witness/files.js';
import { openWitnessMemory } from '../../witness/memory.js';
import { serveWitness } from '../../witness/server.js';
import { createWitness } from '../../witness/witness.js';
import { systemChance, systemClock } from '../clock-system.js';
import { port } from '../arguments.js';
import type { Workplace } from '../workplace.js';

/** Somebody who keeps no log, and says which checkpoints of one it has seen: never two that contradict each other. */
export const witnessCommand = (workplace: Workplace): Command => {
  const witness = new Command('witness').description('be a witness of a gateway’s log (C2SP tlog-witness)');
  witness
    .command('key')
    .description('make the witness’s key in a new file; give its verifier key to the gateway’s operator and to the authorities')
    .argument('<name>', 'an address without scheme, such as witness.example/w1')
    .requiredOption('--key <file>', 'where to keep it; never on the gateway’s machine')
    .requiredOption('--state <folder>', 'where `serve` is to keep what was cosigned; begun here, with the key, and never again')
    .action(async (name: string, files: { key: string; state: string }) => {
      const { key: made } = await beginWitness(files, name, systemChance);
      const verifierKey = formatVerifierKey(made);
      workplace.out.say({ name, verifierKey }, () => verifierKey);
    });
  witness
    .command('serve')
    .description('answer add-checkpoint until stopped')
    .requiredOption('--key <file>', 'made by `parley witness key`')
    .requiredOption('--logs <file>', 'verifier keys of the logs to witness, one a line')
    .requiredOption('--state <folder>', 'what was cosigned, begun by `parley witness key`; as precious as the key')
    .option('--host <address>', 'where to listen; put a proxy with TLS before anything but loopback', '127.0.0.1')
    .option('--port <n>', 'where to listen; 0 takes a free one', port, 7380)
    .action(async (given: { key: string; logs: string; state: string; host: string; port: number }) => {
      const [signer, logs, memory] = await Promise.all([
        readWitnessKey(given.key),
        readLogsFile(given.logs),
        openWitnessMemory(given.state),
      ]);
      const contradictions = openContradictions(given.state);
      const onContradiction = (origin: string, path: string): void =>
        workplace.out.remark({ code: 'CONTRADICTION', log: origin, file: path }, () => contradicted(origin, path));
      const witness = createWitness({ signer, logs, memory, contradictions, onContradiction, clock: systemClock });
      const running = await serveWitness(witness, given, (error) => workplace.out.complain(error));
      const verifierKey = formatVerifierKey(signer.key);
      workplace.out.say({ url: running.url, verifierKey, logs: [...logs.keys()] }, () =>
        [`Witness at ${running.url}`, verifierKey, ...[...logs.keys()].map((origin) => `  watches ${origin}`)].join('\n'),
      );
      for (const origin of logs.keys()) {
        const path = await contradictions.pathOf(origin);
        if (path !== null) onContradiction(origin, path);
      }
      await stopped();
      await running.close();
    });
  return witness;
};

const contradicted = (origin: string, path: string): string =>
  `CONTRADICTION: ${origin} signed two histories; the proof is in ${path}. Tell the authorities that rely on this log, by another way.`;

const stopped = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGTERM', () => resolve()).once('SIGINT', () => resolve());
  });
