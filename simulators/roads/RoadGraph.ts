import type { Link } from '../../shared/county/county.ts';

/** A way through the network: links in order and its cost in seconds. */
export type Path = { links: number[]; seconds: number };

/** The links as a graph for routing. Links are identified by their index in the county's list. */
export class RoadGraph {
  readonly #nodes = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #out: number[][] = [];
  readonly #head: Int32Array;
  readonly #seconds: Float64Array;
  readonly #positions: [number, number][] = [];

  /** `seconds` may return more than a link's free-flow time, for vehicles that avoid some roads. */
  constructor(links: readonly Link[], seconds: (link: Link) => number = (link) => link.lengthM / link.freeFlowMps) {
    this.#head = new Int32Array(links.length);
    this.#seconds = Float64Array.from(links, seconds);
    links.forEach((link, index) => {
      this.#out[this.#node(link.fromNode, link.path[0])]?.push(index);
      this.#head[index] = this.#node(link.toNode, link.path.at(-1));
    });
  }

  get nodeCount(): number {
    return this.#out.length;
  }

  nodeName(node: number): string {
    return this.#names[node] ?? '';
  }

  positionOf(node: number): [number, number] {
    return this.#positions[node] ?? [0, 0];
  }

  headOf(link: number): number {
    return this.#head[link] ?? 0;
  }

  nearestNode([lon, lat]: readonly [number, number]): number {
    const narrow = Math.cos((lat * Math.PI) / 180);
    let [best, bestSquare] = [0, Number.POSITIVE_INFINITY];
    this.#positions.forEach(([x, y], node) => {
      const square = ((x - lon) * narrow) ** 2 + (y - lat) ** 2;
      if (square < bestSquare) [best, bestSquare] = [node, square];
    });
    return best;
  }

  /** Dijkstra with a binary heap; undefined where there is no way. */
  shortestPath(from: number, to: number): Path | undefined {
    const cost = new Float64Array(this.nodeCount).fill(Number.POSITIVE_INFINITY);
    const by = new Int32Array(this.nodeCount).fill(-1);
    const tail = new Int32Array(this.nodeCount).fill(-1);
    const heap = new NodeHeap();
    cost[from] = 0;
    heap.push(from, 0);
    for (let node = heap.pop(); node !== undefined && node !== to; node = heap.pop()) {
      for (const link of this.#out[node] ?? []) {
        const next = this.#head[link] ?? 0;
        const seconds = (cost[node] ?? 0) + (this.#seconds[link] ?? 0);
        if (seconds >= (cost[next] ?? 0)) continue;
        cost[next] = seconds;
        by[next] = link;
        tail[next] = node;
        heap.push(next, seconds);
      }
    }
    const seconds = cost[to] ?? Number.POSITIVE_INFINITY;
    if (!Number.isFinite(seconds)) return undefined;
    const links: number[] = [];
    for (let node = to; node !== from; node = tail[node] ?? from) links.push(by[node] ?? 0);
    return { links: links.reverse(), seconds };
  }

  #node(name: string, position: [number, number] | undefined): number {
    const known = this.#nodes.get(name);
    if (known !== undefined) return known;
    this.#names.push(name);
    this.#positions.push(position ?? [0, 0]);
    this.#nodes.set(name, this.#out.length);
    return this.#out.push([]) - 1;
  }
}

/** A binary heap of nodes by cost; a node may be in it more than once. */
class NodeHeap {
  readonly #nodes: number[] = [];
  readonly #costs: number[] = [];

  push(node: number, cost: number): void {
    let at = this.#nodes.push(node) - 1;
    this.#costs.push(cost);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.#costs[parent] ?? 0) <= cost) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#nodes[at] = node;
    this.#costs[at] = cost;
  }

  pop(): number | undefined {
    const [top, node, cost] = [this.#nodes[0], this.#nodes.pop(), this.#costs.pop()];
    if (top === undefined || node === undefined || cost === undefined || this.#nodes.length === 0) return top;
    let at = 0;
    for (let child = 1; child < this.#nodes.length; child = 2 * at + 1) {
      if (child + 1 < this.#nodes.length && (this.#costs[child + 1] ?? 0) < (this.#costs[child] ?? 0)) child++;
      if ((this.#costs[child] ?? 0) >= cost) break;
      this.#move(child, at);
      at = child;
    }
    this.#nodes[at] = node;
    this.#costs[at] = cost;
    return top;
  }

  #move(from: number, to: number): void {
    this.#nodes[to] = this.#nodes[from] ?? 0;
    this.#costs[to] = this.#costs[from] ?? 0;
  }
}
