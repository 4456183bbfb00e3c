import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** A process of the bench that answers each order with one message, in order. */
export class Child<Order extends string | object, Answer> {
  readonly #process: ChildProcess;
  readonly #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];

  constructor(file: string, args: readonly string[] = []) {
    this.#process = fork(join(import.meta.dirname, file), args);
    this.#process.on('message', (answer) => this.#waiting.shift()?.resolve(answer as Answer));
    this.#process.on('exit', (code) => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error(`${file} ended with ${String(code)}.`));
    });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Resolves to the next message of the process. */
  answer(): Promise<Answer> {
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  ask(order: Order): Promise<Answer> {
    this.#process.send(order);
    return this.answer();
  }

  stop(): void {
    this.#process.kill();
  }
}
