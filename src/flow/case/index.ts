/** A case with duties, roles and deadlines: facts entered by the offices that act. */
export { readFields, type FieldFault, type FieldRead, type Sent } from './fields.ts';
export { dutyKeyOf, isOpen, momentsOf } from './moments.ts';
export {
  type ChannelSetting,
  type Moment,
  nextStepAt,
  NO_NOTICES,
  type NoticeSettings,
  type QuietHours,
  quietUntil,
  remind,
  type Told,
  whenToTell,
} from './remind.ts';
