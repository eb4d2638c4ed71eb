/** Every word of the pages in Chinese. */
import { zhAccess } from './zh-access.ts';
import { zhBriefs } from './zh-briefs.ts';
import { zhContacts } from './zh-contacts.ts';
import { zhAnswer } from './zh-answer.ts';
import { zhCase } from './zh-case.ts';
import { zhChannels } from './zh-channels.ts';
import { zhDesk } from './zh-desk.ts';
import { zhHall } from './zh-hall.ts';
import { zhHouse } from './zh-house.ts';
import { zhKeeping } from './zh-keeping.ts';
import { zhConcerns } from './zh-concerns.ts';
import { zhInbox } from './zh-inbox.ts';
import { zhInspection } from './zh-inspection.ts';
import { zhNotices } from './zh-notices.ts';
import { zhPapers } from './zh-papers.ts';
import { zhFiles } from './zh-files.ts';
import { zhOverview } from './zh-overview.ts';
import { zhRegisters } from './zh-registers.ts';
import { zhRota } from './zh-rota.ts';
import { zhSilence } from './zh-silence.ts';
import { zhScores } from './zh-scores.ts';
import { zhSources } from './zh-sources.ts';
import { zhSupervise } from './zh-supervise.ts';
import { zhTakeBack } from './zh-take-back.ts';

export const zh = {
  ...zhDesk,
  ...zhHouse,
  ...zhHall,
  ...zhInbox,
  ...zhConcerns,
  ...zhNotices,
  ...zhScores,
  ...zhSources,
  ...zhSupervise,
  ...zhPapers,
  ...zhBriefs,
  ...zhAccess,
  ...zhContacts,
  ...zhKeeping,
  ...zhRegisters,
  ...zhCase,
  ...zhOverview,
  ...zhRota,
  ...zhAnswer,
  ...zhChannels,
  ...zhFiles,
  ...zhSilence,
  ...zhInspection,
  ...zhTakeBack,
} as const;
