/**
 * How often a test of chance tries, which is printed with its name: `usual` in every run, `long` in the stage `long` of
 * `npm test`.
 */
export function tries(what: string, usual: number, long: number): number {
  const count = process.env['BEACON_TEST_LONG'] === '1' ? long : usual;
  console.log(`${what}: ${String(count)} tries.`);
  return count;
}
