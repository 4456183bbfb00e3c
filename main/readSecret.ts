import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Discards what is echoed while typing, so that nobody reads it over a shoulder. */
const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

/** Reads one line from a person, invisible while it is typed, or from a pipe. Undefined where the input ends before. */
export async function readSecret(prompt: string): Promise<string | undefined> {
  const { stdin, stderr } = process;
  if (stdin.isTTY) stderr.write(prompt);
  const lines = createInterface({ input: stdin, output: nowhere(), terminal: stdin.isTTY });
  try {
    for await (const line of lines) {
      if (stdin.isTTY) stderr.write('\n');
      return line;
    }
    return undefined;
  } finally {
    lines.close();
  }
}
