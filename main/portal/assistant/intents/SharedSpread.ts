import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** How much of the average variance is added in every direction, so that few examples give no empty ones. */
const RIDGE = 1;
/** The median of so many examples is known well enough. */
const MOST_LOOKED_AT = 1000;

/**
 * How far a vector lies from the middle of a class, by the spread that all classes share (Mahalanobis distance). What
 * belongs to no class is far from every middle, also where one class is much nearer than the others.
 */
export class SharedSpread {
  readonly #size: number;
  readonly #means: readonly Float64Array[];
  readonly #lower: Float64Array;
  readonly #usual: number;

  constructor(vectors: readonly Float32Array[], classes: Uint32Array, classCount: number) {
    this.#size = vectors[0]?.length ?? 0;
    this.#means = this.#meansOf(vectors, classes, classCount);
    const covariance = Matrix.from1DArray(this.#size, this.#size, this.#covarianceOf(vectors, classes));
    this.#lower = Float64Array.from(new CholeskyDecomposition(covariance).lowerTriangularMatrix.to1DArray());
    const stride = Math.ceil(vectors.length / MOST_LOOKED_AT);
    const distances = vectors
      .flatMap((vector, at) => (at % stride === 0 ? this.#squareTo(vector, classes[at] ?? 0) : []))
      .sort((a, b) => a - b);
    this.#usual = distances[distances.length >> 1] ?? 1;
  }

  /** The squared distance to the middle of a class; 1 is that of the median example to its own. */
  distance(vector: Float32Array, ofClass: number): number {
    return this.#squareTo(vector, ofClass) / this.#usual;
  }

  #meansOf(vectors: readonly Float32Array[], classes: Uint32Array, classCount: number): Float64Array[] {
    const means = Array.from({ length: classCount }, () => new Float64Array(this.#size));
    const counts = new Uint32Array(classCount);
    vectors.forEach((vector, at) => {
      const own = classes[at] ?? 0;
      const mean = means[own];
      counts[own] = (counts[own] ?? 0) + 1;
      for (let each = 0; mean !== undefined && each < this.#size; each++)
        mean[each] = (mean[each] ?? 0) + (vector[each] ?? 0);
    });
    return means.map((mean, own) => mean.map((sum) => sum / Math.max(1, counts[own] ?? 0)));
  }

  #covarianceOf(vectors: readonly Float32Array[], classes: Uint32Array): Float64Array {
    const size = this.#size;
    const sums = new Float64Array(size * size);
    vectors.forEach((vector, at) => {
      const offsets = this.#offset(vector, classes[at] ?? 0);
      for (let row = 0; row < size; row++) {
        const value = offsets[row] ?? 0;
        const start = row * size;
        for (let column = 0; column <= row; column++)
          sums[start + column] = (sums[start + column] ?? 0) + value * (offsets[column] ?? 0);
      }
    });
    let trace = 0;
    for (let each = 0; each < size; each++) trace += sums[each * size + each] ?? 0;
    const ridge = (RIDGE * trace) / size;
    // Identical examples have no spread at all.
    for (let each = 0; each < size; each++)
      sums[each * size + each] = (sums[each * size + each] ?? 0) + ridge + Number.EPSILON;
    for (let row = 0; row < size; row++)
      for (let column = 0; column < row; column++) sums[column * size + row] = sums[row * size + column] ?? 0;
    return sums.map((sum) => sum / Math.max(1, vectors.length));
  }

  #offset(vector: Float32Array, ofClass: number): Float64Array {
    const mean = this.#means[ofClass];
    return Float64Array.from(vector, (value, each) => value - (mean?.[each] ?? 0));
  }

  /** Solves by the triangle: the squared length of what is left is the squared distance. */
  #squareTo(vector: Float32Array, ofClass: number): number {
    const size = this.#size;
    const rest = this.#offset(vector, ofClass);
    let square = 0;
    for (let row = 0; row < size; row++) {
      let value = rest[row] ?? 0;
      const start = row * size;
      for (let each = 0; each < row; each++) value -= (this.#lower[start + each] ?? 0) * (rest[each] ?? 0);
      value /= this.#lower[start + row] ?? 1;
      rest[row] = value;
      square += value * value;
    }
    return square;
  }
}
