import { Worker } from 'node:worker_threads';
import { StoreError } from '../StoreError.ts';
import { buffersIn } from './storeRoles.ts';
import type {
  MethodArgs,
  MethodName,
  MethodResult,
  StoreCall,
  StoreReply,
  StoreRoles,
  StoreWorkerData,
} from './storeRoles.ts';

/** Calls that take longer are reported, so that they are logged. */
const SLOW_MS = 40;

/** Called with the name of a call that took long in its thread, such as `telemetryReader.query`. */
export type SlowCallListener = (call: string, ms: number) => void;

type Pending = { call: string; resolve: (result: unknown) => void; reject: (error: StoreError) => void };

/**
 * The engine's end of a worker thread that has one role. Calls are answered in order; columns in arguments are
 * transferred, not copied.
 */
export class StoreThread<R extends keyof StoreRoles> {
  readonly #worker: Worker;
  readonly #role: R;
  readonly #onSlowCall: SlowCallListener | undefined;
  readonly #slowMs: number;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #isEnded = false;

  constructor(
    workerPath: string,
    data: StoreWorkerData & { role: R },
    onSlowCall?: SlowCallListener,
    slowMs = SLOW_MS,
  ) {
    this.#slowMs = slowMs;
    this.#role = data.role;
    this.#onSlowCall = onSlowCall;
    this.#worker = new Worker(workerPath, { workerData: data, name: `store ${data.role}` });
    this.#worker.on('message', (reply: StoreReply) => this.#settle(reply));
    this.#worker.on('error', (error) =>
      this.#end(`The store's thread failed: ${error instanceof Error ? error.message : String(error)}`),
    );
    this.#worker.on('exit', () => this.#end('The store is closed.'));
  }

  /** Rejects with a StoreError. */
  call<N extends MethodName<StoreRoles[R]>>(
    method: N,
    ...args: MethodArgs<StoreRoles[R], N>
  ): Promise<MethodResult<StoreRoles[R], N>> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    if (this.#isEnded) return Promise.reject(new StoreError('closed', 'The store is closed.'));
    const call: StoreCall = { id: this.#nextId++, method, args };
    this.#pending.set(call.id, { call: `${this.#role}.${method}`, resolve, reject });
    this.#worker.postMessage(
      call,
      args.flatMap((arg: unknown) => buffersIn(arg)),
    );
    return promise as Promise<MethodResult<StoreRoles[R], N>>;
  }

  /** Lets the calls in hand finish, closes the connection, and ends the thread. */
  async close(): Promise<void> {
    if (this.#isEnded) return;
    await this.call(
      'close' as MethodName<StoreRoles[R]>,
      ...([] as unknown as MethodArgs<StoreRoles[R], MethodName<StoreRoles[R]>>),
    ).catch(() => undefined);
    await this.#worker.terminate();
  }

  #settle(reply: StoreReply): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (pending !== undefined && reply.ms > this.#slowMs) this.#onSlowCall?.(pending.call, reply.ms);
    if ('error' in reply) pending?.reject(new StoreError(reply.error.code, reply.error.message));
    else pending?.resolve(reply.result);
  }

  #end(reason: string): void {
    this.#isEnded = true;
    for (const { reject } of this.#pending.values()) reject(new StoreError('closed', reason));
    this.#pending.clear();
  }
}
