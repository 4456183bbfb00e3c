import { writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { PbfWriter } from 'pbf';

type Tags = Readonly<Record<string, string>>;
type Member = { kind: 'node' | 'way' | 'relation'; id: number; role: string };
/** What a small OpenStreetMap file holds. Nodes are given by their places in kilometres east and north of `origin`. */
export type OsmContent = {
  nodes: Readonly<Record<number, readonly [xKm: number, yKm: number, tags?: Tags]>>;
  ways?: Readonly<Record<number, readonly [refs: readonly number[], tags: Tags]>>;
  relations?: Readonly<Record<number, readonly [members: readonly Member[], tags: Tags]>>;
};
type Options = {
  origin?: readonly [number, number];
  isDense?: boolean;
  isCompressed?: boolean;
  features?: readonly string[];
};

const KM_DEG = 1 / 111.195;

function blob(type: string, block: Uint8Array, isCompressed: boolean): Uint8Array {
  const body = new PbfWriter();
  if (isCompressed) {
    body.writeTag(2, 0);
    body.writeVarint(block.length);
    body.writeTag(3, 2);
    body.writeBytes(deflateSync(block));
  } else {
    body.writeTag(1, 2);
    body.writeBytes(block);
  }
  const bytes = body.finish();
  const head = new PbfWriter();
  head.writeTag(1, 2);
  head.writeString(type);
  head.writeTag(3, 0);
  head.writeVarint(bytes.length);
  const header = head.finish();
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  return Buffer.concat([length, header, bytes]);
}

/** The differences between numbers, as the format writes ids and places. */
const differences = (values: readonly number[]): number[] => values.map((value, at) => value - (values[at - 1] ?? 0));

class BlockWriter {
  readonly #strings: string[] = [''];
  readonly #group = new PbfWriter();

  #at(text: string): number {
    const known = this.#strings.indexOf(text);
    return known >= 0 ? known : this.#strings.push(text) - 1;
  }

  #tags(tags: Tags, into: PbfWriter): void {
    into.writePackedVarint(
      2,
      Object.keys(tags).map((key) => this.#at(key)),
    );
    into.writePackedVarint(
      3,
      Object.values(tags).map((value) => this.#at(value)),
    );
  }

  dense(nodes: readonly { id: number; lon: number; lat: number; tags: Tags }[]): void {
    this.#group.writeMessage(
      2,
      (_, pbf) => {
        pbf.writePackedSVarint(1, differences(nodes.map(({ id }) => id)));
        pbf.writePackedSVarint(8, differences(nodes.map(({ lat }) => lat)));
        pbf.writePackedSVarint(9, differences(nodes.map(({ lon }) => lon)));
        const cells = nodes.flatMap(({ tags }) => [
          ...Object.entries(tags).flatMap(([key, value]) => [this.#at(key), this.#at(value)]),
          0,
        ]);
        pbf.writePackedVarint(10, cells);
      },
      undefined,
    );
  }

  node({ id, lon, lat, tags }: { id: number; lon: number; lat: number; tags: Tags }): void {
    this.#group.writeMessage(
      1,
      (_, pbf) => {
        pbf.writeTag(1, 0);
        pbf.writeSVarint(id);
        this.#tags(tags, pbf);
        pbf.writeTag(8, 0);
        pbf.writeSVarint(lat);
        pbf.writeTag(9, 0);
        pbf.writeSVarint(lon);
      },
      undefined,
    );
  }

  way(id: number, refs: readonly number[], tags: Tags): void {
    this.#group.writeMessage(
      3,
      (_, pbf) => {
        pbf.writeTag(1, 0);
        pbf.writeVarint(id);
        this.#tags(tags, pbf);
        pbf.writePackedSVarint(8, differences(refs));
      },
      undefined,
    );
  }

  relation(id: number, members: readonly Member[], tags: Tags): void {
    const kinds = ['node', 'way', 'relation'];
    this.#group.writeMessage(
      4,
      (_, pbf) => {
        pbf.writeTag(1, 0);
        pbf.writeVarint(id);
        this.#tags(tags, pbf);
        pbf.writePackedVarint(
          8,
          members.map(({ role }) => this.#at(role)),
        );
        pbf.writePackedSVarint(9, differences(members.map((member) => member.id)));
        pbf.writePackedVarint(
          10,
          members.map(({ kind }) => kinds.indexOf(kind)),
        );
      },
      undefined,
    );
  }

  finish(): Uint8Array {
    const block = new PbfWriter();
    block.writeMessage(
      1,
      (strings, pbf) => {
        for (const text of strings) {
          pbf.writeTag(1, 2);
          pbf.writeString(text);
        }
      },
      this.#strings,
    );
    block.writeTag(2, 2);
    block.writeBytes(this.#group.finish());
    return block.finish();
  }
}

/** Writes a small OpenStreetMap file in the PBF format, with one block for each kind of object. */
export function writeOsm(
  path: string,
  { nodes, ways = {}, relations = {} }: OsmContent,
  { origin = [-93.5, 44.5], isDense = true, isCompressed = true, features = [] }: Options = {},
): void {
  const header = new PbfWriter();
  for (const feature of ['OsmSchema-V0.6', 'DenseNodes', ...features]) {
    header.writeTag(4, 2);
    header.writeString(feature);
  }
  const narrow = Math.cos((origin[1] * Math.PI) / 180);
  const placed = Object.entries(nodes).map(([id, [x, y, tags = {}]]) => ({
    id: Number(id),
    lon: Math.round((origin[0] + (x * KM_DEG) / narrow) * 1e7),
    lat: Math.round((origin[1] + y * KM_DEG) * 1e7),
    tags,
  }));
  const [first, second, third] = [new BlockWriter(), new BlockWriter(), new BlockWriter()];
  if (isDense) first.dense(placed);
  else for (const node of placed) first.node(node);
  for (const [id, [refs, tags]] of Object.entries(ways)) second.way(Number(id), refs, tags);
  for (const [id, [members, tags]] of Object.entries(relations)) third.relation(Number(id), members, tags);
  const blocks = [first, second, third].map((each) => blob('OSMData', each.finish(), isCompressed));
  writeFileSync(path, Buffer.concat([blob('OSMHeader', header.finish(), isCompressed), ...blocks]));
}
