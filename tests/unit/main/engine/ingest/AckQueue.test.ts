import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { AckQueue } from '../../../../../main/engine/ingest/AckQueue.ts';

const turn = (): Promise<unknown> => new Promise((resolve) => setImmediate(resolve));

function line(): { stream: PassThrough; acks: AckQueue; pieces: number[][] } {
  const stream = new PassThrough();
  const pieces: number[][] = [];
  stream.on('data', (bytes: Buffer) => pieces.push([...bytes]));
  return { stream, acks: new AckQueue(stream), pieces };
}

it('sends acknowledgements in the order of arrival, those of one turn in one piece', async () => {
  const { acks, pieces } = line();
  const [first, second, third] = [acks.hold(1), acks.hold(300), acks.hold(65_535)];
  third();
  second();
  await turn();
  expect(pieces).toEqual([]);
  first();
  await turn();
  expect(pieces).toEqual([[0x40, 2, 0, 1, 0x40, 2, 1, 44, 0x40, 2, 255, 255]]);
});

it('sends nothing twice, and nothing on a connection that is over', async () => {
  const { stream, acks, pieces } = line();
  const [first, second] = [acks.hold(1), acks.hold(2)];
  first();
  await turn();
  first();
  await turn();
  expect(pieces).toHaveLength(1);
  stream.destroy();
  second();
  await turn();
  expect(pieces).toHaveLength(1);
});
