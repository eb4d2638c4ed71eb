/** Every word of the pages in English; the keys are those of zh.ts. */
import { enAccess } from './en-access.ts';
import { enBriefs } from './en-briefs.ts';
import { enContacts } from './en-contacts.ts';
import { enAnswer } from './en-answer.ts';
import { enCase } from './en-case.ts';
import { enChannels } from './en-channels.ts';
import { enDesk } from './en-desk.ts';
import { enHall } from './en-hall.ts';
import { enHouse } from './en-house.ts';
import { enKeeping } from './en-keeping.ts';
import { enConcerns } from './en-concerns.ts';
import { enInbox } from './en-inbox.ts';
import { enInspection } from './en-inspection.ts';
import { enNotices } from './en-notices.ts';
import { enPapers } from './en-papers.ts';
import { enFiles } from './en-files.ts';
import { enOverview } from './en-overview.ts';
import { enRegisters } from './en-registers.ts';
import { enRota } from './en-rota.ts';
import { enSilence } from './en-silence.ts';
import { enScores } from './en-scores.ts';
import { enSources } from './en-sources.ts';
import { enSupervise } from './en-supervise.ts';
import { enTakeBack } from './en-take-back.ts';
import type { Same } from './same.ts';
import type { zh } from './zh.ts';

export const en: Same<typeof zh> = {
  ...enDesk,
  ...enHouse,
  ...enHall,
  ...enInbox,
  ...enConcerns,
  ...enNotices,
  ...enScores,
  ...enSources,
  ...enSupervise,
  ...enPapers,
  ...enBriefs,
  ...enAccess,
  ...enContacts,
  ...enKeeping,
  ...enRegisters,
  ...enCase,
  ...enOverview,
  ...enRota,
  ...enAnswer,
  ...enChannels,
  ...enFiles,
  ...enSilence,
  ...enInspection,
  ...enTakeBack,
};
