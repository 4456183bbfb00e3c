import type { Random } from '../random/Random.ts';

const placeStems = [
  'Harlow',
  'Alder',
  'Birch',
  'Cedar',
  'Marrow',
  'Elgin',
  'Stanton',
  'Wren',
  'Kessel',
  'Norwood',
  'Tamar',
  'Bram',
  'Linden',
  'Osier',
  'Prairie',
  'Halver',
  'Quill',
  'Rowan',
  'Sorrel',
  'Thorn',
  'Ulen',
  'Vesper',
  'Willow',
  'Amber',
  'Dunmore',
  'Fairlie',
  'Garnet',
  'Hollis',
  'Ingram',
  'Juniper',
  'Kirby',
  'Larch',
  'Merritt',
  'Nolan',
];
const townEndings = [
  'Falls',
  'Landing',
  'Hollow',
  'Crossing',
  'Grove',
  'Mills',
  'Junction',
  'Prairie',
  'Point',
  'Ridge',
  'Springs',
];
const villageEndings = ['ton', 'dale', 'by', 'field', 'ville', 'wick', 'brook', 'ford', 'hurst', 'stead'];
const quarterNames = ['Westgate', 'Northfield Park', 'Southbridge', 'Eastmoor', 'Mill Quarter', 'University Heights'];

const trees = [
  'Oak',
  'Maple',
  'Elm',
  'Ash',
  'Walnut',
  'Chestnut',
  'Spruce',
  'Pine',
  'Hickory',
  'Poplar',
  'Cherry',
  'Locust',
  'Juniper',
  'Hawthorn',
  'Sycamore',
  'Laurel',
  'Beech',
  'Aspen',
];
const people = [
  'Washington',
  'Adams',
  'Jefferson',
  'Madison',
  'Monroe',
  'Jackson',
  'Harrison',
  'Tyler',
  'Polk',
  'Taylor',
  'Fillmore',
  'Pierce',
  'Lincoln',
  'Grant',
  'Hayes',
  'Garfield',
  'Cleveland',
  'Franklin',
  'Clinton',
  'Marshall',
  'Webster',
  'Douglas',
  'Greeley',
  'Sherman',
];
const country = [
  'Meadow',
  'Orchard',
  'Prairie',
  'Creek',
  'Quarry',
  'Ridge',
  'Valley',
  'Spring',
  'Fox',
  'Heron',
  'Plover',
  'Bluestem',
  'Clover',
  'Harvest',
  'Sunset',
  'Hilltop',
  'Lakeview',
  'Mill',
  'Schoolhouse',
  'Church',
  'Granary',
  'Depot',
];

export type PlaceNames = { seat: string; towns: string[]; quarters: string[]; villages: string[] };

export function namePlaces(random: Random, counts: { towns: number; quarters: number; villages: number }): PlaceNames {
  const stems = random.shuffled(placeStems);
  const endings = random.shuffled(townEndings);
  const stem = (i: number): string => (i < stems.length ? (stems[i] ?? '') : `New ${stems[i % stems.length] ?? ''}`);
  const name = (i: number): string => (i % 5 === 3 ? stem(i) : `${stem(i)} ${endings[i % endings.length] ?? ''}`);
  return {
    seat: `${stem(0)} ${random.pick(['Falls', 'Landing', 'Mills'])}`,
    towns: Array.from({ length: counts.towns }, (_, i) => name(i + 1)),
    quarters: Array.from({ length: counts.quarters }, (_, i) => quarterNames[i % quarterNames.length] ?? 'Quarter'),
    villages: Array.from(
      { length: counts.villages },
      (_, i) => `${stem(i + 1 + counts.towns)}${villageEndings[(i * 3 + 1) % villageEndings.length] ?? 'ton'}`,
    ),
  };
}

export function ordinal(n: number): string {
  const tens = n % 100;
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}

/**
 * Unique street names for one town: `street(i)` along one axis, `avenue(j)` along the other; 0 is the main one of each.
 */
export function nameStreets(random: Random): { street: (i: number) => string; avenue: (j: number) => string } {
  const isNumbered = random.chance(0.7);
  const pool = random.shuffled([...trees, ...people]);
  const more = random.shuffled(country);
  const kinds = ['Street', 'Street', 'Drive', 'Lane', 'Court', 'Way'];
  /** Maps 1, -1, 2, -2 … to 0, 1, 2, 3 … */
  const order = (k: number): number => (k > 0 ? 2 * k - 2 : -2 * k - 1);
  const fromPool = (n: number, kind: string): string => {
    if (n < pool.length) return `${pool[n] ?? ''} ${kind}`;
    const rest = n - pool.length;
    return `${more[rest % more.length] ?? ''} ${kinds[Math.floor(rest / more.length) % kinds.length] ?? 'Street'}`;
  };
  const main = random.pick(['Main Street', 'Main Street', 'Broadway']);
  return {
    street: (i) => (i === 0 ? main : fromPool(order(i), 'Street')),
    avenue: (j) => {
      if (j === 0) return 'Central Avenue';
      return isNumbered
        ? `${ordinal(Math.abs(j))} Avenue ${j > 0 ? 'East' : 'West'}`
        : fromPool(order(j) + 14, 'Avenue');
    },
  };
}
