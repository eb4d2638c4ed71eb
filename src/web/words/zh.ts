/** Every word of the pages in Chinese. */
import { zhDesk } from './zh-desk.ts';
import { zhHouse } from './zh-house.ts';

export const zh = { ...zhDesk, ...zhHouse } as const;
