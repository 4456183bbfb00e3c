import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CountyFaults } from './CountyFaults.ts';

const UTF16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
] as const;

const begins = (bytes: Uint8Array, mark: readonly number[]): boolean => mark.every((byte, at) => bytes[at] === byte);

/** The line of the first byte that is no UTF-8. */
function lineOfWrongByte(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8').decode(bytes);
  return text.slice(0, Math.max(0, text.indexOf('\ufffd'))).split('\n').length;
}

/**
 * The text of a file, whatever editor saved it: a byte-order mark is passed over, and what is no UTF-8 is read as
 * Windows-1252 with a warning. Undefined, with an error, where it is no text.
 */
export function decodeText(bytes: Uint8Array, file: string, faults: CountyFaults): string | undefined {
  if (UTF16.some((mark) => begins(bytes, mark))) {
    faults.add('error', { file, line: 1 }, 'The file is saved as UTF-16: save it as UTF-8.');
    return undefined;
  }
  if (bytes.length === 0) {
    faults.add('error', { file }, 'The file is empty.');
    return undefined;
  }
  if (bytes.includes(0)) {
    faults.add('error', { file }, 'This is no text file.');
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const place = { file, line: lineOfWrongByte(bytes) };
    faults.add(
      'warning',
      place,
      'The file is not saved as UTF-8, and was read as Windows-1252: see whether names are right, and save it as UTF-8.',
    );
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Reads a file of the county as text; undefined, with an error, where that cannot be. */
export async function readText(dir: string, file: string, faults: CountyFaults): Promise<string | undefined> {
  try {
    return decodeText(await readFile(join(dir, file)), file, faults);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    faults.add(
      'error',
      { file },
      isMissing
        ? 'The file is missing: the county folder is not complete.'
        : `The file cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`,
    );
    return undefined;
  }
}
