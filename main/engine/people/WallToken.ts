import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/**
 * The token of the wall displays of this workstation, kept where only its owner can read it. A display gets it from the
 * shell, or in its address.
 */
export class WallToken {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  read(): string | undefined {
    const token = existsSync(this.#file) ? readFileSync(this.#file, 'utf8').trim() : '';
    return token === '' ? undefined : token;
  }

  /** Writes the token as a whole or not at all. */
  write(token: string): void {
    writeFileSync(`${this.#file}.new`, `${token}\n`, { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}
