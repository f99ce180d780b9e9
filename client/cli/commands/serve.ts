import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import type { Workplace } from '../workplace.js';

/** MiB, where Node has 16: what statements in flight hold is collected once they are answered, and carried nowhere before (docs/PERFORMANCE.md). */
const YOUNG = '--max-semi-space-size=64';

/** Starts the gateway as a process of its own, with this environment: the client never imports it. */
export const serveCommand = (_workplace: Workplace): Command =>
  new Command('serve')
    .description('run a gateway, configured by PARLEY_* (docs/CONFIG.md); it ends with the process that started it')
    .action(async () => {
      const gateway = fileURLToPath(new URL('../../../gateway/main.js', import.meta.url));
      // over the channel nothing is said: that it is cut tells the gateway that this process is gone, however it ended
      const child = spawn(process.execPath, [YOUNG, gateway], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
      const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
      process.on('SIGTERM', pass).on('SIGINT', pass).on('SIGHUP', pass);
      process.exitCode = await new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
    });
