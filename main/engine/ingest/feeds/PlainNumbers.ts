const [OPEN, CLOSE, QUOTE, COLON, COMMA, BLANK, MINUS, POINT, ZERO, NINE] = [
  0x7b, 0x7d, 0x22, 0x3a, 0x2c, 0x20, 0x2d, 0x2e, 0x30, 0x39,
] as const;
/**
 * A number of this many digits is an integer that a double holds exactly, and its quotient by a power of ten is the
 * double nearest to the decimal (Clinger, 1990).
 */
const MOST_DIGITS = 15;
const POWERS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/**
 * Reads the JSON of most measurements, `{"name":number,…}` with known names, directly from its bytes. Anything written
 * differently (other names, exponents, more digits, nested or damaged) is left to JSON.parse; for what is read here the
 * result is the same as that of JSON.parse.
 */
export class PlainNumbers<Name extends string> {
  readonly #names: readonly Name[];
  #at = 0;

  /** The most frequent names first. */
  constructor(names: readonly Name[]) {
    this.#names = names;
  }

  read(bytes: Uint8Array): Partial<Record<Name, number>> | undefined {
    this.#at = 0;
    if (!this.#take(bytes, OPEN)) return undefined;
    const found: Partial<Record<Name, number>> = {};
    do {
      const name = this.#takeName(bytes);
      if (name === undefined || !this.#take(bytes, COLON)) return undefined;
      const value = this.#takeNumber(bytes);
      if (Number.isNaN(value)) return undefined;
      found[name] = value;
    } while (this.#take(bytes, COMMA));
    return this.#take(bytes, CLOSE) && this.#at === bytes.length ? found : undefined;
  }

  /** Skips a byte, with the blanks before it, if it comes next; returns whether it did. */
  #take(bytes: Uint8Array, byte: number): boolean {
    while (bytes[this.#at] === BLANK) this.#at++;
    if (bytes[this.#at] !== byte) return false;
    this.#at++;
    return true;
  }

  #takeName(bytes: Uint8Array): Name | undefined {
    if (!this.#take(bytes, QUOTE)) return undefined;
    for (const name of this.#names) {
      const end = this.#at + name.length;
      if (bytes[end] !== QUOTE) continue;
      let same = 0;
      while (same < name.length && bytes[this.#at + same] === name.charCodeAt(same)) same++;
      if (same < name.length) continue;
      this.#at = end + 1;
      return name;
    }
    return undefined;
  }

  /** NaN where there is no number, or one that must be left to JSON.parse. */
  #takeNumber(bytes: Uint8Array): number {
    const sign = this.#take(bytes, MINUS) ? -1 : 1;
    const start = this.#at;
    let digits = this.#takeDigits(bytes, 0);
    const whole = this.#at - start;
    if (whole === 0 || (whole > 1 && bytes[start] === ZERO)) return Number.NaN;
    let fraction = 0;
    if (bytes[this.#at] === POINT) {
      const point = this.#at++;
      digits = this.#takeDigits(bytes, digits);
      fraction = this.#at - point - 1;
      if (fraction === 0) return Number.NaN;
    }
    return whole + fraction > MOST_DIGITS ? Number.NaN : (sign * digits) / (POWERS[fraction] ?? Number.NaN);
  }

  /** Reads the digits that follow and appends them to those before. */
  #takeDigits(bytes: Uint8Array, before: number): number {
    let digits = before;
    for (;;) {
      const byte = bytes[this.#at] ?? 0;
      if (byte < ZERO || byte > NINE) return digits;
      digits = digits * 10 + (byte - ZERO);
      this.#at++;
    }
  }
}
