import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readingSchema, readPlain } from '../../../../../../main/engine/ingest/feeds/beaconMeters.ts';

const read = (text: string): unknown => readPlain(Buffer.from(text));

const name = fc.constantFrom(
  'at',
  'registerKwh',
  'voltageV',
  'powerKw',
  'registerM3',
  'flowM3h',
  'pressureKpa',
  'quality',
  'flags',
  'more',
  '__proto__',
  'toString',
  'a\\u0074',
  'AT',
  '',
);
const digits = fc.array(fc.nat(9), { minLength: 1, maxLength: 18 }).map((all) => all.join(''));
const decimal = fc
  .tuple(
    fc.constantFrom('', '-'),
    digits,
    fc.oneof(
      fc.constant(''),
      digits.map((all) => `.${all}`),
    ),
    fc.constantFrom('', '', '', 'e3', 'E-2', '.', '+'),
  )
  .map((parts) => parts.join(''));
const number = fc.oneof(
  { weight: 3, arbitrary: decimal },
  { weight: 3, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String) },
  { weight: 3, arbitrary: fc.integer().map((value) => (value / 1000).toFixed(3)) },
  fc.maxSafeNat().map(String),
  fc.constantFrom(
    '0',
    '-0',
    '0.0',
    '00',
    '01',
    '-',
    '.5',
    '5.',
    '1e999',
    '9007199254740993',
    '999999999999999.9',
    '1 2',
    '- 1',
  ),
);
const something = fc.oneof(
  { weight: 9, arbitrary: number },
  fc.string().map((text) => JSON.stringify(text)),
  fc.constantFrom('null', 'true', '[]', '{}', '{"at":1}', ''),
);
const blank = fc.constantFrom('', '', '', ' ', '  ', '\n');
const field = fc
  .tuple(blank, name, blank, something, blank)
  .map(([a, key, b, value, c]) => `${a}"${key}":${b}${value}${c}`);
const reading = fc.oneof(
  fc.array(field, { maxLength: 5 }).map((fields) => `{${fields.join(',')}}`),
  fc
    .tuple(fc.maxSafeNat(), fc.array(field, { maxLength: 3 }))
    .map(([at, fields]) => `{${[`"at":${String(at)}`, ...fields].join(',')}}`),
  fc
    .tuple(fc.array(field, { maxLength: 3 }), fc.string({ maxLength: 3 }))
    .map(([fields, rest]) => `{${fields.join(',')}}${rest}`),
  fc.jsonValue().map((value) => JSON.stringify(value)),
);

it('what is read the short way JSON.parse reads too, and the schema takes it as it is', () => {
  fc.assert(
    fc.property(reading, (text) => {
      const message = read(text);
      if (message === undefined) return;
      const parsed: unknown = JSON.parse(text);
      expect(message).toStrictEqual(parsed);
      expect(readingSchema.safeParse(parsed)).toEqual({ success: true, data: message });
    }),
    { numRuns: 10_000 },
  );
});

it('numbers are the same to the last bit', () => {
  fc.assert(
    fc.property(fc.tuple(fc.constantFrom('', '-'), fc.nat(999_999), digits), ([sign, whole, fraction]) => {
      const text = `{"at":1780315200000,"registerKwh":${sign}${String(whole)}.${fraction}}`;
      const message = read(text);
      if (message !== undefined) expect(message).toStrictEqual(JSON.parse(text));
      else expect(String(whole).length + fraction.length).toBeGreaterThan(15);
    }),
    { numRuns: 5000 },
  );
});

it('takes the readings that are meant', () => {
  expect(read('{"at":1780315200000,"registerKwh":12345.6,"voltageV":121.3}')).toEqual({
    at: 1_780_315_200_000,
    registerKwh: 12_345.6,
    voltageV: 121.3,
  });
  expect(read('{"voltageV": -0.5, "at": 1}')).toEqual({ at: 1, voltageV: -0.5 });
  expect(
    [
      '{}',
      '{"at":1}',
      '{"registerKwh":1}',
      '{"at":1.5,"powerKw":1}',
      '{"at":1,"powerKw":1e999}',
      '{"at":1,"flags":[]}',
      '[1,2]',
      'null',
      '',
      '{"at":1,"powerKw":2',
      '{"at":1,"powerKw":2}}',
    ].map(read),
  ).toEqual(Array(11).fill(undefined));
});
