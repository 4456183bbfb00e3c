/** The scope of a route. */
export const routeScope = (routeId: string): string => `route:${encodeURIComponent(routeId)}`;

/** The name of the series that holds the delay of a vehicle while it runs on a route. */
export const routeSeries = (routeId: string, vehicleId: string): string => `${routeScope(routeId)}:${vehicleId}`;

/** The scope of a route's delays, from the name of such a series; undefined for any other. */
export const routeScopeOf = (deviceId: string): string | undefined => /^route:[^:]+(?=:)/.exec(deviceId)?.[0];
