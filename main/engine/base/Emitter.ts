type Listener<T> = (value: T) => void;

/** An event that any number of others may listen to. Its owner keeps it private and gives away `on` alone. */
export class Emitter<T = void> {
  readonly #listeners = new Set<Listener<T>>();

  /** Calls the listener with each value from now on; the function returned stops that. */
  readonly on = (listener: Listener<T>): (() => void) => {
    // Each call makes its own wrapper, so that one function may listen twice and stop once.
    const own: Listener<T> = (value) => listener(value);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  };

  emit(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}
