/** An error in the county's folder: its message is one sentence that names the file, the place in it and what to do. */
export class CountyError extends Error {
  override readonly name = 'CountyError';
}
