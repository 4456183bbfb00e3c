/**
 * What weighs in a recommendation, as seconds that a unit counts as later than it is. They are Beacon's own, set so
 * that a rested and free unit is preferred to a nearer one only while the difference is one that nobody dies of, and
 * are said with every unit that they were counted for.
 */
export const handicapsS = {
  /** Less than `restAfterJobMin` since it left its last incident. */
  unrested: 180,
  /** More than `longDutyMin` into its shift. */
  longDuty: 120,
  /** Its shift is over. */
  overtime: 300,
  /** Not heard for more than `staleS`: nobody knows where it is now. */
  stale: 120,
  /** Taken from a less urgent incident, on its way there or on scene. */
  divertedOnWay: 240,
  divertedOnScene: 600,
  /** The best one for a more urgent incident that still waits for it. */
  wantedElsewhere: 900,
} as const;

/** How long a crew should rest after an incident before the next one, in minutes. */
export const restAfterJobMin = 10;
/** From so many minutes into its shift on, a crew counts as long on duty. */
export const longDutyMin = 720;
/** A unit whose shift has been over for longer is not proposed. */
export const mostOvertimeMin = 240;
/** Units report every half minute at least. */
export const staleS = 120;
/** A unit that has not been heard for so long is not proposed. */
export const lostS = 900;

/**
 * From the order to rolling: 60 s is the turnout time for medical calls in NFPA 1710; a crew that is on the road only
 * has to turn.
 */
export const turnoutS = { standing: 60, rolling: 15 } as const;

/** Every place should have a free unit of each kind within this time; what is farther counts as uncovered. */
export const coverS = 900;
/**
 * A quarter of the cover that is lost counts against a unit, up to a limit, and not at all for the most urgent
 * incidents.
 */
export const coverWeight = { share: 0.25, mostS: 240 } as const;

/** An order that no unit has accepted after this time has not been heard. */
export const acceptWithinMs = 60_000;
