/**
 * What weighs against a unit in a recommendation, as seconds by which it counts as later than it is. They are Beacon's
 * own, set so that a rested and free unit is preferred to a nearer one only while the difference is one that nobody
 * dies of. Every unit is shown with those that were applied to it.
 */
export const handicapsS = {
  /** Less than `restAfterJobMin` since it left its last incident. */
  unrested: 180,
  /** More than `longDutyMin` into its shift. */
  longDuty: 120,
  /** Its shift is over. */
  overtime: 300,
  /** It was not heard for more than `staleS`: nobody knows where it is now. */
  stale: 120,
  /** It is taken from a less urgent incident, while on its way there or on scene. */
  divertedOnWay: 240,
  divertedOnScene: 600,
  /** It is the best one for a more urgent incident that still waits for it. */
  wantedElsewhere: 900,
} as const;

/** How long a crew should rest after an incident before the next one, in minutes. */
export const restAfterJobMin = 10;
/** From so many minutes into its shift on, a crew counts as long on duty. */
export const longDutyMin = 720;
/** A unit whose shift has been over for longer than this, in minutes, is not proposed. */
export const mostOvertimeMin = 240;
/** A position older than this is stale; units report every half minute at least. Seconds. */
export const staleS = 120;
/** A unit that has not been heard for this long is not proposed. Seconds. */
export const lostS = 900;

/**
 * Turnout time, from the order until the unit rolls, in seconds: 60 s is the turnout time for medical calls in NFPA
 * 1710; a crew that is on the road already only has to turn.
 */
export const turnoutS = { standing: 60, rolling: 15 } as const;

/**
 * Every place should have a free unit of each kind within this time, in seconds; places farther away count as
 * uncovered.
 */
export const coverS = 900;
/**
 * A quarter of the cover that would be lost counts against a unit, up to a limit, and not at all for the most urgent
 * incidents.
 */
export const coverWeight = { share: 0.25, mostS: 240 } as const;

/** An order that its unit has not accepted after this time, in ms, counts as not heard. */
export const acceptWithinMs = 60_000;

/**
 * How far the arrival of a unit may lie from its likeliest time: a quarter of the drive later, and half a minute either
 * way. Beacon's own, set so that a dispatcher who plans with the later time is rarely wrong.
 */
export const arrivalBand = { slowerShare: 0.25, leastS: 30 } as const;
