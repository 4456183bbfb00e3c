import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, statSync, writeSync } from 'node:fs';

/** What is given up at a time. */
export const STEP_BYTES = 1024 * 1024;

/**
 * Disk space reserved for the operators' record: a file of the data folder whose bytes are really written, not only
 * declared as its length. When the disk is full it is given up in small steps, one per failed write, so that no other
 * program takes it all at once.
 */
export class DiskReserve {
  readonly #file: string;
  readonly #bytes: number;

  constructor(file: string, bytes: number) {
    this.#file = file;
    this.#bytes = bytes;
  }

  /**
   * Fills the reserve to its size. Returns false where the disk has too little free space; the part already written
   * stays.
   */
  refill(): boolean {
    const present = this.#present();
    if (present >= this.#bytes) return true;
    try {
      const handle = openSync(this.#file, existsSync(this.#file) ? 'r+' : 'w');
      try {
        this.#write(handle, present);
        fsyncSync(handle);
        return true;
      } catch {
        ftruncateSync(handle, present);
        return false;
      } finally {
        closeSync(handle);
      }
    } catch {
      return false;
    }
  }

  /** Whether steps of it were given up and not refilled yet. */
  get isOpened(): boolean {
    const present = this.#present();
    return present > 0 && present < this.#bytes;
  }

  /** Frees one step of the reserve; false where nothing is left. */
  giveUpStep(): boolean {
    const present = this.#present();
    if (present === 0) return false;
    try {
      const handle = openSync(this.#file, 'r+');
      ftruncateSync(handle, Math.max(0, present - STEP_BYTES));
      closeSync(handle);
      return true;
    } catch {
      return false;
    }
  }

  #present(): number {
    return statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0;
  }

  #write(handle: number, from: number): void {
    // The block is not zeros, for which a file system that compresses would reserve no space.
    const block = Buffer.alloc(STEP_BYTES, Buffer.from("Beacon keeps this room for the operators' record. "));
    for (let at = from; at < this.#bytes;)
      at += writeSync(handle, block, 0, Math.min(block.length, this.#bytes - at), at);
  }
}
