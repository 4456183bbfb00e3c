import { goodCounty, goodProfile } from '../../../../../support/goodCounty.ts';
import { profile, units } from './variant.ts';
import type { Variant } from './variant.ts';

const without = (key: keyof typeof goodProfile): string => {
  const { [key]: _, ...rest } = goodProfile;
  return JSON.stringify(rest);
};
const utf16 = (text: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

export const wrongProfiles: readonly Variant[] = [
  // The file as such.
  ['a file is missing', { 'units.csv': undefined }, 'error', 'units.csv', /The file is missing/],
  ['a file is empty', { 'units.csv': '' }, 'error', 'units.csv', /The file is empty/],
  ['UTF-16', { 'units.csv': utf16(goodCounty['units.csv'] ?? '') }, 'error', 'units.csv:1', /UTF-16: save it as UTF-8/],
  [
    'Windows-1252',
    { 'units.csv': latin1(`${units}U1,police,Señal,-93.5,44.5,,\n`) },
    'warning',
    'units.csv:2',
    /not saved as UTF-8/,
  ],
  ['binary', { 'units.csv': Buffer.from([1, 0, 2]) }, 'error', 'units.csv', /no text file/],
  [
    'a name that resembles',
    { 'meter.csv': 'x' },
    'warning',
    'meter.csv',
    /no file of this name\. Did you mean `meters\.csv`\?/,
  ],
  // county.json
  [
    'no JSON: comma too many',
    { 'county.json': '{\n "id": "a",\n}' },
    'error',
    'county.json:3:1',
    /This is not JSON: .*comma too many/,
  ],
  [
    'no JSON: comma missing',
    { 'county.json': '{\n "id": "a"\n "name": "b"\n}' },
    'error',
    'county.json:3:2',
    /a comma or the closing bracket is missing/,
  ],
  [
    'no JSON: quotation marks',
    { 'county.json': '{\n id: "a"\n}' },
    'error',
    'county.json:2:2',
    /without quotation marks/,
  ],
  [
    'no JSON: a comment',
    { 'county.json': '{ // mine\n "id": "a"\n}' },
    'error',
    'county.json:1:3',
    /JSON has no comments/,
  ],
  [
    'no JSON: cut off',
    { 'county.json': '{"id": "a"' },
    'error',
    'county.json:1:11',
    /a comma or the closing bracket is missing|ends before its last bracket/,
  ],
  ['a list for an object', { 'county.json': '[]' }, 'error', 'county.json:1:1', /must be an object/],
  [
    'a key is missing',
    { 'county.json': without('population') },
    'error',
    'county.json:1:1',
    /`population` is missing: it must be a whole number|`population` is missing: it must be a number/,
  ],
  [
    'a text for a number',
    { 'county.json': profile({ population: '50.000' }) },
    'error',
    'county.json:1:',
    /`population` is "50\.000", and must be a number/,
  ],
  ['a fraction', { 'county.json': profile({ population: 1.5 }) }, 'error', 'county.json:1:', /must be a whole number/],
  [
    'a word that is none',
    { 'county.json': profile({ displayUnits: 'metrics' }) },
    'error',
    'county.json:1:',
    /one of us, metric\. Did you mean `metric`\?/,
  ],
  [
    'a time zone that is none',
    { 'county.json': profile({ timeZone: 'CST6CDTX' }) },
    'error',
    'county.json:1:',
    /none of the IANA list/,
  ],
  ['three bounds', { 'county.json': profile({ bounds: [-94, 44, -93] }) }, 'error', 'county.json:1:', /`bounds`/],
  [
    'bounds from east to west',
    { 'county.json': profile({ bounds: [-93, 44, -94, 45] }) },
    'warning',
    'county.json:1:',
    /west, south, east, north/,
  ],
  [
    'bounds of a continent',
    { 'county.json': profile({ bounds: [-120, 20, -60, 50] }) },
    'warning',
    'county.json:1:',
    /no county/,
  ],
  [
    'a centre elsewhere',
    { 'county.json': profile({ center: [10, 50] }) },
    'warning',
    'county.json:1:',
    /`center` lies outside/,
  ],
  [
    'a centre swapped',
    { 'county.json': profile({ bounds: [24, 60, 25, 61], center: [60.5, 24.5] }) },
    'warning',
    'county.json:1:',
    /`center` has longitude and latitude swapped/,
  ],
  [
    'a voltage of a grid',
    { 'county.json': profile({ nominalVoltageV: 12_470 }) },
    'warning',
    'county.json:1:',
    /120 or 230/,
  ],
  [
    'a negative voltage',
    { 'county.json': profile({ nominalVoltageV: -5 }) },
    'error',
    'county.json:1:',
    /must be above 0/,
  ],
  [
    'an unknown key',
    { 'county.json': profile({ popluation: 5 }) },
    'warning',
    'county.json:1:',
    /`popluation` means nothing here\. Did you mean `population`\?/,
  ],
  ['no name', { 'county.json': profile({ name: '' }) }, 'error', 'county.json:1:', /`name` is empty/],
];
