/** After this time everything is drawn, even if the ground is not on the canvas yet. */
const LONGEST_ALONE_MS = 3000;

type Fence = { gl: WebGL2RenderingContext; sync: WebGLSync; hasSpeeds: boolean };

/**
 * Follows the drawing of the ground from the first commands until the graphics process has carried them out. Until then
 * nothing else is drawn: each kind of layer has shaders that must be compiled, and with software drawing this takes
 * longer than everything else at the start.
 */
export class FirstPicture {
  readonly #startedAtMs: number;
  #fence: Fence | undefined;
  #isThere = false;
  /** When links with speeds were first on the canvas, on the scale of `performance.now()`. */
  atMs: number | undefined;

  constructor(startedAtMs: number) {
    this.#startedAtMs = startedAtMs;
  }

  isDue(nowMs: number): boolean {
    return !this.#isThere && nowMs - this.#startedAtMs < LONGEST_ALONE_MS;
  }

  /** Call this when the network has been drawn; `hasSpeeds` says whether its links had speeds. */
  drawn(gl: WebGL2RenderingContext, hasSpeeds: boolean): void {
    if (this.atMs !== undefined || this.#fence !== undefined) return;
    const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (sync === null) this.#isThere = true;
    else this.#fence = { gl, sync, hasSpeeds };
  }

  /** Call this before each frame; returns true when the ground has just become visible. */
  look(nowMs: number): boolean {
    if (this.#fence === undefined) return false;
    const { gl, sync, hasSpeeds } = this.#fence;
    if (gl.getSyncParameter(sync, gl.SYNC_STATUS) !== gl.SIGNALED) return false;
    gl.deleteSync(sync);
    this.#fence = undefined;
    if (hasSpeeds) this.atMs = nowMs;
    const isNews = !this.#isThere;
    this.#isThere = true;
    return isNews;
  }
}
