/**
 * Units lie among the vehicles under a name that none of these can have: a vehicle's is one level of a topic, which has
 * no `/`, or begins with its feed.
 */
const PREFIX = 'unit/';

export const unitKey = (unitId: string): string => `${PREFIX}${unitId}`;

/** SQL: whether the name in this column is that of a unit. A range, so that the index of the names serves. */
export const isUnitKey = (column: string): string => `(${column} >= '${PREFIX}' AND ${column} < 'unit0')`;
