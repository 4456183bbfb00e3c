import { resolve } from 'node:path';
import { generateCounty } from './county/generateCounty.ts';
import { writeCounty } from './county/writeCounty.ts';
import { readCommand, usage, UsageError } from './run/options.ts';
import { runSimulator } from './run/runSimulator.ts';

async function main(): Promise<void> {
  const command = readCommand(process.argv.slice(2), process.env);
  switch (command.command) {
    case 'help':
      process.stdout.write(usage);
      return;
    case 'generate': {
      const { out, seed, scale } = command.options;
      await writeCounty(resolve(out), generateCounty(seed, scale));
      return;
    }
    case 'run': {
      const stop = new AbortController();
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
      // The process that started the county is gone, and nothing else would end it.
      process.once('disconnect', () => stop.abort());
      await runSimulator(command.options, stop.signal, (sentence) => process.stdout.write(`${sentence}\n`));
      return;
    }
    default:
      command satisfies never;
  }
}

try {
  await main();
  process.exit(0);
} catch (error) {
  // A user's mistake and a file that cannot be read or written are reported in a sentence; anything else is a fault and
  // shows its stack trace.
  const isTold = error instanceof UsageError || (error instanceof Error && 'code' in error);
  process.stderr.write(
    `${isTold ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(2);
}
