const FIRST_CAPACITY = 1 << 16;

/** Positions of nodes by id, 16 bytes each. All are added before the first is asked for. */
export class NodeStore {
  #ids = new Float64Array(FIRST_CAPACITY);
  /** Longitude and latitude of each, in 1e-7 degrees. */
  #places = new Int32Array(2 * FIRST_CAPACITY);
  #count = 0;
  #isSorted = true;

  get count(): number {
    return this.#count;
  }

  add(id: number, lonE7: number, latE7: number): void {
    if (this.#count === this.#ids.length) this.#grow();
    if (this.#count > 0 && id <= (this.#ids[this.#count - 1] ?? 0)) this.#isSorted = false;
    this.#ids[this.#count] = id;
    this.#places[2 * this.#count] = lonE7;
    this.#places[2 * this.#count + 1] = latE7;
    this.#count++;
  }

  has(id: number): boolean {
    return this.#find(id) >= 0;
  }

  /** Longitude and latitude in degrees, or undefined where the node is not here. */
  at(id: number): [number, number] | undefined {
    const index = this.#find(id);
    if (index < 0) return undefined;
    return [(this.#places[2 * index] ?? 0) / 1e7, (this.#places[2 * index + 1] ?? 0) / 1e7];
  }

  #find(id: number): number {
    if (!this.#isSorted) this.#sort();
    let [from, to] = [0, this.#count];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#ids[middle] ?? 0) < id) from = middle + 1;
      else to = middle;
    }
    return from < this.#count && this.#ids[from] === id ? from : -1;
  }

  #grow(): void {
    const [ids, places] = [this.#ids, this.#places];
    this.#ids = new Float64Array(2 * ids.length);
    this.#places = new Int32Array(2 * places.length);
    this.#ids.set(ids);
    this.#places.set(places);
  }

  #sort(): void {
    const order = Uint32Array.from({ length: this.#count }, (_, index) => index);
    const [ids, places] = [this.#ids, this.#places];
    order.sort((a, b) => (ids[a] ?? 0) - (ids[b] ?? 0) || a - b);
    this.#ids = Float64Array.from(order, (index) => ids[index] ?? 0);
    this.#places = new Int32Array(2 * this.#count);
    order.forEach((index, at) => {
      this.#places[2 * at] = places[2 * index] ?? 0;
      this.#places[2 * at + 1] = places[2 * index + 1] ?? 0;
    });
    this.#isSorted = true;
  }
}
