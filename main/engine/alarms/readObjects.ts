import { closeSync, openSync, readSync } from 'node:fs';

const PIECE_BYTES = 1 << 20;
/** Longer than any alarm that was ever written; a longer one is left out. */
const MOST_OBJECT_BYTES = 1 << 18;

const QUOTE = '"'.charCodeAt(0);
const BACKSLASH = '\\'.charCodeAt(0);
const OPENING = '{'.charCodeAt(0);
const CLOSING = '}'.charCodeAt(0);

/** Finds the objects of a JSON array in its bytes, piece by piece. Every byte that matters here is ASCII in UTF-8. */
class ObjectFinder {
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** Where the present object begins in the piece; negative where it began in an earlier one. */
  #beginAt = 0;
  #parts: Buffer[] = [];

  /** Takes the next piece of the file, and returns the texts of the objects that end in it. */
  take(piece: Buffer): string[] {
    const found: string[] = [];
    this.#beginAt = 0;
    for (let at = 0; at < piece.length; at++) {
      const byte = piece[at];
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === BACKSLASH) this.#isEscaped = this.#isInString;
      else if (byte === QUOTE) this.#isInString = !this.#isInString;
      else if (this.#isInString) continue;
      else if (byte === OPENING) {
        if (this.#depth === 0) [this.#beginAt, this.#parts] = [at, []];
        this.#depth++;
      } else if (byte === CLOSING && this.#depth > 0) {
        this.#depth--;
        if (this.#depth === 0)
          found.push(Buffer.concat([...this.#parts, piece.subarray(this.#beginAt, at + 1)]).toString());
      }
    }
    // The next piece overwrites this one.
    if (this.#depth > 0) this.#keep(Buffer.from(piece.subarray(this.#beginAt)));
    return found;
  }

  #keep(part: Buffer): void {
    const bytes = this.#parts.reduce((sum, { length }) => sum + length, part.length);
    this.#parts = bytes > MOST_OBJECT_BYTES ? [part.subarray(0, 1)] : [...this.#parts, part];
  }
}

/**
 * Reads the objects of a JSON array from a file, one at a time, in little memory however large the file is. What cannot
 * be read as JSON is left out. Throws where the file cannot be read.
 */
export function* readObjects(path: string): Generator {
  const file = openSync(path, 'r');
  try {
    const finder = new ObjectFinder();
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    for (let bytes = readSync(file, piece); bytes > 0; bytes = readSync(file, piece))
      for (const text of finder.take(piece.subarray(0, bytes))) yield* parse(text);
  } finally {
    closeSync(file);
  }
}

function* parse(text: string): Generator {
  try {
    yield JSON.parse(text);
  } catch {
    // An object that was damaged loses itself and none of the others.
  }
}
