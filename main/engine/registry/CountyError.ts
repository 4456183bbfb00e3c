/** What is wrong with the county's folder: one sentence that names the file, the place in it and what to do. */
export class CountyError extends Error {
  override readonly name = 'CountyError';
}
