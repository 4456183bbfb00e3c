/** Asks the process that runs the engine to restart it. */
export class RestartRequest {
  readonly #made = Promise.withResolvers<undefined>();

  make(): void {
    this.#made.resolve(undefined);
  }

  /** Calls the listener when the request is made, or at once where it was made while the engine was being composed. */
  on(listener: () => void): void {
    void this.#made.promise.then(listener);
  }
}
