/** The pages over one of an institution's worked days, told up to its end: an administrator who holds chosen offices. */
import { hashPassword } from '../../src/web/index.ts';
import { seedWorked, type Worked } from '../worked-day.ts';
import { type House, openHouse, PASSWORD } from './house.ts';

export async function openWorked(worked: Worked): Promise<House> {
  const house = await openHouse({ example: false });
  house.clock.at = (await seedWorked(house.plugged.desk, house.store, worked, await hashPassword(PASSWORD))) + 60_000;
  return Object.assign(house, { first: { login: 'admin', password: PASSWORD } });
}

export const bare = (html: string): string =>
  html
    .replaceAll(/<style[\s\S]*?<\/style>/g, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
