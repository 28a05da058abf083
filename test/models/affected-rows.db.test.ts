import { expect } from 'chai';
import { User } from '../../models/accounts.ts';
import { changeRows } from '../../models/dialect.ts';
import { useDatabase } from '../support/database.ts';
import { aUser } from '../support/factories.ts';

describe('the affected rows of an update', () => {
  useDatabase();

  it('are those that fit its condition, whether they changed or not', async () => {
    const user = await aUser('高明');
    for (const language of ['en', 'en', 'zh-CN'])
      expect(await User.update({ language }, { where: { id: user.id } })).to.deep.equal([1]);
    expect(await User.update({ language: 'en' }, { where: { id: user.id, language: 'en' } })).to.deep.equal([
      0,
    ]);
  });

  it('are the same for a hand-written one', async () => {
    const { id } = await aUser('高明');
    const speak = (language: string, before: string): Promise<number> =>
      changeRows('UPDATE users SET language = :language WHERE id = :id AND language = :before', {
        ...{ id, language, before },
      });
    expect(await speak('en', 'zh-CN')).to.equal(1);
    expect(await speak('en', 'en')).to.equal(1);
    expect(await speak('en', 'zh-CN')).to.equal(0);
    expect((await User.findByPk(id))?.language).to.equal('en');
  });
});
