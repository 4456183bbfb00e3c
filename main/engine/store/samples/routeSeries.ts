/** The scope of a route. */
export const routeScope = (routeId: string): string => `route:${encodeURIComponent(routeId)}`;

/** Under this name stands the delay of a vehicle while it runs on a route. */
export const routeSeries = (routeId: string, vehicleId: string): string => `${routeScope(routeId)}:${vehicleId}`;

/** What the delays of a route are added up for, from the name of such a series; undefined for any other. */
export const routeScopeOf = (deviceId: string): string | undefined => /^route:[^:]+(?=:)/.exec(deviceId)?.[0];
