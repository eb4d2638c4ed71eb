/** The channels there are. */
export type { Channel, Limit, Message, Outcome } from './channel.ts';
export { CHANNEL_KINDS, channelKind, type ChannelField, type ChannelKind, type ChannelTools } from './kinds.ts';
