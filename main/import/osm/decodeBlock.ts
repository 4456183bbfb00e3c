import { PbfReader } from 'pbf';

/** The tags of an OpenStreetMap object. */
export type Tags = ReadonlyMap<string, string>;
export type MemberKind = 'node' | 'way' | 'relation';
export type Member = { kind: MemberKind; id: number; role: string };

/**
 * Receives the objects of a block. A kind without a receiver is skipped undecoded, and tags are decoded only for those
 * who ask for them, because most objects of a large file lie outside the bounds.
 */
export type Receivers = {
  /** Positions are whole numbers of 1e-7 degrees. A node without tags has none to ask for. */
  node?: (id: number, lonE7: number, latE7: number, tags: (() => Tags) | undefined) => void;
  way?: (id: number, refs: readonly number[], tags: () => Tags) => void;
  relation?: (id: number, members: readonly Member[], tags: () => Tags) => void;
};

/** The kinds of objects that a block holds, as a sum of these. */
export const kindBits = { node: 1, way: 2, relation: 4 } as const;

const memberKinds: readonly MemberKind[] = ['node', 'way', 'relation'];
/** Fields of a PrimitiveGroup (osmformat.proto). */
const groupField = { node: 1, dense: 2, way: 3, relation: 4 } as const;

type Block = {
  strings: Uint8Array[];
  texts: (string | undefined)[];
  groups: { from: number; to: number }[];
  granularity: number;
  lonOffset: number;
  latOffset: number;
};

const utf8 = new TextDecoder();

function textOf(block: Block, index: number): string {
  const known = block.texts[index];
  if (known !== undefined) return known;
  const bytes = block.strings[index];
  if (bytes === undefined) throw new RangeError(`The string ${index} is not in the table of its block.`);
  const text = utf8.decode(bytes);
  block.texts[index] = text;
  return text;
}

const tagsOf = (block: Block, keys: readonly number[], values: readonly number[]): Tags =>
  new Map(keys.map((key, at) => [textOf(block, key), textOf(block, values[at] ?? -1)]));

function readLayout(reader: PbfReader): Block {
  const block: Block = { strings: [], texts: [], groups: [], granularity: 100, lonOffset: 0, latOffset: 0 };
  reader.readFields((field, into, pbf) => {
    if (field === 1)
      pbf.readMessage((inner, strings, table) => {
        if (inner === 1) strings.push(table.readBytes());
      }, into.strings);
    else if (field === 2) {
      const to = pbf.readVarint() + pbf.pos;
      into.groups.push({ from: pbf.pos, to });
      pbf.pos = to;
    } else if (field === 17) into.granularity = pbf.readVarint();
    else if (field === 19) into.latOffset = pbf.readVarint(true);
    else if (field === 20) into.lonOffset = pbf.readVarint(true);
  }, block);
  return block;
}

/** Nanodegrees, as the file has them, to units of 1e-7 degrees. */
const toE7 = (block: Block, offset: number, value: number): number =>
  Math.round((offset + block.granularity * value) / 100);

function readDense(pbf: PbfReader, block: Block, node: NonNullable<Receivers['node']>): void {
  const dense = { ids: [] as number[], lats: [] as number[], lons: [] as number[], keysAndValues: [] as number[] };
  pbf.readMessage((field, into, inner) => {
    if (field === 1) inner.readPackedSVarint(into.ids);
    else if (field === 8) inner.readPackedSVarint(into.lats);
    else if (field === 9) inner.readPackedSVarint(into.lons);
    else if (field === 10) inner.readPackedVarint(into.keysAndValues);
  }, dense);
  const { ids, lats, lons, keysAndValues } = dense;
  if (ids.length !== lats.length || ids.length !== lons.length)
    throw new RangeError('The columns of its nodes differ in length.');
  let [id, lat, lon, at] = [0, 0, 0, 0];
  for (let index = 0; index < ids.length; index++) {
    id += ids[index] ?? 0;
    lat += lats[index] ?? 0;
    lon += lons[index] ?? 0;
    const from = at;
    while ((keysAndValues[at] ?? 0) !== 0) at += 2;
    const to = at++;
    const tags =
      to === from
        ? undefined
        : (): Tags => {
            const pairs = keysAndValues.slice(from, to);
            const isKey = (_: number, place: number): boolean => place % 2 === 0;
            return tagsOf(
              block,
              pairs.filter(isKey),
              pairs.filter((_, place) => place % 2 === 1),
            );
          };
    node(id, toE7(block, block.lonOffset, lon), toE7(block, block.latOffset, lat), tags);
  }
}

