import { expect, it } from 'vitest';
import { beatSchema } from '../../../../../main/engine/sync/peerMessages.ts';

const beat = {
  from: 'ws-a.1',
  name: 'Desk',
  instance: '0f',
  bornAtMs: 1,
  beat: 2,
  atMs: 3,
  heads: { 'ws-a.1': [4, 'abcd'] },
  term: 1,
  standing: 'ready',
};

it('a beat is taken with and without what an older or a newer version says in it', () => {
  expect(beatSchema.parse(beat)).toEqual(beat);
  expect(beatSchema.parse({ ...beat, acts: ['report 1'] })).toMatchObject(beat);
  expect(beatSchema.parse({ ...beat, mood: 'good' })).toEqual(beat);
});
