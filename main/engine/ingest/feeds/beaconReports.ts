import { reportMessageSchema } from '../../../../shared/wire/topics.ts';
import { beaconFeed, form } from './beaconFeed.ts';

export const beaconReports = beaconFeed({
  id: 'beacon-reports',
  name: "Citizens' reports",
  branch: 'report',
  // People may send nothing for days, which is not a fault.
  quietAfterMs: Number.POSITIVE_INFINITY,
  forms: {
    '': form({
      schema: reportMessageSchema,
      timeOf: ({ at }) => at,
      values: (reportId, { at, category, text, lon, lat, address }) => [
        {
          kind: 'report',
          reportId,
          atMs: at,
          quality: 'good',
          category,
          text,
          ...(lon !== undefined && lat !== undefined && { lon, lat }),
          ...(address !== undefined && { address }),
        },
      ],
    }),
  },
});
