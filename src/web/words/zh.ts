/** Every word of the pages in Chinese. */
import { zhDesk } from './zh-desk.ts';
import { zhHouse } from './zh-house.ts';
import { zhNotices } from './zh-notices.ts';

export const zh = { ...zhDesk, ...zhHouse, ...zhNotices } as const;
