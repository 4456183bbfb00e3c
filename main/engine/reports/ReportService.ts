import { dirname, join } from 'node:path';
import type { CountyMs } from '../../../shared/base/clock.ts';
import type { Figure, StreamMessage } from '../../../shared/contract/contract.ts';
import type { SequenceHead } from '../../../shared/people/sequenceHead.ts';
import type { Log } from '../base/engine.ts';
import { RequestError } from '../base/RequestError.ts';
import { CountyLog, countyLogFile } from './CountyLog.ts';
import { ReportThreads } from './ReportThreads.ts';
import type { ReportOrder, WrittenReport } from './writeReport.ts';

type ReportServiceOptions = {
  dataDir: string;
  countyDir: string;
  storeWorkerPath: string;
  nowMs: () => CountyMs;
  log: Log;
};

function refuse(error: unknown): never {
  throw new RequestError(
    'unavailable',
    `The report could not be made: ${error instanceof Error ? error.message : String(error)}`,
  );
}

/**
 * Everything about reports in a running engine: keeps the data that they will be made from, and has them made beside
 * the engine's event loop.
 */
export class ReportService {
  readonly #options: ReportServiceOptions;
  readonly #threads: ReportThreads;
  readonly #county: CountyLog;

  private constructor(options: ReportServiceOptions, county: CountyLog) {
    this.#options = options;
    this.#county = county;
    this.#threads = new ReportThreads(join(dirname(options.storeWorkerPath), 'reportWorker.js'));
  }

  static async open(options: ReportServiceOptions): Promise<ReportService> {
    const { dataDir, nowMs, log } = options;
    const county = await CountyLog.open(join(dataDir, countyLogFile), nowMs(), (error) =>
      log('warn', `What reports are made of could not be kept: ${String(error)}`),
    );
    return new ReportService(options, county);
  }

  /** Takes the county's figures, as often as they are made. */
  noteFigures(figures: readonly Figure[]): void {
    this.#county.noteFigures(figures, this.#options.nowMs());
  }

  /** Takes the state of feeds and broker. */
  noteFeeds(vitals: Pick<StreamMessage<'vitals'>, 'feeds' | 'broker'>): void {
    this.#county.noteFeeds(vitals, this.#options.nowMs());
  }

  /** A report as a file; undefined where there is none of that name. Rejects with a RequestError. */
  async write(order: Pick<ReportOrder, 'kind' | 'id' | 'format' | 'paper'>): Promise<WrittenReport | undefined> {
    const { dataDir, countyDir, nowMs } = this.#options;
    await this.#county.flush(nowMs());
    return this.#threads.run('write', { ...order, dataDir, countyDir, madeAtMs: nowMs() }).catch(refuse);
  }

  /** Makes and keeps the report of a shift, durable when it resolves. Rejects with a RequestError. */
  async keep(shiftId: string): Promise<{ hash: string; heads: SequenceHead[] }> {
    const { dataDir, countyDir, nowMs } = this.#options;
    await this.#county.flush(nowMs());
    const kept = await this.#threads.run('keep', { dataDir, countyDir, shiftId }).catch(refuse);
    if (kept === undefined) throw new RequestError('notFound', `There is no shift ${shiftId}.`);
    return kept;
  }

  async close(): Promise<void> {
    await this.#threads.close();
    await this.#county.flush(this.#options.nowMs());
  }
}
