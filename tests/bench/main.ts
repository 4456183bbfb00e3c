import type { Bench, BenchOptions } from './bench.ts';
import { benches } from './benches.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function help(): string {
  const lines = Object.entries(benches).flatMap(([name, { what, options = {} }]) => [
    `  ${name.padEnd(10)} ${what}`,
    ...Object.entries(options).map(([option, words]) => `               --${option.padEnd(12)} ${words}`),
  ]);
  return [
    'npm run bench -- NAME [--json] [options]',
    '',
    ...lines,
    '',
    '--json ends the output with one JSON object on a line of its own.',
  ].join('\n');
}

/**
 * Parses `--name value` pairs. A name that the bench does not know is an error, so that a mistake does not go
 * unnoticed.
 */
function readOptions(bench: Bench, args: readonly string[]): BenchOptions {
  const given = new Map<string, string>();
  for (let at = 0; at < args.length; at += 2) {
    const name = args[at]?.replace(/^--/, '') ?? '';
    const value = args[at + 1];
    if (!Object.hasOwn(bench.options ?? {}, name) || value === undefined)
      throw new Error(`The option ${args[at] ?? ''} is not known or has no value. See --help.`);
    given.set(name, value);
  }
  const text = (name: string, byDefault: string): string => given.get(name) ?? byDefault;
  const number = (name: string, byDefault: number): number => {
    const value = Number(text(name, String(byDefault)));
    if (!Number.isFinite(value)) throw new Error(`--${name} is a number.`);
    return value;
  };
  return { text, number };
}

async function main([name, ...rest]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || rest.includes('--help')) {
    say(help());
    return 0;
  }
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (bench === undefined) throw new Error(`There is no bench ${name}. There are ${Object.keys(benches).join(', ')}.`);
  const isJson = rest.includes('--json');
  const figures = await bench.run(
    readOptions(
      bench,
      rest.filter((arg) => arg !== '--json'),
    ),
    say,
  );
  if (isJson) say(JSON.stringify(figures));
  return 0;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
// Whatever a bench left open (a socket, a thread) must not keep the command from ending.
main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
