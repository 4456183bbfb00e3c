/** Asks whoever runs the engine to start it anew. */
export class RestartRequest {
  readonly #made = Promise.withResolvers<undefined>();

  make(): void {
    this.#made.resolve(undefined);
  }

  /** Calls the listener when it is made, or was made while the engine was being put together. */
  on(listener: () => void): void {
    void this.#made.promise.then(listener);
  }
}
