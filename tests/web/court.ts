/** The pages over the court's worked year, at a moment of the test's choosing. */
import { hashPassword } from '../../src/web/index.ts';
import { seedCourt } from '../court-year.ts';
import { type House, openHouse, PASSWORD } from './house.ts';

export async function openCourt(at: string): Promise<House> {
  const house = await openHouse({ example: false });
  house.clock.at = Date.parse(at);
  await seedCourt(house.plugged.desk, house.store, await hashPassword(PASSWORD));
  return Object.assign(house, { first: { login: 'admin', password: PASSWORD } });
}
