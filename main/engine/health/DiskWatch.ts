import type { StoreNotice } from '../store/store.ts';

export type DiskSpace = { freeBytes: number; totalBytes: number };
export type DiskState = DiskSpace & { state: 'ok' | 'low' | 'full' };

/** `lowBytes`: below this much free space an alarm asks for more. `stopBytes`: below it telemetry is no longer kept. */
export type DiskLimits = { lowBytes: number; stopBytes: number };

type DiskWatchOptions = {
  /** Reads the free space of the data folder. */
  read: () => Promise<DiskSpace>;
  /**
   * Fills the reserve of the operators' record up to its full size; false where the free disk space is not enough for
   * the reserve and for some telemetry. A quota can be noticed only here.
   */
  refill: () => boolean;
  limits: (space: DiskSpace) => DiskLimits;
  everyMs: number;
  onNotice: (notice: StoreNotice) => void;
};

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
/**
 * Telemetry resumes only with this many times the free space below which it stopped, so that it does not stop again at
 * once.
 */
const RESUME_FACTOR = 2;
/** Dead-band: the free space varies by a few percent as files come and go. */
const ENOUGH_FACTOR = 1.1;

/** A gigabyte and 64 MB; less on disks so small that they would never have that much free space. */
export const usualDiskLimits = ({ totalBytes }: DiskSpace): DiskLimits => ({
  lowBytes: Math.min(GIB, totalBytes / 10),
  stopBytes: Math.min(64 * MIB, totalBytes / 50),
});

const size = (bytes: number): string =>
  bytes >= GIB ? `${(bytes / GIB).toFixed(1)} GB` : `${Math.round(bytes / MIB)} MB`;

/**
 * Watches the free space on the disk of the data folder: reports when it runs short, and decides whether telemetry may
 * be written.
 */
export class DiskWatch {
  readonly #options: DiskWatchOptions;
  #state: DiskState = { state: 'ok', freeBytes: Number.MAX_SAFE_INTEGER, totalBytes: Number.MAX_SAFE_INTEGER };
  #timer: NodeJS.Timeout | undefined;

  constructor(options: DiskWatchOptions) {
    this.#options = options;
  }

  get state(): DiskState {
    return this.#state;
  }

  get isFull(): boolean {
    return this.#state.state === 'full';
  }

  /** Checks at once and then periodically. */
  async start(): Promise<void> {
    await this.look();
    this.#timer = setInterval(() => void this.look(), this.#options.everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Call this when a write has failed for lack of disk space: nothing more is written until there is some. */
  noteFull(): void {
    this.#enter({ ...this.#state, state: 'full' });
  }

  async look(): Promise<void> {
    const space = await this.#options.read().catch(() => undefined);
    // If the free space cannot be read, writing goes on: the writes themselves will fail if the disk is full.
    if (space !== undefined) this.#enter({ ...space, state: this.#judge(space) });
  }

  #judge(space: DiskSpace): DiskState['state'] {
    const { lowBytes, stopBytes } = this.#options.limits(space);
    if (space.freeBytes < stopBytes * (this.isFull ? RESUME_FACTOR : 1)) return 'full';
    if (this.isFull && !this.#options.refill()) return 'full';
    return space.freeBytes < lowBytes * (this.#state.state === 'ok' ? 1 : ENOUGH_FACTOR) ? 'low' : 'ok';
  }

  #enter(next: DiskState): void {
    const before = this.#state.state;
    this.#state = next;
    if (next.state === before) return;
    const room = `${size(next.freeBytes)} of ${size(next.totalBytes)}`;
    if (next.state === 'full')
      this.#options.onNotice({
        level: 'error',
        text: "The disk of the data folder is full, or its quota is used up. Telemetry is not kept until there is room; messages of QoS 1 wait at the broker, the operators' record goes on in its reserve.",
      });
    else if (before === 'full')
      this.#options.onNotice({
        level: 'info',
        text: `The disk of the data folder has room again (${room}); telemetry is kept again.`,
      });
    else if (next.state === 'low')
      this.#options.onNotice({
        level: 'warning',
        text: `The disk of the data folder is nearly full: ${room} are free.`,
      });
  }
}
