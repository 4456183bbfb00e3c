/** The rows of a roster that exist now, in order of their index. */
export class RowSet {
  #rows: number[] = [];

  get rows(): readonly number[] {
    return this.#rows;
  }

  /** Takes the rows of a frame; returns those that are gone, which only a full frame can show. */
  update(index: ArrayLike<number>, count: number, isFull: boolean): number[] {
    const incoming = new Set<number>();
    for (let i = 0; i < count; i++) incoming.add(index[i] ?? 0);
    const gone = isFull ? this.#rows.filter((row) => !incoming.has(row)) : [];
    const isNews = gone.length > 0 || incoming.size > 0;
    if (isNews) this.#rows = [...new Set(isFull ? incoming : [...this.#rows, ...incoming])].sort((a, b) => a - b);
    return gone;
  }

  clear(): void {
    this.#rows = [];
  }
}
