import { gtfsRealtimeSpec } from '../../../../shared/public/gtfsRealtime.ts';
import { protobufTypes } from './protobufMessage.ts';

const typeOf = protobufTypes(gtfsRealtimeSpec);

export const feedMessageType = typeOf('FeedMessage');
export const feedEntityType = typeOf('FeedEntity');
