/**
 * Response units are stored among the vehicles under a name that no vehicle can have: a vehicle's is one level of a
 * topic, which has no `/`, or begins with its feed.
 */
const PREFIX = 'unit/';

export const unitKey = (unitId: string): string => `${PREFIX}${unitId}`;

/**
 * SQL: whether the name in this column is that of a unit. It compares a range, so that SQLite uses the index of the
 * names.
 */
export const isUnitKey = (column: string): string => `(${column} >= '${PREFIX}' AND ${column} < 'unit0')`;
