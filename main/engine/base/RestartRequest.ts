/** An answer to a screen has been sent after this long. */
const ANSWERED_MS = 300;

/** Asks the process that runs the engine to restart it. */
export class RestartRequest {
  readonly #made = Promise.withResolvers<undefined>();

  make(): void {
    this.#made.resolve(undefined);
  }

  /** As `make`, once the answer to the screen that caused the restart has been sent. */
  makeAfterAnswer(): void {
    setTimeout(() => this.make(), ANSWERED_MS);
  }

  /** Calls the listener when the request is made, or at once where it was made while the engine was being composed. */
  on(listener: () => void): void {
    void this.#made.promise.then(listener);
  }
}
