import type { Link, Turn } from '../../../shared/county/county.ts';
import { count } from './collect.ts';
import type { Collected, Relation } from './collect.ts';
import type { Laid } from './layLinks.ts';

/** Links by the node at which they begin, and at which they end. */
type Ends = { from: ReadonlyMap<string, Link[]>; to: ReadonlyMap<string, Link[]> };
type Work = { laid: Laid; ends: Ends; leftOut: Map<string, number> };

/** The ways whose tag of a restriction counts for vehicles in general. */
const RESTRICTION_KEYS = ['restriction:motorcar', 'restriction:motor_vehicle', 'restriction'];
const LONGEST_VIA = 12;

const membersOf = ({ members }: Relation, role: string): Relation['members'] =>
  members.filter((member) => member.role === role);

/** The links of ways that end at a node, or begin there. */
const at = (links: readonly Link[], end: 'fromNode' | 'toNode', node: string): Link[] =>
  links.filter((link) => link[end] === node);

/** The links that lead along ways from a node to one of others; undefined where they do not. */
function along(via: readonly Link[], from: string, isEnd: (node: string) => boolean): Link[] | undefined {
  const open: Link[][] = at(via, 'fromNode', from).map((link) => [link]);
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const node = next.at(-1)?.toNode ?? '';
    if (isEnd(node)) return next;
    if (next.length < LONGEST_VIA)
      for (const link of at(via, 'fromNode', node))
        if (next.every(({ fromNode }) => fromNode !== link.toNode)) open.push([...next, link]);
  }
  return undefined;
}

/** The sequences of links that a restriction names: from, what lies between, and to. */
function sequences(relation: Relation, { laid }: Work): Link[][] {
  const ofRole = (role: string): Link[] =>
    membersOf(relation, role).flatMap(({ kind, id }) => (kind === 'way' ? (laid.ofWay.get(id) ?? []) : []));
  const [from, to] = [ofRole('from'), ofRole('to')];
  const node = membersOf(relation, 'via').find(({ kind }) => kind === 'node');
  if (node !== undefined) {
    const name = `n${node.id}`;
    return at(from, 'toNode', name).flatMap((first) => at(to, 'fromNode', name).map((last) => [first, last]));
  }
  const via = ofRole('via');
  const begins = new Set(to.map(({ fromNode }) => fromNode));
  return from.flatMap((first) => {
    const between = along(via, first.toNode, (name) => begins.has(name));
    if (between === undefined) return [];
    return at(to, 'fromNode', between.at(-1)?.toNode ?? '').map((last) => [first, ...between, last]);
  });
}

/** What may not be driven where only one sequence may: every other link that follows a part of it. */
function othersThan(sequence: readonly Link[], { from }: Ends): Link[][] {
  return sequence.slice(0, -1).flatMap((link, place) => {
    const next = sequence[place + 1];
    return (from.get(link.toNode) ?? [])
      .filter((other) => other !== next)
      .map((other) => [...sequence.slice(0, place + 1), other]);
  });
}

function turnsOf(relation: Relation, work: Work): Turn[] {
  const kind = RESTRICTION_KEYS.map((key) => relation.tags.get(key)).find(Boolean);
  const leaveOut = (reason: string): Turn[] => {
    count(work.leftOut, `turn restriction ${reason}`);
    return [];
  };
  if (relation.tags.get('except')?.split(';').includes('motorcar') === true) return [];
  if (kind === undefined || relation.tags.has('day_on') || relation.tags.has('hour_on'))
    return leaveOut('for some hours or vehicles only');
  if (!/^(no|only)_/.test(kind)) return leaveOut(`of the unknown kind ${kind}`);
  const found = sequences(relation, work);
  if (found.length === 0) return leaveOut('whose roads do not meet or are not here');
  const isOnly = kind.startsWith('only_');
  const [first] = found;
  const isBack = (links: readonly Link[]): boolean => links.at(-1)?.toNode === links[0]?.fromNode;
  if (isOnly && (found.length > 1 || first === undefined)) return leaveOut('that allows several ways');
  const named = kind === 'no_u_turn' && found.some(isBack) ? found.filter(isBack) : found;
  const forbidden = isOnly && first !== undefined ? othersThan(first, work.ends) : named;
  return forbidden.map((links) => ({ links: links.map(({ id }) => id), reason: kind.replaceAll('_', ' ') }));
}

/** Through a barrier that only response vehicles open, nobody else gets from one side to the other. */
function throughBarriers({ laid, ends }: Work): Turn[] {
  return [...laid.barriers].flatMap((node) =>
    (ends.to.get(node) ?? []).flatMap((first) =>
      (ends.from.get(node) ?? [])
        .filter((last) => last.toNode !== first.fromNode)
        .map((last) => ({ links: [first.id, last.id], reason: 'barrier' })),
    ),
  );
}

/** The forbidden turns of the links, from restrictions and barriers. */
export function layTurns(found: Collected, laid: Laid): Turn[] {
  const work: Work = {
    laid,
    ends: {
      from: Map.groupBy(laid.links, ({ fromNode }) => fromNode),
      to: Map.groupBy(laid.links, ({ toNode }) => toNode),
    },
    leftOut: found.leftOut,
  };
  const turns = [...found.restrictions.flatMap((relation) => turnsOf(relation, work)), ...throughBarriers(work)];
  return [...new Map(turns.map((turn) => [turn.links.join(' '), turn])).values()];
}