type Plain = { id: number; keys: number[]; values: number[]; lat: number; lon: number };

function readNode(pbf: PbfReader, block: Block, node: NonNullable<Receivers['node']>): void {
  const plain: Plain = { id: 0, keys: [], values: [], lat: 0, lon: 0 };
  pbf.readMessage((field, into, inner) => {
    if (field === 1) into.id = inner.readSVarint();
    else if (field === 2) inner.readPackedVarint(into.keys);
    else if (field === 3) inner.readPackedVarint(into.values);
    else if (field === 8) into.lat = inner.readSVarint();
    else if (field === 9) into.lon = inner.readSVarint();
  }, plain);
  const { id, keys, values, lat, lon } = plain;
  const tags = keys.length === 0 ? undefined : (): Tags => tagsOf(block, keys, values);
  node(id, toE7(block, block.lonOffset, lon), toE7(block, block.latOffset, lat), tags);
}

/** The sums of differences, as the format writes ascending ids. */
function summed(differences: readonly number[]): number[] {
  let sum = 0;
  return differences.map((each) => (sum += each));
}

function readWay(pbf: PbfReader, block: Block, way: NonNullable<Receivers['way']>): void {
  const plain = { id: 0, keys: [] as number[], values: [] as number[], refs: [] as number[] };
  pbf.readMessage((field, into, inner) => {
    if (field === 1) into.id = inner.readVarint(true);
    else if (field === 2) inner.readPackedVarint(into.keys);
    else if (field === 3) inner.readPackedVarint(into.values);
    else if (field === 8) inner.readPackedSVarint(into.refs);
  }, plain);
  way(plain.id, summed(plain.refs), () => tagsOf(block, plain.keys, plain.values));
}

function readRelation(pbf: PbfReader, block: Block, relation: NonNullable<Receivers['relation']>): void {
  const plain = {
    id: 0,
    keys: [] as number[],
    values: [] as number[],
    roles: [] as number[],
    ids: [] as number[],
    kinds: [] as number[],
  };
  pbf.readMessage((field, into, inner) => {
    if (field === 1) into.id = inner.readVarint(true);
    else if (field === 2) inner.readPackedVarint(into.keys);
    else if (field === 3) inner.readPackedVarint(into.values);
    else if (field === 8) inner.readPackedVarint(into.roles);
    else if (field === 9) inner.readPackedSVarint(into.ids);
    else if (field === 10) inner.readPackedVarint(into.kinds);
  }, plain);
  const members = summed(plain.ids).map((id, at): Member => ({
    id,
    kind: memberKinds[plain.kinds[at] ?? 0] ?? 'node',
    role: textOf(block, plain.roles[at] ?? 0),
  }));
  relation(plain.id, members, () => tagsOf(block, plain.keys, plain.values));
}

function readGroup(pbf: PbfReader, to: number, block: Block, { node, way, relation }: Receivers): number {
  let kinds = 0;
  for (let field = pbf.nextField(to); field !== 0; field = pbf.nextField(to)) {
    if (field === groupField.dense || field === groupField.node) {
      kinds |= kindBits.node;
      if (node !== undefined) (field === groupField.dense ? readDense : readNode)(pbf, block, node);
    } else if (field === groupField.way) {
      kinds |= kindBits.way;
      if (way !== undefined) readWay(pbf, block, way);
    } else if (field === groupField.relation) {
      kinds |= kindBits.relation;
      if (relation !== undefined) readRelation(pbf, block, relation);
    }
  }
  return kinds;
}

/** Gives the objects of an uncompressed PrimitiveBlock to their receivers. Returns the kinds that it holds. */
export function decodeBlock(bytes: Uint8Array, receivers: Receivers): number {
  const reader = new PbfReader(bytes);
  const block = readLayout(reader);
  let kinds = 0;
  for (const { from, to } of block.groups) {
    reader.pos = from;
    kinds |= readGroup(reader, to, block, receivers);
  }
  return kinds;
}
