import { ensureBuild } from '../../main/start.mjs';

/** Makes the build before the integration tests if sources are newer than the build that they start. */
export const setup = (): void => ensureBuild();
