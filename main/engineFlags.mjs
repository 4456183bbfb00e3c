// @ts-check
/**
 * V8's options of the engine's process; they count for all of its threads. By themselves, half of the engine's memory
 * would be room for garbage: 48 MB for short-lived objects, and as much again as all that is in use before the rest is
 * collected. With these, the engine collects more often and uses a third less.
 */
export const ENGINE_FLAGS = ['--max-semi-space-size=4', '--heap-growing-percent=30'];
