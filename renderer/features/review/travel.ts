/** Moves the picture through time; see the time line. */
export type Travel = { goTo: (atMs: number) => void; play: (speed: number) => void; goLive: () => void };
