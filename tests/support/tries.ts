/**
 * How often a randomised test tries; the number is printed with the test's name. `usual` applies in every run, `long`
 * in the stage `long` of `npm test`.
 */
export function tries(what: string, usual: number, long: number): number {
  const count = process.env['BEACON_TEST_LONG'] === '1' ? long : usual;
  console.log(`${what}: ${String(count)} tries.`);
  return count;
}
