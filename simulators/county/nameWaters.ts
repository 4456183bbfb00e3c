import type { Random } from '../random/Random.ts';

/** Invents names for the river, the lake, the creek between them, and the ponds. */
export function nameWaters(random: Random): {
  river: string;
  lake: string;
  creek: string;
  pond: (i: number) => string;
} {
  const [first = '', second = '', third = '', ...rest] = random.shuffled([
    'Heron',
    'Whetstone',
    'Otter',
    'Little Elk',
    'Sandbar',
    'Crane',
    'Muskrat',
    'Stone',
    'Turtle',
    'Loon',
    'Reed',
    'Pike',
  ]);
  return {
    river: `${first} River`,
    lake: `Lake ${second}`,
    creek: `${third} Creek`,
    pond: (i) => `${rest[i % rest.length] ?? ''} Pond`,
  };
}
