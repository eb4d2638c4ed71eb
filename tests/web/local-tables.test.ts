/** A local parameter that is a table is said by the names in it, on the register and in the settings: never as it is written. */
import { expect, test } from 'vitest';
import { signIn } from './house.ts';
import { bare, openWorked } from './worked.ts';

test('the grades of a county and who gets the statement', async () => {
  const house = await openWorked({
    institution: 'county-education',
    day: 'sudden-on-a-sunday',
    held: ['opinion-office/head'],
  });
  const visitor = await signIn(house);
  for (const path of ['/registers/locals', '/settings']) {
    const page = bare(await visitor.text(path));
    expect(page).toContain('报送对象：领导小组、网络舆情办');
    expect([path, /[[{]"|addressees|leading-group/.exec(page)?.[0]]).toEqual([path, undefined]);
  }
  await house.close();
});
