import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { County } from '../../../../shared/county/county.ts';
import { writtenDay } from '../../../../shared/county/timetableFeed.ts';
import { serviceDayOf } from '../serviceTime.ts';
import { gtfsSource, timetableOf } from './readGtfs.ts';
import type { GtfsParts, ReadTimetable } from './readGtfs.ts';
import { TimetablePieces } from './timetablePieces.ts';
import type { TimetablePiece } from './timetablePieces.ts';

type WatchOptions = {
  dir: string;
  /** Its timetable is replaced. */
  county: Pick<County, 'profile' | 'timetable' | 'timetableFeeds'>;
  /** Reads the folder, in another thread where that takes time. */
  read: (dir: string, timeZone: string) => Promise<GtfsParts>;
  nowMs: () => number;
  notify: (text: string) => void;
};

/** What shows that the files of a timetable have changed: their names, sizes and times. */
async function signatureOf(dir: string): Promise<string> {
  const source = gtfsSource(dir);
  if (source === undefined) return '';
  const isFolder = (await stat(source)).isDirectory();
  const paths = isFolder ? (await readdir(source, { recursive: true })).map((name) => join(source, name)) : [source];
  const stats = await Promise.all(
    paths.sort().map(async (path) => {
      const { size, mtimeMs } = await stat(path);
      return `${path} ${size} ${mtimeMs}`;
    }),
  );
  return stats.join('\n');
}

/** The built worker that reads timetables, which lies beside that of the store. */
export const timetableWorkerPath = ({ storeWorkerPath }: { storeWorkerPath: string }): string =>
  join(dirname(storeWorkerPath), 'timetableWorker.js');

/** Reads a timetable in a thread. */
export function readInThread(workerPath: string, dir: string, timeZone: string): Promise<GtfsParts> {
  const worker = new Worker(workerPath, { workerData: { dir, timeZone }, name: 'timetable' });
  const pieces = new TimetablePieces();
  return new Promise<GtfsParts>((resolve, reject) => {
    worker.on('message', (piece: TimetablePiece) => {
      const whole = pieces.take(piece);
      if (whole !== undefined) resolve(whole);
    });
    worker.on('error', reject);
    // Once the timetable has come, this rejection has no effect.
    worker.on('exit', () => reject(new Error('The timetable was not read to its end.')));
  }).finally(() => worker.terminate());
}

/**
 * Takes a new timetable from the county's folder while the engine runs. Files that are being copied are read when they
 * have stayed the same from one look to the next; a timetable that begins later is kept until its first day.
 */
export class TimetableWatch {
  readonly #options: WatchOptions;
  #used: string | undefined;
  #seen: string | undefined;
  #waiting: (ReadTimetable & { firstDay: string }) | undefined;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** Looks at the files. The first call only remembers how they are. */
  async look(): Promise<void> {
    const { dir, county, read } = this.#options;
    const signature = await signatureOf(dir);
    const isSteady = signature === this.#seen;
    this.#seen = signature;
    if (this.#used === undefined) this.#used = signature;
    else if (isSteady && signature !== this.#used && signature !== '') {
      this.#used = signature;
      this.#receive(timetableOf(await read(dir, county.profile.timeZone)));
    }
    if (this.#waiting !== undefined && this.#waiting.firstDay <= this.#today()) this.#adopt(this.#waiting);
  }

  #today(): string {
    const { nowMs, county } = this.#options;
    return serviceDayOf(nowMs(), county.profile.timeZone);
  }

  #receive(read: ReadTimetable): void {
    const { notify, county } = this.#options;
    const faults = read.faults.reduce((sum, { count }) => sum + count, 0);
    const lost = faults === 0 ? '' : ` ${faults} of its parts cannot be used: the page Timetable lists them.`;
    if (read.timetable === undefined || read.timetable.trips.size === 0) {
      notify(`The new timetable cannot be read; the present one stays in use. ${read.faults[0]?.reason ?? ''}`.trim());
      return;
    }
    const { firstDay } = read.timetable;
    const isCovered = (county.timetable?.lastDay ?? '') >= this.#today();
    if (firstDay !== undefined && firstDay > this.#today() && isCovered) {
      this.#waiting = { ...read, firstDay };
      notify(`A new timetable begins on ${writtenDay(firstDay)}; the present one is used until then.${lost}`);
      return;
    }
    this.#adopt(read);
    if (lost !== '') notify(`Parts of the new timetable are left out.${lost}`);
  }

  #adopt({ timetable, feeds }: ReadTimetable): void {
    const { county, notify } = this.#options;
    this.#waiting = undefined;
    if (timetable === undefined) return;
    county.timetable = timetable;
    county.timetableFeeds = feeds;
    notify('The new timetable of the county’s folder is in use.');
  }
}
