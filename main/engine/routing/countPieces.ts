import type { Link } from '../../../shared/county/county.ts';

/** A part of the network that no road connects with the others. */
type Piece = { links: number; lengthM: number; at: [number, number] };

/** The parts of a network that are not connected, the longest first. */
export function countPieces(links: readonly Link[]): Piece[] {
  const parent = new Map<string, string>();
  const rootOf = (node: string): string => {
    let root = node;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    for (let at = node; at !== root;) {
      const up = parent.get(at) ?? root;
      parent.set(at, root);
      at = up;
    }
    return root;
  };
  for (const { fromNode, toNode } of links) {
    const [a, b] = [rootOf(fromNode), rootOf(toNode)];
    parent.set(a, b);
    parent.set(b, b);
  }
  const pieces = new Map<string, Piece>();
  for (const { fromNode, lengthM, path } of links) {
    const root = rootOf(fromNode);
    const piece = pieces.get(root) ?? { links: 0, lengthM: 0, at: path[0] ?? [0, 0] };
    pieces.set(root, { ...piece, links: piece.links + 1, lengthM: piece.lengthM + lengthM });
  }
  return [...pieces.values()].sort((a, b) => b.lengthM - a.lengthM);
}
