import { expect } from 'chai';
import {
  isTownSettingKey,
  isTownSettingValue,
  TOWN_SETTINGS,
  townSettingsOn,
  type TownSettingKey,
} from '../../config/town.ts';

const keys = Object.keys(TOWN_SETTINGS) as TownSettingKey[];

describe('town settings', () => {
  for (const key of keys) {
    it(`${key}: the default has its own form, and the source is named`, () => {
      expect(isTownSettingValue(key, TOWN_SETTINGS[key].default)).to.equal(true);
      expect(TOWN_SETTINGS[key].source).to.not.equal('');
    });
  }

  for (const [key, value] of [
    ['groupWorkers', 0],
    ['groupWorkers', 9.5],
    ['groupWorkers', '10'],
    ['acceptanceWorkingDays', 4],
    ['caseNumberPattern', '祝劳调{year}号'],
    ['dangerWords', ['']],
    ['officeHours', [{ from: '11:30', to: '08:30' }]],
    [
      'officeHours',
      [
        { from: '08:30', to: '11:30' },
        { from: '11:00', to: '17:30' },
      ],
    ],
    ['officeHours', [{ from: '8:30', to: '11:30' }]],
    ['officeHours', []],
    ['informantReminderDays', [19, 15]],
    ['officerReminderDays', [31]],
  ] as const) {
    it(`${key} is never ${JSON.stringify(value)}`, () =>
      expect(isTownSettingValue(key, value)).to.equal(false));
  }

  it('knows its keys', () => {
    expect(isTownSettingKey('groupWorkers')).to.equal(true);
    expect(isTownSettingKey('toString')).to.equal(false);
  });

  it('holds the defaults where nothing is stored', () => {
    const settings = townSettingsOn('2026-11-20', []);
    for (const key of keys) expect(settings[key]).to.deep.equal(TOWN_SETTINGS[key].default);
  });

  it('holds the value that became valid last, on the very day too, whatever the order of the rows', () => {
    const stored = [
      { key: 'groupWorkers', value: '30', validFrom: '2027-01-01' },
      { key: 'groupWorkers', value: '20', validFrom: '2026-06-01' },
      { key: 'groupWorkers', value: '15', validFrom: '2026-01-01' },
      { key: 'someone.else', value: 'not even JSON', validFrom: '2026-01-01' },
    ];
    expect(townSettingsOn('2025-12-31', stored).groupWorkers).to.equal(10);
    expect(townSettingsOn('2026-05-31', stored).groupWorkers).to.equal(15);
    expect(townSettingsOn('2026-06-01', stored).groupWorkers).to.equal(20);
    expect(townSettingsOn('2027-05-01', stored).groupWorkers).to.equal(30);
  });

  it('refuses a stored value without the form of its setting', () => {
    expect(() =>
      townSettingsOn('2026-11-20', [{ key: 'groupWorkers', value: '-1', validFrom: '2026-01-01' }]),
    ).to.throw();
  });
});
