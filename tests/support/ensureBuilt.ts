import { ensureBuild } from '../../main/start.mjs';

/** Builds before the integration tests where sources are newer than the build that they start. */
export const setup = (): void => ensureBuild();
