/** After so long all is drawn, also on a ground that is not there yet. */
const LONGEST_ALONE_MS = 3000;

type Fence = { gl: WebGL2RenderingContext; sync: WebGLSync; hasSpeeds: boolean };

/**
 * Follows the ground from the first commands that draw it until the graphics process has carried them out. Until then
 * nothing else is drawn: each kind of layer has shaders to be compiled, and in software that takes longer than all else
 * at the start.
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

  /** To be called when the network has been drawn; `hasSpeeds` where its links had them. */
  drawn(gl: WebGL2RenderingContext, hasSpeeds: boolean): void {
    if (this.atMs !== undefined || this.#fence !== undefined) return;
    const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (sync === null) this.#isThere = true;
    else this.#fence = { gl, sync, hasSpeeds };
  }

  /** To be called before each frame; true when the ground has just become visible. */
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
